"""Goldens: what cleaning a case's page gave when somebody last looked, as text that reads well in a diff."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner import fields
from cleaner.fields import Use
from cleaner.labels import Group, Label
from cleaner.model import Article, Block

SUFFIX = ".golden"
FIELDS = fields.names(Use.GOLDEN)
"""Metadata that a golden holds: all that a page says about its article and no machine computes a little differently."""

_QUOTED = 90
_BODY = frozenset(label.value for label in Label if label.group is Group.BODY)
_GUTTER = 21
"""Columns left of a block's text, as ``cleaner explain`` has them."""


def golden_path(page: Path) -> Path:
    """Where the golden of ``page`` stands: beside it, under its whole name."""
    return page.with_name(page.name + SUFFIX)


def render_golden(article: Article) -> str:
    """``article`` as its golden has it: a line for each field that is given, then a line for each block."""
    row = article.to_dict()
    head = [f"{name}: {show_value(row[name])}" for name in FIELDS if row[name]]
    return "\n".join([*head, "", *map(_block_line, article.blocks)]) + "\n"


def show_value(value: str | Sequence[str] | None) -> str:
    """A field's value on one line."""
    if value is None:
        return "none"
    return _flatten_block(value if isinstance(value, str) else ", ".join(value) or "none")


def quote_text(text: str) -> str:
    """The start of ``text`` in quotes, short enough for a line."""
    flat = _flatten_block(text)
    return f"“{flat}”" if len(flat) <= _QUOTED else f"“{flat[:_QUOTED].rstrip()}…”"


def describe_verdict(block: Block) -> str:
    """What ``block`` was called, by whom and why."""
    if block.verdict is None:
        return "judged by nobody"
    return f"{block.verdict.label.value} by {block.verdict.rule or block.verdict.judge}: {block.verdict.why}"


def find_differences(golden: str, article: Article) -> Iterator[str]:
    """What ``article`` is and ``golden`` is not, a line each; nothing where they agree.

    Of a block it says whether it went missing or came back, who had it so, and who has it now.
    """
    if golden == render_golden(article):
        return
    old, new = _parse_golden(golden), _parse_golden(render_golden(article))
    changed = [*_diff_fields(old.head, new.head), *_diff_blocks(old.blocks, article.blocks)]
    yield from changed or ["the same blocks stand in another order"]


class _ParsedGolden(NamedTuple):
    head: Mapping[str, str]
    blocks: Sequence[tuple[str, str]]
    """Label and text of each block."""


def _parse_golden(golden: str) -> _ParsedGolden:
    head, _, body = golden.partition("\n\n") if not golden.startswith("\n") else ("", "", golden[1:])
    fields = dict(line.partition(": ")[::2] for line in head.split("\n"))
    blocks = [(line[6:_GUTTER].strip(), line[_GUTTER:]) for line in body.split("\n") if line]
    return _ParsedGolden(fields, blocks)


def _block_line(block: Block) -> str:
    mark = f"{'keep' if block.kept else 'drop'}  {_label_of(block)}"
    return f"{mark:<{_GUTTER}}{_flatten_block(block.text)}"


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
        before = labels[_flatten_block(block.text)]
        was = before.pop(0) if before else None
        if was != _label_of(block):
            before_it = f"was {was}; " if was else ""
            yield f"{_describe_change(was, block)}: {quote_text(block.text)}\n  {before_it}is {describe_verdict(block)}"
    for text, left in labels.items():
        for was in left:
            yield f"no longer a block of the page: {quote_text(text)}\n  was {was}"


def _describe_change(was: str | None, block: Block) -> str:
    if was is None:
        return "new block"
    if (was in _BODY) == block.kept:
        return "other label"
    return "came back" if block.kept else "went missing"
