"""Learning from a site's markup: pages are made of elements, and each article has different words."""

import msgspec

from cleaner.labels import Label
from cleaner.model import Verdict
from cleaner.page.decode import read_page as decoded
from cleaner.pipeline import clean_page
from cleaner.rulebook import Rulebook
from cleaner.ruletools.learn.markup import propose_body, propose_metadata
from cleaner.ruletools.learn.page_set import CleanedPage, build_page_set

STORIES = [
    "The last ferry of the season left Holm on Sunday with nine passengers and a crate of hens on board.",
    "Beekeepers in the upper valley have lost a third of their hives to the wet spring, a survey shows.",
    "Workers will lift the final beam into the Kolder bridge tonight, two months later than was promised.",
    "Since the roof of the old brewery gave way, the town choir has rehearsed in a garage full of tyres.",
]


def sheets(markup):
    """Return pages on which ``p`` with article text is kept, and all else dropped by the classifier."""
    return build_page_set([CleanedPage(page, judged(clean_page(page, Rulebook()))) for page in pages(markup)])


def pages(markup):
    texts = [markup.format(story=f"<p>{story}</p>", number=number) for number, story in enumerate(STORIES)]
    return [
        decoded(f"<html><body>{text}</body></html>", url=f"https://a.example/{at}") for at, text in enumerate(texts)
    ]


def judged(article):
    blocks = tuple(msgspec.structs.replace(block, verdict=verdict(block)) for block in article.blocks)
    return msgspec.structs.replace(article, blocks=blocks)


def verdict(block):
    label = Label.PARAGRAPH if block.text in STORIES else Label.OTHER
    return Verdict(label, "classifier", "given", score=0.9)


def test_the_element_that_holds_the_story_and_nothing_else():
    found = sheets('<div class="page"><p>Menu</p><div class="text">{story}</div></div>')
    assert propose_body(found, {}) == "div.text"


def test_no_element_that_holds_something_else_too():
    assert propose_body(sheets('<div class="page"><p>Menu</p>{story}</div>'), {}) is None


def test_what_entries_take_does_not_count():
    found = sheets('<div class="page"><p>Menu</p>{story}</div>')
    assert propose_body(found, dict.fromkeys(range(4), frozenset({0}))) == "div.page"


def test_names_that_another_page_will_not_have_are_no_selectors():
    assert propose_body(sheets('<p>Menu</p><div id="post-{number}7">{story}</div>'), {}) is None


def test_a_field_that_pages_show_and_do_not_declare():
    found = sheets('<p class="story-writer">Runa Dahl</p><div class="text">{story}</div>')
    assert propose_metadata(found) == {"authors": "p.story-writer"}


def test_an_element_whose_name_says_nothing_gives_no_field():
    assert propose_metadata(sheets('<p class="large">Runa Dahl</p><div class="text">{story}</div>')) == {}


def test_an_element_that_is_on_a_page_twice_gives_no_field():
    twice = '<p class="story-writer">Runa Dahl</p><p class="story-writer">Ines Abt</p><div class="text">{story}</div>'
    assert propose_metadata(sheets(twice)) == {}


def test_tags_that_css_cannot_name_are_no_selectors():
    found = sheets('<p>Menu</p><fb:like class="story">{story}</fb:like><my-box class="text">{story}</my-box>')
    assert propose_body(found, {}) != "fb:like.story"
    assert propose_metadata(found) == {}
