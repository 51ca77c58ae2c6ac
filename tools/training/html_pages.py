"""Examples of HTML pages, and of copies of them with other boilerplate."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

import numpy as np

from cleaner.classifier import page_input
from cleaner.classifier.label_model import KEPT, LABELS
from cleaner.front_matter import html_metadata
from cleaner.page import blocks_html, dom
from cleaner.page.blocks_html import SegmentedPage
from cleaner.page.boxes import PageMarkup
from cleaner.page.dom import Dom, Element
from cleaner.page.link_runs import join_links
from training import labels
from training.augment_html import Material, change_page, junk_elements, mark_element, read_marks
from training.corpora import Row, is_loose, read_rows
from training.examples import Example, make_example

_MOST_BLOCKS = 4000
_POOL_SHARE, _GRAFTS_A_PAGE = 0.25, 12
INSERTED = frozenset(
    LABELS.index(label)
    for label in (
        "newsletter",
        "promo",
        "related",
        "donation",
        "paywall",
        "share",
        "advertisement",
        "legal",
        "comments",
    )
)
"""Labels of lines that publishers put among the paragraphs of an article."""
LINE_CHARS = range(12, 220)
STORY_BLOCKS = 8
MIN_STORY_BLOCKS = 4
SEED = 7


def read_html_examples(corpora: Path) -> list[list[Example]]:
    """For each page its example, then that of its augmented copy, if it has one."""
    chance = Random(SEED)
    pages: list[list[Example]] = []
    known: list[tuple[Row, list[int], list[float]]] = []
    material = Material([], [], [])
    for row in read_rows(corpora):
        parsed = _parse_row(row)
        if parsed is None:
            continue
        found, shares = label_blocks(row, [block.text for block in parsed[1].blocks])
        pages.append([_read_example(row, *parsed, found, shares)])
        known.append((row, found, shares))
        if not is_loose(row) and chance.random() < _POOL_SHARE:
            _mark_elements(parsed[1], found, shares)
            junk = junk_elements(parsed[1], np.array(shares, np.float32))
            chosen = chance.sample(junk, min(_GRAFTS_A_PAGE, len(junk)))
            material.elements.extend(copy.deepcopy(element) for element in chosen)
            material.lines.extend(list_inserted([block.text for block in parsed[1].blocks], found))
            material.stories.extend(make_story([block.text for block in parsed[1].blocks], found))
    for page, (row, found, shares) in zip(pages, known, strict=True):
        if is_loose(row):
            continue
        changed = _augment_page(row, found, shares, material, chance)
        if changed is not None:
            page.append(changed)
    return pages


def label_blocks(row: Row, texts: list[str]) -> tuple[list[int], list[float]]:
    """The labels of ``row`` laid onto the blocks with ``texts``, or else how much of each block the gold holds."""
    if "blocks" not in row:
        return [-1] * len(texts), labels.of_gold(texts, row["gold"]).tolist()
    found = [-1] * len(texts)
    matcher = SequenceMatcher(None, [text for _, text in row["blocks"]], texts, autojunk=False)
    for old, new, size in matcher.get_matching_blocks():
        for step in range(size):
            found[new + step] = LABELS.index(row["blocks"][old + step][0])
    return found, [float(0 <= label < KEPT) if label >= 0 else -1.0 for label in found]


def list_inserted(texts: Sequence[str], found: Sequence[int]) -> list[tuple[str, int]]:
    """The short texts with one of the labels :data:`INSERTED`."""
    return [
        (text, label)
        for text, label in zip(texts, found, strict=True)
        if label in INSERTED and len(text) in LINE_CHARS and "\n" not in text
    ]


def make_story(texts: Sequence[str], found: Sequence[int]) -> list[list[str]]:
    """A list with the headline and the first paragraphs of the article; an empty one if it is too short, or not labelled."""
    title = [text for text, label in zip(texts, found, strict=True) if label == LABELS.index("title")][:1]
    body = [text for text, label in zip(texts, found, strict=True) if label == 0][:STORY_BLOCKS]
    return [title + body] if title and len(body) >= MIN_STORY_BLOCKS else []


def _parse_row(row: Row) -> tuple[Dom, SegmentedPage] | None:
    tree = dom.parse_html(row["html"])
    return _segment_tree(tree) if tree else None


def _segment_tree(tree: Dom) -> tuple[Dom, SegmentedPage] | None:
    found = blocks_html.segment_html(tree.root)
    return (tree, found) if 0 < len(found.blocks) <= _MOST_BLOCKS else None


def _mark_elements(segmented: SegmentedPage, found: list[int], shares: list[float]) -> None:
    """Write onto each element what its blocks are, so that a copy of it elsewhere takes that along."""
    known: dict[Element, list[tuple[str, int, float]]] = {}
    for box, block, label, share in zip(segmented.boxes, segmented.blocks, found, shares, strict=True):
        known.setdefault(box.element, []).append((block.text, label, share))
    for element, entries in known.items():
        mark_element(element, entries)


def _augment_page(
    row: Row, found: list[int], shares: list[float], material: Material, chance: Random
) -> Example | None:
    parsed = _parse_row(row)
    if parsed is None:
        return None
    _mark_elements(parsed[1], found, shares)
    if not change_page(parsed[1], np.array(shares, np.float32), material, chance):
        return None
    changed = _segment_tree(parsed[0])
    if changed is None:
        return None
    entries = []
    for box, block in zip(changed[1].boxes, changed[1].blocks, strict=True):
        entries.append(read_marks(box.element).get(block.text, (-1, -1.0)))
    return _read_example(row, *changed, [label for label, _ in entries], [share for _, share in entries])


def _read_example(row: Row, tree: Dom, segmented: SegmentedPage, found: list[int], shares: list[float]) -> Example:
    blocks, markup, _, _ = join_links(segmented.blocks, PageMarkup(tree, segmented.boxes), {})
    claims = html_metadata.read_html_metadata(tree, row.get("url"), blocks=segmented.blocks)
    page = page_input.measure_html_page(blocks, markup, claims)
    entries = labels.fold_runs(blocks, found, shares)
    return make_example(
        row,
        "html",
        page,
        blocks,
        claims,
        labels=[label for label, _ in entries],
        shares=[share for _, share in entries],
    )
