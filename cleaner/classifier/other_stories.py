"""Articles on a page besides its own: those that follow as one scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.labels import Label
from cleaner.model import Block, Blocks, Role
from cleaner.page.dom import Box


def find_other_stories(blocks: Blocks, boxes: Sequence[Box]) -> frozenset[int]:
    """Indices of the blocks in other articles of the page.

    Such an article is an ``<article>`` with a headline in the same kind of element as that of the page, whose own
    ``<article>`` is another one. The entries of a live blog have no such headline, and comments have none at all. Of 750 pages
    with several ``<article>``, this matters on three, of which two gain .8 and .6 of F1 and one loses .3.
    """
    headline = next(
        (b for b in blocks if b.role is Role.HEADING and b.verdict is not None and b.verdict.label is Label.TITLE), None
    )
    if headline is None:
        return frozenset()
    own = _find_article(boxes[headline.index])
    if own is None:
        return _find_beside(blocks, boxes, headline.index)
    places = [_find_article(box) for box in boxes]
    others = {
        place
        for block, box, place in zip(blocks, boxes, places, strict=True)
        if place not in (None, own)
        and block.role is Role.HEADING
        and _name_element(box) == _name_element(boxes[headline.index])
    }
    return frozenset(index for index, place in enumerate(places) if place in others)


def _find_beside(blocks: Blocks, boxes: Sequence[Box], headline: int) -> frozenset[int]:
    """Indices of the blocks in elements beside that of the article, of the same kind and class, each with a headline of its own.

    Where nothing is called an article, other parts of one may look the same but for a byline or date below their heading.
    """
    own: Box | None = boxes[headline]
    while own is not None and own.parent is not None:
        found: set[int] = set()
        for beside in _group_beside(own, boxes).values():
            titles = [at for at in beside if _is_headline(blocks[at], boxes[at], boxes[headline])]
            if len(titles) == 1 and any(_is_about(blocks[at]) for at in beside):
                found.update(beside)
        if found:
            return frozenset(found)
        own = own.parent
    return frozenset()


def _group_beside(own: Box, boxes: Sequence[Box]) -> dict[int, list[int]]:
    """The indices of blocks in the boxes beside ``own`` of the same kind and class, by the number of their box."""
    groups: dict[int, list[int]] = {}
    if not own.element.get("class"):
        return groups
    for index, box in enumerate(boxes):
        around: Box | None = box
        while around is not None and around.parent is not own.parent:
            around = around.parent
        if around is not None and around is not own and _name_element(around) == _name_element(own):
            groups.setdefault(around.number, []).append(index)
    return groups


def _is_headline(block: Block, box: Box, headline: Box) -> bool:
    return block.role is Role.HEADING and _name_element(box) == _name_element(headline)


def _is_about(block: Block) -> bool:
    return block.verdict is not None and block.verdict.label in (Label.BYLINE, Label.TIMESTAMP)


def _find_article(box: Box) -> int | None:
    """The number of the outermost ``<article>`` around a block."""
    found = None
    around: Box | None = box
    while around is not None:
        if around.element.tag == "article":
            found = around.number
        around = around.parent
    return found


def _name_element(box: Box) -> tuple[str, str]:
    return str(box.element.tag), box.element.get("class") or ""
