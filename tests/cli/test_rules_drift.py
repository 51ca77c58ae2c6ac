"""A site that changes under its rules is named, with the entry and with pages to look at; one with other news is not."""

import json
from random import Random

import pytest
from typer.testing import CliRunner

from cleaner.cli import app

WORDS = """river bridge council harvest engineer lighthouse orchard tram bakery heron reservoir valley meadow harbour ferry
winter candle workshop market teacher violin garden letter engine island cellar window morning quarry saddle""".split()

RULES = """
hosts = ["example.com"]
[[drop]]
label = "related"
selector = ".more-stories"
why = "list of other stories"
[[drop]]
label = "donation"
starts = "Keep our paper alive"
why = "appeal below each story"
[[drop]]
label = "promo"
line = "Our walks"
why = "never seen any more"
"""

TEMPLATE = """<html><head><title>{title}</title><meta property="article:published_time" content="2024-05-{day:02}">
<meta name="author" content="Ada Reed"></head><body><h1>{title}</h1><article>{story}
<p>Keep our paper alive: give what you can, and come and see us print on a Thursday night in the old mill.</p></article>
<div class="more-stories"><p>{other}</p><p>{another}</p></div></body></html>"""

CHANGES = {
    "class renamed": ("more-stories", "further-reading"),
    "prompt reworded": ("Keep our paper alive: give what you can", "Will you stand by us, as many readers do"),
    "new box": (
        "</article>",
        "<p>Readers of this page meet on the first Monday of the month above the chemist.</p></article>",
    ),
    "class of the story": ("<article>", "<article class=more-stories>"),
    "author gone": ('<meta name="author" content="Ada Reed">', ""),
}


def sentence(dice):
    return f"The {' '.join(dice.sample(WORDS, 9))} was seen by all of them {dice.randrange(1000)} times."


def write(folder, name, seed, change=("", ""), rules="rules"):
    """A crawl of twelve pages, with news of its own for each ``seed``, cleaned."""
    dice = Random(seed)  # noqa: S311  news, not secrets
    rows = []
    for number in range(12):
        story = "".join(f"<p>{sentence(dice)} {sentence(dice)}</p>" for _ in range(dice.randrange(4, 9)))
        title = " ".join(dice.sample(WORDS, 4)).capitalize()
        others = {"other": sentence(dice), "another": sentence(dice)}
        html = TEMPLATE.format(title=title, story=story, day=1 + number, **others).replace(*change)
        rows.append(json.dumps({"url": f"https://example.com/{name}/{number}", "html": html}))
    path = folder / f"{name}.jsonl"
    path.write_text("\n".join(rows), encoding="utf-8")
    out = folder / name
    done = CliRunner().invoke(
        app, ["clean", str(path), "--no-repeats", "--rules", str(folder / rules), "--out", str(out)]
    )
    assert done.exit_code == 0, done.output
    return str(out)


@pytest.fixture(scope="module")
def crawls(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crawls")
    (folder / "rules").mkdir()
    (folder / "rules" / "example.com.toml").write_text(RULES, encoding="utf-8")
    above = '[[drop]]\nlabel = "legal"\nline = "Imprint"\nwhy = "new at the top"\n'
    (folder / "longer").mkdir()
    (folder / "longer" / "example.com.toml").write_text(
        RULES.replace("[[drop]]", above + "[[drop]]", 1), encoding="utf-8"
    )
    runs = {"longer rules": write(folder, "longer-rules", 3, rules="longer")}
    runs |= {name: write(folder, name.replace(" ", "-"), 2, change) for name, change in CHANGES.items()}
    return runs | {"old": write(folder, "old", 1), "other news": write(folder, "other-news", 3), "folder": folder}


def drift(*arguments):
    return CliRunner().invoke(app, ["rules", "drift", *arguments])


@pytest.mark.parametrize("run", ["other news", "longer rules"])
def test_other_news_and_entries_with_new_numbers_are_no_drift(crawls, run):
    result = drift(crawls["old"], crawls[run])
    assert (result.exit_code, result.stdout) == (0, "")
    assert "0 of 1 sites changed" in result.stderr


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("class renamed", "entry example.com: list of other stories (example.com:drop[0]): 2.00 -> 0.00 a document"),
        ("prompt reworded", "entry example.com: appeal below each story (example.com:drop[1]): 1.00 -> 0.00"),
        ("class of the story", "not followed example.com:drop[0] (example.com:drop[0]): 0.00 -> 1.00 a document"),
        ("class of the story", "flag suspect_rule: 0.00 -> 1.00"),
        ("author gone", "authors: 1.00 -> 0.00"),
    ],
)
def test_changed_template_is_named_with_what_changed_and_where_to_look(crawls, change, named):
    result = drift(crawls["old"], crawls[change])
    assert result.exit_code == 1
    assert result.stdout.startswith("example.com\n")
    line = next(number for number, line in enumerate(result.stdout.splitlines()) if named in line)
    assert f"see https://example.com/{change.replace(' ', '-')}/" in result.stdout.splitlines()[line + 1]


def test_new_box_is_named(crawls):
    result = drift(crawls["old"], crawls["new box"])
    assert result.exit_code == 1
    assert "recurring lines: 0.00 -> 1.00" in result.stdout
    assert "see https://example.com/new-box/" in result.stdout
    assert "new: Readers of this page meet on the first Monday of the month above the chemist." in result.stdout


def test_saved_figures_replace_their_run(crawls, tmp_path):
    saved = tmp_path / "figures.json"
    done = CliRunner().invoke(app, ["rules", "stats", crawls["old"], "--save", str(saved)])
    assert done.exit_code == 0
    assert drift(str(saved), crawls["class renamed"]).stdout == drift(crawls["old"], crawls["class renamed"]).stdout
    assert drift(str(saved), crawls["other news"]).exit_code == 0


def test_stats_tell_what_fired_what_never_did_and_what_fires_less(crawls):
    rules = ["--rules", str(crawls["folder"] / "rules")]
    result = CliRunner().invoke(app, ["rules", "stats", crawls["prompt reworded"], *rules, "--against", crawls["old"]])
    assert result.exit_code == 0
    fired, never = result.stdout.split("Entries that never fired")
    assert "12 of 12            24  example.com:drop[0]  list of other stories" in fired
    assert "12  example.com:drop[1]  appeal below each story" in never
    assert "12  example.com:drop[2]  never seen any more" in never
    assert "drop[0]" not in never


def test_stats_tell_which_entries_were_not_followed_and_where(crawls):
    rules = ["--rules", str(crawls["folder"] / "rules")]
    result = CliRunner().invoke(app, ["rules", "stats", crawls["class of the story"], *rules])
    suspects = result.stdout.split("Entries that were not followed")[1].split("Sites without")[0]
    assert "12 of 12      example.com:drop[0]  see https://example.com/class-of-the-story/" in suspects


def test_sites_without_a_rule_are_ranked_by_what_recurs_on_them(crawls):
    result = CliRunner().invoke(app, ["rules", "stats", crawls["new box"]])
    unruled = result.stdout.split("Sites without a rule")[1]
    documents, leftover = unruled.splitlines()[1].split()[:2]
    assert documents == "12"
    assert int(leftover) >= len("Readers of this page meet on the first Monday of the month above the chemist.")


@pytest.mark.parametrize("text", [b"", b"{", b"\xff", b'{"sites": 3}'])
def test_what_is_no_run_is_refused(tmp_path, text):
    (tmp_path / "x.json").write_bytes(text)
    for other in (tmp_path / "x.json", tmp_path):
        result = drift(str(other), str(other))
        assert result.exit_code == 2
        assert str(other) in result.stderr.replace("\n", "")
