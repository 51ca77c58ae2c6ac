"""Changes of a rule file that fit the marks of a person, the most useful first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from cleaner.errors import RuleError
from cleaner.labels import Label
from cleaner.language.characters import normalize_line
from cleaner.model import Block
from cleaner.page.dom import Element
from cleaner.rulebook.rule_types import END
from cleaner.ruletools.proposals.changes import Change, RuleTable, check_change
from cleaner.ruletools.proposals.hits import Effect, Hit, PageFinder, SiteEffects, sort_hits
from cleaner.ruletools.proposals.marks import BlockMark, SitePage
from cleaner.ruletools.proposals.markup_entries import (
    list_attribute_selectors,
    list_widening_selectors,
    list_xpaths,
)
from cleaner.ruletools.proposals.text_entries import MAX_OPENING_CHARS, list_text_matchers

MAX_PROPOSALS = 9
"""Proposals for one label: as many as the keys 1 to 9 can choose."""
_MAX_SELECTORS = 2
"""How many of them are selectors of ``[body]``, or of one field of ``[metadata]``."""
_MAX_SINGLE_MARKS = 12
"""Marks of one label for which entries are also proposed one by one; chosen."""
_MAX_DOUBT = 2
"""Doubtful hits for each fulfilled mark, beyond which a change is not proposed; chosen by reading proposals."""
_MAX_DOUBTFUL_SHARE = 0.25
"""Share of doubtful hits up to which the number of pages counts for more; chosen by reading proposals."""
_MAX_REACH = 0.5
"""Share of the blocks of a marked page that an entry may reach: one that reaches more means the page; chosen."""
_MAX_FIELD_BLOCKS = 2
"""Blocks besides two for each mark that a selector of ``[metadata]`` may reach on a marked page; chosen."""
FIELDS = {
    Label.TITLE: ("title",),
    Label.BYLINE: ("authors",),
    Label.TIMESTAMP: ("published", "modified"),
    Label.TAGS: ("section", "tags"),
    Label.DESCRIPTION: ("description",),
}
"""The fields of ``[metadata]`` that a block with this label may show."""
_WORTH = ("line", "starts", "regex", "selector", "xpath", "body", "metadata", "from", "ends", "contains")
"""Matchers by how well they carry over to other pages; decides between proposals with equal hits."""


class Proposal(NamedTuple):
    """A change, and what it would do to the pages of the site."""

    change: Change
    hits: Sequence[Hit]

    @property
    def counts(self) -> Counter[Effect]:
        """The number of blocks by effect."""
        return Counter(hit.effect for hit in self.hits)

    @property
    def covered(self) -> int:
        """How many marks it fulfils."""
        return sum(hit.marked for hit in self.hits)


def propose_changes(marks: Sequence[BlockMark], pages: Sequence[SitePage]) -> list[Proposal]:
    """Return changes for ``marks`` on ``pages``, label by label in the order of the first marks, the best first.

    Marks of the article's text are one group, with ``[body]`` selectors, and ``[[keep]]`` entries for what is dropped now.
    Each change fulfils a mark at least, contradicts fewer than it fulfils, and reaches few blocks of which the classifier
    is sure of the contrary. Of those that reach the same blocks in the same way one is returned.
    """
    effects = SiteEffects(pages, marks)
    groups: dict[object, list[BlockMark]] = {}
    for mark in marks:
        groups.setdefault("body" if mark.is_body else mark.label, []).append(mark)
    return [proposal for own in groups.values() for proposal in _propose_for_group(own, pages, effects)]


def _propose_for_group(own: Sequence[BlockMark], pages: Sequence[SitePage], effects: SiteEffects) -> list[Proposal]:
    found: dict[tuple[object, ...], Proposal | None] = {}
    for change in _list_changes(own, pages):
        key = _key(change)
        if key in found:
            continue
        try:
            check_change(change)
        except RuleError:
            continue
        found[key] = _try_change(change, own, pages, effects)
    useful = [one for one in found.values() if one is not None and _is_useful(one)]
    ranked = _drop_equal(sorted(useful, key=_rank))
    selectors = list(_choose_selectors(ranked))
    entries = [one for one in ranked if one.change.is_entry]
    return _choose_entries(entries, MAX_PROPOSALS - len(selectors)) + selectors


def _choose_selectors(ranked: Sequence[Proposal]) -> Iterator[Proposal]:
    """Yield the best selectors of each field of ``[metadata]``, and of ``[body]``."""
    taken: Counter[str] = Counter()
    for one in ranked:
        field = one.change.field
        if not one.change.is_entry and taken[field] < _MAX_SELECTORS:
            taken[field] += 1
            yield one


def _choose_entries(ranked: Sequence[Proposal], most: int) -> list[Proposal]:
    """Return the best ``most`` of ``ranked``; one of each kind of matcher is among them, so that a person can compare."""
    best = {one.change.kind: one for one in reversed(ranked)}
    firsts = {id(one) for one in list(best.values())}
    chosen = sorted(range(len(ranked)), key=lambda place: (id(ranked[place]) not in firsts, place))[:most]
    return [ranked[place] for place in sorted(chosen)]


def _try_change(
    change: Change, own: Sequence[BlockMark], pages: Sequence[SitePage], effects: SiteEffects
) -> Proposal | None:
    """Return ``change`` with its hits, or None once these have too many doubtful ones: most wide changes show that early."""
    find = PageFinder(change, pages, effects)
    marked = {mark.page for mark in own}
    hits: list[Hit] = []
    doubtful = 0
    for at in sorted(range(len(pages)), key=lambda at: at not in marked):
        found = list(find(at))
        if at in marked and len(found) > _find_limit(change, len(own), len(pages[at].article.blocks)):
            return None
        hits += found
        doubtful += sum(hit.effect is Effect.DOUBTFUL for hit in found)
        if doubtful > _MAX_DOUBT * len(own):
            return None
    return Proposal(change, sort_hits(hits))


def _find_limit(change: Change, marks: int, blocks: int) -> float:
    """The number of blocks that ``change`` may reach on a marked page."""
    if change.table is RuleTable.BODY:
        return blocks
    return 2 * marks + (_MAX_FIELD_BLOCKS if change.table is RuleTable.METADATA else _MAX_REACH * blocks)


def _is_useful(proposal: Proposal) -> bool:
    counts, covered = proposal.counts, proposal.covered
    return covered > counts[Effect.WRONG] and counts[Effect.DOUBTFUL] <= _MAX_DOUBT * covered


def _key(change: Change) -> tuple[object, ...]:
    return (
        change.table,
        change.field,
        change.selector,
        tuple((key, str(value)) for key, value in change.matcher.items()),
    )


def _list_changes(own: Sequence[BlockMark], pages: Sequence[SitePage]) -> Iterator[Change]:
    open_marks = [mark for mark in own if not (mark.is_body and _block(mark, pages).kept)]
    groups = [open_marks] if open_marks else []
    if 1 < len(open_marks) <= _MAX_SINGLE_MARKS:
        groups += [[mark] for mark in open_marks]
    for group in groups:
        yield from _list_entries(group, pages)
    yield from _list_ranges(open_marks, pages)
    label = own[0].label
    if own[0].is_body:
        yield from (Change(table=RuleTable.BODY, field="selectors", selector=one) for one in _list_shared(own, pages))
    if all(mark.label is label for mark in own):
        for field in FIELDS.get(label, ()):
            selectors = _list_shared(own, pages)
            yield from (Change(table=RuleTable.METADATA, field=field, selector=one) for one in selectors)


def _list_shared(marks: Sequence[BlockMark], pages: Sequence[SitePage]) -> list[str]:
    names = list_widening_selectors([_block(mark, pages).path for mark in marks])
    return [*names, *list_attribute_selectors(_list_elements(marks, pages))]


def _list_elements(marks: Sequence[BlockMark], pages: Sequence[SitePage]) -> list[Element]:
    """Return the elements of the marked blocks; none if one is of a dump."""
    found = [(pages[mark.page].markup, mark.block) for mark in marks]
    elements = [markup.element_of(block) for markup, block in found if markup is not None]
    return elements if len(elements) == len(marks) else []


def _list_entries(marks: Sequence[BlockMark], pages: Sequence[SitePage]) -> Iterator[Change]:
    label, is_body = marks[0].label, marks[0].is_body
    for matcher in list_text_matchers([_block(mark, pages).text for mark in marks]):
        yield _make_change(label, matcher, is_body=is_body)
    for selector in _list_shared(marks, pages):
        yield _make_change(label, {"selector": selector}, is_body=is_body)
    for xpath in list_xpaths(_list_elements(marks, pages)):
        yield _make_change(label, {"xpath": xpath}, is_body=is_body)


def _list_ranges(marks: Sequence[BlockMark], pages: Sequence[SitePage]) -> Iterator[Change]:
    """Yield ranges for marks of one page that follow each other: from … to, and a head with the blocks below."""
    for at, on_page in groupby(sorted(marks), key=lambda mark: mark.page):
        indices = [mark.block for mark in on_page]
        if len(indices) == 1 or indices[-1] - indices[0] != len(indices) - 1:
            continue
        blocks = pages[at].article.blocks
        label, is_body = marks[0].label, marks[0].is_body
        first, last = _open(blocks[indices[0]]), _open(blocks[indices[-1]])
        if not first:
            continue
        if last and last != first:
            yield _make_change(label, {"from": first, "to": last}, is_body=is_body)
        if not any(block.kept for block in blocks[indices[-1] + 1 :]):
            yield _make_change(label, {"from": first, "to": END}, is_body=is_body)
        yield _make_change(label, {"starts": first, "through": len(indices) - 1}, is_body=is_body)


def _open(block: Block) -> str:
    """Return the opening of a block up to the end of a word."""
    line = normalize_line(block.text)
    return (
        line
        if len(line) <= MAX_OPENING_CHARS
        else line[:MAX_OPENING_CHARS].rpartition(" ")[0] or line[:MAX_OPENING_CHARS]
    )


def _make_change(label: Label, matcher: Mapping[str, Any], *, is_body: bool) -> Change:
    if is_body:
        return Change(table=RuleTable.KEEP, matcher=matcher, why=label.meaning)
    return Change(table=RuleTable.DROP, label=label, matcher=matcher, why=label.meaning)


def _block(mark: BlockMark, pages: Sequence[SitePage]) -> Block:
    return pages[mark.page].article.blocks[mark.block]


def _rank(proposal: Proposal) -> tuple[float, ...]:
    """Sort key: no contradiction, most marks, little doubt, most pages, then the matcher."""
    counts = proposal.counts
    return (
        counts[Effect.WRONG],
        -proposal.covered,
        counts[Effect.DOUBTFUL] > _MAX_DOUBTFUL_SHARE * len(proposal.hits),
        -len({hit.page for hit in proposal.hits}),
        _WORTH.index(proposal.change.kind),
        counts[Effect.DOUBTFUL],
        counts[Effect.CHANGED],
    )


def _drop_equal(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return ``proposals`` without those that reach the same blocks in the same table by the same kind of matcher."""
    seen: set[object] = set()
    kept = []
    for one in proposals:
        reach = (
            one.change.table,
            one.change.field,
            one.change.kind,
            frozenset((hit.page, hit.block) for hit in one.hits),
        )
        if reach not in seen:
            seen.add(reach)
            kept.append(one)
    return kept
