"""Which entries are selected and which are not: pages are given as lines, each with its verdict."""

import pytest

from cleaner.article import Article
from cleaner.labels import Label
from cleaner.model import Block, Kind, Page, Verdict
from cleaner.ruletools.learn.describe import describe_entries
from cleaner.ruletools.learn.page_set import CleanedPage, build_page_set
from cleaner.ruletools.learn.propose import propose_entries
from cleaner.ruletools.learn.select import merge_matches, select_entries


def turned(texts):
    """Return ``texts``, and as many again that share no sequence of words with them."""
    return texts + [" ".join(reversed(text.split())) + "." for text in texts]


STORIES = [
    "The last ferry of the season left Holm with nine passengers and a crate of hens.",
    "Beekeepers in the upper valley lost a third of their hives to the wet spring.",
    "Workers will lift the final beam into the Kolder bridge before it gets dark.",
    "The town choir rehearses in a garage since the brewery's roof gave way.",
    "Fruit growers along the lake carried candles and straw into their orchards.",
    "Emil Roth has climbed one hundred and twelve steps to wind the clock.",
]
ENDINGS = [
    "Its captain had never seen the pier so empty, and the soup was gone by noon.",
    "A mite came with bought queens, he thinks, and nobody looked into the boxes.",
    "Tractors and buses met all summer on vineyard roads that were made for carts.",
    "Forty singers stand between lifts and oil drums until a barn is ready in March.",
    "Each tree needs two flames, and a lost crop would be the third in five years.",
    "A girl of fourteen keeps the key now and counts the pigeons on its hands.",
]
HEADLINES = ["Otters are back", "Mill for sale", "Snow on the pass", "A new baker", "Tram to Varde", "Chess at dawn"]
SITE = len(STORIES)
STORIES, ENDINGS, HEADLINES = turned(STORIES), turned(ENDINGS), turned(HEADLINES)


def page(number, text, kind=Kind.TEXT):
    """Return a dump: ``.9 text`` is kept with that score, ``related text`` is dropped with that label, at .1 or ``@`` a score."""
    marked = [
        line.split(" ", 1) for line in text.format(STORIES[number], ENDINGS[number], HEADLINES[number]).split("\n")
    ]
    blocks = tuple(
        Block(index=at, text=words, line=at + 1, verdict=verdict(mark)) for at, (mark, words) in enumerate(marked)
    )
    name = str(number)
    given = Page(id=name, source=name, content="\n".join(words for _, words in marked), kind=kind)
    return CleanedPage(given, Article(id=name, source=name, kind=kind, blocks=blocks))


def verdict(mark):
    if mark.startswith("."):
        return Verdict(Label.PARAGRAPH, "classifier", "weighs", score=float(mark))
    label, _, score = mark.partition("@")
    return Verdict(Label(label), "classifier", "weighs", score=float(score or 0.1))


def learned(*texts):
    """Return the entries selected on pages with these ``texts``; further pages have the last one."""
    pages = [page(number, texts[min(number, len(texts) - 1)]) for number in range(SITE)]
    sheets = build_page_set(pages)
    return describe_entries(select_entries(sheets, {}), sheets)


def matcher(entry):
    names = ("line", "starts", "ends", "regex", "from_", "to", "through")
    return {name: value for name in names if (value := getattr(entry, name)) is not None}


FRAMED = ".9 {0}\n.9 {1}\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(FRAMED + ".7 The Courier walks", {"line": "The Courier walks"}, id="a line on every page"),
        pytest.param(
            FRAMED + ".95 Readers keep this paper going, one coin at a time.",
            {"line": "Readers keep this paper going, one coin at a time."},
            id="a frame that reads like a paragraph",
        ),
        pytest.param(
            FRAMED + "related More from the lake\nrelated {2}\nother Imprint",
            None,
            id="what is dropped already needs no entry",
        ),
        pytest.param(
            FRAMED + ".6 More from the lake\nrelated {2}\nnavigation Imprint",
            {"line": "More from the lake", "through": 1},
            id="a head with what stands under it",
        ),
        pytest.param(".9 {0}\n.7 Ingredients\n.9 {1}", None, id="a heading inside stories"),
        pytest.param(".9 {0}\n.9 {1}\n.9 {2}", None, id="what is each page's own"),
    ],
)
def test_what_all_pages_have(text, found):
    assert [matcher(entry) for entry in learned(text)] == ([found] if found else [])


@pytest.mark.parametrize(
    ("mark", "found"),
    [("promo@.4", [{"line": "The Courier walks"}]), ("promo@.1", [])],
    ids=["dropped without being sure", "surely dropped"],
)
def test_a_line_that_one_page_keeps_and_others_may(mark, found):
    kept, dropped = FRAMED + ".6 The Courier walks", f"{FRAMED}{mark} The Courier walks"
    assert [matcher(entry) for entry in learned(kept, dropped)] == found


SLOGAN = "Stories from the lake and the hills around it, told by those who row, walk and fish there."


@pytest.mark.parametrize(("text", "found"), [(SLOGAN, [{"line": SLOGAN}]), ("{2} on the lake at dawn this year", [])])
def test_what_several_pages_have_as_their_title_is_no_headline(text, found):
    assert [matcher(entry) for entry in learned(f"title@.4 {text}\n{FRAMED}.9 {{0}}")] == found


def test_a_heading_inside_stories_that_one_page_keeps_is_theirs():
    kept, dropped = ".9 {0}\n.7 Ingredients\n.9 {1}", ".9 {0}\ncaption@.5 Ingredients\n.9 {1}"
    assert learned(kept, dropped) == []
    assert learned(dropped) == []


def test_an_entry_says_what_it_is_and_on_how_many_pages_it_was_seen():
    [entry] = learned(FRAMED + ".6 More from the lake\nrelated {2}\nnavigation Imprint")
    assert entry.label is Label.RELATED
    assert "on 6 of 6 pages, 3 of them held out" in entry.why
    assert "“More from the lake”" in entry.why


def test_counts_that_differ_are_one_entry():
    texts = [f"{FRAMED}.6 {number} letters to the editor" for number in (1, 12, 3, 40, 5, 61)]
    assert [matcher(entry) for entry in learned(*texts)] == [{"regex": r"\d+ letters to the editor"}]


def test_lines_that_only_begin_alike_are_one_entry():
    texts = [
        f"{FRAMED}.6 Photographs in this issue by {name}" for name in ("Abt", "Brem", "Dahl", "Horn", "Roth", "Solt")
    ]
    assert [matcher(entry) for entry in learned(*texts)] == [{"starts": "Photographs in this issue by"}]


@pytest.mark.parametrize(("copies", "articles"), [(2, 4), (4, 3)])
def test_a_story_that_was_stored_several_times_is_no_frame(copies, articles):
    framed = FRAMED + ".7 The Courier walks"
    sheets = build_page_set([page(0, framed)] * copies + [page(number, framed) for number in (1, 2, 3)])
    assert len(sheets) == articles
    assert [matcher(entry) for entry in describe_entries(select_entries(sheets, {}), sheets)] == [
        {"line": "The Courier walks"}
    ]


def test_what_the_other_half_does_not_have_does_not_hold():
    with_line, without = FRAMED + ".7 The Courier walks", FRAMED.rstrip("\n")
    assert learned(with_line, without, with_line, without, with_line, without) == []


@pytest.mark.parametrize(("quoting", "found"), [(3, 0), (4, 1)])
def test_background_that_a_few_stories_quote_is_no_frame(quoting, found):
    quote = FRAMED + ".7 The dam broke in the spring of the great thaw."
    pages = [page(number, quote if number < quoting else FRAMED.rstrip("\n")) for number in range(10)]
    assert len(select_entries(build_page_set(pages), {})) == found


def test_no_entry_takes_the_entries_of_a_live_blog():
    blog = ".9 {0}\nshare Share\n.9 {1}\nshare Share\n.6 Live from Holm\nother Imprint"
    taken = [matcher(entry) for entry in learned(blog)]
    assert taken == [{"line": "Live from Holm"}]


def test_no_range_removes_an_article_below_its_head_on_some_pages():
    usual = ".9 {0}\n.9 {1}\n.6 The Courier walks\nrelated {2}\nother Imprint"
    upside_down = ".6 The Courier walks\n.9 {0}\n.9 {1}\nrelated {2}\nother Imprint"
    for entry in learned(upside_down, upside_down, upside_down, usual):
        assert matcher(entry) == {"line": "The Courier walks"}


def test_a_headline_is_never_taken():
    text = ".6 The Lake Courier\ntitle {2}\n.9 {0}\n.9 {1}"
    assert [matcher(entry) for entry in learned(text)] == [{"line": "The Lake Courier"}]


@pytest.mark.parametrize(("story", "removed"), [(FRAMED, 4), (".9 Closed.\n", 3)])
def test_a_short_page_keeps_a_fair_part_of_its_text(story, removed):
    frame = ".7 Walk with us\n.7 Write to Holm\n.7 Read on paper\n.7 Ring the desk"
    pages = [page(number, (FRAMED if number else story) + frame) for number in range(SITE)]
    assert len(merge_matches(select_entries(build_page_set(pages), {}))[0]) == removed


def test_halves_hang_on_the_pages_not_on_their_order():
    with_line, without = FRAMED + ".7 The Courier walks", FRAMED.rstrip("\n")
    pages = [page(number, without if number % 2 else with_line) for number in (0, 2, 1, 4, 3, 5)]
    assert select_entries(build_page_set(pages), {}) == []


def test_the_order_of_pages_changes_nothing():
    text = FRAMED + ".6 More from the lake\nrelated {2}\n.7 The Courier walks\nother Imprint"
    pages = [page(number, text) for number in range(6)]
    forwards, backwards = build_page_set(pages), build_page_set(pages[::-1])
    assert describe_entries(select_entries(forwards, {}), forwards) == describe_entries(
        select_entries(backwards, {}), backwards
    )


def test_every_proposal_matches_a_kept_block():
    sheets = build_page_set([page(number, FRAMED + "other Imprint") for number in range(6)])
    assert all("Imprint" not in entry.phrases for entry in propose_entries(sheets))


def openings(text, kind):
    entries = propose_entries(build_page_set([page(number, text, kind) for number in range(4)]))
    return [entry.from_ for entry in entries if entry.from_]


def test_a_line_that_is_on_a_page_twice_opens_no_range():
    once, twice = FRAMED + ".6 Live from Holm\nother Imprint", FRAMED + ".6 Live from Holm\nother A\n.6 Live from Holm"
    assert "Live from Holm" in openings(once, Kind.HTML)
    assert "Live from Holm" not in openings(twice, Kind.HTML)


def test_dumps_give_no_ranges_as_other_flatteners_have_another_order():
    assert openings(FRAMED + ".6 Live from Holm\nother Imprint", Kind.TEXT) == []


def learned_from_few(*texts):
    """Return the entries selected on as many pages as there are texts."""
    sheets = build_page_set([page(number, text) for number, text in enumerate(texts)])
    return [matcher(entry) for entry in describe_entries(select_entries(sheets, {}), sheets)]


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_line_on_two_of_three_pages_is_learned_whichever_page_lacks_it(missing):
    with_line, without = FRAMED + ".6 The Courier walks", FRAMED.rstrip("\n")
    texts = [without if number == missing else with_line for number in range(3)]
    assert learned_from_few(*texts) == [{"line": "The Courier walks"}]


def test_a_line_on_one_of_three_pages_is_not_learned():
    with_line, without = FRAMED + ".6 The Courier walks", FRAMED.rstrip("\n")
    assert learned_from_few(with_line, without, without) == []


REFRAIN = "Each morning we send the news of the lake to all who have asked us for it."


@pytest.mark.parametrize("place", [FRAMED + ".97 " + REFRAIN, ".9 {0}\n.97 " + REFRAIN + "\n.9 {1}"])
def test_a_long_text_that_all_of_three_pages_have_is_no_story(place):
    assert learned_from_few(place, place, place) == [{"line": REFRAIN}]


def test_a_long_text_that_some_pages_have_may_be_a_story():
    with_text, without = ".9 {0}\n.97 " + REFRAIN + "\n.9 {1}", FRAMED.rstrip("\n")
    assert learned_from_few(with_text, with_text, without) == []
    assert learned_from_few(with_text, with_text) == []
