"""Entries with their label, and with the reason that a reader is given."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from cleaner.classifier import labelling
from cleaner.judges.classifier import NAME as TAGGER
from cleaner.labels import Group, Label
from cleaner.model import Block
from cleaner.rulebook import Drop
from cleaner.ruletools.learn.page_set import LearnedPage
from cleaner.ruletools.learn.propose import flatten_block
from cleaner.ruletools.learn.select import EntryEvidence, Taken

_EXAMPLE = 60
"""Characters of a block that are quoted."""


def describe_entries(found: Sequence[EntryEvidence], sheets: Sequence[LearnedPage]) -> list[Drop]:
    """The entries of ``found``, ready to be written: lines of one kind, seen as often, stand in one entry."""
    merged: defaultdict[tuple[Label, str], list[str]] = defaultdict(list)
    single: list[Drop] = []
    for evidence in found:
        entry = evidence.entry
        label, why = _choose_label(evidence, sheets), _explain_entry(evidence, sheets)
        if isinstance(entry.line, str) and entry.through is None:
            merged[label, f"{label.meaning}; {why}"].append(entry.line)
        else:
            single.append(replace(entry, label=label, why=f"{label.meaning}; {why}: {_example_of(evidence, sheets)}"))
    lines = [
        Drop(label=label, why=why, line=texts[0] if len(texts) == 1 else tuple(sorted(texts)))
        for (label, why), texts in merged.items()
    ]
    return lines + single


def _explain_entry(evidence: EntryEvidence, sheets: Sequence[LearnedPage]) -> str:
    pages = len(evidence.seen)
    return f"on {pages} of {len(sheets)} pages, {evidence.held_out} of them not learned from"


def _example_of(evidence: EntryEvidence, sheets: Sequence[LearnedPage]) -> str:
    """The longest text that the entry removes, or its start."""
    texts = {flatten_block(sheets[at].blocks[index]) for at, found in evidence.removes.items() for index in found}
    text = min(texts, key=lambda text: (-len(text), text))
    return f"“{text}”" if len(text) <= _EXAMPLE else f"“{text[:_EXAMPLE].rsplit(' ', 1)[0]}…”"


def _choose_label(evidence: EntryEvidence, sheets: Sequence[LearnedPage]) -> Label:
    """What most of the blocks are called that an entry speaks of: those dropped already, or else those it removes."""
    dropped = Counter(
        label for at, index in _all_blocks(evidence.seen) if (label := _label_given(sheets[at].blocks[index]))
    )
    if not dropped:
        dropped = Counter(
            label for at, found in evidence.removes.items() for label in _labels_if_dropped(sheets[at], found)
        )
    return min(dropped, key=lambda label: (-dropped[label], label.value))


def _all_blocks(taken: Taken) -> Iterator[tuple[int, int]]:
    return ((at, index) for at, found in taken.items() for index in found)


def _label_given(block: Block) -> Label | None:
    """The label of a block that is dropped, but for the one that says nothing."""
    label = block.verdict.label if block.verdict else None
    return None if label is None or label.group is Group.BODY or label is Label.OTHER else label


def _labels_if_dropped(sheet: LearnedPage, indices: frozenset[int]) -> Iterator[Label]:
    """What the kept blocks at ``indices`` would be called if they were dropped."""
    blocks = tuple(_without_classifier(block) for block in sheet.blocks)
    named = labelling.name_blocks(blocks, sorted(indices), sheet.page_markup, sheet.cleaned.article)
    yield from (name.label for name in named.values())


def _without_classifier(block: Block) -> Block:
    """``block`` as it was before the last judge spoke, unless he dropped it."""
    if block.verdict is None or not block.verdict.keep or block.verdict.judge != TAGGER:
        return block
    return replace(block, verdict=None)
