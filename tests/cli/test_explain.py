import json
import re
from itertools import pairwise

import pytest

import cleaner

TITLE = "Vladimir Putin Promises To Visit North Korea Following Kim Jong Un’s Invitation"


def lines(result):
    return result.stdout.splitlines()


def test_every_block_is_shown_kept_or_dropped(cli, seeds):
    result = cli("explain", seeds / "004_d350547c096211a8.txt")
    assert result.exit_code == 0, result.output
    kept = [line for line in lines(result) if line.startswith("keep  ")]
    dropped = [line for line in lines(result) if line.startswith("drop  related ")]
    assert len(kept) == 10
    assert dropped[0].endswith("Also read: Sensex Elevates For 9th Straight Session, Nifty Closes At An All-Time High")


def test_metadata_stands_on_top(cli, seeds):
    first = lines(cli("explain", seeds / "004_d350547c096211a8.txt"))[0]
    assert first.split(maxsplit=1) == ["title", TITLE]


def test_every_block_has_its_judge_and_reason_under_it(cli, seeds):
    shown = lines(cli("explain", seeds / "004_d350547c096211a8.txt"))
    reasons = [after for line, after in pairwise(shown) if line.startswith(("keep  ", "drop  "))]
    assert len(reasons) > 10
    assert all(re.fullmatch(r" {21}\w+(, .+)?: .+", reason) for reason in reasons)


def test_no_colour_and_no_wrapping_where_nobody_watches(cli, seeds):
    result = cli("explain", seeds / "000_18903539ac76e762.txt")
    assert "\x1b" not in result.stdout
    ticker = next(line for line in lines(result) if line.startswith("drop  ticker"))
    assert ticker.endswith("Microsoft India President issues stark message")


def test_pages_have_no_power_over_the_terminal_nor_over_the_markup(cli):
    padding = "The rest of the page is harmless, and long enough for it to pass as text. " * 5
    page = f"A headline [bold]in[/bold] brackets\n\nBody \x1b[31mred\x07 \u202eesrever [/red]. {padding}\n"
    result = cli("explain", "-", "--url", "https://tea.example/\x1b[2J", input=page.encode())
    assert result.exit_code == 0, result.output
    assert "\\x1b[2J" in result.stdout
    assert not any(character in result.stdout for character in "\x1b\x07\u202e")
    assert "[bold]in[/bold]" in result.stdout
    assert "[/red]" in result.stdout


def test_url_finds_the_rules_of_the_site(cli, tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "tea.example.toml").write_text(
        'hosts = ["tea.example"]\n[[drop]]\nlabel = "promo"\nline = "A cup a day."\nwhy = "slogan"\n', encoding="utf-8"
    )
    page = b"How tea is grown\n\nA cup a day.\n\nThe leaves are picked by hand in spring, before the rains come.\n"
    options = ["--url", "https://tea.example/grown", "--rules", tmp_path / "rules"]
    result = cli("explain", "-", *options, input=page)
    assert any(line.startswith("drop  promo") and line.endswith("A cup a day.") for line in lines(result))
    assert "slogan" in result.stdout
    assert "slogan" not in cli("explain", "-", *options[2:], input=page).stdout


@pytest.mark.parametrize(("data", "code"), [(b"", 3), (b"\x89PNG\r\n", 3)])
def test_page_that_cannot_be_cleaned(cli, tmp_path, data, code):
    (tmp_path / "bad.html").write_bytes(data)
    result = cli("explain", tmp_path / "bad.html")
    assert result.exit_code == code
    assert "bad.html" in result.stderr
    assert result.stdout == ""


def test_many_pages_are_refused(cli, tmp_path):
    rows = [
        {"id": str(number), "text": f"Tea {number}\n\nThe leaves are picked by hand in spring."} for number in range(3)
    ]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = cli("explain", tmp_path / "many.jsonl")
    assert result.exit_code == 2
    assert "choose one by its id with --id ID" in result.stderr
    assert cli("explain", tmp_path).exit_code == 2


@pytest.mark.parametrize("name", ["1", "https://tea.example/1", "many.jsonl:2"])
def test_row_of_a_file_of_many_is_shown(cli, tmp_path, monkeypatch, name):
    rows = [
        {
            "id": str(n),
            "url": f"https://tea.example/{n}",
            "text": f"Tea {n}\n\nThe leaves of tea {n} are picked in spring.",
        }
        for n in range(3)
    ]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = cli("explain", "many.jsonl", "--id", name)
    assert result.exit_code == 0, result.output
    assert "The leaves of tea 1 are picked in spring." in result.stdout
    assert "tea 2" not in result.stdout


def test_row_that_is_not_there(cli, tmp_path):
    (tmp_path / "many.jsonl").write_text('{"id": "1", "text": "Tea"}', encoding="utf-8")
    result = cli("explain", tmp_path / "many.jsonl", "--id", "2")
    assert result.exit_code == 2
    assert "contains no page with the id 2" in result.stderr


def test_html_is_written_instead_of_lines(cli, seeds, tmp_path):
    page = tmp_path / "page.html"
    result = cli("explain", seeds / "004_d350547c096211a8.txt", "--html", page)
    assert result.exit_code == 0, result.output
    assert (result.stdout, result.stderr) == ("", f"{page}\n")
    assert "Also read: Sensex" in page.read_text(encoding="utf-8")


def test_html_never_overwrites_its_page(cli, tmp_path):
    page = tmp_path / "tea.txt"
    page.write_text("Tea\n\nTea is picked by hand in spring, before the first rains come.\n", encoding="utf-8")
    before = page.read_bytes()
    result = cli("explain", page, "--html", tmp_path / "." / "tea.txt")
    assert result.exit_code == 2
    assert page.read_bytes() == before


def test_html_that_cannot_be_written(cli, seeds, tmp_path):
    (tmp_path / "file").touch()
    result = cli("explain", seeds / "004_d350547c096211a8.txt", "--html", tmp_path / "file" / "page.html")
    assert result.exit_code == 2
    assert "page.html" in result.stderr


def test_json_holds_every_block_with_its_verdict(cli, seeds):
    seed = seeds / "004_d350547c096211a8.txt"
    article = cleaner.clean(seed.read_bytes())
    row = json.loads(cli("explain", seed, "--json").stdout)
    assert row["title"] == TITLE
    assert [block["text"] for block in row["blocks"]] == [block.text for block in article.blocks]
    assert [block["kept"] for block in row["blocks"]] == [block.kept for block in article.blocks]
    dropped = next(block for block in row["blocks"] if block["text"].startswith("Also read"))
    assert dropped["line"] == article.blocks[dropped["index"]].line
    assert {"label": "related", "judge": "common_rules"}.items() <= dropped["verdict"].items()


@pytest.mark.parametrize("columns", [30, 50, 80, 300])
def test_a_terminal_is_filled_but_not_overrun(cli, seeds, columns):
    env = {"FORCE_COLOR": "1", "COLUMNS": str(columns), "TERM": "xterm-256color"}
    result = cli("explain", seeds / "001_e2bb9adf49b91870.txt", env=env)
    assert "\x1b[" in result.stdout
    shown = re.sub(r"\x1b\[[\d;]*m", "", result.stdout).splitlines()
    widest = max(map(len, shown))
    assert min(columns, 121) - 12 <= widest <= min(columns, 121)
    assert ("keep  paragraph" in shown) is (columns < 60)
    assert any(line.startswith("keep  paragraph") for line in shown)


def test_a_terminal_without_colour(cli, seeds):
    env = {"FORCE_COLOR": "1", "NO_COLOR": "1", "COLUMNS": "80", "TERM": "xterm-256color"}
    result = cli("explain", seeds / "004_d350547c096211a8.txt", env=env)
    assert not re.search(r"\x1b\[[\d;]*3\d", result.stdout)
    assert "drop  related" in result.stdout


def test_judges_are_counted_in_the_order_in_which_they_decide(cli, seeds):
    shown = lines(cli("explain", seeds / "000_18903539ac76e762.txt"))
    decided = next(line.removeprefix("decided by").strip() for line in shown if line.startswith("decided by"))
    names, counts = zip(*(part.rsplit(" ", 1) for part in decided.split(", ")), strict=True)
    assert names == ("site_rules", "common_rules", "front_matter", "classifier")
    assert sum(map(int, counts)) == sum(line.startswith(("keep  ", "drop  ")) for line in shown)
