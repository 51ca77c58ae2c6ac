"""The last judge for dumps: prose is the article, as long as the article lasts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaner.judges.context import Context
from cleaner.labels import Label
from cleaner.model import Block, Blocks, Kind, Role, Verdict, Verdicts

NAME = "prose"

_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…:;。！？।؟]['\"”’»)\]]*$")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
# Words; a line this long is prose whatever it ends with, a shorter one if it ends as sentences do.
_LONG = 25
_SENTENCE = 6
# Characters that stand for a word in scripts that write none apart.
_CHARACTERS_A_WORD = 2
# Labels after which the rest of a page is no longer the article, unless more prose follows than came before.
_END_MARKS = frozenset(
    {Label.RELATED, Label.COMMENTS, Label.NEWSLETTER, Label.DONATION, Label.LEGAL, Label.PROMO, Label.SHARE}
)
# This many short lines on end are a menu or a list of headlines.
_RUN = 4


def judge(blocks: Blocks, context: Context) -> Verdicts:
    """Verdicts on all blocks of a dump; silent on HTML."""
    if context.page.kind is not Kind.TEXT:
        return {}
    prose = [_weight(block) for block in blocks]
    end = _end(blocks, prose)
    span = _span(blocks, prose, end)
    verdicts = {}
    mark: Block | None = None
    for block in blocks:
        if block.index >= end and block.verdict is not None and block.verdict.label in _END_MARKS:
            mark = block
        verdicts[block.index] = _verdict(block, prose, span, mark)
    return verdicts


def _verdict(block: Block, prose: Sequence[int], span: range, mark: Block | None) -> Verdict:
    if mark is not None and mark.verdict is not None:
        return Verdict(mark.verdict.label, NAME, f"follows “{mark.text[:40]}”, where the article has ended")
    if block.index not in span:
        where = "before the first" if block.index < span.start else "after the last"
        return Verdict(Label.OTHER, NAME, f"{where} paragraph of the article")
    if prose[block.index]:
        return Verdict(block.role.label, NAME, "reads as prose")
    if _run_length(prose, block.index) >= _RUN and block.role is not Role.LIST_ITEM:
        return Verdict(Label.OTHER, NAME, "one of a run of short lines")
    label = Label.HEADING if block.role is Role.PARAGRAPH else block.role.label
    return Verdict(label, NAME, "a short line among paragraphs")


def _weight(block: Block) -> int:
    """Words of a block that reads as prose; 0 for one that does not, or that another judge has dropped."""
    if block.verdict is not None and not block.verdict.keep:
        return 0
    words = len(_WORD.findall(block.text)) + len(_UNSPACED.findall(block.text)) // _CHARACTERS_A_WORD
    if words >= _LONG or (words >= _SENTENCE and _SENTENCE_END.search(block.text)):
        return words
    return 0


def _end(blocks: Blocks, prose: Sequence[int]) -> int:
    """Index of the first block that ends the article; the number of blocks where none does."""
    before, after = 0, sum(prose)
    for block, weight in zip(blocks, prose, strict=True):
        if block.verdict is not None and block.verdict.label in _END_MARKS and before > after:
            return block.index
        before += weight
        after -= weight
    return len(blocks)


def _span(blocks: Blocks, prose: Sequence[int], end: int) -> range:
    """From the first to the last block of prose before ``end``."""
    found = [block.index for block in blocks[:end] if prose[block.index]]
    return range(found[0], found[-1] + 1) if found else range(end)


def _run_length(prose: Sequence[int], index: int) -> int:
    """How many blocks in a row around ``index`` are no prose."""
    first = last = index
    while first > 0 and not prose[first - 1]:
        first -= 1
    while last + 1 < len(prose) and not prose[last + 1]:
        last += 1
    return last - first + 1
