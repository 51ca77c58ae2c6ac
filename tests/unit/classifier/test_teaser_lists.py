"""Lists of headlines with their first sentences."""

import numpy as np
import pytest

from cleaner.classifier.teaser_lists import find_items_with_buttons, find_teaser_lists
from cleaner.labels import Label
from cleaner.model import Block, Role, Verdict
from cleaner.page import blocks_html, dom

STORIES = ("The village that bought its pub", "A year on the night buses", "Why bread got smaller")


def card(headline, lead="It is not just the flour, says a baker who weighed forty loaves."):
    return f'<div class="card"><div><h3>{headline}</h3></div><p>{lead}</p></div>'


def found(markup, headline_score=0.1, lead_score=0.8):
    tree = dom.parse_html(f"<html><body><p>The bridge is shut.</p>{markup}</body></html>")
    blocks, boxes, _ = blocks_html.segment_html(tree.root)
    scores = [headline_score if block.role is Role.HEADING else lead_score for block in blocks]
    return [blocks[index].text for index in sorted(find_teaser_lists(blocks, boxes, np.array(scores, np.float32)))]


def test_headlines_that_are_sure_take_their_leads_along():
    cards = found(f"<section>{''.join(map(card, STORIES))}</section>")
    assert cards[::2] == list(STORIES)
    assert len(cards) == 6


@pytest.mark.parametrize(
    "markup",
    [
        card(STORIES[0]) + card(STORIES[1]),
        "".join(card(story, "word " * 200) for story in STORIES),
        "".join(f"<h3>{story}</h3><p>It is not just the flour.</p>" for story in STORIES),
        card(STORIES[0]) + "".join(card(story).replace("card", f"part{story[0]}") for story in STORIES[1:]),
    ],
    ids=["two", "long", "no boxes", "other classes"],
)
def test_what_is_no_list_of_short_items_stays(markup):
    assert not found(markup)


@pytest.mark.parametrize(("headline", "lead"), [(0.5, 0.4), (0.2, 0.95)])
def test_sections_of_an_article_stay(headline, lead):
    assert not found("".join(map(card, STORIES)), headline, lead)


BUTTON = "Read more"
ITEM = ("The town that bought its own pub", "Three hundred residents became owners in one weekend.", BUTTON)
PARAGRAPH = "The harbour bridge was closed in both directions on Tuesday, after it was struck by a ship."


def items_with_buttons(*lines):
    """Texts in lists of items with buttons, of the lines of a dump whose buttons have been dropped."""
    button = Verdict(Label.RELATED, "common_rules", "button")
    blocks = tuple(
        Block(index=index, text=text, line=index + 1, verdict=button if text == BUTTON else None)
        for index, text in enumerate(lines)
    )
    return [blocks[index].text for index in sorted(find_items_with_buttons(blocks))]


def test_items_with_the_same_button_are_a_list():
    assert items_with_buttons(PARAGRAPH, "In depth", *ITEM * 3, "About us") == list((ITEM * 3)[:-1])


@pytest.mark.parametrize(
    "lines",
    [
        (PARAGRAPH, *ITEM * 2),
        (*(PARAGRAPH, BUTTON, ITEM[0]) * 4, PARAGRAPH),
        (ITEM[0], *ITEM, ITEM[0], *ITEM, *ITEM[:1] * 2, *ITEM),
        (PARAGRAPH, *(ITEM[0], PARAGRAPH * 7, BUTTON) * 3),
        (ITEM[0], *ITEM[:2] * 3),
    ],
    ids=["two", "pointers among paragraphs", "uneven", "long", "no button"],
)
def test_buttons_among_other_lines_make_no_list(lines):
    assert items_with_buttons(*lines) == []
