"""Blocks about the article are labelled, and blocks of the article are not."""

import pytest

import cleaner
from cleaner.article import Metadata
from cleaner.front_matter import dump_findings, html_findings
from cleaner.judges import front_matter
from cleaner.labels import Label
from cleaner.model import Block, Kind, Role, Verdict
from cleaner.page import blocks_dump as segment
from cleaner.page import dom
from cleaner.page.boxes import Box

PARAGRAPH = "The old bridge over the harbour was closed last week because the wind had torn a part of its railing away."


def judge(blocks, kind=Kind.TEXT, said=None):
    if kind is Kind.TEXT:
        found = dump_findings.find_in_dump(blocks, None)
    else:
        body = dom.parse_html("<html><body></body></html>").root.find("body")
        boxes = [Box(body, None, number, block.role, hidden=False) for number, block in enumerate(blocks)]
        found = html_findings.find_in_html(blocks, boxes, said or Metadata())
    verdicts = front_matter.judge_front_matter(found)
    return {index: verdict for index, verdict in verdicts.items() if blocks[index].verdict is None}


def labels(dump, dropped=()):
    """Label by line of a dump; lines in ``dropped`` have been spoken of as related already."""
    done = Verdict(Label.RELATED, "rules", "as given")
    blocks = tuple(
        Block(
            index=b.index,
            line=b.line,
            text=b.text,
            role=b.role,
            spaced=b.spaced,
            verdict=done if b.text in dropped else None,
        )
        for b in segment.segment_dump(dump)
    )
    return {blocks[index].text: verdict.label.value for index, verdict in judge(blocks).items()}


NEWS = f"""
World

Old bridge closed after storm in the harbour

Wind tore away the railing and the council fears for the piers

By Ann Lee

September 5, 2023 06:49 am

AP
Workers on the bridge

Workers on the bridge after the storm | Photo Credit: Harbour Board

{PARAGRAPH}

{PARAGRAPH} Boats are not affected.

Tags: bridges, storms
"""


def test_a_news_dump_is_labelled_line_by_line():
    assert labels(NEWS) == {
        "World": "tags",
        "Old bridge closed after storm in the harbour": "title",
        "Wind tore away the railing and the council fears for the piers": "description",
        "By Ann Lee": "byline",
        "September 5, 2023 06:49 am": "timestamp",
        "AP": "byline",
        "Workers on the bridge": "caption",
        "Workers on the bridge after the storm | Photo Credit: Harbour Board": "caption",
        "Tags: bridges, storms": "tags",
    }


def test_blocks_with_a_verdict_are_passed_over():
    assert "By Ann Lee" not in labels(NEWS, dropped=("By Ann Lee",))


def test_the_headline_is_not_looked_for_beyond_dropped_lines():
    dump = f"Another story that stands in the ticker\n\nFollow us\n\nOld bridge closed after the storm\n\n{PARAGRAPH}"
    assert labels(dump, dropped=("Follow us",)) == {"Old bridge closed after the storm": "title"}


TEASER = "Sailors who want to win a trip around the world can still send in their coupons until the end of the month."


def test_the_headline_is_looked_for_where_most_of_the_prose_stands():
    body = "\n\n".join([PARAGRAPH] * 8)
    page = f"Win a trip around the whole world today\n\n{TEASER}\n\n" + "Ports and ships\n\n" * 20
    assert labels(f"{page}Old bridge closed after storm in the harbour\n\n{body}") == {
        "Old bridge closed after storm in the harbour": "title"
    }


def test_the_headline_shares_words_with_the_article():
    dump = f"Ships of the world and how they sail today\n\n\nRailing torn away: old bridge closed\n\n{PARAGRAPH}"
    assert labels(dump)["Railing torn away: old bridge closed"] == "title"


@pytest.mark.parametrize(
    "line",
    ["The old bridgeThe harbour closedLast weekThe railing torn away", "May 3, 2024 10:15 am PST old bridge"],
)
def test_lines_of_menus_and_clocks_are_no_headlines(line):
    assert "title" not in labels(f"{line}\n\n{PARAGRAPH}").values()


@pytest.mark.parametrize(
    "line",
    [
        "Old bridge closed after the storm.",
        "Home > Harbour > Old bridge closed",
        "Ports | Ships and boats | Storms",
        "In this story:",
        PARAGRAPH,
    ],
)
def test_what_cannot_be_a_headline_is_none(line):
    assert "title" not in labels(f"{line}\n\n{PARAGRAPH}").values()


@pytest.mark.parametrize(
    ("name", "label"), [("Ann Lee", "byline"), ("Reuters", "byline"), ("Learn More", None), ("Ann Lee.", None)]
)
def test_a_name_alone_above_the_end_is_a_signature(name, label):
    dump = f"Old bridge closed after the storm\n\n{PARAGRAPH}\n\n{name}\n\nRecent Posts"
    assert labels(dump, dropped=("Recent Posts",)).get(name) == label


def test_a_name_between_paragraphs_is_a_heading_of_theirs():
    assert "Ann Lee" not in labels(f"Old bridge closed after the storm\n\n{PARAGRAPH}\n\nAnn Lee\n\n{PARAGRAPH}")


def test_a_list_of_dated_items_is_not_a_date_line():
    items = "\n\n".join(f"{day} May 2024\n\n{PARAGRAPH}" for day in range(1, 6))
    assert "timestamp" not in labels(f"Old bridge closed after the storm\n\n{PARAGRAPH}\n\n{items}").values()


def test_the_relative_time_of_another_story_is_left_to_others():
    assert "2 hours ago" not in labels(f"{PARAGRAPH}\n\nNext story\n\n2 hours ago")


def test_a_dump_of_nothing_but_short_lines_has_no_headline():
    assert "title" not in labels("Old bridge closed after the storm\n\nRead on\n\nShare").values()


SAID = Metadata(title="Old bridge closed", authors=("Ann Lee",))


def html_labels(*rows):
    blocks = tuple(Block(index=at, text=text, role=role, path=path) for at, (text, role, path) in enumerate(rows))
    return {blocks[at].text: verdict.label.value for at, verdict in judge(blocks, Kind.HTML, SAID).items()}


def test_an_html_page_loses_headline_byline_date_and_captions():
    found = html_labels(
        ("Old Bridge Closed", Role.HEADING, "body/h2"),
        ("Ann Lee", Role.PARAGRAPH, "body/p"),
        ("Updated: May 3, 2024", Role.PARAGRAPH, "body/p"),
        ("Wind tore the railing away.", Role.PARAGRAPH, "body/p"),
        ("Workers", Role.CAPTION, "body/figure"),
        (PARAGRAPH, Role.PARAGRAPH, "body/p"),
        ("Ann Lee wrote it down.", Role.PARAGRAPH, "body/p"),
    )
    assert found == {
        "Old Bridge Closed": "title",
        "Ann Lee": "byline",
        "Updated: May 3, 2024": "timestamp",
        "Workers": "caption",
    }


def test_an_author_who_speaks_throughout_has_no_bylines_but_those_that_say_so():
    turns = [(text, Role.PARAGRAPH, "body/p") for _ in range(4) for text in ("Ann Lee (00:27)", PARAGRAPH)]
    assert html_labels(("By Ann Lee", Role.PARAGRAPH, "body/p"), *turns) == {"By Ann Lee": "byline"}


def test_a_headline_that_differs_a_little_is_one_only_as_the_main_heading():
    title = Metadata(title="Old bridge over the harbour closed")
    main, lesser = (
        Block(index=0, text="Old bridge over the harbour: closed now", role=Role.HEADING, path=f"body/{tag}")
        for tag in ("h1", "h2")
    )
    assert [verdict.label for verdict in judge((main,), Kind.HTML, title).values()] == [Label.TITLE]
    assert judge((lesser,), Kind.HTML, title) == {}


def test_the_headline_is_labelled_once():
    heading = Block(index=0, text="Old bridge closed", role=Role.HEADING, path="body/h1")
    repeated = Block(index=1, text="Old bridge closed", path="body/p")
    assert list(judge((heading, repeated), Kind.HTML, SAID)) == [0]


def test_a_text_that_its_element_calls_a_caption_is_one():
    blocks = (
        Block(index=0, text="A boat on the river at dawn.", path="html/body/div.story/p.imageCaption"),
        Block(index=1, text="The boat was old.", path="html/body/div.has-captions-somewhere-far-above/div.story/div/p"),
    )
    assert {index: verdict.label for index, verdict in judge(blocks, Kind.HTML).items()} == {0: Label.CAPTION}


BIO = "Ann Lee has written about bridges for thirty years, and about the boats below them for ten more."


def test_sentences_in_a_box_about_the_author_are_no_part_of_the_article():
    box = "html/body/main/aside#ArticleAuthorBio.box"
    blocks = (
        *(Block(index=at, text=PARAGRAPH, path="html/body/main/p") for at in range(3)),
        Block(index=3, text="Ann Lee", path=f"{box}/h4"),
        Block(index=4, text=BIO, path=f"{box}/p"),
    )
    assert {index: verdict.label for index, verdict in judge(blocks, Kind.HTML).items()} == {4: Label.AUTHOR_BIO}


def test_a_page_about_its_author_keeps_what_it_says():
    block = Block(index=0, text=BIO, path="html/body.single/main.author-bio/p")
    assert judge((block,), Kind.HTML) == {}


@pytest.mark.parametrize("line", ["Ports and ships of the north", "Ships of the world and how they sail today"])
def test_a_line_that_looks_like_a_headline_needs_the_words_of_the_article(line):
    assert "title" not in labels(f"{line}\n\n{PARAGRAPH}").values()
    about_it = PARAGRAPH.replace("harbour", "ports and ships of the world and the north, how they sail today,")
    assert labels(f"{line}\n\n{about_it}") == {line: "title"}


STANDFIRST = "The wind tore away a part of the railing last week and the council now fears for the piers"


@pytest.mark.parametrize(
    ("paragraph", "label"),
    [
        pytest.param(f"{PARAGRAPH} {STANDFIRST}, it said.", "duplicate", id="repeated"),
        pytest.param(f"{PARAGRAPH} Boats are not affected.", "description", id="said once"),
    ],
)
def test_a_standfirst_is_text_once(paragraph, label):
    dump = f"Old bridge over the harbour was closed last week because of the wind\n\n{STANDFIRST}\n\nBy Ann Lee\n\n{paragraph}\n\n{PARAGRAPH}"
    article = cleaner.clean(dump)
    assert labels(dump)[STANDFIRST] == label
    assert article.text.count("fears for the piers") == 1
    assert article.description == STANDFIRST
