"""Which proposals hold: they take what pages share, never the story, and do so on pages they were not learned from.

The thresholds were chosen on the 45 sites that ``bench/learn.py`` sets apart for it, over four ways to halve their pages.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean
from typing import NamedTuple, TypeAlias

from cleaner.labels import Label
from cleaner.model import Block
from cleaner.rulebook import Drop
from cleaner.rulebook.matchers import compile_entry
from cleaner.ruletools.learn.page_set import LearnedPage, mask_digits
from cleaner.ruletools.learn.propose import propose_entries

SPREAD = 1 / 3
"""Share of a site's pages, :data:`FEWEST` at least, on which an entry has to remove something."""
FEWEST = 2
FEWEST_UNNAMED = 3
"""Pages on which an entry has to be seen that takes what it does not name."""
SENTENCES = 0.1
"""Share, by words, of a page's own text under an entry that may be kept sentences: where the rest is dropped as
boilerplate already, these are strays."""
LINES = 0.3
"""Likewise for all that was kept: of a list of other stories, a headline is kept more easily than a sentence is."""
STRAY_PAGES = 3
"""Of so many pages where an entry speaks, one may hold such sentences."""
SURE = 0.8
"""Mean score from which on a text is story however often it is repeated."""
SURE_INSIDE = 0.6
"""Likewise where it stands between sentences of the story on most pages, as the heading "Ingredients" does."""
FRAME = 0.8
"""Share of a site's pages, :data:`FRAME_PAGES` at least, on which a text outside the story is their frame, whatever its
score: a model sees one page, and a well-written appeal for members reads like a paragraph."""
FRAME_PAGES = 4
STANDING = 0.5
"""Share, by words, of what an entry removes that may be such text."""
LEFT = 0.25
"""Share of its words that a page keeps at least, whatever the entries take: a site that shows the same stories on many
pages looks like one that frames short stories."""
GENERAL = 0.1
"""What a word of a page's own that is dropped already counts beside one that is kept: of two entries that remove the
same, the one that names a list says more than the one that names what stood in it that day."""

Taken: TypeAlias = Mapping[int, frozenset[int]]
"""Blocks by sheet."""


class EntryEvidence(NamedTuple):
    """What speaks for an entry."""

    entry: Drop
    seen: Taken
    """What it speaks of, kept or not; pages where it is silent are left out, here and below."""
    removes: Taken
    """What was kept so far."""
    held_out: int = 0
    """Pages it was seen on that it was not learned from."""


def select_entries(sheets: Sequence[LearnedPage], gone: Taken) -> list[EntryEvidence]:
    """The fewest proposals that remove most beyond what is ``gone``, the one that removes most first.

    Each half of the pages proposes, and the other half has to confirm.
    """
    halves = [[at for at in range(len(sheets)) if at % 2 == side] for side in (0, 1)]
    found: dict[Drop, EntryEvidence] = {}
    for own, other in (halves, halves[::-1]):
        for entry in propose_entries([sheets[at] for at in own]):
            evidence = None if entry in found else _weigh_entry(entry, sheets)
            if evidence and evidence.removes.keys() & set(own) and evidence.removes.keys() & set(other):
                held_out = len(evidence.seen.keys() & set(other))
                found[entry] = evidence._replace(held_out=held_out)
    return list(_fewest_pages(found.values(), sheets, gone))


def blocks_taken(found: Iterable[EntryEvidence]) -> dict[int, frozenset[int]]:
    """All that the entries of ``found`` speak of together."""
    together: dict[int, frozenset[int]] = {}
    for evidence in found:
        for at, indices in evidence.seen.items():
            together[at] = together.get(at, frozenset()) | indices
    return together


def _weigh_entry(entry: Drop, sheets: Sequence[LearnedPage]) -> EntryEvidence | None:
    """What ``entry`` does on ``sheets``; None if it does too little, or takes story."""
    find = compile_entry(entry)
    seen = {at: found for at, sheet in enumerate(sheets) if (found := frozenset(find(sheet.view)))}
    kept = {at: frozenset(index for index in found if sheets[at].blocks[index].kept) for at, found in seen.items()}
    removes = {at: found for at, found in kept.items() if found}
    unnamed = entry.selector or entry.through or entry.from_
    if len(removes) < max(FEWEST, SPREAD * len(sheets)) or len(seen) < (FEWEST_UNNAMED if unnamed else FEWEST):
        return None
    if _removes_text(seen, removes, sheets) or _is_standing(removes, sheets):
        return None
    return EntryEvidence(entry, seen, removes)


def _removes_text(seen: Taken, removes: Taken, sheets: Sequence[LearnedPage]) -> bool:
    """Whether an entry takes a headline, or text that is a page's own, but for strays."""
    if any(_is_headline(sheets[at].blocks[i]) for at, found in seen.items() for i in found):
        return True
    own = _own_words(seen, sheets)
    if _own_words(removes, sheets) > LINES * own:
        return True
    eaten = {at: words for at, found in removes.items() if (words := _own_words({at: found}, sheets, sentences=True))}
    return sum(eaten.values()) > SENTENCES * own or len(eaten) > len(seen) / STRAY_PAGES


def _is_headline(block: Block) -> bool:
    return block.verdict is not None and block.verdict.label is Label.TITLE


def _own_words(taken: Taken, sheets: Sequence[LearnedPage], *, sentences: bool = False) -> int:
    """Words of what is a page's own among the blocks ``taken``, all of it or the sentences only."""
    return sum(
        sheets[at].words[i]
        for at, found in taken.items()
        for i in found
        if (sheets[at].is_prose(i) if sentences else sheets[at].own[i])
    )


def _is_standing(removes: Taken, sheets: Sequence[LearnedPage]) -> bool:
    """Whether an entry takes what recurs inside stories, such as the heading "Ingredients" of recipes."""
    texts: defaultdict[str, list[tuple[LearnedPage, int]]] = defaultdict(list)
    for at, found in removes.items():
        for index in (index for index in found if not sheets[at].own[index]):
            texts[mask_digits(sheets[at].blocks[index].text)].append((sheets[at], index))
    sizes = {text: sum(sheet.words[index] for sheet, index in same) for text, same in texts.items()}
    sure = sum(sizes[text] for text, same in texts.items() if _is_sure(same, len(sheets)))
    return sure > STANDING * sum(sizes.values())


def _is_sure(same: Sequence[tuple[LearnedPage, int]], pages: int) -> bool:
    score = fmean(_score_entry(sheet, index) for sheet, index in same)
    if fmean(index in sheet.story for sheet, index in same) > 1 / 2:
        return score >= SURE_INSIDE
    return score >= SURE and len(same) < max(FRAME_PAGES, FRAME * pages)


def _score_entry(sheet: LearnedPage, index: int) -> float:
    verdict = sheet.blocks[index].verdict
    return 1.0 if verdict is None or verdict.score is None else verdict.score


def _fewest_pages(
    found: Iterable[EntryEvidence], sheets: Sequence[LearnedPage], gone: Taken
) -> Iterator[EntryEvidence]:
    """Greedy cover: the entry that removes most words not yet removed, until none removes any on two pages."""
    gone = {at: gone.get(at, frozenset()) for at in range(len(sheets))}
    ranked = [(-_characters_gained(evidence, gone, sheets), rank, evidence) for rank, evidence in enumerate(found)]
    heapq.heapify(ranked)
    while ranked:
        _, rank, evidence = heapq.heappop(ranked)
        gain = _characters_gained(evidence, gone, sheets)
        if not gain:
            continue
        if ranked and gain < -ranked[0][0]:
            heapq.heappush(ranked, (-gain, rank, evidence))
            continue
        left = {at: gone[at] | indices for at, indices in evidence.removes.items()}
        if all(_leaves_enough(sheets[at], indices) for at, indices in left.items()):
            gone |= left
            yield evidence


def _leaves_enough(sheet: LearnedPage, gone: frozenset[int]) -> bool:
    """Whether a page keeps a fair part of its text without the blocks that are ``gone``."""
    kept = {block.index: sheet.words[block.index] for block in sheet.blocks if block.kept}
    return sum(words for index, words in kept.items() if index not in gone) >= LEFT * sum(kept.values())


def _characters_gained(evidence: EntryEvidence, gone: Taken, sheets: Sequence[LearnedPage]) -> float:
    """Words that an entry removes beyond what is ``gone``; none, if it does so on a single page."""
    fresh = {at: left for at, indices in evidence.removes.items() if (left := indices - gone[at])}
    if len(fresh) < FEWEST:
        return 0.0
    kept = sum(max(1, sheets[at].words[i]) for at, left in fresh.items() for i in left)
    return kept + GENERAL * _own_words(evidence.seen, sheets)
