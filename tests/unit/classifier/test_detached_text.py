"""Runs of text below the article."""

import numpy as np
import pytest

from cleaner.classifier.detached_text import find_detached

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
