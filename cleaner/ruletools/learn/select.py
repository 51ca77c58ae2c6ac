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
from cleaner.ruletools.learn.page_set import ComparedPage, mask_digits
from cleaner.ruletools.learn.propose import propose_entries

MIN_PAGE_SHARE = 1 / 3
"""Share of a site's pages, :data:`MIN_PAGES` at least, on which an entry has to remove something."""
MIN_PAGES = 2
MIN_PAGES_INDIRECT = 3
"""Pages on which an entry has to be seen that takes what it does not name."""
MAX_SENTENCE_SHARE = 0.1
"""Share, by words, of a page's own text under an entry that may be kept sentences: where the rest is dropped as
boilerplate already, these are strays."""
MAX_UNIQUE_SHARE = 0.3
"""Likewise for all that was kept: of a list of other stories, a headline is kept more easily than a sentence is."""
PAGES_PER_STRAY = 3
"""Of so many pages where an entry speaks, one may hold such sentences."""
MIN_STORY_SCORE = 0.8
"""Mean score from which on a text is story however often it is repeated."""
MIN_STORY_SCORE_INSIDE = 0.6
"""Likewise where it stands between sentences of the story on most pages, as the heading "Ingredients" does."""
MIN_FRAME_SHARE = 0.8
"""Share of a site's pages, :data:`MIN_FRAME_PAGES` at least, on which a text outside the story is their frame, whatever its
score: a model sees one page, and a well-written appeal for members reads like a paragraph."""
MIN_FRAME_PAGES = 4
MAX_STORY_SHARE = 0.5
"""Share, by words, of what an entry removes that may be such text."""
MIN_KEPT_SHARE = 0.25
"""Share of its words that a page keeps at least, whatever the entries take: a site that shows the same stories on many
pages looks like one that frames short stories."""
DROPPED_WORD_WEIGHT = 0.1
"""What a word of a page's own that is dropped already counts beside one that is kept: of two entries that remove the
same, the one that names a list says more than the one that names what stood in it that day."""

BlocksByPage: TypeAlias = Mapping[int, frozenset[int]]
"""Blocks by compared."""


class EntryEvidence(NamedTuple):
    """What speaks for an entry."""

    entry: Drop
    matched: BlocksByPage
    """What it speaks of, kept or not; pages where it is silent are left out, here and below."""
    removes: BlocksByPage
    """What was kept so far."""
    held_out: int = 0
    """Pages it was seen on that it was not learned from."""


def select_entries(page_set: Sequence[ComparedPage], gone: BlocksByPage) -> list[EntryEvidence]:
    """The fewest proposals that remove most beyond what is ``gone``, the one that removes most first.

    Each half of the pages proposes, and the other half has to confirm.
    """
    halves = [[at for at in range(len(page_set)) if at % 2 == side] for side in (0, 1)]
    found: dict[Drop, EntryEvidence] = {}
    for own, other in (halves, halves[::-1]):
        for entry in propose_entries([page_set[at] for at in own]):
            evidence = None if entry in found else _weigh_entry(entry, page_set)
            if evidence and evidence.removes.keys() & set(own) and evidence.removes.keys() & set(other):
                held_out = len(evidence.matched.keys() & set(other))
                found[entry] = evidence._replace(held_out=held_out)
    return list(_cover_greedily(found.values(), page_set, gone))


def merge_matches(found: Iterable[EntryEvidence]) -> dict[int, frozenset[int]]:
    """All that the entries of ``found`` speak of together."""
    together: dict[int, frozenset[int]] = {}
    for evidence in found:
        for at, indices in evidence.matched.items():
            together[at] = together.get(at, frozenset()) | indices
    return together


def _weigh_entry(entry: Drop, page_set: Sequence[ComparedPage]) -> EntryEvidence | None:
    """What ``entry`` does on ``page_set``; None if it does too little, or takes story."""
    find = compile_entry(entry)
    seen = {at: found for at, compared in enumerate(page_set) if (found := frozenset(find(compared.view)))}
    kept = {at: frozenset(index for index in found if page_set[at].blocks[index].kept) for at, found in seen.items()}
    removes = {at: found for at, found in kept.items() if found}
    unnamed = entry.selector or entry.through or entry.from_
    if len(removes) < max(MIN_PAGES, MIN_PAGE_SHARE * len(page_set)) or len(seen) < (
        MIN_PAGES_INDIRECT if unnamed else MIN_PAGES
    ):
        return None
    if _removes_unique_text(seen, removes, page_set) or _removes_story_lines(removes, page_set):
        return None
    return EntryEvidence(entry, seen, removes)


def _removes_unique_text(seen: BlocksByPage, removes: BlocksByPage, page_set: Sequence[ComparedPage]) -> bool:
    """Whether an entry takes a headline, or text that is a page's own, but for strays."""
    if any(_is_headline(page_set[at].blocks[i]) for at, found in seen.items() for i in found):
        return True
    own = _count_unique_words(seen, page_set)
    if _count_unique_words(removes, page_set) > MAX_UNIQUE_SHARE * own:
        return True
    eaten = {
        at: words
        for at, found in removes.items()
        if (words := _count_unique_words({at: found}, page_set, sentences=True))
    }
    return sum(eaten.values()) > MAX_SENTENCE_SHARE * own or len(eaten) > len(seen) / PAGES_PER_STRAY


def _is_headline(block: Block) -> bool:
    return block.verdict is not None and block.verdict.label is Label.TITLE


def _count_unique_words(taken: BlocksByPage, page_set: Sequence[ComparedPage], *, sentences: bool = False) -> int:
    """Words of what is a page's own among the blocks ``taken``, all of it or the sentences only."""
    return sum(
        page_set[at].words[i]
        for at, found in taken.items()
        for i in found
        if (page_set[at].is_prose(i) if sentences else page_set[at].unique[i])
    )


def _removes_story_lines(removes: BlocksByPage, page_set: Sequence[ComparedPage]) -> bool:
    """Whether an entry takes what recurs inside stories, such as the heading "Ingredients" of recipes."""
    texts: defaultdict[str, list[tuple[ComparedPage, int]]] = defaultdict(list)
    for at, found in removes.items():
        for index in (index for index in found if not page_set[at].unique[index]):
            texts[mask_digits(page_set[at].blocks[index].text)].append((page_set[at], index))
    sizes = {text: sum(compared.words[index] for compared, index in same) for text, same in texts.items()}
    sure = sum(sizes[text] for text, same in texts.items() if _is_story_line(same, len(page_set)))
    return sure > MAX_STORY_SHARE * sum(sizes.values())


def _is_story_line(same: Sequence[tuple[ComparedPage, int]], pages: int) -> bool:
    score = fmean(_score_of_block(compared, index) for compared, index in same)
    if fmean(index in compared.story for compared, index in same) > 1 / 2:
        return score >= MIN_STORY_SCORE_INSIDE
    return score >= MIN_STORY_SCORE and len(same) < max(MIN_FRAME_PAGES, MIN_FRAME_SHARE * pages)


def _score_of_block(compared: ComparedPage, index: int) -> float:
    verdict = compared.blocks[index].verdict
    return 1.0 if verdict is None or verdict.score is None else verdict.score


def _cover_greedily(
    found: Iterable[EntryEvidence], page_set: Sequence[ComparedPage], gone: BlocksByPage
) -> Iterator[EntryEvidence]:
    """Greedy cover: the entry that removes most words not yet removed, until none removes any on two pages."""
    gone = {at: gone.get(at, frozenset()) for at in range(len(page_set))}
    ranked = [(-_count_words_gained(evidence, gone, page_set), rank, evidence) for rank, evidence in enumerate(found)]
    heapq.heapify(ranked)
    while ranked:
        _, rank, evidence = heapq.heappop(ranked)
        gain = _count_words_gained(evidence, gone, page_set)
        if not gain:
            continue
        if ranked and gain < -ranked[0][0]:
            heapq.heappush(ranked, (-gain, rank, evidence))
            continue
        left = {at: gone[at] | indices for at, indices in evidence.removes.items()}
        if all(_leaves_enough(page_set[at], indices) for at, indices in left.items()):
            gone |= left
            yield evidence


def _leaves_enough(compared: ComparedPage, gone: frozenset[int]) -> bool:
    """Whether a page keeps a fair part of its text without the blocks that are ``gone``."""
    kept = {block.index: compared.words[block.index] for block in compared.blocks if block.kept}
    return sum(words for index, words in kept.items() if index not in gone) >= MIN_KEPT_SHARE * sum(kept.values())


def _count_words_gained(evidence: EntryEvidence, gone: BlocksByPage, page_set: Sequence[ComparedPage]) -> float:
    """Words that an entry removes beyond what is ``gone``; none, if it does so on a single page."""
    fresh = {at: left for at, indices in evidence.removes.items() if (left := indices - gone[at])}
    if len(fresh) < MIN_PAGES:
        return 0.0
    kept = sum(max(1, page_set[at].words[i]) for at, left in fresh.items() for i in left)
    return kept + DROPPED_WORD_WEIGHT * _count_unique_words(evidence.matched, page_set)
