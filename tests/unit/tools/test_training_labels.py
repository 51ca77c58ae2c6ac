"""Labels of runs of links, from those of their items."""

import pytest

from cleaner.model import Block
from tools.training.labels import fold_runs

TEXT, NAVIGATION, RELATED = 0, 10, 17
RUN = Block(index=0, text="a\nbb\ncccccc", items=3)


@pytest.mark.parametrize(
    ("found", "shares", "label", "share"),
    [
        ([NAVIGATION, NAVIGATION, NAVIGATION], [0.0, 0.0, 0.0], NAVIGATION, 0.0),
        ([NAVIGATION, NAVIGATION, RELATED], [0.0, 0.0, 0.0], RELATED, 0.0),
        ([TEXT, NAVIGATION, RELATED], [1.0, 0.0, 0.0], TEXT, 1.0),
        ([-1, NAVIGATION, -1], [-1.0, 0.0, -1.0], -1, 0.0),
        ([-1, -1, -1], [-1.0, -1.0, -1.0], -1, -1.0),
        ([-1, -1, -1], [0.3, 0.0, 0.1], -1, 0.1),
        ([-1, -1, -1], [0.0, 0.6, 0.0], -1, 1.0),
    ],
)
def test_a_run_is_what_most_of_it_is_and_text_if_an_item_is(found, shares, label, share):
    single = Block(index=1, text="The pier reopened.")
    folded = fold_runs((RUN, single), [*found, TEXT], [*shares, 1.0])
    assert folded == [(label, pytest.approx(share)), (TEXT, 1.0)]
