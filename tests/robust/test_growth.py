"""Time grows in proportion to a page, whatever it has much of; the kinds of page are those of ``bench/composed.toml``."""

import time

import pytest

import cleaner
from bench import composed
from cleaner.batch.records import InputDocument
from cleaner.batch.run import load_page
from cleaner.errors import PageError

from .test_mutations import broken_law

pytestmark = pytest.mark.slow
ONCE_SQUARE = {
    "html.attributes": 150_000,  # of one element: libxml2
    "html.notes": 100_000,  # texts that trafilatura changes, each searched for among all blocks
    "html.rules": 50_000,  # many blocks of one element: captions
    "html.table-of-one-row": 200_000,  # trafilatura counts the cells of the row at each cell
}
"""Kinds of page that took time with the square of their size, and a size at which four times as much shows it."""
TRIES = 4
TWICE_IN_PROPORTION = 4 * 2
"""Four times the page with what a busy machine and its caches add; with the square of its size it took 16 times."""


def processor_seconds(text):
    start = time.process_time()
    cleaner.clean(text)
    return time.process_time() - start


@pytest.mark.parametrize("name", ONCE_SQUARE)
def test_four_times_the_page_takes_four_times_as_long(name):
    small, large = (composed.compose(name, size) for size in (ONCE_SQUARE[name], 4 * ONCE_SQUARE[name]))
    cleaner.clean(small)
    took = [(processor_seconds(small), processor_seconds(large)) for _ in range(TRIES)]
    least_small, least_large = map(min, zip(*took, strict=True))
    assert least_large / least_small < TWICE_IN_PROPORTION


def test_attributes_beyond_those_that_are_read_cost_no_text():
    page = composed.compose("html.attributes", 300_000).replace("</p>", "</p><p title='a > b'>The ferry sails.</p>")
    assert "The ferry sails." in [block.text for block in cleaner.clean(page).blocks]


@pytest.mark.parametrize("name", composed.load_recipes())
def test_the_law_holds_for_every_kind_of_page(name):
    page = load_page(InputDocument(id=name, path=name, content=composed.compose(name, 30_000).encode()))
    try:
        article = cleaner.Cleaner().clean_page(page)
    except PageError as error:
        if "no text" not in error.problem:
            raise
        return
    assert broken_law(page, article) is None
