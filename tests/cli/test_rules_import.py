"""Site files of Full-Text RSS become rule files that load, and each line without a counterpart is reported."""

import json
import tomllib

import pytest
from typer.testing import CliRunner

import cleaner
from cleaner.cli import app
from cleaner.rulebook import Rulebook

FULL = """
# a gazette
title: //meta[@property='og:title']/@content
title: //h1[@class="head"]
author: //a[@rel='author']
date: //time/@datetime
body: //div[@class='story']
body: id("main")
strip: //div[contains(@class, 'related-box')]
strip: //figure//img
strip_id_or_class: share-bar
strip_id_or_class: "odd-box"
strip_image_src: /pixel.gif
tidy: no
prune: yes
test_url: https://gazette.example/1
test_contains: The river
"""


def run(folder, out):
    return CliRunner().invoke(app, ["rules", "import", "ftr", str(folder), "--out", str(out)])


def imported(tmp_path, name="gazette.example.txt", text=FULL):
    source, out = tmp_path / "ftr", tmp_path / "rules"
    source.mkdir(exist_ok=True)
    (source / name).write_text(text, encoding="utf-8")
    return run(source, out), out


def test_everything_with_a_counterpart_is_carried_over(tmp_path):
    result, out = imported(tmp_path)
    assert result.exit_code == 0
    assert result.stdout == "gazette.example.txt: 9 lines -> gazette.example.toml\n"
    text = (out / "gazette.example.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text) == {
        "hosts": ["gazette.example"],
        "unproven": True,
        "metadata": {
            "title": ["//meta[@property='og:title']", '//h1[@class="head"]'],
            "authors": ["//a[@rel='author']"],
            "published": ["//time"],
        },
        "body": {"selectors": ["//div[@class='story']", '(id("main"))']},
        "drop": [
            {
                "label": "related",
                "xpath": "//div[contains(@class, 'related-box')]",
                "why": "stripped by Full-Text RSS",
            },
            {
                "label": "share",
                "selector": "[id*='share-bar'], [class*='share-bar']",
                "why": "stripped by Full-Text RSS",
            },
            {
                "label": "other",
                "selector": "[id*='odd-box'], [class*='odd-box']",
                "why": "stripped by Full-Text RSS",
            },
        ],
    }
    assert "# test_url: https://gazette.example/1\n# test_contains: The river\n" in text


def test_what_was_imported_cleans_a_page(tmp_path):
    _, out = imported(tmp_path)
    story = "".join(f"<p>The river rose by a hand on day {n}, and the mill stood still.</p>" for n in range(6))
    page = f"""<html><body><h1 class="head">High water</h1><time datetime="2024-05-02T08:00:00+02:00">Thursday</time>
    <div class="story">{story}<div class="related-box"><p>The mill that never stood still in a hundred years.</p></div>
    <div id="top-share-bar"><p>Tell a friend who lives below the weir.</p></div></div></body></html>"""
    article = cleaner.Cleaner([out], builtin_rules=False).clean(page, url="https://www.gazette.example/1")
    assert article.title == "High water"
    assert article.published.isoformat() == "2024-05-02T08:00:00+02:00"
    by_rules = [block for block in article.removed if block.verdict.judge == "site_rules"]
    assert {block.text: block.verdict.label.value for block in by_rules} == {
        "The mill that never stood still in a hundred years.": "related",
        "Tell a friend who lives below the weir.": "share",
    }


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("body: substring-after(//p, ':')", "does not select an element"),
        ("author: //a/@href", "does not select an element"),
        ("strip: //p/text()", "does not select an element"),
        ("strip: //div[", "does not compile"),
        ("strip: //div[matches(., 'a')]", "`matches()` is not a function"),
        ("strip: //" + "a" * 600, "over the limit of 500"),
        ("strip_id_or_class: a'b", "not part of a name"),
        ("prune: no", "the classifier judges"),
        ("prune:no", "the classifier judges"),
        ("find_string: <br>", "never changed"),
        ("replace_string(<br>): <p>", "never changed"),
        ("http_header(user-agent): x", "nothing is fetched"),
        ("next_page_link: //a", "nothing is fetched"),
        ("stirp: //aside", "unknown directive `stirp`"),
        ("hello", "not a directive"),
    ],
)
def test_what_has_no_counterpart_is_named_with_its_line(tmp_path, line, why):
    result, out = imported(tmp_path, text=f"body: //main\n\n{line}\n")
    assert result.exit_code == 0
    first, second = result.stdout.splitlines()
    assert first == "gazette.example.txt: 1 lines -> gazette.example.toml"
    assert second.startswith(f"  line 3: {line}: ")
    assert why in second
    assert tomllib.loads((out / "gazette.example.toml").read_text())["body"] == {"selectors": ["//main"]}


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("README.txt", "Read me", "its name is not a host name"),
        ("a.example.txt", "find_string: x", "no rule file"),
        ("a.example.txt", "", "no rule file"),
    ],
)
def test_file_that_gives_nothing_is_named_and_writes_nothing(tmp_path, name, text, why):
    result, out = imported(tmp_path, name, text)
    assert result.exit_code == 0
    assert f"{name}: no rule file" in result.stdout
    assert why in result.stdout
    assert not out.exists()


def test_two_files_for_one_host_give_one_rule_file(tmp_path):
    imported(tmp_path, ".gazette.example.txt", "body: //article")
    (tmp_path / "rules" / "gazette.example.toml").unlink()
    result, out = imported(tmp_path, "gazette.example.txt", "body: //main")
    assert "gazette.example.txt has the same host" in result.stdout
    assert "//main" in (out / "gazette.example.toml").read_text()
    assert [site.name for site in Rulebook.load([out], builtin=False).sites] == ["gazette.example"]


def test_existing_rule_file_is_not_changed(tmp_path):
    _, out = imported(tmp_path)
    (out / "gazette.example.toml").write_text('hosts = ["gazette.example"]\n', encoding="utf-8")
    result, _ = imported(tmp_path)
    assert "exists and was not changed" in result.stdout
    assert (out / "gazette.example.toml").read_text() == 'hosts = ["gazette.example"]\n'


def test_many_strips_are_joined_up_to_the_length_that_is_allowed(tmp_path):
    text = "".join(f"strip: //div[@class='related-{n:03}']\n" for n in range(60))
    result, out = imported(tmp_path, text=text)
    assert "60 lines" in result.stdout
    drops = tomllib.loads((out / "gazette.example.toml").read_text())["drop"]
    assert max(len(drop["xpath"]) for drop in drops) <= 500
    assert sum(drop["xpath"].count("//div") for drop in drops) == 60
    assert Rulebook.load([out], builtin=False).sites


def test_bytes_that_are_no_text_stop_nothing(tmp_path):
    (tmp_path / "ftr").mkdir()
    (tmp_path / "ftr" / "a.example.txt").write_bytes(b"test_url: \x01\x7f\xff\nbody: //main\nstrip: //p[.='\x01']\n")
    result, out = imported(tmp_path)
    assert result.exit_code == 0
    assert "a.example.txt: 1 lines -> a.example.toml" in result.stdout
    assert len(Rulebook.load([out], builtin=False).sites) == 2


STORY = "".join(
    f"<p>The river rose by a hand on day {n}, and the mill stood still until the evening.</p>" for n in range(6)
)
SAVED = f"""<html><body><h1 class="head">High water</h1><div class="story">{STORY}
<div class="related-box"><p>The mill that never stood still in a hundred years.</p></div></div></body></html>"""


def test_imported_files_pass_the_check_and_count_as_unproven(tmp_path):
    _, out = imported(tmp_path)
    result = CliRunner().invoke(app, ["check", str(out)])
    assert result.exit_code == 0
    assert result.stdout == "0 hold, 3 entries unproven\n"


def test_saved_test_pages_become_cases(tmp_path):
    saved = tmp_path / "saved.jsonl"
    saved.write_text(json.dumps({"url": "https://gazette.example/1", "html": SAVED}) + "\n", encoding="utf-8")
    source, out = tmp_path / "ftr", tmp_path / "rules"
    source.mkdir()
    (source / "gazette.example.txt").write_text(FULL + "test_contains: A line of last year\n", encoding="utf-8")
    arguments = ["rules", "import", "ftr", str(source), "--out", str(out), "--pages", str(saved)]
    result = CliRunner().invoke(app, arguments)
    assert "“A line of last year” is not in the text" in result.stdout
    assert "1 rule files written, 1 cases made of test pages; 1 of 1 site files came over whole" in result.stderr
    case = tomllib.loads((out / "gazette.example.toml").read_text(encoding="utf-8"))["case"][0]
    assert case["must_keep"] == ["The river"]
    result = CliRunner().invoke(app, ["check", str(out)])
    assert (result.exit_code, "fail" in result.stdout, "2 entries unproven" in result.stdout) == (0, False, True)
