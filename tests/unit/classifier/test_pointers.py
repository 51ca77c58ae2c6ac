"""Headlines of other stories below a line that points to them."""

import numpy as np
import pytest

import cleaner
from cleaner.classifier.pointers import find_listed_headlines
from cleaner.labels import Label
from cleaner.model import Block, Verdict

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


HEADLINES = ("Why the gulls left Hollin", "Night market moves to the old quay", "Who pays for the bell?")


def clean_dump(*below):
    return cleaner.clean("\n".join(("Ferry of Tarn runs again", *TEXT, *below))).text.split("\n\n")


@pytest.mark.parametrize("heading", ["Most read", "Mest läst", "Ez is érdekelheti", "많이 본 뉴스"])
def test_the_lines_below_the_heading_of_a_list_go_with_it(heading):
    assert clean_dump(heading, *HEADLINES) == list(TEXT)


def find_listed(*texts, sentences=(0,)):
    """The headlines below "Most read" among the lines ``texts``, of which those at ``sentences`` are of the article."""
    dropped = Verdict(Label.RELATED, "common_rules", "heading of a list of other stories")
    blocks = tuple(
        Block(index=index, text=text, verdict=dropped if text == "Most read" else None)
        for index, text in enumerate(texts)
    )
    return find_listed_headlines(blocks, np.isin(np.arange(len(blocks)), sentences))


def test_a_list_ends_at_a_sentence():
    assert find_listed(TEXT[0], "Most read", *HEADLINES, TEXT[1], "Ann Lee") == {2, 3, 4}


def test_lines_above_the_text_are_not_those_of_a_list():
    assert find_listed("Most read", *HEADLINES, TEXT[0], sentences=(4,)) == set()
    assert find_listed("Most read", *HEADLINES, sentences=()) == set()


def test_many_lines_are_not_those_of_a_list():
    berths = [f"Berth {number} of the old quay" for number in range(11)]
    assert len(find_listed(TEXT[0], "Most read", *berths[:10])) == 10
    assert find_listed(TEXT[0], "Most read", *berths) == set()
