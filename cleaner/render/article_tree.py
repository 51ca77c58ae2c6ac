"""The kept blocks and pictures of an article as a tree of containers, from which Markdown and HTML are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from cleaner.article import Article
from cleaner.model import Block, Role
from cleaner.render.markdown_text import is_safe_url
from cleaner.structure import ITEMS, LISTS, Cell, Container, ContainerKind, Image

_NOT_AROUND_IMAGES = LISTS | {ContainerKind.TABLE, ContainerKind.CODE}
_CELL_SEPARATOR = " | "
_NUMBER = re.compile(r"(\d{1,9})[.)]\s+(?=\S)")


class Branch(msgspec.Struct):
    """A container, or the whole article, and what is in it."""

    container: Container | None
    children: list[Node]

    @property
    def kind(self) -> ContainerKind | None:
        """What the container is; None for the whole article."""
        return self.container.kind if self.container else None

    @property
    def blocks(self) -> list[Block]:
        """The blocks that are directly in it."""
        return [child for child in self.children if isinstance(child, Block)]


Node: TypeAlias = "Branch | Block | Image"


def build_tree(article: Article, *, images: bool) -> Branch:
    """The kept blocks of ``article``, with its pictures if ``images``."""
    kept = [_split_marker(block) for block in article.blocks if block.kept]
    chains = list(_list_chains(kept))
    waiting = [image for image in article.images if is_safe_url(image.url)] if images else []
    open_branches = [Branch(None, [])]
    for block, chain in zip(kept, chains, strict=True):
        while waiting and waiting[0].after < block.index:
            _open(open_branches, _choose_image_place(open_branches, chain)).children.append(waiting.pop(0))
        _open(open_branches, chain).children.append(block)
    open_branches[0].children += waiting
    return open_branches[0]


def _split_marker(block: Block) -> Block:
    """An item of a dump, which has its number in its text, with the number as its marker; any other block as it is."""
    if block.role is not Role.LIST_ITEM or block.line is None or block.marker:
        return block
    found = _NUMBER.match(block.text)
    return replace(block, marker=f"{found[1]}.", text=block.text[found.end() :]) if found else block


def get_cells(row: Block) -> tuple[Cell, ...]:
    """The cells of a row; those of a dump are between the bars in its text."""
    if row.cells:
        return row.cells
    cells, start = [], 0
    for text in row.text.split(_CELL_SEPARATOR):
        cells.append(Cell(start, start + len(text)))
        start += len(text) + len(_CELL_SEPARATOR)
    return tuple(cells)


def _open(branches: list[Branch], chain: Sequence[Container]) -> Branch:
    """The branch of the innermost container of ``chain``: ``branches``, from the root to the open one, are those of the chain."""
    shared = 0
    while shared < min(len(chain), len(branches) - 1) and branches[shared + 1].container == chain[shared]:
        shared += 1
    del branches[shared + 1 :]
    for container in chain[shared:]:
        branch = Branch(container, [])
        branches[-1].children.append(branch)
        branches.append(branch)
    return branches[-1]


def _choose_image_place(branches: Sequence[Branch], chain: Sequence[Container]) -> list[Container]:
    """The containers around a picture: those around the text before and behind it, except lists, tables and code."""
    shared: list[Container] = []
    for branch, container in zip(branches[1:], chain, strict=False):
        if branch.container != container:
            break
        shared.append(container)
    while shared and shared[-1].kind in _NOT_AROUND_IMAGES:
        shared.pop()
    return shared


def _list_chains(blocks: Sequence[Block]) -> Iterator[tuple[Container, ...]]:
    """The containers around each block; made from its role where the page's markup is not known, as in dumps."""
    group, previous = -1, None
    for block in blocks:
        if block.containers or block.level == 0:
            yield block.containers
        else:
            starts_list = block.role is Role.LIST_ITEM and (block.marker is None) != (
                previous is None or previous.marker is None
            )
            if previous is None or previous.role is not block.role or previous.containers or starts_list:
                group = -1 - block.index
            yield _make_chain(block, group)
        previous = block


def _make_chain(block: Block, group: int) -> tuple[Container, ...]:
    if block.role is Role.LIST_ITEM:
        kind = ContainerKind.UNORDERED if block.marker is None else ContainerKind.ORDERED
        return Container(kind, group), Container(ContainerKind.ITEM, -1 - block.index, block.marker)
    if block.role is Role.QUOTE:
        return (Container(ContainerKind.QUOTE, group),)
    if block.role is Role.CODE:
        return (Container(ContainerKind.CODE, -1 - block.index),)
    is_row = _CELL_SEPARATOR in block.text and "\n" not in block.text
    if block.cells or (block.role is Role.TABLE and is_row):
        return (Container(ContainerKind.TABLE, group),)
    return ()


def join_code(branch: Branch) -> str:
    """The text of the code in ``branch``."""
    return "\n".join(block.text for block in branch.blocks)


def is_compact(branch: Branch) -> bool:
    """Whether each item of a list is one text, perhaps with lists below it: no blank lines are needed between them."""
    items = [child for child in branch.children if isinstance(child, Branch) and child.kind in ITEMS]
    return all(
        isinstance(child, Block) if not place else isinstance(child, Branch) and child.kind in LISTS
        for item in items
        for place, child in enumerate(item.children)
    )
