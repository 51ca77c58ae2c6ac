"""What a file is, is told by its first bytes, and whatever holds pages is opened."""

import gzip
import json
import os
import zipfile

import pytest

from cleaner.batch.records import InputDocument
from cleaner.batch.selection import Selection
from cleaner.batch.sources import Inputs
from cleaner.batch.worker import load_page
from cleaner.storage.run_files import Failure, Skipped

from . import containers
from .containers import FILES, PAGE, ROWS, TEXT


def write(folder, name, data):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def read(*paths, **options):
    return [item.document for item in Inputs(paths, **options).documents()]


def of_type(documents, kind):
    return [document for document in documents if isinstance(document, kind)]


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_a_folder(tmp_path, name):
    data, places, kinds = FILES[name]
    write(tmp_path, name, data)
    documents = read(tmp_path)
    pages = of_type(documents, InputDocument)
    assert [page.place for page in pages] == [f"{name}{place}" for place in places]
    assert [skipped.kind for skipped in of_type(documents, Skipped)] == kinds
    assert not of_type(documents, Failure)
    if name not in {"a.csv", "semicolons.csv", "tabs", "wide.csv"}:
        assert all("its last lorry" in load_page(page).content for page in pages)


@pytest.mark.parametrize("name", [name for name in FILES if not FILES[name][1]])
def test_a_file_that_is_named_and_no_page_is_one_failure(tmp_path, name):
    (failure,) = read(write(tmp_path, name, FILES[name][0]))
    assert isinstance(failure, Failure)
    assert failure.message.startswith(("not a page, but a", "empty"))


@pytest.mark.parametrize("name", ["a.zip", "a.tgz", "a.arc", "a.rss", "lines.json", "a.csv", "a.wacz", "nested.tar.xz"])
def test_reading_goes_on_behind_any_document(tmp_path, name):
    inputs = Inputs([write(tmp_path, name, FILES[name][0])])
    items = list(inputs.documents())
    for number, item in enumerate(items):
        assert list(inputs.documents(item.after)) == items[number + 1 :]


@pytest.mark.parametrize(
    "name", ["a.mhtml", "a.zip", "a.tar", "a.tgz", "a.warc", "a.arc.gz", "a.rss", "a.csv", "rows16.jsonl", "pretty"]
)
def test_standard_input_may_be_any_of_them(tmp_path, monkeypatch, name):
    data, places, _ = FILES[name]
    with write(tmp_path, name, data).open("rb") as stream:
        monkeypatch.setattr("sys.stdin", type("Stdin", (), {"buffer": stream}))
        pages = of_type(read("-"), InputDocument)
    assert [page.place for page in pages] == [f"-{place}" for place in places]


def test_a_saved_page_has_the_address_and_encoding_of_its_part(tmp_path):
    (page,) = read(write(tmp_path, "a.mhtml", FILES["a.mhtml"][0]))
    assert (page.url, page.charset) == ("https://tea.example/a", "utf-8")
    (page,) = read(write(tmp_path, "a.eml", FILES["a.eml"][0]))
    assert "fährry" in load_page(page).content
    assert page.fetched.isoformat() == "2024-09-10"


def test_an_entry_of_a_feed_has_its_metadata(tmp_path):
    entry = (
        "<author>a@tea.example (Ana Roldana)</author><pubDate>Tue, 10 Sep 2024 06:30:00 +0000</pubDate>"
        f"<category>Boats</category>{containers.FULL}"
    )
    (page,) = read(write(tmp_path, "a.rss", containers.feed(entry)))
    assert page.url == "https://tea.example/0"
    for part in ("<title>Ferry</title>", 'content="Ana Roldana"', "Tue, 10 Sep 2024", 'content="Boats"'):
        assert part in page.content


def test_hidden_linked_and_dangling_files_are_told(tmp_path):
    write(tmp_path, "in/.hidden.html", PAGE)
    write(tmp_path, "in/.git/config", "x")
    write(tmp_path, "other/a.html", PAGE)
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "other")
    (tmp_path / "in" / "dangling.html").symlink_to(tmp_path / "nowhere")
    found = {(skipped.path.rpartition("/")[2], skipped.kind) for skipped in read(tmp_path / "in")}
    assert found == {
        (".hidden.html", "hidden file"),
        (".git", "hidden folder"),
        ("linked", "link to a folder"),
        ("dangling.html", "dangling link"),
    }


def test_patterns_select_files_of_folders_and_archives(tmp_path):
    for name in ("a.html", "a.txt", "drafts/b.html", "may/c.html", "may/d.tmp.html"):
        write(tmp_path, name, PAGE)
    write(tmp_path, "site.zip", containers.zipped_files({"e.html": PAGE, "drafts/f.html": PAGE, "g.txt": "x"}))
    selection = Selection(include=("*.html", "*.zip"), exclude=("drafts", "*.tmp.html"))
    documents = read(tmp_path, selection=selection)
    assert [page.place for page in of_type(documents, InputDocument)] == ["a.html", "site.zip/e.html", "may/c.html"]
    kinds = sorted(skipped.kind for skipped in of_type(documents, Skipped))
    assert kinds == ["excluded file", "excluded file", "excluded folder", "file not included", "file not included"]
    assert len(read(tmp_path / "a.txt", selection=selection)) == 1, "what is named is read"


@pytest.mark.parametrize(
    ("path", "pattern"),
    [("may/a.html", "may/*.html"), ("x/may/a.html", "may/a.html"), ("may/b/a.html", "may"), ("may/b/a.html", "may/b")],
)
def test_a_pattern_matches_a_name_or_a_path(path, pattern):
    assert Selection(exclude=(pattern,)).find_reason(path)
    assert not Selection(exclude=(pattern,)).find_reason("june/c.html")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("cut.zip", FILES["a.zip"][0][:200], "the zip archive is damaged"),
        ("cut.tar", FILES["a.tar"][0][:700], "the tar archive is damaged"),
        ("cut.tgz", FILES["a.tgz"][0][:120], "damaged"),
        ("cut.json", json.dumps([{"html": PAGE}] * 2)[:-30], "not JSON"),
        ("bad.json", '{"html": "<p>a",\n "id": oops}', "not JSON"),
        ("cut.arc", FILES["a.arc"][0][:-90], "cut off within this record"),
        ("empty.eml", "MIME-Version: 1.0\nContent-Type: image/png\n\nx", "without a part of HTML"),
    ],
    ids=["zip", "tar", "tgz", "cut json", "bad json", "arc", "mail"],  # archives hold the second in which they are made
)
def test_what_is_damaged_fails_alone_and_says_how(tmp_path, name, data, message):
    write(tmp_path, name, data)
    write(tmp_path, "z.html", PAGE)
    documents = read(tmp_path)
    (failure,) = of_type(documents, Failure)
    assert message in failure.message
    assert documents[-1].id == "z.html"


def test_a_member_that_cannot_be_read_costs_itself(tmp_path):
    data = bytearray(containers.zipped_files({"a.html": PAGE, "b.html": PAGE}))
    data[40] ^= 0xFF  # inside the first member
    path = write(tmp_path, "a.zip", bytes(data))
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() == "a.html"
    first, second = read(path)
    assert isinstance(first, Failure)
    assert second.id == "a.zip/b.html"


def test_rows_before_damage_are_read(tmp_path):
    packed = gzip.compress(os.urandom(50_000).hex().encode().join([ROWS, ROWS]))
    write(tmp_path, "a.jsonl.gz", packed[:-2000])
    documents = read(tmp_path)
    assert [document.id for document in documents[:2]] == ["a", "b"]
    assert isinstance(documents[-1], Failure)


def test_a_text_about_json_or_mail_is_a_page(tmp_path):
    for number, text in enumerate(
        [
            '{"title": "x"} is an object.',
            "[1] The first note of the page.\n\n[2] The second.",
            f"Subject: the ferry\n\n{TEXT}",
            f"html, text and css\n\n{TEXT}",
            "From the harbour, a report.\n" + TEXT,
        ]
    ):
        (page,) = read(write(tmp_path, f"{number}.txt", text))
        assert isinstance(page, InputDocument)
        assert page.read() == text.encode()
