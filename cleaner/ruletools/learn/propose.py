"""What could be said of the blocks that a site's pages share: entries that are yet to prove themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from cleaner.labels import Label
from cleaner.language.characters import normalize_phrase
from cleaner.model import Block
from cleaner.rulebook import Drop
from cleaner.rulebook.rule_types import END
from cleaner.ruletools.learn.page_set import ComparedPage
from cleaner.ruletools.learn.selectors import list_selectors

_MAX_LINE_CHARS = 300
"""Characters of the longest text that stands in an entry whole; of a longer one its first words do."""
_MAX_HEAD_CHARS = 60
"""Characters of the longest line that is taken for the head of a run or a tail."""
_SHARED_WORDS = range(3, 9)
"""Words of an opening or a closing that several different lines share: fewer than three say nothing."""
_RUN_LENGTHS = range(1, 4)
"""Blocks below a head that may belong to it."""
_DIGITS = re.compile(r"\d+")
_LETTERS = re.compile(r"[^\W\d_]{3}")
_SPECIAL = re.compile(r"([\\.^$*+?{}\[\]|()])")


def propose_entries(page_set: Sequence[ComparedPage]) -> list[Drop]:
    """Entries that speak of a kept block on any of ``page_set``, simple ones first; label and reason are yet to come."""
    leftover = [block for compared in page_set for block in compared.blocks if block.kept]
    repeated = [b for compared in page_set for b in compared.blocks if b.kept and not compared.unique[b.index]]
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
        *(_make_entry(from_=head, to=END) for head in single),
        *_propose_ranges(page_set, frozenset(single)),
    ]
    return list(dict.fromkeys(entries))


def _make_entry(**matcher: object) -> Drop:
    return Drop(label=Label.OTHER, why="", **matcher)  # type: ignore[arg-type]


def flatten_block(block: Block) -> str:
    """The text of ``block`` on one line."""
    return " ".join(block.text.split())


def _propose_lines(repeated: Iterable[Block]) -> Iterator[Drop]:
    """Texts without numbers, which are another tomorrow."""
    for block in repeated:
        if len(block.text) <= _MAX_LINE_CHARS and normalize_phrase(block.text) and not _DIGITS.search(block.text):
            yield _make_entry(line=flatten_block(block))


def _propose_numbered(repeated: Iterable[Block]) -> Iterator[Drop]:
    """Texts whose numbers may differ, as a count of comments does."""
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
    """The longest beginnings, in words, that the same different texts share."""
    different = sorted({tuple(text) for text in texts})
    support = Counter(text[:size] for text in different for size in _SHARED_WORDS if len(text) > size)
    longest: dict[tuple[tuple[str, ...], int], tuple[str, ...]] = {}
    for words, count in support.items():
        if count > 1 and _LETTERS.search(" ".join(words)):
            at = words[: _SHARED_WORDS.start], count
            longest[at] = max(longest.get(at, words), words, key=len)
    yield from longest.values()


def _propose_elements(leftover: Iterable[Block]) -> Iterator[Drop]:
    """The elements around what was kept; whether they hold story is for the evidence to say."""
    for path in dict.fromkeys(block.path for block in leftover):
        yield from (_make_entry(selector=selector) for selector in list_selectors(path))


def _list_section_heads(page_set: Sequence[ComparedPage]) -> list[str]:
    """Short lines that stand on several pages, or on the only one there is."""
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
    """Texts that stand on a page more than once, as "Share" does under each entry of a live blog."""
    counts = (Counter(map(flatten_block, compared.blocks)) for compared in page_set)
    return frozenset(text for count in counts for text, times in count.items() if times > 1)


def _propose_runs(page_set: Sequence[ComparedPage], heads: frozenset[str]) -> Iterator[Drop]:
    """A head with the blocks below it, down to one that is another on each page and no sentence."""
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
    """From a head to the next head below that has text of the page's own in between."""
    pairs: Counter[tuple[str, str]] = Counter()
    for compared in page_set:
        opened: list[str] = []
        strange = False
        found: set[tuple[str, str]] = set()
        for block in compared.blocks:
            text = flatten_block(block)
            if text not in heads:
                strange = strange or compared.unique[block.index]
                continue
            if strange:
                found.update((head, text) for head in opened if head != text)
                opened, strange = [], False
            opened.append(text)
        pairs.update(found)
    yield from (_make_entry(from_=a, to=b) for (a, b), count in pairs.items() if count >= min(2, len(page_set)))
