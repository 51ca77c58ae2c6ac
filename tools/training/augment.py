"""More pages out of few: boilerplate of one page is taken away, or planted into another.

Real pages hold few kinds of boilerplate each. A network that has met each widget in one place only learns the place; one
that meets it anywhere learns the widget.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Sequence
from copy import deepcopy
from random import Random
from typing import NamedTuple

import numpy as np
from lxml import etree
from msgspec.structs import replace
from numpy.typing import NDArray

from cleaner.classifier.label_model import LABELS
from cleaner.model import Block, Blocks, Role
from cleaner.page.blocks_html import SegmentedPage
from cleaner.page.dom import Element

Targets = NDArray[np.float32]
Run = list[tuple[Block, int]]
"""Lines of a dump, with the numbers of their labels; -1 unknown."""
Line = tuple[Block, int, float]
"""A line with the number of its label and its share in the gold."""

_MARK = "data-training"
STORY = LABELS.index("related")
"""The label of a second article."""
_JUNK = 0.2
_BODY = 0.5
_LARGEST_GRAFT = 40
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s*(?=\S)")
_TEASERS, _LONGEST_LEAD = (2, 3, 4, 6), 240
_STRUCTURE = frozenset("html body table tbody thead tr td th".split())


class LinePool(NamedTuple):
    """What dumps are changed with, taken from others."""

    runs: list[Run]
    lines: Run
    """Lines that publishers put among the paragraphs."""
    stories: list[list[Block]]
    """The first paragraphs of other articles, below their headlines."""


def junk_runs(blocks: Blocks, labels: Sequence[int], targets: Targets) -> list[Run]:
    """The stretches of a dump that are no part of its article."""
    runs: list[Run] = [[]]
    for block, label, target in zip(blocks, labels, targets, strict=True):
        if 0 <= target < _JUNK:
            runs[-1].append((block, label))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def dump(
    blocks: Blocks, labels: Sequence[int], targets: Sequence[float], pool: LinePool, random: Random
) -> tuple[Blocks, list[int], list[float]] | None:
    """A dump with some of its own boilerplate cut away and some of other dumps' planted; None if it has no article."""
    body = [index for index, target in enumerate(targets) if target >= _BODY]
    if not body:
        return None
    lines = list(zip(blocks, labels, targets, strict=True))
    head, middle, tail = lines[: body[0]], lines[body[0] : body[-1] + 1], lines[body[-1] + 1 :]
    if random.random() < 0.5:
        head = head[random.randint(0, len(head)) :]
    if random.random() < 0.5:
        tail = tail[: random.randint(0, len(tail))]
    middle = _change_middle(middle, pool, random)
    if random.random() < 0.12:
        tail = [(block, STORY, 0.0) for block in random.choice(pool.stories)] + tail
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
    if random.random() < 0.5:
        for _ in range(random.choice((1, 2, 3))):
            at = random.randint(1, max(1, len(middle) - 1))
            block, label = random.choice(pool.lines)
            like = middle[at - 1][0]
            middle.insert(at, (replace(block, spaced=like.spaced, depth=like.depth), label, 0.0))
    return middle


def _first_sentence(text: str) -> str:
    return _SENTENCE.split(text, maxsplit=1)[0][:_LONGEST_LEAD]


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


def junk_elements(segmented: SegmentedPage, targets: Targets) -> list[Element]:
    """The elements of a page that hold boilerplate and nothing else, outermost first."""
    blocks: dict[Element, int] = {}
    body: dict[Element, int] = {}
    for box, target in zip(segmented.boxes, targets, strict=True):
        around: Element | None = box.element
        while around is not None:
            blocks[around] = blocks.get(around, 0) + 1
            body[around] = body.get(around, 0) + (target >= _JUNK)
            around = around.getparent()
    found = [e for e, count in blocks.items() if not body[e] and count <= _LARGEST_GRAFT and e.tag not in _STRUCTURE]
    return sorted(found, key=lambda element: sum(1 for _ in element.iterancestors()))


class Material(NamedTuple):
    """What pages are changed with, taken from others."""

    elements: list[Element]
    """Elements that hold boilerplate, marked with their labels."""
    lines: list[tuple[str, int]]
    """Short texts that publishers put among the paragraphs, with the numbers of their labels."""
    stories: list[list[str]]
    """The first paragraphs of other articles, below their headlines."""


def html(segmented: SegmentedPage, targets: Targets, material: Material, random: Random) -> bool:
    """Change the page's tree: some of its boilerplate goes, some of other pages' comes. False if it has no article."""
    body = [box.element for box, target in zip(segmented.boxes, targets, strict=True) if target >= _BODY]
    if not body:
        return False
    if random.random() < 0.6:
        for element in junk_elements(segmented, targets):
            if element.getparent() is not None and random.random() < 0.2:
                element.drop_tree()
    body = [element for element in dict.fromkeys(body) if element.getparent() is not None]
    if random.random() < 0.05:
        body = _shorten(body, random.choice((1, 2, 3)))
    if body:
        _plant_material(material, body, random)
    if body and random.random() < 0.3:
        _hash_names(body[0].getroottree().getroot(), random)
    return bool(body)


def _plant_material(material: Material, body: Sequence[Element], random: Random) -> None:
    """Put elements, lines and an article of other pages among and around the blocks of the body."""
    for _ in range(random.choice((1, 2, 3, 4))):
        graft = copy.deepcopy(random.choice(material.elements))
        if random.random() < 0.5:
            _hash_names(graft, random)
        _plant(graft, body, random)
    if random.random() < 0.3:
        for _ in range(random.choice((1, 2, 3))):
            _plant_line(*random.choice(material.lines), body, random)
    if random.random() < 0.08:
        _plant_story(random.choice(material.stories), body, random)
    if random.random() < 0.08:
        _plant_teasers(random.sample(material.stories, random.choice(_TEASERS)), body, random)


def _shorten(body: list[Element], keep: int) -> list[Element]:
    """The first blocks of an article, as of a news flash; those after them are removed."""
    for element in body[keep:]:
        if element.getparent() is not None and not any(element in kept.iterancestors() for kept in body[:keep]):
            element.drop_tree()
    return body[:keep]


def _plant_line(text: str, label: int, body: Sequence[Element], random: Random) -> None:
    """Put a line of boilerplate among the paragraphs, in an element like theirs: only its words say what it is."""
    place = random.choice(body)
    if place.tag in ("td", "th", "li", "body"):
        return
    line = _copy_shell(place)
    inner = etree.SubElement(line, random.choice(("em", "strong", "a"))) if random.random() < 0.5 else line
    inner.text = text
    mark_element(line, [(text, label, 0.0)])
    place.addnext(line)


def _plant_story(story: Sequence[str], body: Sequence[Element], random: Random) -> None:
    """Put another article below that of the page, with the same markup."""
    around = body[-1].getparent()
    if around is None or around.getparent() is None or around.tag in _STRUCTURE:
        return
    box = _copy_shell(around)
    for number, text in enumerate(story):
        part = etree.SubElement(box, random.choice(("h1", "h2")) if number == 0 else "p")
        if number and body[-1].tag == "p":
            part.attrib.update(body[-1].attrib)
        part.text = text
        mark_element(part, [(text, STORY, 0.0)])
    around.addnext(box)


def _plant_teasers(stories: Sequence[Sequence[str]], body: Sequence[Element], random: Random) -> None:
    """Put headlines of other articles, each with the first sentence below it, beneath the article: as below news flashes."""
    around = body[-1].getparent()
    if around is None or body[-1].tag in _STRUCTURE or body[-1].tag == "li":
        return
    box = around.makeelement(random.choice(("div", "section", "aside")))
    tags = random.choice((("h2", "p"), ("h3", "p"), ("h3", "div"), ("p", "p"), ("h4", "p")))
    for headline, lead, *_ in stories:
        item = etree.SubElement(box, "div")
        for number, (tag, text) in enumerate(zip(tags, (headline, _first_sentence(lead)), strict=True)):
            part = etree.SubElement(item, tag)
            inner = etree.SubElement(part, "a", href="#") if number == 0 and random.random() < 0.7 else part
            inner.text = text
            for element in (part, inner):
                mark_element(element, [(text, STORY, 0.0)])
    if random.random() < 0.5 and around.getparent() is not None and around.tag not in _STRUCTURE:
        around.addnext(box)
    else:
        body[-1].addnext(box)


def _copy_shell(element: Element) -> Element:
    """An empty element with the tag and the names of ``element``."""
    shell = deepcopy(element)  # lxml makes no element with a tag like "cms:block", which pages have
    del shell[:]
    shell.text = shell.tail = None
    shell.attrib.pop(_MARK, None)
    return shell


def mark_element(element: Element, entries: Sequence[tuple[str, int, float]]) -> None:
    """Write onto an element the text, the label and the share in the gold of its blocks, so that a copy takes them along."""
    element.set(_MARK, json.dumps(entries))


def read_marks(element: Element) -> dict[str, tuple[int, float]]:
    """What :func:`mark_element` wrote, by text."""
    return {text: (label, share) for text, label, share in json.loads(element.get(_MARK, "[]"))}


def _hash_names(root: Element, random: Random) -> None:
    """Classes and ids that say nothing, as many build tools write them."""
    for element in root.iter():
        for attribute in ("class", "id", "itemprop", "role", "data-component", "data-testid"):
            if attribute in element.attrib:
                element.set(attribute, f"x{random.getrandbits(32):x}")


def _plant(graft: Element, body: Sequence[Element], random: Random) -> None:
    """Put ``graft`` beside a block of the article, or beside an element around it: mostly after its end."""
    graft.tail = None
    at = random.choice((body[-1], body[-1], random.choice(body), random.choice(body), body[0]))
    place = at
    for _ in range(random.choice((0, 0, 0, 1, 1, 2))):
        around = place.getparent()
        if around is not None and around.getparent() is not None and around.tag not in _STRUCTURE:
            place = around
    if at is body[0]:
        place.addprevious(graft)
    else:
        place.addnext(graft)
