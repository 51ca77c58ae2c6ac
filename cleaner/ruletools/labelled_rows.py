"""Reading labelled pages: rows with a page and the label of each of its blocks, as the studio exports them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import msgspec

from cleaner.errors import InputError
from cleaner.labels import Label
from cleaner.language.characters import normalize_line
from cleaner.model import Block, Kind, Page
from cleaner.page.decode import read_page
from cleaner.ruletools.proposals.marked_page import BODY
from cleaner.stages import parse_page, segment_page

_LABELS: Mapping[str, Label] = {BODY: Label.PARAGRAPH, **{label.value: label for label in Label}}


class LabelledPage(NamedTuple):
    """A page, and the labels that a person gave some of its blocks."""

    page: Page
    marks: Mapping[int, Label]
    """By the block's position on the page."""
    unplaced: tuple[str, ...] = ()
    """Texts that were labelled, and that no block of the page has."""


class _LabelledRow(msgspec.Struct):
    blocks: list[tuple[str, str]]
    id: str = ""
    url: str | None = None
    html: str | None = None
    text: str | None = None
    marked: list[int] | None = None


def read_labelled_row(line: bytes | str, place: str) -> LabelledPage:
    """Return the page and the marks of a row of JSON; ``place`` is its file and line, for messages.

    The marks are the labels of the blocks in ``marked``, or of all blocks of a row without it. They are placed by the texts
    of blocks, in page order, so that another segmentation does not matter.

    Raises :class:`~cleaner.errors.InputError` for a row that is no labelled page, :class:`~cleaner.PageError` for a page that
    cannot be read.
    """
    try:
        row = msgspec.json.decode(line, type=_LabelledRow)
        chosen = range(len(row.blocks)) if row.marked is None else row.marked
        labelled = [(_LABELS[row.blocks[at][0]], row.blocks[at][1]) for at in sorted(set(chosen))]
    except msgspec.DecodeError as error:
        raise InputError(place, f"is no labelled page: {error}. Rows have `html` or `text`, and `blocks`.") from None
    except KeyError as error:
        known = ", ".join(_LABELS)
        raise InputError(place, f"$.blocks: unknown label {error}. Labels: {known}.") from None
    except IndexError:
        raise InputError(
            place, f"$.marked: a number above the {len(row.blocks)} blocks. They are counted from 0."
        ) from None
    content = row.html if row.html is not None else row.text
    if content is None:
        raise InputError(place, "has neither `html` nor `text`. Export the page again with its content.")
    page = read_page(content, row.url, name=row.id or place, source=place)
    blocks = segment_page(page, parse_page(page)[0] if page.kind is Kind.HTML else None)[1]
    return place_labels(page, labelled, blocks)


def place_labels(page: Page, labelled: Sequence[tuple[Label, str]], blocks: Sequence[Block]) -> LabelledPage:
    """Return the marks of ``page``: each label on the block with its text, in page order."""
    texts = [normalize_line(text) for _, text in labelled]
    matcher = SequenceMatcher(None, texts, [normalize_line(block.text) for block in blocks], autojunk=False)
    placed = {old + step: new + step for old, new, size in matcher.get_matching_blocks() for step in range(size)}
    marks = {placed[at]: label for at, (label, _) in enumerate(labelled) if at in placed}
    return LabelledPage(page, marks, tuple(text for at, text in enumerate(texts) if at not in placed))
