"""Selecting proposals that remove what pages share and no article text, also on pages they were not learned from.

The thresholds were chosen on the 45 sites that ``bench/learn.py`` reserves for it, over four ways to halve their pages.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
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
"""Least share of a site's pages, and at least :data:`MIN_PAGES`, on which an entry must remove something."""
MIN_PAGES = 2
MAX_FEW_PAGES = 5
"""Pages up to which each proposes alone, and all but one together, and the others confirm: the halves of three pages are so
small that what two of them have may be in one half."""
MIN_PAGES_INDIRECT = 3
"""Least number of pages with a match for an entry that removes blocks whose text it does not contain."""
MAX_SENTENCE_SHARE = 0.1
"""Largest share, by words, of kept prose in the unique text that an entry matches: if the rest is dropped as
boilerplate already, these are errors of the classifier."""
MAX_UNIQUE_SHARE = 0.3
"""Likewise for all kept blocks: the headlines in a list of other articles are kept more often than sentences."""
PAGES_PER_STRAY = 3
"""Of this number of pages with a match, one may have such prose."""
MIN_STORY_SCORE = 0.8
"""Least mean score of a text to count as article text, even if it is repeated."""
MIN_STORY_SCORE_INSIDE = 0.6
"""Likewise for a text that is between prose of the article on most pages, such as the heading "Ingredients", where it is
kept; one that is dropped on all is left to the classifier. Also for a text that one page keeps and others dropped."""
MIN_FRAME_SHARE = 0.8
"""Least share of a site's pages, and at least :data:`MIN_FRAME_PAGES`, for a text outside the article to be boilerplate
at any score: the classifier reads one page, and a well-written appeal for members looks like a paragraph."""
MIN_FRAME_PAGES = 4
MIN_REFRAIN_PAGES, MIN_REFRAIN_WORDS = 3, 12
"""A text of so many words that each of so many pages has is no story's, whatever its score and place: of what recurs on few
pages and stayed, nearly all was such a text, and none of it was in a gold."""
MAX_STORY_SHARE = 0.5
"""Largest share, by words, of article text in what an entry removes."""
MIN_KEPT_SHARE = 0.25
"""Least share of its words that a page must keep: a site that shows the same articles on many pages looks like one
with short articles and much boilerplate."""
DROPPED_WORD_WEIGHT = 0.1
"""Weight of a unique word that is dropped already, relative to a kept one: of two entries that remove the same, the one
that matches a list is better than the one that matches its content of that day."""

BlocksByPage: TypeAlias = Mapping[int, frozenset[int]]
"""Blocks by compared."""


class EntryEvidence(NamedTuple):
    """The evidence for an entry."""

    entry: Drop
    matched: BlocksByPage
    """The blocks that it matches, kept or not; only pages with a match are included, here and below."""
    removes: BlocksByPage
    """The matched blocks that were kept."""
    settles: BlocksByPage
    """The matched blocks that were kept, and those that the classifier dropped without being sure."""
    held_out: int = 0
    """Pages with a match from which it was not learned."""


def select_entries(page_set: Sequence[ComparedPage], gone: BlocksByPage) -> list[EntryEvidence]:
    """Select few proposals that together remove most, beyond the blocks in ``gone``; the one that removes most first.

    An entry proposed from some of the pages must also remove something on the others.
    """
    found: dict[Drop, EntryEvidence] = {}
    for proposing in _split_pages(len(page_set)):
        confirming = [at for at in range(len(page_set)) if at not in proposing]
        for entry in propose_entries([page_set[at] for at in proposing]):
            evidence = None if entry in found else _weigh_entry(entry, page_set)
            if evidence and evidence.settles.keys() & set(proposing) and evidence.settles.keys() & set(confirming):
                held_out = len(evidence.matched.keys() & set(confirming))
                found[entry] = evidence._replace(held_out=held_out)
    return list(_cover_greedily(found.values(), page_set, gone))


def _split_pages(pages: int) -> list[list[int]]:
    """The pages that propose together: of few pages each alone, and all but each; else those of two halves."""
    if pages <= MAX_FEW_PAGES:
        every = range(pages)
        return [[at] for at in every] + [[other for other in every if other != at] for at in every]
    return [[at for at in range(pages) if at % 2 == side] for side in (0, 1)]


def merge_matches(found: Iterable[EntryEvidence]) -> dict[int, frozenset[int]]:
    """Return the blocks that the entries of ``found`` match together."""
    together: dict[int, frozenset[int]] = {}
    for evidence in found:
        for at, indices in evidence.matched.items():
            together[at] = together.get(at, frozenset()) | indices
    return together


def _weigh_entry(entry: Drop, page_set: Sequence[ComparedPage]) -> EntryEvidence | None:
    """Return the evidence for ``entry`` on ``page_set``; None if it removes too little, or article text."""
    find = compile_entry(entry)
    matched = {at: found for at, compared in enumerate(page_set) if (found := frozenset(find(compared.view)))}
    kept = {at: frozenset(index for index in found if page_set[at].blocks[index].kept) for at, found in matched.items()}
    removes = {at: found for at, found in kept.items() if found}
    settles = {at: found & page_set[at].open for at, found in matched.items() if found & page_set[at].open}
    unnamed = entry.selector or entry.through or entry.from_
    if len(settles) < max(MIN_PAGES, MIN_PAGE_SHARE * len(page_set)) or len(matched) < (
        MIN_PAGES_INDIRECT if unnamed else MIN_PAGES
    ):
        return None
    if _removes_unique_text(matched, removes, page_set) or _removes_story_lines(settles, page_set):
        return None
    return EntryEvidence(entry, matched, removes, settles)


def _removes_unique_text(matched: BlocksByPage, removes: BlocksByPage, page_set: Sequence[ComparedPage]) -> bool:
    """Return whether an entry removes a headline, or more unique text than the limits allow."""
    if _takes_headline(matched, page_set):
        return True
    unique = _count_unique_words(matched, page_set)
    if _count_unique_words(removes, page_set) > MAX_UNIQUE_SHARE * unique:
        return True
    prose = {
        at: words
        for at, found in removes.items()
        if (words := _count_unique_words({at: found}, page_set, sentences=True))
    }
    return sum(prose.values()) > MAX_SENTENCE_SHARE * unique or len(prose) > len(matched) / PAGES_PER_STRAY


def _takes_headline(matched: BlocksByPage, page_set: Sequence[ComparedPage]) -> bool:
    """Return whether an entry matches a headline; what is labelled so on several pages is the site's name or slogan."""
    titles = Counter(
        text
        for at, found in matched.items()
        for text in {mask_digits(page_set[at].blocks[i].text) for i in found if _is_title(page_set[at].blocks[i])}
    )
    return 1 in titles.values()


def _is_title(block: Block) -> bool:
    return block.verdict is not None and block.verdict.label is Label.TITLE


def _count_unique_words(taken: BlocksByPage, page_set: Sequence[ComparedPage], *, sentences: bool = False) -> int:
    """Count the words of the unique blocks among those ``taken``, or of the unique prose only."""
    return sum(
        page_set[at].words[i]
        for at, found in taken.items()
        for i in found
        if (page_set[at].is_prose(i) if sentences else page_set[at].unique[i])
    )


def _removes_story_lines(removes: BlocksByPage, page_set: Sequence[ComparedPage]) -> bool:
    """Return whether an entry removes lines that recur in articles, such as the heading "Ingredients" of recipes."""
    texts: defaultdict[str, list[tuple[ComparedPage, int]]] = defaultdict(list)
    for at, found in removes.items():
        for index in (index for index in found if not page_set[at].unique[index]):
            texts[mask_digits(page_set[at].blocks[index].text)].append((page_set[at], index))
    sizes = {text: sum(compared.words[index] for compared, index in same) for text, same in texts.items()}
    story = sum(sizes[text] for text, same in texts.items() if _is_story_line(same, len(page_set)))
    return story > MAX_STORY_SHARE * sum(sizes.values())


def _is_story_line(same: Sequence[tuple[ComparedPage, int]], pages: int) -> bool:
    if len({compared.cleaned.page.id for compared, _ in same}) == pages >= MIN_REFRAIN_PAGES:
        compared, index = same[0]
        if compared.words[index] >= MIN_REFRAIN_WORDS:
            return False
    if fmean(index in compared.story for compared, index in same) > 1 / 2:
        kept = [_score_of_block(compared, index) for compared, index in same if compared.blocks[index].kept]
        return not kept or fmean(kept) >= MIN_STORY_SCORE_INSIDE
    score = fmean(_score_of_block(compared, index) for compared, index in same)
    is_kept = sum(compared.blocks[index].kept for compared, index in same) >= min(MIN_PAGES, len(same))
    return score >= (MIN_STORY_SCORE if is_kept else MIN_STORY_SCORE_INSIDE) and len(same) < max(
        MIN_FRAME_PAGES, MIN_FRAME_SHARE * pages
    )


def _score_of_block(compared: ComparedPage, index: int) -> float:
    verdict = compared.blocks[index].verdict
    return 1.0 if verdict is None or verdict.score is None else verdict.score


def _cover_greedily(
    found: Iterable[EntryEvidence], page_set: Sequence[ComparedPage], gone: BlocksByPage
) -> Iterator[EntryEvidence]:
    """Yield the entry that removes most words not yet removed, until none removes any on two pages (greedy cover)."""
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
        left = {at: gone[at] | indices for at, indices in evidence.settles.items()}
        if all(_leaves_enough(page_set[at], indices) for at, indices in left.items()):
            gone |= left
            yield evidence


def _leaves_enough(compared: ComparedPage, gone: frozenset[int]) -> bool:
    """Return whether a page keeps :data:`MIN_KEPT_SHARE` of its text without the blocks in ``gone``."""
    kept = {block.index: compared.words[block.index] for block in compared.blocks if block.kept}
    return sum(words for index, words in kept.items() if index not in gone) >= MIN_KEPT_SHARE * sum(kept.values())


def _count_words_gained(evidence: EntryEvidence, gone: BlocksByPage, page_set: Sequence[ComparedPage]) -> float:
    """Count the words that an entry removes beyond the blocks in ``gone``; 0 if only on one page."""
    fresh = {at: left for at, indices in evidence.settles.items() if (left := indices - gone[at])}
    if len(fresh) < MIN_PAGES:
        return 0.0
    kept = sum(max(1, page_set[at].words[i]) for at, left in fresh.items() for i in left)
    return kept + DROPPED_WORD_WEIGHT * _count_unique_words(evidence.matched, page_set)
