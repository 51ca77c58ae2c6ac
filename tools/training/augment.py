"""More pages out of few: what pages and dumps are changed with, beside what other pages give.

Real pages hold few kinds of boilerplate each. A model that has met each widget in one place only learns the place; one
that meets it anywhere learns the widget.
"""

from __future__ import annotations

import re
from random import Random

import numpy as np
from numpy.typing import NDArray

from cleaner.classifier.label_model import LABELS

Targets = NDArray[np.float32]

STORY = LABELS.index("related")
"""The label of a second article."""
SHARE = LABELS.index("share")
JUNK, BODY = 0.2, 0.5
"""Shares in the gold below which a block is boilerplate, and from which it is text."""
SENTENCE = re.compile(r"(?<=[.!?。！？])\s*(?=\S)")
TEASERS, _LONGEST_LEAD = (2, 3, 4, 6), 240
"""Numbers of other stories below an article, and the characters of their first sentences."""
TEASER_BUTTONS = (
    "Read more", "Continue reading", "Full story", "More", "Read more »", "Weiterlesen", "Lire la suite", "Leer más", "Leggi tutto",
    "Leia mais", "Lees verder", "Czytaj dalej", "Читать далее", "اقرأ المزيد", "続きを読む", "阅读全文",
)  # fmt: skip
TEASER_HEADINGS = (
    "In depth", "More stories", "Also today", "From the archive", "The latest", "Worth your time", "Mehr zum Thema", "À lire aussi",
    "Te puede interesar", "Leia também", "Читайте также", "اقرأ أيضا", "関連記事", "相关阅读",
)  # fmt: skip
STAMPS = (
    "{h}.{m:02}",
    "{h}:{m:02}",
    "{h}:{m:02} BST",
    "{h}.{m:02} CET",
    "{h}h{m:02}",
    "{h}:{m:02} Uhr",
    "{h}:{m:02} p.m. ET",
    "{h}:{m:02}更新",
)
POST_BUTTONS = (
    "Share",
    "Share Facebook X Email",
    "Link copied",
    "Teilen",
    "Partager",
    "Compartir",
    "Поделиться",
    "分享",
)


def take_lead(text: str, random: Random) -> str:
    """The first sentence or two of an article."""
    return " ".join(SENTENCE.split(text)[: random.choice((1, 1, 2))])[:_LONGEST_LEAD]
