"""Runs of text below the article."""

import numpy as np
import pytest

from cleaner.classifier.detached_text import find_below_comments, find_detached

ARTICLE = [(400, 0.95), (300, 0.9), (350, 0.92)]
MENU = [(40, 0.05)] * 15
BLURB = [(160, 0.7), (120, 0.65)]


def detached(*runs):
    """Numbers of the kept blocks that are detached, of runs of blocks (characters, score); scores from .6 are kept."""
    sizes, scores = np.array([block for run in runs for block in run]).T
    scores = scores.astype(np.float32)
    return sorted(find_detached(scores, scores >= 0.6, sizes.astype(int)))


def test_a_blurb_below_a_menu_is_detached():
    assert detached(MENU, ARTICLE, MENU, BLURB, MENU) == [33, 34]


@pytest.mark.parametrize(
    "runs",
    [
        (ARTICLE, MENU[:4], BLURB),
        (ARTICLE, [(40, 0.5)] * 15, BLURB),
        (BLURB, MENU, ARTICLE),
        (ARTICLE, MENU, [(300, 0.95), (200, 0.9)]),
        (ARTICLE, MENU, [(160, 0.7)] * 7),
        (ARTICLE,),
        (MENU,),
    ],
    ids=["near", "below what may be text", "above", "as likely", "as long", "alone", "no text"],
)
def test_other_runs_stay(runs):
    assert detached(*runs) == []


HEADING = [(8, 0.01)]
COMMENT = [(150, 0.8), (20, 0.1), (180, 0.7)]


def below_comments(*runs):
    """Numbers of the kept blocks that are below comments, of runs of blocks; a heading is the only sure sign of these."""
    blocks = [block for run in runs for block in run]
    sizes, scores = np.array(blocks).T
    scores = scores.astype(np.float32)
    signs = np.array([block in HEADING for block in blocks])
    return sorted(find_below_comments(scores, scores >= 0.6, sizes.astype(int), signs))


def test_comments_are_less_likely_text_than_the_article():
    assert below_comments(MENU, ARTICLE, HEADING, COMMENT, MENU) == [19, 21]


@pytest.mark.parametrize(
    "runs",
    [
        (ARTICLE[:1], [(5, 0.95)], HEADING[:0], COMMENT),
        ([(250, 0.95)], HEADING, COMMENT),
        ([(320, 0.7)], HEADING, [(300, 0.65)]),
        (ARTICLE, HEADING, [(300, 0.93), (200, 0.94)]),
        ([(1000, 0.98)], HEADING, [(300, 0.94), (200, 0.92)]),
        (ARTICLE, HEADING, COMMENT * 7),
        (ARTICLE, HEADING),
        (HEADING, ARTICLE),
    ],
    ids=[
        "no sign",
        "too little above",
        "unlikely above",
        "as likely",
        "likely",
        "far more below",
        "nothing below",
        "nothing above",
    ],
)
def test_text_that_is_not_surely_comments_stays(runs):
    assert below_comments(*runs) == []


def test_button_at_the_head_does_not_hide_the_heading_of_the_comments():
    assert below_comments(HEADING, ARTICLE, HEADING, COMMENT) == [5, 7]
