"""``cleaner rules learn --marked``: rules from one page on which a person marked what is no text."""

import json

import pytest

TITLE = "The last ferry leaves Holm"
STORY = [
    "The last ferry of the season left Holm on Sunday with nine passengers and a crate of hens on board.",
    "Its captain, Runa Dahl, said she had never seen the pier so empty, and that the soup was gone by noon.",
    "Next spring a larger boat will take over, which can carry lorries, and the old one goes to a museum.",
]
OTHER_STORY = [
    "Beekeepers in the upper valley have lost a third of their hives to the wet spring, a survey shows.",
    "Pavel Horn, who has kept bees since he was six, found eleven of his boxes silent when he opened them.",
    "He blames a mite that came with bought queens, and wants an inspector who visits every yard.",
]
OFFER = "Our readers row out to every island on the lake in August, and this year the boats leave from the old mill."
OTHER_OFFER = "On the first of May the paper walks up to the pass with its readers, and there is cake at the chapel."


def html(title, story, offer, box="house-note"):
    paragraphs = "".join(f"<p>{text}</p>" for text in story)
    return (
        f"<html><head><title>{title} - Lake Courier</title></head><body><ul><li><a href=/>Home</a></li></ul><article>"
        f"<h1>{title}</h1>{paragraphs}<div class={box}><p>{offer}</p></div></article></body></html>"
    )


def row(blocks, marked=None, **page):
    given = page or {"html": html(TITLE, STORY, OFFER)}
    return json.dumps(
        {
            "id": "ferry",
            "url": "https://courier.example/ferry",
            "blocks": blocks,
            **given,
            **({} if marked is None else {"marked": marked}),
        }
    )


BLOCKS = [["navigation", "Home"], ["title", TITLE], *(["body", text] for text in STORY), ["promo", OFFER]]


@pytest.fixture
def learn(cli, tmp_path):
    def run(*rows, options=()):
        path = tmp_path / "marked.jsonl"
        path.write_text("\n".join(rows), encoding="utf-8")
        return cli("rules", "learn", "--marked", path, "--out", tmp_path / "rules", *options)

    return run


@pytest.fixture
def explain(cli, tmp_path):
    def run(page):
        return cli(
            "explain", "-", "--url", "https://courier.example/new", "--rules", tmp_path / "rules", input=page.encode()
        ).stdout

    return run


@pytest.mark.parametrize("marked", [[5], None], ids=["one mark", "all blocks labelled"])
def test_a_marked_box_is_dropped_on_pages_with_another_text_in_it(cli, learn, explain, tmp_path, marked):
    result = learn(row(BLOCKS, marked))
    assert result.exit_code == 0, result.output
    assert "1 rule files written" in result.stderr
    found = explain(html("Beekeepers count their losses", OTHER_STORY, OTHER_OFFER))
    assert [line.split()[:2] for line in found.splitlines() if OTHER_OFFER in line] == [["drop", "promo"]]
    assert all(f"keep  paragraph      {text}" in found for text in OTHER_STORY)
    assert cli("check", tmp_path / "rules").exit_code == 0


def test_a_marked_line_of_a_dump_is_dropped_from_html_too(learn, explain):
    text = "\n\n".join([TITLE, *STORY, OFFER])
    assert learn(row([["promo", OFFER]], [0], text=text)).exit_code == 0
    found = explain(html("Beekeepers count their losses", OTHER_STORY, OFFER))
    assert [line.split()[:2] for line in found.splitlines() if OFFER in line] == [["drop", "promo"]]


def test_marked_text_that_was_dropped_is_kept(learn, explain):
    note = "Home"
    result = learn(row([["body", note]], [0]))
    assert result.exit_code == 0, result.output
    assert "[[keep]]" in result.stdout
    assert [line.split()[0] for line in explain(html(TITLE, STORY, OFFER)).splitlines() if line.endswith(" Home")] == [
        "keep"
    ]


def test_no_entry_takes_text_that_was_marked_as_such(learn):
    often = "The soup was gone by noon."
    page = html(TITLE, [STORY[0], often, STORY[1], often, often, STORY[2]], OFFER)
    labels = ["body", "body", "body", "promo", "promo", "body"]
    texts = [STORY[0], often, STORY[1], often, often, STORY[2]]
    result = learn(row([list(pair) for pair in zip(labels, texts, strict=True)], html=page))
    assert f"no entry: ferry: promo: “{often}”" in result.stderr
    assert "line =" not in result.stdout


def test_marks_that_agree_with_cleaning_need_no_entry(learn, tmp_path):
    result = learn(row(BLOCKS[:5]))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "no mark differs from what cleaning gives" in result.stderr
    assert not (tmp_path / "rules").exists()


def test_learning_twice_adds_nothing(learn):
    learn(row(BLOCKS))
    again = learn(row(BLOCKS))
    assert (again.exit_code, again.stdout) == (0, "")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no json", "is no labelled page"),
        (row([["sports", OFFER]]), "unknown label 'sports'"),
        (row(BLOCKS, [6]), "a number above the 6 blocks"),
        (row(BLOCKS, text=None), "has neither `html` nor `text`"),
        (row([["promo", "Tickets at the old mill."]]), "no block has the text “Tickets at the old mill.”"),
    ],
)
def test_a_bad_row_is_named_and_the_others_teach(learn, line, said):
    result = learn(line, row(BLOCKS))
    assert result.exit_code == 3
    assert "marked.jsonl:1" in result.stderr
    assert said in " ".join(result.stderr.split())
    assert "1 rule files written" in result.stderr


def test_a_page_of_an_unknown_site_is_an_error(learn):
    result = learn(row(BLOCKS, url=None, html=html(TITLE, STORY, OFFER)))
    assert result.exit_code == 2
    assert "site is unknown" in " ".join(result.stderr.split())


def test_an_entry_does_not_take_the_text_of_the_sites_other_pages(learn, tmp_path):
    pages = tmp_path / "pages.jsonl"
    tea = html("Beekeepers count their losses", OTHER_STORY[:2], OTHER_STORY[2], "lower")
    pages.write_text(json.dumps({"url": "https://courier.example/bees", "html": tea}), encoding="utf-8")
    marked = row(BLOCKS, [5], html=html(TITLE, STORY, OFFER, "lower"))
    assert "selector =" in learn(marked).stdout
    (tmp_path / "rules" / "courier.example.toml").unlink()
    assert f'+line = "{OFFER}"' in learn(marked, options=[pages]).stdout


def test_pages_or_marks_are_needed(cli):
    result = cli("rules", "learn")
    assert result.exit_code == 2
    assert "name the pages to learn from" in " ".join(result.stderr.split())
