"""Lines behind the names of who speaks."""

import numpy as np
import pytest

from cleaner.classifier.dialogues import find_dialogue
from cleaner.page.blocks_dump import segment_dump

QUESTION, ANSWER = "Where is the pier?", "Where it was."
TURNS = {
    "names": ("Ann Lee: Where is the pier?", "Bo: Where it was."),
    "capitals": ("MAYOR LEE: Where is the pier?", "BO: Where ..."),
    "letters": ("Q: Where is the pier?", "A: Where it was."),
    "Chinese": ("记者：码头在哪里？", "李安：还在原来的地方。"),
}


def find(lines, score=0.6):
    """Texts of the dialogue among ``lines``, all of which have ``score``."""
    blocks = segment_dump(
        "\n\n".join(("Menu: home", "The pier, in full", *lines, "More stories", "Hats lost in the storm"))
    )
    return [blocks[index].text for index in find_dialogue(blocks, np.full(len(blocks), score, dtype=np.float32))]


@pytest.mark.parametrize("turns", TURNS.values(), ids=TURNS)
def test_all_that_was_said_is_found(turns):
    assert find(turns * 6) == list(turns * 6)


def test_paragraphs_of_a_speaker_are_found_and_what_is_no_sentence_is_not():
    lines = [part for _ in range(6) for part in (*TURNS["names"], "It has not moved since.", "Share this")]
    assert find(lines) == [line for line in lines if line != "Share this"][:-1]


@pytest.mark.parametrize(
    ("lines", "score"),
    [
        (TURNS["names"] * 4, 0.6),
        (TURNS["names"] * 6, 0.4),
        (TURNS["names"][:1] * 12, 0.6),
        (["Doors open: At noon.", "Doors close: At six."] * 6, 0.6),
        ([f"Reader{place}: I like the pier." for place in range(12)], 0.6),
        ([*TURNS["names"] * 6, *(f"Label{place}: none." for place in range(6))], 0.6),
        ([part for turn in TURNS["names"] * 6 for part in (turn, *(["Nothing."] * 9))], 0.6),
    ],
    ids=["few", "unlikely", "one speaker", "labels in lower case", "readers", "a form", "far between"],
)
def test_other_lines_with_colons_are_no_dialogue(lines, score):
    assert not find(lines, score)
