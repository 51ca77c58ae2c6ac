"""Comparing two runs over the same pages: the changes by site and label, largest first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple, Protocol

from cleaner import fields
from cleaner.fields import Use
from cleaner.labels import Label

FIELDS = fields.names(Use.DIFF)
"""The metadata that are compared."""
LOST, BACK, RENAMED, METADATA_CHANGED = "lost", "came back", "renamed", "metadata"
"""Kinds of change: text is dropped now, or was dropped before, or has another label; a field has another value."""
_NOT_ON_PAGE = "not on the page"
"""Used in place of a label if the text, or the whole page, is in the other run only."""


class DiffRow(Protocol):
    """An article of a run; it also has the attributes :data:`FIELDS`."""

    @property
    def id(self) -> str: ...  # noqa: D102  of the document
    @property
    def site(self) -> str | None: ...  # noqa: D102  the host
    @property
    def text(self) -> str: ...  # noqa: D102  the kept text


class DiffDropped(Protocol):
    """A block that was dropped."""

    @property
    def label(self) -> Label: ...  # noqa: D102  its label
    @property
    def judge(self) -> str: ...  # noqa: D102  the judge that dropped it
    @property
    def rule(self) -> str | None: ...  # noqa: D102  the rule that dropped it
    @property
    def text(self) -> str: ...  # noqa: D102  its text


class DiffDocument(Protocol):
    """A document of a run, such as :mod:`cleaner.analysis.run_reader` yields."""

    @property
    def row(self) -> DiffRow: ...  # noqa: D102  its article
    @property
    def dropped(self) -> Sequence[DiffDropped]: ...  # noqa: D102  its dropped blocks


class ChangeKind(NamedTuple):
    """A kind of change on a site: one line of the report."""

    what: str
    label: str
    """The label of the dropped text, ``old -> new`` if renamed; for metadata the field."""
    by: str
    """The rule or judge that dropped it; empty for metadata."""


class ChangeSize(NamedTuple):
    """The size of a kind of change, and an example."""

    times: int = 0
    characters: int = 0
    page: str = ""
    """The id of the first page."""
    example: str = ""

    def add(self, page: str, text: str) -> ChangeSize:
        """Return this with one more change, on ``page``."""
        first = (self.page, self.example) if self.times else (page, text)
        return ChangeSize(self.times + 1, self.characters + len(text), *first)


class SiteDiff(NamedTuple):
    """The changes on one site."""

    site: str
    pages: int
    changed: int
    """Pages with any change."""
    metadata_changed: int
    """Pages whose metadata changed."""
    characters: int
    """Characters of the text of the old articles."""
    changes: Mapping[ChangeKind, ChangeSize]

    def total(self, what: str) -> int:
        """Return the characters of all changes of the kind ``what``."""
        return sum(change.characters for kind, change in self.changes.items() if kind.what == what)

    @property
    def share(self) -> float:
        """The share that changed; 0 if nothing did.

        The characters lost or come back, divided by the characters of the old articles; or the share of pages whose
        metadata changed, if that is larger.
        """
        text = (self.total(LOST) + self.total(BACK)) / max(self.characters, 1)
        return max(text, self.metadata_changed / self.pages)


def diff_runs(old: Iterable[DiffDocument], new: Iterable[DiffDocument]) -> list[SiteDiff]:
    """Return the changes from the ``old`` documents to the ``new``, by site, the one that changed most first.

    Both are read once, in parallel; a document is held only until its counterpart is read, which is immediate if both
    runs read the same pages.
    """
    sites: defaultdict[str, _SiteCounter] = defaultdict(_SiteCounter)
    for pair in _pair_documents(old, new):
        sites[pair.site].add(pair)
    diffs = [site.to_diff(name) for name, site in sites.items()]
    return sorted(diffs, key=lambda site: (-site.share, -len(site.changes), site.site))


def list_version_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return the versions and rules that differ between two ``run.json``, such as ``lxml 6.1.3 -> 6.2.0``."""
    was, now = ({**made.get("versions", {}), "rules": made.get("rules_digest", "")[:12]} for made in (old, new))
    return [
        f"{name} {was.get(name, 'none')} -> {now.get(name, 'none')}"
        for name in {**was, **now}
        if was.get(name) != now.get(name)
    ]


class _DocumentPair(NamedTuple):
    """A page in both runs; None if it is not in that run."""

    id: str
    site: str
    old: DiffDocument | None
    new: DiffDocument | None


def _make_pair(old: DiffDocument | None, new: DiffDocument | None, row: DiffRow) -> _DocumentPair:
    return _DocumentPair(row.id, row.site or "(no site)", old, new)


def _pair_documents(old: Iterable[DiffDocument], new: Iterable[DiffDocument]) -> Iterator[_DocumentPair]:
    """Pair the documents of both runs by id; those that are in one run only come last."""
    waiting: tuple[dict[str, DiffDocument], dict[str, DiffDocument]] = ({}, {})
    for both in zip_longest(old, new):
        for side, document in enumerate(both):
            if document is None:
                continue
            counterpart = waiting[1 - side].pop(document.row.id, None)
            if counterpart is None:
                waiting[side][document.row.id] = document
            else:
                yield (
                    _make_pair(document, counterpart, counterpart.row)
                    if side == 0
                    else _make_pair(counterpart, document, document.row)
                )
    yield from (_make_pair(gone, None, gone.row) for gone in waiting[0].values())
    yield from (_make_pair(None, come, come.row) for come in waiting[1].values())


class _SiteCounter:
    """The counts of a site while the runs are read."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._changes: defaultdict[ChangeKind, ChangeSize] = defaultdict(ChangeSize)

    def add(self, pair: _DocumentPair) -> None:
        text, metadata = list(_diff_text(pair.old, pair.new)), list(_diff_metadata(pair.old, pair.new))
        for kind, example in (*text, *metadata):
            self._changes[kind] = self._changes[kind].add(pair.id, example)
        self._counts["pages"] += 1
        self._counts["changed"] += bool(text or metadata)
        self._counts["metadata_changed"] += bool(metadata)
        self._counts["characters"] += sum(map(len, _split_kept_lines(pair.old)))

    def to_diff(self, name: str) -> SiteDiff:
        counts = self._counts
        changes = dict(sorted(self._changes.items(), key=lambda item: (-item[1].characters, item[0])))
        return SiteDiff(
            name, counts["pages"], counts["changed"], counts["metadata_changed"], counts["characters"], changes
        )


def _diff_text(old: DiffDocument | None, new: DiffDocument | None) -> Iterator[tuple[ChangeKind, str]]:
    """Yield the lines that were lost, came back or have another label."""
    was, now = Counter(_split_kept_lines(old)), Counter(_split_kept_lines(new))
    dropped_before, dropped_now = _map_dropped_lines(old), _map_dropped_lines(new)
    for lines, dropped, what in ((was - now, dropped_now, LOST), (now - was, dropped_before, BACK)):
        for line in lines.elements():
            block = dropped.get(line)
            label, by = (block.label, block.rule or block.judge) if block else (_NOT_ON_PAGE, "")
            yield ChangeKind(what, label, by), line
    for line, before in dropped_before.items():
        after = dropped_now.get(line)
        if after and after.label != before.label:
            yield ChangeKind(RENAMED, f"{before.label} -> {after.label}", after.rule or after.judge), line


def _diff_metadata(old: DiffDocument | None, new: DiffDocument | None) -> Iterator[tuple[ChangeKind, str]]:
    if old is None or new is None:
        return
    for name in FIELDS:
        was, now = getattr(old.row, name), getattr(new.row, name)
        if was != now:
            yield ChangeKind(METADATA_CHANGED, name, ""), f"{_show_value(was)} -> {_show_value(now)}"


def _split_kept_lines(document: DiffDocument | None) -> list[str]:
    return [line for line in document.row.text.split("\n") if line] if document else []


def _map_dropped_lines(document: DiffDocument | None) -> dict[str, DiffDropped]:
    """Return the dropped block of each dropped line."""
    blocks = document.dropped if document else ()
    return {line: block for block in blocks for line in block.text.split("\n") if line}


def _show_value(value: str | tuple[str, ...] | None) -> str:
    return (value if isinstance(value, str) else ", ".join(value or ())) or "none"
