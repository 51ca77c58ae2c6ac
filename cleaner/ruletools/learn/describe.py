"""Choosing the label of each learned entry, and writing its reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from cleaner.classifier import block_scores, reasons
from cleaner.labels import Group, Label
from cleaner.model import Block
from cleaner.rulebook import Drop
from cleaner.ruletools.learn.page_set import ComparedPage
from cleaner.ruletools.learn.propose import flatten_block
from cleaner.ruletools.learn.select import BlocksByPage, EntryEvidence

_MAX_EXAMPLE_CHARS = 60
"""Characters of the longest quote of a block."""


def describe_entries(found: Sequence[EntryEvidence], page_set: Sequence[ComparedPage]) -> list[Drop]:
    """Return the entries of ``found``, ready to be written; lines with the same label and reason become one entry."""
    merged: defaultdict[tuple[Label, str], list[str]] = defaultdict(list)
    single: list[Drop] = []
    for evidence in found:
        entry = evidence.entry
        label = _choose_label(evidence, page_set)
        why = f"on {len(evidence.matched)} of {len(page_set)} pages, {evidence.held_out} of them held out"
        if isinstance(entry.line, str) and entry.through is None:
            merged[label, f"{label.meaning}; {why}"].append(entry.line)
        else:
            single.append(replace(entry, label=label, why=f"{label.meaning}; {why}: {_example_of(evidence, page_set)}"))
    lines = [
        Drop(label=label, why=why, line=texts[0] if len(texts) == 1 else tuple(sorted(texts)))
        for (label, why), texts in merged.items()
    ]
    return lines + single


def _example_of(evidence: EntryEvidence, page_set: Sequence[ComparedPage]) -> str:
    """Return the longest text that the entry removes, or its start."""
    texts = {flatten_block(page_set[at].blocks[index]) for at, found in evidence.settles.items() for index in found}
    text = min(texts, key=lambda text: (-len(text), text))
    return f"“{text}”" if len(text) <= _MAX_EXAMPLE_CHARS else f"“{text[:_MAX_EXAMPLE_CHARS].rsplit(' ', 1)[0]}…”"


def _choose_label(evidence: EntryEvidence, page_set: Sequence[ComparedPage]) -> Label:
    """Return the most frequent label of the matched blocks that are dropped already, or else of those it removes."""
    dropped = Counter(
        label for at, index in _list_blocks(evidence.matched) if (label := _dropped_label(page_set[at].blocks[index]))
    )
    if not dropped:
        dropped = Counter(
            label for at, found in evidence.settles.items() for label in _labels_if_dropped(page_set[at], found)
        )
    return min(dropped, key=lambda label: (-dropped[label], label.value))


def _list_blocks(taken: BlocksByPage) -> Iterator[tuple[int, int]]:
    return ((at, index) for at, found in taken.items() for index in found)


def _dropped_label(block: Block) -> Label | None:
    """Return the label of a dropped block; None for a kept one and for the label ``other``."""
    label = block.verdict.label if block.verdict else None
    return None if label is None or label.group is Group.BODY or label is Label.OTHER else label


def _labels_if_dropped(compared: ComparedPage, indices: frozenset[int]) -> Iterator[Label]:
    """Yield the labels that the kept blocks at ``indices`` would have if they were dropped."""
    shares = block_scores.label_blocks(compared.blocks, compared.page_markup, compared.cleaned.article).shares
    yield from (reasons.choose_label(shares, index) for index in indices)
