"""The headline of a dump is found by evidence, however the dump was written."""

import pytest

import cleaner
from cleaner.front_matter import dump_headline, headline_evidence
from cleaner.front_matter.dump_findings import find_headline_above_text, find_in_dump, view_labelled
from cleaner.front_matter.dump_view import view_dump
from cleaner.front_matter.findings import BY_RULE, Finding
from cleaner.front_matter.headline_texts import read_headlines
from cleaner.front_matter.labelled_headline import LineChances
from cleaner.front_matter.repeated_title import find_repeated_title
from cleaner.labels import Label
from cleaner.model import Block, Blocks
from cleaner.page.blocks_dump import segment_dump

BODY = """The ferry to the islands will not sail before Thursday because a winch at the pier has broken, the harbour office said.

A new winch is on its way from the yard, and until it is fitted the mail goes by the small boat from the northern pier.

Passengers who hold a ticket for the ferry may use it on any other day of the month, the office said on Monday."""
HEADLINE = "Broken winch keeps the island ferry in harbour"


def find(dump: str, url: str | None = None) -> dump_headline.Headline:
    page = view_dump(segment_dump(dump), frozenset())
    assert page is not None
    found = dump_headline.find_dump_headline(page, url)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "above",
    [
        f"Home\nNews\nWeather\nSport\n\n{HEADLINE}\n\nBy Ann Lee",
        f"# {HEADLINE}\n\n*By Ann Lee*",
        f"{HEADLINE} - Harbour Post\n\nHome\n\nNews\n\n{HEADLINE}\n\n14 May 2024",
        f"{HEADLINE} | Harbour Post\n\nMenu",
        f"Twelve hats were lost\n\n{HEADLINE}\n\nPublished 14 May 2024 by Ann Lee in News",
    ],
    ids=["below a menu", "marked as heading", "in the first line", "before the site's name", "above the date"],
)
def test_the_headline_is_found(above):
    found = find(f"{above}\n\n{BODY}")
    assert (found.text, found.chance > 0.5) == (HEADLINE, True)
    assert cleaner.clean(f"{above}\n\n{BODY}").title == HEADLINE


def test_words_of_the_address_decide():
    above = "Twelve hats lost in the storm at sea\n\nWinch keeps the ferry in port"
    address = "https://harbour-post.example/news/winch-keeps-ferry-in-port.html"
    assert find(f"{above}\n\n{BODY}", address).text == "Winch keeps the ferry in port"
    other = "https://harbour-post.example/news/twelve-hats-lost-in-storm"
    assert find(f"{above}\n\n{BODY}", other).text == "Twelve hats lost in the storm at sea"


def test_evidence_is_about_the_lines_around_each():
    page = view_dump(
        segment_dump(f"News\n\n{HEADLINE}\n\nBy Ann Lee\n\n{HEADLINE}\n\n14 May 2024\n\n{BODY}"), frozenset()
    )
    assert page is not None
    names = ("repeats_line_above", "byline_or_date_below", "date_below", "date", "first_long_line", "after_short_lines")
    places = [headline_evidence.EVIDENCE.index(name) for name in names]
    rows = headline_evidence.measure_headlines(page, page.blocks[1:5], None)
    assert [[bool(row[place]) for place in places] for row in rows] == [
        [False, True, True, False, True, True],
        [False, True, True, False, False, False],
        [True, True, True, False, False, False],
        [False, False, False, True, False, False],
    ]


def test_the_site_of_the_address_is_no_part_of_the_headline():
    address = "https://www.harbourpost.example/1234"
    assert find(f"{HEADLINE} | Harbourpost\n\nMenu\n\n{BODY}", address).text == HEADLINE


def test_a_line_in_another_script_counts_by_its_syllables():
    body = "港务局表示，由于码头的绞盘损坏，前往各岛的渡轮在星期四之前不会开航，新的绞盘正在从船厂运来的路上。\n\n" * 3
    found = find(f"首页\n新闻\n天气\n\n码头绞盘损坏 渡轮停航\n2024-05-14 08:30\n\n{body}")
    assert found.text == "码头绞盘损坏 渡轮停航"


def test_the_chance_of_a_line_is_that_against_all_others_and_none():
    at, chance = dump_headline.choose_headline([3, 5, 9], ["a", "b", "a"], [0.0, 0.5, 0.0])
    assert (at, round(chance, 3)) == (0, round(2 / (3 + 1.6487), 3))


def test_of_neighbours_nearly_as_likely_the_first_is_the_headline():
    assert dump_headline.choose_headline([3, 4], ["a", "b"], [1.0, 1.5])[0] == 0
    assert dump_headline.choose_headline([3, 4], ["a", "b"], [1.0, 2.5])[0] == 1
    assert dump_headline.choose_headline([3, 9], ["a", "b"], [1.0, 1.5])[0] == 1


def test_a_dump_without_a_headline_has_none():
    assert cleaner.clean(f"Home\nNews\nSport\nContact\n\n{BODY}").title is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (None, set()),
        ("http://[broken", set()),
        ("https://a.example/12345.html", set()),
        ("https://a.example/news/2024/05/winch-breaks_again.html?page=2", {"winch", "breaks", "again"}),
        ("https://a.example/winch-breaks/amp/", {"winch", "breaks"}),
    ],
)
def test_words_of_an_address(url, words):
    assert headline_evidence.read_address_words(url) == words


@pytest.mark.parametrize(
    "line",
    [
        f"News / Island / {HEADLINE}",
        f"{HEADLINE} | 20:20, Dec 29 2023",
        f"14.05.2024 | {HEADLINE}",
        f">> {HEADLINE}",
        f"{HEADLINE}14 May 2024",
    ],
    ids=["the way to the page", "a date behind a bar", "a date before it", "marks", "a glued date"],
)
def test_what_else_is_on_the_line_is_no_part_of_it(line):
    assert find(f"Menu\n\n{line}\n\nBy Ann Lee\n\n{BODY}").text == HEADLINE


def test_a_date_that_the_headline_mentions_stays():
    headline = "What broke at the pier on 11 September 2001"
    assert find(f"Menu\n\n{headline}\n\nBy Ann Lee\n\n{BODY}").text == headline


def label(blocks: Blocks) -> LineChances:
    """What a classifier would say that knows the body and the headline."""
    text = [0.95 if block.text in BODY else 0.02 for block in blocks]
    title = [0.8 if block.text == HEADLINE else 0.0 for block in blocks]
    none = [0.01] * len(blocks)
    return LineChances(title, text, none, none, none, none, none)


NOTICE = (
    "We and our 812 partners store cookies on your device to measure what is read, and you can refuse that at any time."
)


def test_the_text_that_the_classifier_sees_has_the_headline_above_it():
    blocks = segment_dump(f"{NOTICE}\n\n{HEADLINE}\n\nBy Ann Lee\n\n{BODY}")
    assert [finding for finding in find_in_dump(blocks, None) if finding.role == "title"] == []
    page = view_labelled(blocks, (), label(blocks), None)
    assert page is not None
    assert page.opening == 3
    title, byline = find_headline_above_text(blocks, (), label(blocks), None)[:2]
    assert (title.block, title.value, byline.role, byline.block) == (1, HEADLINE, "byline", 2)


def test_a_title_that_a_rule_gives_stays():
    blocks = segment_dump(f"{NOTICE}\n\n{HEADLINE}\n\n{BODY}")
    given = (Finding(Label.TITLE, 0, None, BY_RULE, "the site's rule"),)
    assert find_headline_above_text(blocks, given, label(blocks), None) == given


def test_a_headline_that_labels_make_unlikely_is_none():
    blocks = segment_dump(f"{NOTICE}\n\nMenu\n\n{BODY}")
    given = (Finding(Label.TITLE, 1, "Menu", 0.8, "the line that heads the article"),)
    assert find_headline_above_text(blocks, given, label(blocks), None) == ()


@pytest.mark.parametrize(
    ("dump", "text", "parted"),
    [
        (f"{HEADLINE} - Harbour Post\nMenu\n{HEADLINE}\nBy Ann Lee\n{BODY}", HEADLINE, True),
        (f"{HEADLINE}\nMenu\nNews {HEADLINE}\n{BODY}", HEADLINE, False),
        (f"{HEADLINE} - Harbour Post\n{HEADLINE} - Harbour Post\nMenu\n{BODY}", HEADLINE, False),
        (
            "码头绞盘损坏 渡轮停航到星期四 | 港湾新闻\n码头绞盘损坏 渡轮停航到星期四\n记者",
            "码头绞盘损坏 渡轮停航到星期四",
            True,
        ),
    ],
    ids=["before the site", "with the section", "with the site both times", "without blanks"],
)
def test_the_title_that_a_dump_begins_with_is_shown_again(dump, text, parted):
    blocks = tuple(Block(index=at, text=line) for at, line in enumerate(dump.split("\n")))
    found = find_repeated_title(blocks)
    assert found is not None
    assert found.text.startswith(text)
    assert found.parted is parted


@pytest.mark.parametrize(
    "dump",
    [
        f"{HEADLINE} | Harbour Post\nMenu\n{BODY}",
        "Broken winch keeps the island ferry of the north in port\nBroken winch keeps the island ferry of the south in port",
        "Home News\nHome News",
    ],
    ids=["once", "another", "short"],
)
def test_what_is_not_shown_again_is_no_title(dump):
    assert find_repeated_title(tuple(Block(index=at, text=line) for at, line in enumerate(dump.split("\n")))) is None


@pytest.mark.parametrize(
    ("line", "others"),
    [
        (f"News {HEADLINE}", (HEADLINE,)),
        (f"{HEADLINE} by Mara Finch", (HEADLINE,)),
        (f"{HEADLINE} | Harbour Post", (HEADLINE,)),
    ],
    ids=["the way to it", "the author", "the site"],
)
def test_what_another_line_says_is_the_headline(line, others):
    blocks = tuple(Block(index=at, text=text) for at, text in enumerate((line, *others)))
    assert read_headlines(blocks, blocks[:1], None) == [HEADLINE]
