import json

import pytest

STORIES = {
    "ferry": (
        "The last ferry leaves Holm",
        "The last ferry of the season left Holm on Sunday with nine passengers and a crate of hens on board.",
        "Its captain, Runa Dahl, said she had never seen the pier so empty, and that the soup was gone by noon.",
        "Next spring a larger boat will take over, which can carry lorries, and the old one goes to a museum.",
    ),
    "bees": (
        "Beekeepers count their losses",
        "Beekeepers in the upper valley have lost a third of their hives to the wet spring, a survey shows.",
        "Pavel Horn, who has kept bees since he was six, found eleven of his boxes silent when he opened them.",
        "He blames a mite that came with bought queens, and wants an inspector who visits every yard.",
    ),
    "bridge": (
        "Bridge to reopen after repairs",
        "Workers will lift the final beam into the Kolder bridge tonight, two months later than was promised.",
        "Traffic was sent through the vineyards all summer, where tractors and buses met on roads for carts.",
        "The mayor, Ines Abt, thanked the growers for their patience and announced a feast on both banks.",
    ),
    "choir": (
        "A choir without a hall",
        "Since the roof of the old brewery gave way, the town choir has rehearsed in a garage.",
        "Forty singers stand between lifts and oil drums, and the conductor beats time with a spanner.",
        "A benefactor has now offered a barn, provided that it is used for lambs in March, as always.",
    ),
}
FRAME = "Stories from the lake are told here every week, by those who live on it."


def html(name):
    title, *paragraphs = STORIES[name]
    story = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<html><head><title>{title} - Lake Courier</title></head><body><ul><li><a href=/>Home</a></li></ul>"
        f"<article><h1>{title}</h1>{story}<p class=offer>{FRAME}</p></article><p>© Lake Courier</p></body></html>"
    )


def rows(names=STORIES):
    return "\n".join(json.dumps({"url": f"https://courier.example/{name}", "html": html(name)}) for name in names)


@pytest.fixture
def pages(tmp_path):
    path = tmp_path / "pages.jsonl"
    path.write_text(rows(), encoding="utf-8")
    return path


@pytest.fixture
def rules(tmp_path):
    return tmp_path / "rules"


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_is_learned_cleans_and_passes_its_own_check(cli, pages, rules):
    before = cli("explain", "-", "--url", "https://courier.example/ferry", input=html("ferry").encode())
    assert f"keep  paragraph      {FRAME}" in before.stdout
    result = cli("rules", "learn", pages, "--out", rules)
    assert result.exit_code == 0, result.output
    assert f'+line = "{FRAME}"' in result.stdout
    assert "on 4 of 4 pages, 3 of them held out" in result.stdout
    after = cli("explain", "-", "--url", "https://courier.example/new", "--rules", rules, input=html("ferry").encode())
    assert f"{FRAME}" in next(line for line in after.stdout.splitlines() if "drop" in line and FRAME in line)
    checked = cli("check", rules)
    assert checked.exit_code == 0, checked.output


def test_without_out_nothing_is_written(cli, pages, rules):
    result = cli("rules", "learn", pages)
    assert result.exit_code == 0
    assert "+++ courier.example.toml" in result.stdout
    assert [path.name for path in rules.parent.iterdir()] == ["pages.jsonl"]


def test_learning_twice_teaches_nothing_new(cli, pages, rules):
    cli("rules", "learn", pages, "--out", rules)
    first = files(rules)
    again = cli("rules", "learn", pages, "--out", rules)
    assert again.stdout == ""
    assert "0 rule files written" in again.stderr
    assert files(rules) == first


def test_the_order_of_rows_changes_nothing(cli, pages, rules):
    cli("rules", "learn", pages, "--out", rules)
    pages.write_text(rows(reversed(STORIES)), encoding="utf-8")
    cli("rules", "learn", pages, "--out", rules.with_name("other"))
    assert files(rules.with_name("other")) == files(rules)


def test_a_file_that_is_there_keeps_its_comments_and_entries(cli, pages, rules):
    rules.mkdir()
    mine = '# mine\nhosts = ["courier.example"]  # and the wiki\n\n[[drop]]\nlabel = "promo"\nline = "Walk"\nwhy = "club"\n'
    (rules / "courier.example.toml").write_text(mine, encoding="utf-8")
    result = cli("rules", "learn", pages, "--out", rules)
    assert result.exit_code == 0, result.output
    assert not [line for line in result.stdout.splitlines() if line.startswith("-") and not line.startswith("---")]
    text = (rules / "courier.example.toml").read_text(encoding="utf-8")
    assert text.startswith(mine)
    assert f'line = "{FRAME}"' in text


def test_too_few_articles_teach_nothing(cli, pages):
    pages.write_text(rows(["ferry", "bees"]), encoding="utf-8")
    result = cli("rules", "learn", pages)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no site has 3 articles" in result.stderr


def test_a_bad_row_is_named_and_the_others_teach(cli, pages, rules):
    pages.write_text(rows() + "\nnot a row\n", encoding="utf-8")
    result = cli("rules", "learn", pages, "--out", rules)
    assert result.exit_code == 3
    assert "pages.jsonl:5" in result.stderr
    assert (rules / "courier.example.toml").exists()


def test_dumps_get_signatures(cli, pages, rules):
    def dump(name):
        title, *paragraphs = STORIES[name]
        return "\n\n".join(["Lake Courier", title, *paragraphs, "The Courier from Holm"])

    text = [json.dumps({"url": f"https://courier.example/{name}", "text": dump(name)}) for name in STORIES]
    pages.write_text("\n".join(text), encoding="utf-8")
    assert cli("rules", "learn", pages, "--out", rules).exit_code == 0
    signed = (rules / "courier.example.toml").read_text(encoding="utf-8").splitlines()[2]
    assert signed == 'signatures = ["The Courier from Holm", "Lake Courier"]'


def test_new_starts_a_file_whose_case_holds(cli, rules, tmp_path):
    (tmp_path / "ferry.html").write_text(html("ferry"), encoding="utf-8")
    result = cli("rules", "new", "courier.example", tmp_path / "ferry.html", "--out", rules)
    assert result.exit_code == 0, result.output
    text = (rules / "courier.example.toml").read_text(encoding="utf-8")
    assert 'title = "The last ferry leaves Holm"' in text
    assert cli("check", rules).exit_code == 0
    again = cli("rules", "new", "courier.example", tmp_path / "ferry.html", "--out", rules)
    assert again.exit_code == 2
    assert "already exists" in again.stderr
    assert (rules / "courier.example.toml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("host", ["https://courier.example", "Courier.example", "courier"])
def test_new_wants_a_bare_host(cli, rules, tmp_path, host):
    (tmp_path / "ferry.html").write_text(html("ferry"), encoding="utf-8")
    result = cli("rules", "new", host, tmp_path / "ferry.html", "--out", rules)
    assert result.exit_code == 2
    assert "not a host name" in " ".join(result.stderr.split())
    assert not rules.exists()
