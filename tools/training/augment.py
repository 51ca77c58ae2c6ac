"""More pages out of few: boilerplate of one page is taken away, or planted into another.

Real pages hold few kinds of boilerplate each. A network that has met each widget in one place only learns the place; one
that meets it anywhere learns the widget.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from random import Random

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from cleaner.model import Block, Blocks, Role
from cleaner.page.blocks_html import SegmentedPage
from cleaner.page.dom import Element

Targets = NDArray[np.float32]

_JUNK = 0.2
_BODY = 0.5
_LARGEST_GRAFT = 40
_STRUCTURE = frozenset("html body table tbody thead tr td th".split())


def junk_runs(blocks: Blocks, targets: Targets) -> list[list[Block]]:
    """The stretches of a dump that are no part of its article."""
    runs: list[list[Block]] = [[]]
    for block, target in zip(blocks, targets, strict=True):
        if target < _JUNK:
            runs[-1].append(block)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def dump(
    blocks: Blocks, targets: Targets, pool: Sequence[list[Block]], random: Random
) -> tuple[Blocks, Targets] | None:
    """A dump with some of its own boilerplate cut away and some of other dumps' planted; None if it has no article."""
    body = [index for index, target in enumerate(targets) if target >= _BODY]
    if not body:
        return None
    lines = list(zip(blocks, targets.tolist(), strict=True))
    head, middle, tail = lines[: body[0]], lines[body[0] : body[-1] + 1], lines[body[-1] + 1 :]
    if random.random() < 0.5:
        head = head[random.randint(0, len(head)) :]
    if random.random() < 0.5:
        tail = tail[: random.randint(0, len(tail))]
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        at = random.randint(1, max(1, len(middle) - 1))
        middle = middle[:at] + _graft(pool, random.choice((1, 1, 2, 3, 6)), random) + middle[at:]
    if random.random() < 0.4:
        head = _graft(pool, 25, random) + head
    for chance, most in ((0.5, 30), (0.3, 12)):
        if random.random() < chance:
            tail = tail + _graft(pool, most, random)
    lines = head + middle + tail
    return _flattened([block for block, _ in lines], random), np.array([t for _, t in lines], dtype=np.float32)


def _graft(pool: Sequence[list[Block]], most: int, random: Random) -> list[tuple[Block, float]]:
    run = random.choice(pool)
    size = random.randint(1, most)
    start = random.randint(0, max(0, len(run) - size))
    taken = run[start : start + size]
    return [(replace(block, spaced=block.spaced or not place), 0.0) for place, block in enumerate(taken)]


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


def html(segmented: SegmentedPage, targets: Targets, pool: Sequence[Element], random: Random) -> bool:
    """Change the page's tree: some of its boilerplate goes, some of other pages' comes. False if it has no article."""
    body = [box.element for box, target in zip(segmented.boxes, targets, strict=True) if target >= _BODY]
    if not body:
        return False
    if random.random() < 0.6:
        for element in junk_elements(segmented, targets):
            if element.getparent() is not None and random.random() < 0.2:
                element.drop_tree()
    body = [element for element in body if element.getparent() is not None]
    for _ in range(random.choice((1, 2, 3, 4)) if body else 0):
        graft = copy.deepcopy(random.choice(pool))
        if random.random() < 0.5:
            _hash_names(graft, random)
        _plant(graft, body, random)
    if body and random.random() < 0.3:
        _hash_names(body[0].getroottree().getroot(), random)
    return bool(body)


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
