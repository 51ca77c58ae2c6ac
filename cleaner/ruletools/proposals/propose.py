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
from cleaner.rulebook.rule_types import END
from cleaner.ruletools.proposals.changes import Change, RuleTable, check_change
from cleaner.ruletools.proposals.hits import Effect, Hit, SiteLines, count_lines, find_hits
from cleaner.ruletools.proposals.marks import BlockMark, SitePage
from cleaner.ruletools.proposals.markup_entries import list_widening_selectors
from cleaner.ruletools.proposals.text_entries import MAX_OPENING_CHARS, list_text_matchers

MAX_PROPOSALS = 9
"""Proposals for one label: as many as the keys 1 to 9 can choose."""
_MAX_SELECTORS = 3
"""How many of them are selectors of ``[body]`` or ``[metadata]``."""
_MAX_SINGLE_MARKS = 12
"""Marks of one label for which entries are also proposed one by one; chosen."""
_MAX_DOUBT = 2
"""Doubtful hits for each fulfilled mark, beyond which a change is not proposed; chosen by reading proposals."""
_MAX_DOUBTFUL_SHARE = 0.25
"""Share of doubtful hits up to which the number of pages counts for more; chosen by reading proposals."""
FIELDS = {
    Label.TITLE: "title",
    Label.BYLINE: "authors",
    Label.TIMESTAMP: "published",
    Label.TAGS: "tags",
    Label.DESCRIPTION: "description",
}
"""The field of ``[metadata]`` that a block with this label may show."""
_WORTH = ("line", "starts", "regex", "selector", "body", "metadata", "from", "ends", "contains")
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
    lines = count_lines(pages)
    groups: dict[object, list[BlockMark]] = {}
    for mark in marks:
        groups.setdefault("body" if mark.is_body else mark.label, []).append(mark)
    return [proposal for own in groups.values() for proposal in _propose_for_group(own, marks, pages, lines)]


def _propose_for_group(
    own: Sequence[BlockMark], marks: Sequence[BlockMark], pages: Sequence[SitePage], lines: SiteLines
) -> list[Proposal]:
    found: dict[tuple[object, ...], Proposal] = {}
    for change in _list_changes(own, pages):
        key = _key(change)
        if key in found:
            continue
        try:
            check_change(change)
        except RuleError:
            continue
        if _may_be_useful(change, own, marks, pages, lines):
            found[key] = Proposal(change, find_hits(change, pages, marks, lines))
    useful = [one for one in found.values() if _is_useful(one)]
    ranked = _drop_equal(sorted(useful, key=_rank))
    selectors = [one for one in ranked if not one.change.is_entry][:_MAX_SELECTORS]
    return [one for one in ranked if one.change.is_entry][: MAX_PROPOSALS - len(selectors)] + selectors


def _may_be_useful(
    change: Change, own: Sequence[BlockMark], marks: Sequence[BlockMark], pages: Sequence[SitePage], lines: SiteLines
) -> bool:
    """Whether the marked pages alone do not show that ``change`` has too many doubtful hits; saves trying it on all."""
    hits = find_hits(change, pages, marks, lines, only={mark.page for mark in own})
    return sum(hit.effect is Effect.DOUBTFUL for hit in hits) <= _MAX_DOUBT * len(own)


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
    field = FIELDS.get(label)
    if field and all(mark.label is label for mark in own):
        yield from (Change(table=RuleTable.METADATA, field=field, selector=one) for one in _list_shared(own, pages))


def _list_shared(marks: Sequence[BlockMark], pages: Sequence[SitePage]) -> list[str]:
    return list_widening_selectors([_block(mark, pages).path for mark in marks])


def _list_entries(marks: Sequence[BlockMark], pages: Sequence[SitePage]) -> Iterator[Change]:
    label, is_body = marks[0].label, marks[0].is_body
    for matcher in list_text_matchers([_block(mark, pages).text for mark in marks]):
        yield _make_change(label, matcher, is_body=is_body)
    for selector in _list_shared(marks, pages):
        yield _make_change(label, {"selector": selector}, is_body=is_body)


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
        reach = (one.change.table, one.change.kind, frozenset((hit.page, hit.block) for hit in one.hits))
        if reach not in seen:
            seen.add(reach)
            kept.append(one)
    return kept
