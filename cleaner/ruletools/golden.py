"""Goldens: the last accepted result of cleaning a case's page, as text that is easy to read in a diff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner import fields
from cleaner.article import Article
from cleaner.fields import Use
from cleaner.labels import Group, Label
from cleaner.model import Block
from cleaner.page.link_runs import split_into_items

SUFFIX = ".golden"
FIELDS = fields.names(Use.GOLDEN)
"""Metadata in a golden: all fields that come from the page, and no scores, which differ a little between machines."""

_MAX_QUOTE_CHARS = 90
_BODY_LABELS = frozenset(label.value for label in Label if label.group is Group.BODY)
_TEXT_COLUMN = 21
"""Column where a block's text starts, as in ``cleaner explain``."""


def golden_path(page: Path) -> Path:
    """Return the path of the golden of ``page``: in the same folder, its whole name with a suffix."""
    return page.with_name(page.name + SUFFIX)


def render_golden(article: Article) -> str:
    """Return the golden of ``article``: a line for each field that has a value, then a line for each block, and for each link of a run."""
    row = article.to_dict()
    head = [f"{name}: {show_value(row[name])}" for name in FIELDS if row[name]]
    return "\n".join([*head, "", *map(_block_line, split_into_items(article.blocks))]) + "\n"


def show_value(value: str | Sequence[str] | None) -> str:
    """Return a field's value on one line."""
    if value is None:
        return "none"
    return _flatten_block(value if isinstance(value, str) else ", ".join(value) or "none")


def quote_text(text: str) -> str:
    """Return the start of ``text`` in quotes, short enough for a line."""
    flat = _flatten_block(text)
    return f"“{flat}”" if len(flat) <= _MAX_QUOTE_CHARS else f"“{flat[:_MAX_QUOTE_CHARS].rstrip()}…”"


def describe_verdict(block: Block) -> str:
    """Return the label, rule or judge, and reason of ``block``."""
    if block.verdict is None:
        return "without a verdict"
    return f"{block.verdict.label.value} by {block.verdict.rule or block.verdict.judge}: {block.verdict.why}"


def find_differences(golden: str, article: Article) -> Iterator[str]:
    """Yield the differences between ``golden`` and ``article``, one text each; none if they are equal.

    For a block: whether it went missing or came back, its label before, and its verdict now.
    """
    if golden == render_golden(article):
        return
    old, new = _parse_golden(golden), _parse_golden(render_golden(article))
    changed = [*_diff_fields(old.head, new.head), *_diff_blocks(old.blocks, split_into_items(article.blocks))]
    yield from changed or ["the same blocks are in another order"]


class _ParsedGolden(NamedTuple):
    head: Mapping[str, str]
    blocks: Sequence[tuple[str, str]]
    """Label and text of each block."""


def _parse_golden(golden: str) -> _ParsedGolden:
    head, _, body = golden.partition("\n\n") if not golden.startswith("\n") else ("", "", golden[1:])
    fields = dict(line.partition(": ")[::2] for line in head.split("\n"))
    blocks = [(line[6:_TEXT_COLUMN].strip(), line[_TEXT_COLUMN:]) for line in body.split("\n") if line]
    return _ParsedGolden(fields, blocks)


def _block_line(block: Block) -> str:
    mark = f"{'keep' if block.kept else 'drop'}  {_label_of(block)}"
    return f"{mark:<{_TEXT_COLUMN}}{_flatten_block(block.marked_text)}"


def _flatten_block(text: str) -> str:
    return " ⏎ ".join(text.splitlines())


def _label_of(block: Block) -> str:
    return block.verdict.label.value if block.verdict else "none"


def _diff_fields(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for name in FIELDS:
        before, after = old.get(name, "none"), new.get(name, "none")
        if before != after:
            yield f"{name}: was {before}; is {after}"


def _diff_blocks(old: Sequence[tuple[str, str]], blocks: Sequence[Block]) -> Iterator[str]:
    labels: defaultdict[str, list[str]] = defaultdict(list)
    for label, text in old:
        labels[text].append(label)
    for block in blocks:
        before = labels[_flatten_block(block.marked_text)]
        was = before.pop(0) if before else None
        if was != _label_of(block):
            before_it = f"was {was}; " if was else ""
            yield f"{_describe_change(was, block)}: {quote_text(block.marked_text)}\n  {before_it}is {describe_verdict(block)}"
    for text, left in labels.items():
        for was in left:
            yield f"no longer a block of the page: {quote_text(text)}\n  was {was}"


def _describe_change(was: str | None, block: Block) -> str:
    if was is None:
        return "new block"
    if (was in _BODY_LABELS) == block.kept:
        return "other label"
    return "came back" if block.kept else "went missing"
