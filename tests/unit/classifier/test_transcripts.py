"""Lines below names and running times."""

import pytest

import cleaner
from cleaner.classifier.transcripts import find_transcript
from cleaner.page.blocks_dump import segment_dump

FORMS = {
    "in brackets": "Ann Lee: ({m:02}:{s:02})\n\nSure. We had a look at the pier, and it is where it was.",
    "above names": "00:{m:02}:{s:02}\n\nAnn Lee\n\nSure. We had a look at the pier, and it is where it was.",
    "below names": "Ann Lee\n\n[{m:02}:{s:02}]\n\nSure. We had a look at the pier, and it is where it was.",
    "plain, from zero": "{m}:{s:02} Q\n\nWhere is the pier?",
}


def dump(form, seconds):
    said = [form.format(m=second // 60, s=second % 60) for second in seconds]
    return segment_dump("\n\n".join(("Menu", "The pier, in full", *said, "More stories", "Hats lost in the storm")))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_all_that_was_said_is_found(form):
    blocks = dump(form, range(5, 800, 37))
    found = [blocks[index].text for index in find_transcript(blocks)]
    assert found[-1] in form
    assert len(found) == len(blocks) - 4 - (form == FORMS["below names"])


@pytest.mark.parametrize(
    ("form", "seconds"),
    [
        (FORMS["in brackets"], range(5, 200, 37)),
        (FORMS["in brackets"], range(800, 5, -37)),
        (FORMS["plain, from zero"], range(800, 1600, 37)),
        (FORMS["in brackets"].replace("Ann Lee:", "Ann Lee, who was at the pier on that day:"), range(5, 800, 37)),
        (FORMS["in brackets"].replace(")", " pm)"), range(605, 1400, 37)),
    ],
    ids=["few", "falling", "times of the day", "prose", "afternoon"],
)
def test_other_lines_with_times_are_no_transcript(form, seconds):
    assert not find_transcript(dump(form, seconds))


def test_what_was_said_is_kept_with_that_reason():
    said = [FORMS["in brackets"].format(m=second // 60, s=second % 60) for second in range(5, 800, 37)]
    article = cleaner.clean("\n\n".join(("The pier, in full", "By Cora May", *said, "More stories")))
    kept = [block for block in article.blocks if block.kept]
    assert len(kept) == 2 * len(said)
    assert {block.verdict.why for block in kept} == {"what was said, below names and running times"}
