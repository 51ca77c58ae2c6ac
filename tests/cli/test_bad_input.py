"""Bad input on the command line: the message names the problem and its place, the exit code is right, good pages are kept."""

import json
import os

import pytest

GERMAN = "Die Bürgermeisterin eröffnete am Samstag die Brücke über die Ötz, und fünfzig Gäste aßen „Käsespätzle“."
RUSSIAN = "Мэр открыл новый мост через реку в субботу утром, и на праздник пришли несколько сотен жителей с детьми."
JAPANESE = "市長は土曜日の朝、川に架かる新しい橋の開通式に出席し、集まった一千人の市民と歩いて対岸まで渡った。"
TEXTS = {"cp1252": GERMAN, "windows-1251": RUSSIAN, "shift_jis": JAPANESE}
RANDOM = bytes(number * number * 7 % 251 for number in range(4000))


def page(text, meta=""):
    paragraphs = "".join(f"<p>{text}</p>" for _ in range(5))
    return f"<!doctype html><html><head>{meta}</head><body><article>{paragraphs}</article></body></html>"


def dump(text):
    return f"{text[:30]}\n\n" + "\n\n".join([text] * 4) + "\n"


def deep(text, tag="div", levels=1000):
    paragraphs = "".join(f"<p>{text}</p>" for _ in range(5))
    return f"<!doctype html><html><body>{f'<{tag}>' * levels}{paragraphs}{f'</{tag}>' * levels}</body></html>"


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


BAD = {  # what is wrong, as clean and explain say it; the first recognises a file before it is opened
    "empty.html": (b"", "empty"),
    "blank.txt": (b" \n\t\r\n", "empty"),
    "binary.html": (RANDOM, "binary"),
    "zeros.txt": (bytes(5000), "not a "),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + RANDOM, "a picture"),
    "packed.txt": (b"\x1f\x8b\x08\x00" + RANDOM, "compress"),
    "script.html": (b"<!doctype html><script>let a = '<p>b</p>';</script><style>p{}</style>", "nothing but markup"),
    "huge.html": (page(GERMAN * 40_000).encode(), "over the limit of 10,000,000"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("command", ["clean", "explain"])
def test_a_page_that_cannot_be_cleaned_is_named_with_what_is_wrong(cli, tmp_path, command, name):
    data, problem = BAD[name]
    (tmp_path / name).write_bytes(data)
    options = ["--out", tmp_path / "out"] if command == "clean" else []
    result = cli(command, tmp_path / name, *options)
    assert result.exit_code == 3
    (message,) = [line for line in result.stderr.splitlines() if name in line]
    assert problem in message
    assert result.stdout == ""


def test_the_huge_page_is_20_megabytes():
    assert len(BAD["huge.html"][0]) > 20_000_000


def test_a_link_to_nothing_is_named(cli, tmp_path):
    (tmp_path / "gone.html").symlink_to(tmp_path / "nowhere")
    (tmp_path / "good.txt").write_text(dump(GERMAN), encoding="utf-8")
    result = cli("clean", tmp_path, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert rows(tmp_path / "out" / "skipped.jsonl") == [
        {"path": f"{tmp_path}/gone.html", "kind": "dangling link", "why": ""}
    ]
    assert [row["id"] for row in rows(tmp_path / "out" / "articles.jsonl")] == ["good.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_a_pipe_in_a_folder_does_not_stop_the_run(cli, tmp_path):
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "zebra.txt").write_text(dump(GERMAN), encoding="utf-8")
    result = cli("clean", tmp_path, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "skipped 1: 1 special file" in result.stderr
    assert [row["id"] for row in rows(tmp_path / "out" / "articles.jsonl")] == ["zebra.txt"]


@pytest.mark.parametrize("charset", TEXTS)
@pytest.mark.parametrize(
    "content",
    [
        lambda text, _: page(text),
        lambda text, _: dump(text),
        lambda text, charset: page(text, f'<meta charset="{charset}">'),
        lambda text, _: page(text, '<meta charset="utf-8">'),
        lambda text, _: page(text, '<meta charset="undefined">'),
        lambda text, _: page(text, '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'),
    ],
    ids=["page", "dump", "meta", "meta says UTF-8", "meta says undefined", "meta says Latin-1"],
)
def test_characters_survive_a_missing_or_lying_charset(cli, tmp_path, charset, content):
    text = TEXTS[charset]
    (tmp_path / "page.html").write_bytes(content(text, charset).encode(charset))
    result = cli("clean", tmp_path / "page.html", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    (article,) = rows(tmp_path / "out" / "articles.jsonl")
    assert text in article["text"]


@pytest.mark.parametrize("text", TEXTS.values(), ids=["German", "Russian", "Japanese"])
@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("make", [page, dump])
def test_utf_16_with_and_without_a_mark(cli, tmp_path, make, charset, text):
    (tmp_path / "page.html").write_bytes(make(text).encode(charset))
    result = cli("clean", tmp_path / "page.html", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    (article,) = rows(tmp_path / "out" / "articles.jsonl")
    assert text in article["text"]


def test_utf_8_under_a_meta_that_says_otherwise_and_with_one_bad_byte(cli, tmp_path):
    data = page(GERMAN, '<meta charset="windows-1251">').encode().replace(b"</p>", b"\xff</p>", 1)
    (tmp_path / "page.html").write_bytes(data)
    assert cli("clean", tmp_path / "page.html", "--out", tmp_path / "out").exit_code == 0
    (article,) = rows(tmp_path / "out" / "articles.jsonl")
    assert GERMAN in article["text"]


@pytest.mark.parametrize("tag", ["div", "span", "blockquote"])
def test_a_thousand_nested_elements_hide_nothing_and_are_flagged(cli, tmp_path, tag):
    (tmp_path / "deep.html").write_text(deep(GERMAN, tag), encoding="utf-8")
    result = cli("clean", tmp_path / "deep.html", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    (article,) = rows(tmp_path / "out" / "articles.jsonl")
    removed = rows(tmp_path / "out" / "removed.jsonl")
    assert article["text"].count(GERMAN) + sum(row["text"].count(GERMAN) for row in removed) == 5
    assert "flattened" in article["flags"]


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        (b'hosts = ["a.example"\n', "TOML"),
        (b'hosts = ["a.example"]\n[[drop]]\nlabel = "promo"\nline = "x"\nwhy = "y"\nthruogh = 1\n', "thruogh"),
        (b'hosts = ["a.example"]\n[[drop]]\nlabel = "junk"\nline = "x"\nwhy = "y"\n', "junk"),
        (b'hosts = ["a.example"]\n[[drop]]\nlabel = "promo"\nregex = "(x"\nwhy = "y"\n', "$.drop[0].regex"),
        (b'hosts = ["a.example"]\n[body]\nselectors = ["div[["]\n', "$.body.selectors[0]"),
        (b'hosts = ["a.example"]\n# \xff\xfe\n', "UTF-8"),
    ],
    ids=["TOML", "key", "label", "regex", "selector", "encoding"],
)
@pytest.mark.parametrize("command", ["clean", "explain"])
def test_an_invalid_rule_file_is_reported_with_its_place_and_stops_the_run(cli, tmp_path, command, rule, problem):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.example.toml").write_bytes(rule)
    (tmp_path / "good.txt").write_text(dump(GERMAN), encoding="utf-8")
    options = ["--out", tmp_path / "out"] if command == "clean" else []
    result = cli(command, tmp_path / "good.txt", "--rules", tmp_path / "rules", *options)
    assert result.exit_code == 2
    (message,) = result.stderr.splitlines()
    assert "a.example.toml" in message
    assert problem in message
    assert result.stdout == ""
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("blocked", ["out", "out/articles.jsonl", "out/run.json"])
def test_an_output_that_cannot_be_written_is_named(cli, tmp_path, blocked):
    (tmp_path / "good.txt").write_text(dump(GERMAN), encoding="utf-8")
    place = tmp_path / blocked
    if blocked == "out":
        place.write_text("a file where the folder should be", encoding="utf-8")
    else:
        place.mkdir(parents=True)
    result = cli("clean", tmp_path / "good.txt", "--out", tmp_path / "out", "--overwrite")
    assert result.exit_code == 2
    assert f"{blocked}: cannot write: " in result.stderr
    assert not list(tmp_path.rglob("*.part"))


GOOD = {
    "good1.html": page(GERMAN).encode(),
    "good2.txt": dump(RUSSIAN).encode(),
    "good3.html": page(JAPANESE).encode("shift_jis"),
    "good4.txt": dump(GERMAN).encode("utf-16"),
    "good5.jsonl": json.dumps({"html": page(RUSSIAN), "id": "five"}).encode(),
}


def write(folder, files):
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("jobs", [1, 2])
def test_good_pages_among_all_the_bad_ones_come_out_as_if_alone(cli, tmp_path, jobs):
    alone = write(tmp_path / "alone", GOOD)
    bad = {name: data for name, (data, _) in BAD.items()}
    rotten = {"rows.jsonl": b'{"html": \n[1, 2]\n{"id": "x"}\n\xff\xfe{}\n'}
    mixed = write(tmp_path / "mixed", GOOD | bad | rotten)
    assert cli("clean", alone, "--out", tmp_path / "a").exit_code == 0
    result = cli("clean", mixed, "--out", tmp_path / "m", "--jobs", jobs)
    assert result.exit_code == 3
    assert len(rows(tmp_path / "a" / "articles.jsonl")) == len(GOOD)
    for table in ("articles.jsonl", "removed.jsonl"):
        expected = (tmp_path / "a" / table).read_bytes().replace(bytes(alone), bytes(mixed))
        assert (tmp_path / "m" / table).read_bytes() == expected
    failed = [row["path"] for row in rows(tmp_path / "m" / "failures.jsonl")]
    failed += [row["path"] for row in rows(tmp_path / "m" / "skipped.jsonl")]
    names = [*BAD, *(f"rows.jsonl:{number}" for number in range(1, 5))]
    assert sorted(failed) == sorted(f"{mixed}/{name}" for name in names)
    assert all(row["path"] in result.stderr for row in rows(tmp_path / "m" / "failures.jsonl"))
