"""Entries with their label, and with the reason that a reader is given."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from cleaner.authoring.learn.propose import flat
from cleaner.authoring.learn.sheets import Sheet
from cleaner.authoring.learn.weigh import Evidence, Taken
from cleaner.judges import naming
from cleaner.judges.context import Context
from cleaner.judges.tagger import NAME as TAGGER
from cleaner.labels import Group, Label
from cleaner.model import Block
from cleaner.rulebook import CommonRules, Drop, SiteRules

_EXAMPLE = 60
"""Characters of a block that are quoted."""


def entries(found: Sequence[Evidence], sheets: Sequence[Sheet]) -> list[Drop]:
    """The entries of ``found``, ready to be written: lines of one kind, seen as often, stand in one entry."""
    merged: defaultdict[tuple[Label, str], list[str]] = defaultdict(list)
    single: list[Drop] = []
    for evidence in found:
        entry = evidence.entry
        label, why = _label(evidence, sheets), _why(evidence, sheets)
        if isinstance(entry.line, str) and entry.through is None:
            merged[label, f"{label.meaning}; {why}"].append(entry.line)
        else:
            single.append(replace(entry, label=label, why=f"{label.meaning}; {why}: {_example(evidence, sheets)}"))
    lines = [
        Drop(label=label, why=why, line=texts[0] if len(texts) == 1 else tuple(sorted(texts)))
        for (label, why), texts in merged.items()
    ]
    return lines + single


def _why(evidence: Evidence, sheets: Sequence[Sheet]) -> str:
    pages = len(evidence.seen)
    return f"on {pages} of {len(sheets)} pages, {evidence.held_out} of them not learned from"


def _example(evidence: Evidence, sheets: Sequence[Sheet]) -> str:
    """The longest text that the entry removes, or its start."""
    texts = {flat(sheets[at].blocks[index]) for at, found in evidence.removes.items() for index in found}
    text = min(texts, key=lambda text: (-len(text), text))
    return f"“{text}”" if len(text) <= _EXAMPLE else f"“{text[:_EXAMPLE].rsplit(' ', 1)[0]}…”"


def _label(evidence: Evidence, sheets: Sequence[Sheet]) -> Label:
    """What most of the blocks are called that an entry speaks of: those dropped already, or else those it removes."""
    dropped = Counter(label for at, index in _all(evidence.seen) if (label := _called(sheets[at].blocks[index])))
    if not dropped:
        dropped = Counter(label for at, found in evidence.removes.items() for label in _names(sheets[at], found))
    return min(dropped, key=lambda label: (-dropped[label], label.value))


def _all(taken: Taken) -> Iterator[tuple[int, int]]:
    return ((at, index) for at, found in taken.items() for index in found)


def _called(block: Block) -> Label | None:
    """The label of a block that is dropped, but for the one that says nothing."""
    label = block.verdict.label if block.verdict else None
    return None if label is None or label.group is Group.BODY or label is Label.OTHER else label


def _names(sheet: Sheet, indices: frozenset[int]) -> Iterator[Label]:
    """What the kept blocks at ``indices`` would be called if they were dropped."""
    blocks = tuple(_undecided(block) for block in sheet.blocks)
    boxes = sheet.boxes
    context = Context(sheet.cleaned.page, SiteRules(), CommonRules(), sheet.cleaned.article, sheet.dom, boxes)
    yield from naming.name(blocks, sorted(indices), context).values()


def _undecided(block: Block) -> Block:
    """``block`` as it was before the last judge spoke, unless he dropped it."""
    if block.verdict is None or not block.verdict.keep or block.verdict.judge != TAGGER:
        return block
    return replace(block, verdict=None)
