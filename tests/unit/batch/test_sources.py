import gzip
import io
import json
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet
import pytest

from cleaner.batch import jsonl, records, rows
from cleaner.batch.records import InputDocument
from cleaner.batch.sources import Inputs
from cleaner.errors import ExtraError, PageError, ResumeError
from cleaner.storage.run_files import Failure, Skipped
from cleaner.storage.streams import zstd

from . import archives

STDIN = Path("-")


def fill(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def feed(monkeypatch, data):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))


def found(*paths, **options):
    return [item.document for item in Inputs(paths, **options).documents()]


def ids(documents):
    return [document.id for document in documents if not isinstance(document, Skipped)]


def skipped(documents):
    return [(document.path, document.kind) for document in documents if isinstance(document, Skipped)]


def test_folder_gives_its_pages_in_the_order_of_their_names(tmp_path):
    fill(tmp_path, b_txt="b", a_HTML="a", c_htm="c", sub__d_xhtml="d", sub__e_md="e", g_css="g")
    assert ids(found(tmp_path)) == ["a.HTML", "b.txt", "c.htm", "sub/d.xhtml", "sub/e.md"]


def test_folder_is_searched_neither_in_hidden_places_nor_in_the_output(tmp_path):
    fill(tmp_path, a_txt="a", _hidden__b_txt="b", _c_txt="c", out__d_txt="d", sub__out__e_txt="e")
    documents = found(tmp_path, skip=tmp_path / "out")
    assert ids(documents) == ["a.txt", "sub/out/e.txt"]
    hidden = [(f"{tmp_path}/.c.txt", "hidden file"), (f"{tmp_path}/.hidden", "hidden folder")]
    assert skipped(documents) == hidden


def test_file_named_itself_is_read_whatever_it_is_called(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    fill(tmp_path, page_php="content")
    (document,) = found(Path("page.php"))
    assert (document.id, document.path, document.read()) == ("page.php", "page.php", b"content")


def test_file_has_the_same_id_alone_as_in_its_folder(tmp_path):
    fill(tmp_path, a_txt="a")
    assert ids(found(tmp_path)) == ids(found(tmp_path / "a.txt"))


def shown(documents):
    return [(document.path, document.id) for document in documents]


def test_paths_are_as_the_input_was_given_and_ids_as_they_are_below_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    fill(tmp_path, may__news__sub__a_txt="a", june__news__sub__a_txt="b", june__news__r_jsonl='{"text": "c"}\noops')
    folders = found(Path("may/news"), Path("june/news"))
    assert shown(document for document in folders if isinstance(document, InputDocument)) == [
        ("may/news/sub/a.txt", "sub/a.txt"),
        ("june/news/r.jsonl:1", "r.jsonl:1"),
        ("june/news/sub/a.txt", "sub/a.txt"),
    ]
    assert [document.path for document in folders if isinstance(document, Failure)] == ["june/news/r.jsonl:2"]
    files = found(Path("may/news/sub/a.txt"), tmp_path / "june/news/sub/a.txt")
    assert shown(files) == [("may/news/sub/a.txt", "a.txt"), (f"{tmp_path.as_posix()}/june/news/sub/a.txt", "a.txt")]
    assert [document.path for document in found(Path())][-1] == "may/news/sub/a.txt"


def test_place_within_the_input_does_not_depend_on_how_its_path_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    fill(tmp_path, news__sub__a_txt="a", news__r_jsonl='{"text": "b"}')
    for given in (Path("news"), tmp_path / "news", (tmp_path / "news").as_uri()):
        assert [document.place for document in found(given)] == ["r.jsonl:1", "sub/a.txt"]


def test_files_are_read_only_when_their_turn_comes(tmp_path):
    fill(tmp_path, a_txt="early")
    (document,) = found(tmp_path)
    fill(tmp_path, a_txt="late")
    assert document.read() == b"late"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('{"html": "<p>x", "id": "7"}', InputDocument(id="7", path="r.jsonl:1", place="r.jsonl:1", content="<p>x")),
        ('{"text": "x", "id": 7}', InputDocument(id="7", path="r.jsonl:1", place="r.jsonl:1", content="x")),
        ('{"text": "x", "url": "u"}', InputDocument(id="u", path="r.jsonl:1", place="r.jsonl:1", content="x", url="u")),
        (
            '{"text": "x", "url": "u", "id": "7"}',
            InputDocument(id="7", path="r.jsonl:1", place="r.jsonl:1", content="x", url="u"),
        ),
        ('{"text": "x"}', InputDocument(id="r.jsonl:1", path="r.jsonl:1", place="r.jsonl:1", content="x")),
        ('{"text": "x", "id": ""}', InputDocument(id="r.jsonl:1", path="r.jsonl:1", place="r.jsonl:1", content="x")),
        (
            '{"html": "<p>x", "text": "y"}',
            InputDocument(id="r.jsonl:1", path="r.jsonl:1", place="r.jsonl:1", content="<p>x"),
        ),
        (
            '{"text": "x", "score": [1]}',
            InputDocument(id="r.jsonl:1", path="r.jsonl:1", place="r.jsonl:1", content="x"),
        ),
    ],
)
def test_row(tmp_path, monkeypatch, row, expected):
    monkeypatch.chdir(tmp_path)
    fill(tmp_path, r_jsonl=row)
    assert found(Path()) == [expected]


@pytest.mark.parametrize("row", ['{"text": ', "[1]", '{"text": 1}', '{"url": "u"}', '"\\ud800"', "nonsense"])
def test_broken_row_fails_alone_and_says_where(tmp_path, row):
    fill(tmp_path, r_jsonl=f'{{"text": "a"}}\n\n{row}\n{{"text": "b"}}\n')
    first, broken, last = found(tmp_path)
    assert isinstance(broken, Failure)
    assert broken.path == f"{tmp_path}/r.jsonl:3"
    assert (first.content, last.content) == ("a", "b")


def test_row_that_is_not_utf8_is_read_in_its_encoding(tmp_path):
    (tmp_path / "r.jsonl").write_bytes(
        '{"text": "über den Fluss für die Dörfer"}\n'.encode("cp1252") + b'{"text": "b"}\n'
    )
    first, second = found(tmp_path)
    assert (first.content, second.content) == ("über den Fluss für die Dörfer", "b")


def test_missing_rows_file_is_a_failure(tmp_path):
    (failed,) = found(tmp_path / "gone.jsonl")
    assert failed == Failure(str(tmp_path / "gone.jsonl"), "FileNotFoundError", "No such file or directory")


def test_standard_input_is_one_page(monkeypatch):
    feed(monkeypatch, b"First line\n\nSecond line\n")
    (document,) = found(STDIN)
    assert (document.id, document.path) == ("stdin", "-")
    assert document.read() == b"First line\n\nSecond line\n"


def test_standard_input_may_be_rows(monkeypatch):
    feed(monkeypatch, b'{"text": "a", "id": "1"}\n{"text": "b", "id": "2"}\n')
    assert ids(found(STDIN)) == ["1", "2"]


def test_page_that_starts_like_json_is_still_a_page(monkeypatch):
    feed(monkeypatch, b'{"title": "x"}\nA page about JSON.\n')
    (document,) = found(STDIN)
    assert document.read().endswith(b"about JSON.\n")


def test_fields_of_rows_may_be_called_otherwise(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    fill(tmp_path, r_jsonl='{"body": "<p>x", "html": 7, "key": 3, "uri": "u", "day": "2024-02-30T10:00:00Z"}')
    names = rows.parse_field_names(["html=body", "id=key", "url=uri", "fetched=day"])
    (document,) = found(Path(), fields=names)
    assert document == InputDocument(id="3", path="r.jsonl:1", place="r.jsonl:1", content="<p>x", url="u")


@pytest.mark.parametrize("pair", ["html", "html=", "body=html", "html=text"])
def test_fields_that_cannot_be(pair):
    with pytest.raises(ValueError, match=r"write NAME=FIELD|two names have the same field"):
        rows.parse_field_names([pair])


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2024-05-01", date(2024, 5, 1)), ("2024-05-01T23:00:00Z", date(2024, 5, 1)), ("May", None), (17, None)],
)
def test_day_of_the_download_of_a_row(tmp_path, moment, day):
    fill(tmp_path, r_jsonl=json.dumps({"text": "x", "fetched": moment}))
    (document,) = found(tmp_path)
    assert document.fetched == day


def test_line_over_the_limit_fails_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(jsonl, "_MAX_LINE_BYTES", 40)
    fill(tmp_path, r_jsonl=f'{{"text": "a"}}\n{{"text": "{"b" * 100}"}}\n{{"text": "c"}}\n')
    first, long, last = items = list(Inputs([tmp_path]).documents())
    assert (first.document.content, last.document.content, last.document.id) == ("a", "c", "r.jsonl:3")
    assert "over the limit of 40" in long.document.message
    assert list(Inputs([tmp_path]).documents(long.after)) == items[2:]


LINES = b"".join(b'{"text": "page %d", "id": %d}\n' % (number, number) for number in range(30))
PACKED = {".gz": gzip.compress, ".zst": zstd.compress}


@pytest.mark.parametrize("suffix", PACKED)
def test_packed_files_are_unpacked(tmp_path, suffix):
    (tmp_path / f"rows.jsonl{suffix}").write_bytes(PACKED[suffix](LINES))
    (tmp_path / f"a.html{suffix}").write_bytes(PACKED[suffix](b"<p>tea"))
    page, *rest = found(tmp_path)
    assert (page.id, page.read()) == (f"a.html{suffix}", b"<p>tea")
    assert [document.content for document in rest] == [f"page {number}" for number in range(30)]


@pytest.mark.parametrize("suffix", PACKED)
def test_bomb_is_unpacked_up_to_the_limit_only(tmp_path, suffix, monkeypatch):
    monkeypatch.setattr(records, "MAX_SIZE", 1000)
    (tmp_path / f"a.html{suffix}").write_bytes(PACKED[suffix](b"tea " * 10**5))
    (document,) = found(tmp_path)
    with pytest.raises(PageError, match="over the limit of 1,000 bytes"):
        document.read()


@pytest.mark.parametrize("suffix", PACKED)
def test_damaged_packing_costs_what_is_behind_the_damage(tmp_path, suffix):
    packed = PACKED[suffix](LINES * 1000)
    page = PACKED[suffix](b"<html>" + LINES * 1000)
    (tmp_path / f"a.html{suffix}").write_bytes(page[: len(page) // 2])
    (tmp_path / f"b.jsonl{suffix}").write_bytes(packed[: len(packed) // 2])
    (tmp_path / "c.txt").write_text("tea")
    page, *read, damaged, last = found(tmp_path)
    if isinstance(page, InputDocument):  # what is damaged in its first bytes fails before it is opened as a page
        with pytest.raises(OSError, match="compression is damaged"):
            page.read()
    else:
        assert "compression is damaged" in page.message
    assert all(isinstance(document, InputDocument) for document in read)
    assert (damaged.path, last.id) == (f"{tmp_path}/b.jsonl{suffix}", "c.txt")


def every_kind(folder):
    """A folder with a file of every kind of source."""
    fill(folder, a_txt="a", sub__b_html="b")
    (folder / "rows.jsonl").write_bytes(LINES + b"oops\n" + LINES)
    (folder / "rows.jsonl.gz").write_bytes(gzip.compress(LINES))
    (folder / "rows.jsonl.zst").write_bytes(zstd.compress(LINES) + zstd.compress(LINES))
    (folder / "plain.warc").write_bytes(b"".join(archives.RECORDS))
    (folder / "whole.warc.gz").write_bytes(gzip.compress(b"".join(archives.RECORDS)))
    (folder / "records.warc.gz").write_bytes(b"".join(map(gzip.compress, archives.RECORDS)))
    table = pyarrow.table({"text": [f"row {number}" for number in range(10)], "id": range(10)})
    pyarrow.parquet.write_table(table, folder / "table.parquet", row_group_size=4)
    (folder / "no.parquet").write_bytes(b"PAR1 or not")
    return folder


def test_input_is_read_on_after_any_document(tmp_path):
    inputs = Inputs([every_kind(tmp_path), tmp_path / "a.txt"])
    items = list(inputs.documents())
    assert len(items) > 200
    for number, item in enumerate(items):
        if number % 7 == 0 or number > len(items) - 10:
            assert list(inputs.documents(item.after)) == items[number + 1 :]


def test_standard_input_is_read_on_after_any_document(monkeypatch):
    feed(monkeypatch, LINES)
    items = list(Inputs([STDIN]).documents())
    feed(monkeypatch, LINES)
    assert list(Inputs([STDIN]).documents(items[10].after)) == items[11:]


@pytest.mark.parametrize("change", ["gone", "new"])
def test_input_is_not_read_on_among_other_files(tmp_path, change):
    fill(tmp_path, a_txt="a", c_txt="c", d_txt="d")
    after = list(Inputs([tmp_path]).documents())[1].after
    fill(tmp_path, b_txt="b") if change == "new" else (tmp_path / "c.txt").unlink()
    with pytest.raises(ResumeError, match=r"c\.txt: the files before it"):
        list(Inputs([tmp_path]).documents(after))


def test_urls_are_read_as_files_are(tmp_path):
    every_kind(tmp_path)
    of_url = found(tmp_path.as_uri())
    assert [(document.path, type(document)) for document in of_url] == [
        (document.path.replace(str(tmp_path), tmp_path.as_uri()), type(document)) for document in found(tmp_path)
    ]
    pages = [document for document in of_url if isinstance(document, InputDocument) and document.file]
    assert [page.read() for page in pages] == [b"a", b"b"]


def test_only_what_can_be_read_again_is_rereadable(tmp_path):
    assert Inputs([tmp_path]).rereadable
    assert not Inputs([tmp_path, STDIN]).rereadable


@pytest.mark.parametrize(
    ("module", "file", "extra"),
    [
        ("fastwarc.warc", "plain.warc", "warc"),
        ("pyarrow.parquet", "table.parquet", "parquet"),
        ("fsspec.core", "", "cloud"),
    ],
)
def test_missing_library_is_named_with_the_extra_that_brings_it(tmp_path, monkeypatch, module, file, extra):
    monkeypatch.setitem(sys.modules, module, None)
    path = every_kind(tmp_path) / file if file else tmp_path.as_uri()
    with pytest.raises(ExtraError, match=rf"needs a library that is not installed.*cleaner\[{extra}\]"):
        found(path)


def test_url_of_a_kind_that_nobody_knows_is_explained():
    with pytest.raises(ExtraError, match="Protocol not known: nowhere"):
        found("nowhere://pages")
