"""Proposing entries for the blocks that a site's pages share; :mod:`~cleaner.ruletools.learn.select` tests them.

The limits of this module were chosen by reading pages; not measured.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from cleaner.labels import Label
from cleaner.language.characters import normalize_phrase
from cleaner.model import Block, Kind
from cleaner.rulebook import Drop
from cleaner.rulebook.rule_types import END
from cleaner.ruletools.learn.page_set import ComparedPage
from cleaner.ruletools.learn.selectors import list_selectors

_MAX_LINE_CHARS = 300
"""Characters of the longest text that an entry contains as a whole; of a longer one it contains the first words."""
_MAX_HEAD_CHARS = 60
"""Characters of the longest line that can be the head of a run or a range."""
_SHARED_WORDS = range(3, 9)
"""Numbers of words of a shared opening or closing: fewer than three are not specific enough."""
_RUN_LENGTHS = range(1, 4)
"""Numbers of blocks below a head that can belong to it."""
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_SPECIAL = re.compile(r"([\\.^$*+?{}\[\]|()])")


def propose_entries(page_set: Sequence[ComparedPage]) -> list[Drop]:
    """Return entries that match an open block on any of ``page_set``, simple ones first, without label and reason."""
    leftover = [block for compared in page_set for block in compared.blocks if block.index in compared.open]
    repeated = [
        b for compared in page_set for b in compared.blocks if b.index in compared.open and not compared.unique[b.index]
    ]
    heads = _list_section_heads(page_set)
    twice = _find_repeated_on_page(page_set)
    single = [head for head in heads if head not in twice]
    entries = [
        *_propose_lines(repeated),
        *_propose_numbered(repeated),
        *_propose_openings(repeated),
        *_propose_closings(repeated),
        *_propose_elements(leftover),
        *_propose_runs(page_set, frozenset(heads)),
        *([] if _are_dumps(page_set) else _propose_by_order(page_set, single)),
    ]
    return list(dict.fromkeys(entries))


def _are_dumps(page_set: Sequence[ComparedPage]) -> bool:
    """Whether all pages are dumps: other flatteners write the parts of a page in another order, or leave some out."""
    return all(compared.cleaned.page.kind is Kind.TEXT for compared in page_set)


def _propose_by_order(page_set: Sequence[ComparedPage], heads: Sequence[str]) -> Iterator[Drop]:
    """Propose ranges from each of ``heads`` to the end and to others."""
    yield from (_make_entry(from_=head, to=END) for head in heads)
    yield from _propose_ranges(page_set, frozenset(heads))


def _make_entry(**matcher: object) -> Drop:
    return Drop(label=Label.OTHER, why="", **matcher)  # type: ignore[arg-type]


def flatten_block(block: Block) -> str:
    """Return the text of ``block`` on one line."""
    return " ".join(block.text.split())


def _propose_lines(repeated: Iterable[Block]) -> Iterator[Drop]:
    """Propose the texts without numbers, as numbers change from day to day."""
    for block in repeated:
        if len(block.text) <= _MAX_LINE_CHARS and normalize_phrase(block.text) and not _DIGITS.search(block.text):
            yield _make_entry(line=flatten_block(block))


def _propose_numbered(repeated: Iterable[Block]) -> Iterator[Drop]:
    """Propose texts in which the numbers may differ, such as a count of comments."""
    for block in repeated:
        text = flatten_block(block)
        if len(text) <= _MAX_LINE_CHARS and _DIGITS.search(text) and _LETTERS.search(text):
            yield _make_entry(regex=_DIGITS.sub(r"\\d+", _SPECIAL.sub(r"\\\1", text)))


def _propose_openings(repeated: Iterable[Block]) -> Iterator[Drop]:
    for words in _find_shared_openings([flatten_block(block).split(" ") for block in repeated]):
        yield _make_entry(starts=" ".join(words))


def _propose_closings(repeated: Iterable[Block]) -> Iterator[Drop]:
    for words in _find_shared_openings([flatten_block(block).split(" ")[::-1] for block in repeated]):
        yield _make_entry(ends=" ".join(reversed(words)))


def _find_shared_openings(texts: Iterable[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the openings, as words, that several different texts share; of those with equal support the longest."""
    different = sorted({tuple(text) for text in texts})
    support = Counter(text[:size] for text in different for size in _SHARED_WORDS if len(text) > size)
    longest: dict[tuple[tuple[str, ...], int], tuple[str, ...]] = {}
    for words, count in support.items():
        if count > 1 and _LETTERS.search(" ".join(words)):
            at = words[: _SHARED_WORDS.start], count
            longest[at] = max(longest.get(at, words), words, key=len)
    yield from longest.values()


def _propose_elements(leftover: Iterable[Block]) -> Iterator[Drop]:
    """Propose the elements around kept blocks; whether they contain article text is tested later."""
    for path in dict.fromkeys(block.path for block in leftover):
        yield from (_make_entry(selector=selector) for selector in list_selectors(path))


def _list_section_heads(page_set: Sequence[ComparedPage]) -> list[str]:
    """Return short lines that are on several pages, or on the only page."""
    seen = Counter(
        text
        for compared in page_set
        for text in dict.fromkeys(
            flatten_block(b) for b in compared.blocks if not compared.unique[b.index] and len(b.text) <= _MAX_HEAD_CHARS
        )
        if _LETTERS.search(text)
    )
    return [text for text, count in seen.items() if count >= min(2, len(page_set))]


def _find_repeated_on_page(page_set: Sequence[ComparedPage]) -> frozenset[str]:
    """Return texts that a page has more than once, such as "Share" below each post of a live blog."""
    counts = (Counter(map(flatten_block, compared.blocks)) for compared in page_set)
    return frozenset(text for count in counts for text, times in count.items() if times > 1)


def _propose_runs(page_set: Sequence[ComparedPage], heads: frozenset[str]) -> Iterator[Drop]:
    """Propose a head and the blocks below it, down to one that is unique to its page and not prose."""
    runs = Counter(
        (text, count)
        for compared in page_set
        for block in compared.blocks
        if (text := flatten_block(block)) in heads
        for count in _RUN_LENGTHS
        if (below := block.index + count) < len(compared.blocks)
        and compared.unique[below]
        and not compared.is_prose(below)
    )
    yield from (
        _make_entry(line=head, through=count) for (head, count), seen in runs.items() if seen >= min(2, len(page_set))
    )


def _propose_ranges(page_set: Sequence[ComparedPage], heads: frozenset[str]) -> Iterator[Drop]:
    """Propose the range from a head to the next head, if there is text unique to the page between them."""
    pairs: Counter[tuple[str, str]] = Counter()
    for compared in page_set:
        opened: list[str] = []
        has_unique = False
        found: set[tuple[str, str]] = set()
        for block in compared.blocks:
            text = flatten_block(block)
            if text not in heads:
                has_unique = has_unique or compared.unique[block.index]
                continue
            if has_unique:
                found.update((head, text) for head in opened if head != text)
                opened, has_unique = [], False
            opened.append(text)
        pairs.update(found)
    yield from (_make_entry(from_=a, to=b) for (a, b), count in pairs.items() if count >= min(2, len(page_set)))
