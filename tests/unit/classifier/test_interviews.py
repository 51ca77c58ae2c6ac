"""Questions and answers without names."""

import numpy as np
import pytest

from cleaner.classifier.interviews import find_interview
from cleaner.page.blocks_dump import segment_dump

TURN = ("How often did you climb the stairs?", "At first I counted them, and at twenty thousand I stopped.")
LAST = ("Did anybody see it?", "No.", "Who comes after you?", "A box.")


def find(lines, scores=0.7, last=0.05):
    """Texts of the interview among ``lines``: those of :data:`LAST` have the score ``last``."""
    blocks = segment_dump("\n\n".join(("Menu", *lines, "Support our work", "Hats lost in the storm")))
    known = {**dict.fromkeys(TURN, scores), **dict.fromkeys(LAST, last)}
    measured = np.array([known.get(block.text, 0.05) for block in blocks], dtype=np.float32)
    return [blocks[index].text for index in find_interview(blocks, measured)]


def test_unlikely_questions_and_answers_that_continue_likely_ones_are_found():
    assert find(TURN * 4 + LAST) == list(TURN * 4 + LAST)


def test_unlikely_question_above_a_likely_answer_is_found():
    first = (LAST[0], TURN[1])
    assert find((*first, *TURN * 4)) == [*first, *TURN * 4]


@pytest.mark.parametrize(
    "lines",
    [
        (*TURN * 4, "Share this", *LAST),
        (*TURN * 4, *LAST[::2]),
        TURN * 2 + LAST,
        TURN * 3 + ("Why?", "More", "Where?", "Menu") * 4 + LAST,
    ],
    ids=["apart", "questions alone", "few", "most without answers"],
)
def test_other_questions_are_not_found(lines):
    assert not {*LAST}.intersection(find(lines))
