"""Entries below times of the day."""

import numpy as np
import pytest

from cleaner.classifier.live_blogs import find_live_entries
from cleaner.page.blocks_dump import segment_dump

TIMES = ("17:42", "16.30", "(16:02 GMT)", "9:10am", "8h05")
ENTRY = ("The bridge is shut", "Police say that no boat will leave before six. It has rained since noon.", "Share")
SCORES = {ENTRY[0]: 0.1, ENTRY[1]: 0.9, ENTRY[2]: 0.05}


def find(lines, scores=SCORES):
    blocks = segment_dump(
        "\n\n".join(("Live", "The storm, hour by hour", *lines, "Terms of use", "Hats are sold here."))
    )
    measured = np.array([scores.get(block.text, 0.05) for block in blocks], dtype=np.float32)
    return [blocks[index].text for index in find_live_entries(blocks, measured)]


def test_headings_and_sentences_of_all_entries_are_found():
    lines = [line for time in TIMES for line in (time, *ENTRY)]
    assert find(lines) == list(ENTRY[:2] * len(TIMES))


def test_doubtful_sentence_of_the_first_and_last_entry_is_found():
    short = "It has started to rain."
    lines = [line for time in TIMES[1:-1] for line in (time, *ENTRY)]
    found = find([TIMES[0], short, *lines, TIMES[-1], short, "More on this storm"], SCORES | {short: 0.3})
    assert [found[0], found[-1]] == [short, short]
    assert "More on this storm" not in found


def test_doubtful_entries_are_found_where_their_times_are_in_order():
    short = ("Power is out", "Four hundred homes are dark.")
    lines = ["17:42", *ENTRY[:2], *(line for time in ("16:30", "15:05", "12:00") for line in (time, *short))]
    assert find(lines, SCORES | {short[1]: 0.3}) == [*ENTRY[:2], *short * 3]
    assert not find([*lines[6:9], *lines[:6], *lines[9:]], SCORES | {short[1]: 0.3})


@pytest.mark.parametrize(
    "lines",
    [
        [line for time in TIMES[:3] for line in (time, *ENTRY)],
        [line for time in TIMES for line in (time, ENTRY[0])],
        [*(line for time in TIMES for line in (time, ENTRY[0])), "6:00", *ENTRY, "5:00"],
        [line for time in TIMES for line in (time, "Ann Lee says that she likes the pier.")],
        [line for time in TIMES for line in (f"{time} The bridge is shut", *ENTRY)],
        [*ENTRY * 3, *TIMES],
    ],
    ids=["few", "headlines", "one with text", "comments", "times of a ticker", "a timetable"],
)
def test_other_times_are_no_live_blog(lines):
    assert not find(lines)
