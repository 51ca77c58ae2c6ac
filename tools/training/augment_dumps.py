"""Copies of dumps in which some of their own boilerplate is cut away and some of other dumps' planted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from msgspec.structs import replace

from cleaner.classifier.label_model import LABELS
from cleaner.model import Block, Blocks, Role
from training.augment import (
    BODY,
    JUNK,
    SENTENCE,
    STORY,
    TEASERS,
    Targets,
    take_sentence,
)

Run = list[tuple[Block, int]]
"""Lines of a dump, with the numbers of their labels; -1 unknown."""
Line = tuple[Block, int, float]
"""A line with the number of its label and its share in the gold."""

_TEASER_BUTTONS = (
    "Read more", "Continue reading", "Full story", "More", "Read more »", "Weiterlesen", "Lire la suite", "Leer más", "Leggi tutto",
    "Leia mais", "Lees verder", "Czytaj dalej", "Читать далее", "اقرأ المزيد", "続きを読む", "阅读全文",
)  # fmt: skip
_TEASER_HEADINGS = (
    "In depth", "More stories", "Also today", "From the archive", "The latest", "Worth your time", "Mehr zum Thema", "À lire aussi",
    "Te puede interesar", "Leia também", "Читайте также", "اقرأ أيضا", "関連記事", "相关阅读",
)  # fmt: skip
_STAMPS = (
    "{h}.{m:02}",
    "{h}:{m:02}",
    "{h}:{m:02} BST",
    "{h}.{m:02} CET",
    "{h}h{m:02}",
    "{h}:{m:02} Uhr",
    "{h}:{m:02} p.m. ET",
    "{h}:{m:02}更新",
)
_POST_BUTTONS = (
    "Share",
    "Share Facebook X Email",
    "Link copied",
    "Teilen",
    "Partager",
    "Compartir",
    "Поделиться",
    "分享",
)
_SHARE = LABELS.index("share")
_NAME = re.compile(r"\b[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){0,2}\b")
_SPEAKERS = (
    "{name}:",
    "{name}",
    "{upper}:",
    "{name}: ({m:02}:{s:02})",
    "{name} ({m:02}:{s:02})",
    "[{m:02}:{s:02}] {name}",
    "00:{m:02}:{s:02}\n{name}",
    "{m}:{s:02}\n{upper}",
)
_VERSE_WORDS, _STANZA_LINES = range(4, 9), range(2, 6)


class LinePool(NamedTuple):
    """What dumps are changed with, taken from others."""

    runs: list[Run]
    lines: Run
    """Lines that publishers put among the paragraphs."""
    stories: list[list[Block]]
    """The first paragraphs of other articles, below their headlines."""
    inserts: list[Run]
    """Stretches with one label, from their headings on, that publishers put among the paragraphs."""


def junk_runs(blocks: Blocks, labels: Sequence[int], targets: Targets) -> list[Run]:
    """The stretches of a dump that are no part of its article."""
    runs: list[Run] = [[]]
    for block, label, target in zip(blocks, labels, targets, strict=True):
        if 0 <= target < JUNK:
            runs[-1].append((block, label))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def change_dump(
    blocks: Blocks, labels: Sequence[int], targets: Sequence[float], pool: LinePool, random: Random
) -> tuple[Blocks, list[int], list[float]] | None:
    """A dump with some of its own boilerplate cut away and some of other dumps' planted; None if it has no article."""
    body = [index for index, target in enumerate(targets) if target >= BODY]
    if not body:
        return None
    lines = list(zip(blocks, labels, targets, strict=True))
    head, middle, tail = lines[: body[0]], lines[body[0] : body[-1] + 1], lines[body[-1] + 1 :]
    if random.random() < 0.5:
        head = head[random.randint(0, len(head)) :]
    if random.random() < 0.5:
        tail = tail[: random.randint(0, len(tail))]
    middle = _change_manner(_change_middle(middle, pool, random), random)
    if random.random() < 0.12:
        tail = [(block, STORY, 0.0) for block in random.choice(pool.stories)] + tail
    if random.random() < 0.06:
        tail = _list_teasers(random.sample(pool.stories, random.choice(TEASERS)), random) + tail
    if random.random() < 0.4:
        head = _graft(pool.runs, 25, random) + head
    for chance, most in ((0.5, 30), (0.3, 12)):
        if random.random() < chance:
            tail = tail + _graft(pool.runs, most, random)
    lines = head + middle + tail
    return _flattened([line[0] for line in lines], random), [line[1] for line in lines], [line[2] for line in lines]


def _change_middle(middle: list[Line], pool: LinePool, random: Random) -> list[Line]:
    """The lines of the article, with some of other dumps' among them, or only the first of them, as of a news flash."""
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        at = random.randint(1, max(1, len(middle) - 1))
        middle = middle[:at] + _graft(pool.runs, random.choice((1, 1, 2, 3, 6)), random) + middle[at:]
    if random.random() < 0.08:
        middle = middle[: random.choice((1, 2, 3))]
    if random.random() < 0.3:
        at = random.randint(1, max(1, len(middle) - 1))
        insert = random.choice(pool.inserts)[: random.choice((2, 2, 3, 4))]
        middle = middle[:at] + [(block, label, 0.0) for block, label in insert] + middle[at:]
    if random.random() < 0.5:
        for _ in range(random.choice((1, 2, 3))):
            at = random.randint(1, max(1, len(middle) - 1))
            block, label = random.choice(pool.lines)
            like = middle[at - 1][0]
            middle.insert(at, (replace(block, spaced=like.spaced, depth=like.depth), label, 0.0))
    return middle


def _change_manner(middle: list[Line], random: Random) -> list[Line]:
    """The article as what articles seldom are: verse, a transcript of what was said, or posts with their times."""
    manner = random.random()
    if manner < 0.01:
        return _break_verse(middle, random)
    if manner < 0.027:
        return _name_speakers(middle, random)
    if manner < 0.04:
        return _stamp_posts(middle, random)
    return middle


def _break_verse(middle: list[Line], random: Random) -> list[Line]:
    lines = []
    size, stanza, left = random.choice(_VERSE_WORDS), random.choice(_STANZA_LINES), 0
    for block, label, target in middle:
        words = block.text.split()
        if target < BODY or len(words) <= size:
            lines.append((block, label, target))
            continue
        while words:
            count = min(len(words), max(2, size + random.choice((-1, 0, 0, 1))))
            text = " ".join(words[:count])
            lines.append((replace(block, text=text, spaced=left == 0, role=Role.PARAGRAPH), label, target))
            words, left = words[count:], stanza if left == 0 else left - 1
    return lines


def _name_speakers(middle: list[Line], random: Random) -> list[Line]:
    """What was said, sentence by sentence, below the names of those who said it, in one way of writing these.

    The names are found in the article.
    """
    found = sorted(set(_NAME.findall(" ".join(block.text for block, _, target in middle if target >= BODY))))
    names = (
        random.sample(found, min(len(found), random.choice((2, 3, 4)))) + ["Q", "Speaker 1"][: random.choice((0, 1, 2))]
    )
    manner, lines, seconds = random.choice(_SPEAKERS), [], random.randint(0, 30)
    most = random.choice((1, 3, 99))
    for block, label, target in middle:
        if target < BODY:
            lines.append((block, label, target))
            continue
        sentences = SENTENCE.split(block.text)
        while sentences:
            count = random.randint(1, most)
            said, sentences = " ".join(sentences[:count]), sentences[count:]
            name = random.choice(names or ["Q"])
            head = manner.format(name=name, upper=name.upper(), m=seconds // 60 % 100, s=seconds % 60)
            texts = (*head.split("\n"), said)
            lines += [(replace(block, text=text, role=Role.PARAGRAPH, link_share=0.0), label, target) for text in texts]
            seconds += random.randint(1, 60)
    return lines


def _stamp_posts(middle: list[Line], random: Random) -> list[Line]:
    """Paragraphs below the times at which they were written, with a button below each post."""
    manner, button, minutes = random.choice(_STAMPS), random.choice(("", *_POST_BUTTONS)), random.randint(500, 1300)
    lines: list[Line] = []
    for block, label, target in middle:
        if target >= BODY and random.random() < 0.6:
            if button and lines:
                lines.append((replace(block, text=button, role=Role.PARAGRAPH), _SHARE, 0.0))
            stamp = manner.format(h=minutes // 60, m=minutes % 60)
            # Golds differ on whether the times are text.
            lines.append((replace(block, text=stamp, spaced=True, role=Role.PARAGRAPH), -1, -1.0))
            minutes = max(60, minutes - random.randint(1, 40))
        lines.append((block, label, target))
    return lines


def _list_teasers(stories: Sequence[Sequence[Block]], random: Random) -> list[Line]:
    """Headlines of other articles, each with its first sentences below it."""
    button = random.choice(("", "", random.choice(_TEASER_BUTTONS)))
    like = stories[0][0]
    texts = [random.choice(_TEASER_HEADINGS)] if random.random() < 0.6 else []
    for headline, lead, *_ in stories:
        texts += [headline.text, take_sentence(lead.text), *([button] if button else [])]
    return [(replace(like, text=text, role=Role.PARAGRAPH, depth=0), STORY, 0.0) for text in texts]


def _graft(pool: Sequence[Run], most: int, random: Random) -> list[Line]:
    run = random.choice(pool)
    size = random.randint(1, most)
    start = random.randint(0, max(0, len(run) - size))
    taken = run[start : start + size]
    return [
        (replace(block, spaced=block.spaced or not place), label, 0.0) for place, (block, label) in enumerate(taken)
    ]


def _flattened(blocks: Sequence[Block], random: Random) -> Blocks:
    """``blocks`` numbered anew, now and then as a flattener writes them that knows no blank lines, or no bullets."""
    manner = random.random()
    line = 0
    flattened = []
    for index, block in enumerate(blocks):
        spaced = (index == 0) if manner < 0.08 else (block.spaced or manner < 0.16)
        plain = 0.16 < manner < 0.24 and block.role is Role.LIST_ITEM
        line += 2 if spaced and index else 1
        role, depth = (Role.PARAGRAPH, 0) if plain else (block.role, block.depth)
        flattened.append(replace(block, index=index, spaced=spaced, role=role, depth=depth, line=line))
    return tuple(flattened)
