"""Headlines of other stories below a line that points to them."""

import pytest

import cleaner

TEXT = (
    "The ferry of Tarn will run again from Friday, nineteen months after the rope broke, the county said on Monday.",
    "The new rope came by ship from the north, and it is as thick as a child's arm and two hundred metres long.",
    "The ferryman had kept the log for all that time, and wrote into it every day that nobody had crossed the river.",
)


def clean(*between, lines=True):
    """The text of a page with the lines ``between`` its first two paragraphs."""
    if lines:
        page = "\n\n".join(("Ferry of Tarn runs again", TEXT[0], *between, *TEXT[1:]))
    else:
        parts = "".join(f"<p>{part}</p>" for part in (TEXT[0], *between, *TEXT[1:]))
        page = f"<html><body><article><h1>Ferry of Tarn runs again</h1>{parts}</article></body></html>"
    return cleaner.clean(page).text


@pytest.mark.parametrize("lines", [True, False], ids=["dump", "HTML"])
@pytest.mark.parametrize("lead", ["Also read", "Lesen Sie auch", "Leggi anche:"])
def test_the_line_below_a_pointer_goes_with_it(lead, lines):
    assert clean(lead, "The bridge that was sold twice by the county", lines=lines) == "\n\n".join(TEXT)


def test_a_paragraph_below_a_pointer_stays():
    assert clean("Also read") == "\n\n".join(TEXT)


def test_a_sentence_below_a_pointer_stays():
    sentence = "The county has a log of its own as well, and nobody has ever compared the two of them."
    assert sentence in clean("Also read", sentence)
