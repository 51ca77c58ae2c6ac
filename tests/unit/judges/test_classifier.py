"""What the classifier keeps, given what its model says of each block."""

import numpy as np
import pytest

from cleaner.article import Metadata
from cleaner.classifier.label_model import LABELS
from cleaner.judges.classifier import judge_by_classifier
from cleaner.labels import Group, Label
from cleaner.model import Block, Kind, Lean, Page
from cleaner.rulebook.merged import SiteRules

TEXT = (
    "The keeper of the light at Cold Point has left the island after forty winters, and nobody will follow him there."
)
SURE, UNSURE, SURELY_NOT = 0.95, 0.3, 0.01


def keep(*lines, by_words=None):
    """The texts that are kept of ``lines``, each with the model's share of the body; ``by_words`` is that by words alone."""
    blocks = tuple(Block(index=index, text=text, line=index + 1) for index, (text, _) in enumerate(lines))
    shares = np.zeros((len(lines), len(LABELS)), dtype=np.float32)
    shares[:, LABELS.index(Group.BODY.value)] = [share for _, share in lines]
    shares[:, LABELS.index(Label.RELATED.value)] = [1 - share for _, share in lines]
    page = Page(id="", source="", content="", kind=Kind.TEXT)
    words = shares.copy()
    if by_words is not None:
        words[:, LABELS.index(Group.BODY.value)] = by_words
    verdicts = judge_by_classifier(page, blocks, SiteRules(), None, Metadata(), Lean.BALANCED, shares, words)
    return [block.text for block in blocks if verdicts[block.index].keep]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        pytest.param("I have been offered a small desk.", True, id="a short sentence"),
        pytest.param("I have been offered a small desk", False, id="a line without a stop"),
        pytest.param("Read it all.", False, id="too short"),
        pytest.param("底の縫い目が水を吸う。", True, id="a short sentence without spaces"),
        pytest.param("水だ。", False, id="too short without spaces"),
    ],
)
def test_doubtful_line_below_text_is_kept_if_it_is_a_sentence(line, kept):
    lines = [(TEXT, SURE)] * 3 + [(line, UNSURE), ("Most read", SURELY_NOT), (TEXT[:60], SURELY_NOT)]
    assert (line in keep(*lines)) is kept


@pytest.mark.parametrize(("line", "kept"), [("Dear readers of the Echo,", True), ("Dear readers of the Echo", False)])
def test_doubtful_line_above_text_is_kept_if_the_text_continues_it(line, kept):
    assert (line in keep(("Harbour Echo", SURELY_NOT), (line, UNSURE), *[(TEXT, SURE)] * 3)) is kept


def test_sentence_that_touches_no_text_is_dropped():
    sentence = "I have been offered a small desk."
    assert sentence not in keep((TEXT, SURE), (TEXT, SURE), ("Most read", SURELY_NOT), (sentence, UNSURE))


def test_what_is_said_again_is_no_copy():
    turns = [(f"ANN LEE: {TEXT} {place}", SURE) for place in range(5)]
    thanks = [("BO DAHL: Thank you, Ann, and good night to all of you out there.", SURE)] * 5
    kept = keep(*[line for pair in zip(turns, thanks, strict=True) for line in pair])
    assert kept.count("BO DAHL: Thank you, Ann, and good night to all of you out there.") == 5
    assert keep((TEXT, SURE), ("Thank you, Ann, for all of this.", SURE), (TEXT, SURE)).count(TEXT) == 1


@pytest.mark.parametrize(
    ("line", "by_words", "kept"),
    [
        ("Nobody will follow him there.", 0.6, True),
        ("Nobody will follow him there.", 0.4, False),
        ("More about Cold Point and the light", 0.6, False),
    ],
    ids=["words of a text", "words of boilerplate", "no sentence"],
)
def test_an_unlikely_sentence_below_the_text_is_kept_for_its_words(line, by_words, kept):
    assert (line in keep((TEXT, SURE), (line, SURELY_NOT), by_words=by_words)) is kept
