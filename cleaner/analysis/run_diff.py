"""What changed between two runs over the same pages: by site and label, worst first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple, Protocol

from cleaner import fields
from cleaner.fields import Use
from cleaner.labels import Label

FIELDS = fields.names(Use.DIFF)
"""The metadata that is compared."""
LOST, BACK, RENAMED, REFILED = "lost", "came back", "renamed", "metadata"
"""What can happen: text is dropped now, or was, or is dropped as something else; a field has another value."""
_NOT_ON_PAGE = "not on the page"
"""Stands for a label where no judge had a say: the text, or the whole page, is only in the other run."""


class DiffRow(Protocol):
    """An article of a run; it has the attributes :data:`FIELDS` besides."""

    @property
    def id(self) -> str: ...  # noqa: D102  the document's
    @property
    def site(self) -> str | None: ...  # noqa: D102  its host
    @property
    def text(self) -> str: ...  # noqa: D102  kept


class DiffDropped(Protocol):
    """A block that was left out."""

    @property
    def label(self) -> Label: ...  # noqa: D102  what it was called
    @property
    def judge(self) -> str: ...  # noqa: D102  who said so
    @property
    def rule(self) -> str | None: ...  # noqa: D102  by which rule
    @property
    def text(self) -> str: ...  # noqa: D102  its own


class DiffDocument(Protocol):
    """A document of a run, as :mod:`cleaner.analysis.run_reader` gives it."""

    @property
    def row(self) -> DiffRow: ...  # noqa: D102  its article
    @property
    def dropped(self) -> Sequence[DiffDropped]: ...  # noqa: D102  what was left out


class ChangeKind(NamedTuple):
    """What happened to text of a site: a line of the report."""

    what: str
    label: str
    """As which it was dropped, ``old -> new`` if renamed; the field, of metadata."""
    by: str
    """The rule or judge that dropped it; empty of metadata."""


class ChangeSize(NamedTuple):
    """How much of a kind happened, and where one can see it."""

    times: int = 0
    characters: int = 0
    page: str = ""
    """The id of the first page."""
    example: str = ""

    def add(self, page: str, text: str) -> ChangeSize:
        """This, and once more on ``page``."""
        first = (self.page, self.example) if self.times else (page, text)
        return ChangeSize(self.times + 1, self.characters + len(text), *first)


class SiteDiff(NamedTuple):
    """What changed on one site."""

    site: str
    pages: int
    changed: int
    """Pages on which anything did."""
    refiled: int
    """Pages whose metadata did."""
    characters: int
    """Of the text of the old articles."""
    changes: Mapping[ChangeKind, ChangeSize]

    def total(self, what: str) -> int:
        """Characters to which ``what`` happened."""
        return sum(change.characters for kind, change in self.changes.items() if kind.what == what)

    @property
    def share(self) -> float:
        """How much changed, 0 for nothing, 1 for as much as there was.

        It is characters lost and come back for each one there was or, if that is more, the share of pages whose metadata
        differs.
        """
        text = (self.total(LOST) + self.total(BACK)) / max(self.characters, 1)
        return max(text, self.refiled / self.pages)


def diff_runs(old: Iterable[DiffDocument], new: Iterable[DiffDocument]) -> list[SiteDiff]:
    """What changed from the ``old`` documents to the ``new``, by site, the one that changed most first.

    Both are read once, side by side; a document is held only until its fellow comes, which is at once where two runs
    read the same pages.
    """
    sites: defaultdict[str, _SiteCounter] = defaultdict(_SiteCounter)
    for pair in _pair_documents(old, new):
        sites[pair.site].add(pair)
    told = [site.to_diff(name) for name, site in sites.items()]
    return sorted(told, key=lambda site: (-site.share, -len(site.changes), site.site))


def list_version_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """What two ``run.json`` say differently of versions and rules, as ``lxml 6.1.3 -> 6.2.0``."""
    was, now = ({**made.get("versions", {}), "rules": made.get("rules_digest", "")[:12]} for made in (old, new))
    return [
        f"{name} {was.get(name, 'none')} -> {now.get(name, 'none')}"
        for name in {**was, **now}
        if was.get(name) != now.get(name)
    ]


class _DocumentPair(NamedTuple):
    """A page as it was and as it is; None where it is not in that run."""

    id: str
    site: str
    old: DiffDocument | None
    new: DiffDocument | None


def _make_pair(old: DiffDocument | None, new: DiffDocument | None, row: DiffRow) -> _DocumentPair:
    return _DocumentPair(row.id, row.site or "(no site)", old, new)


def _pair_documents(old: Iterable[DiffDocument], new: Iterable[DiffDocument]) -> Iterator[_DocumentPair]:
    """The documents of both runs by id; those that stand in one only come last."""
    waiting: tuple[dict[str, DiffDocument], dict[str, DiffDocument]] = ({}, {})
    for both in zip_longest(old, new):
        for side, document in enumerate(both):
            if document is None:
                continue
            fellow = waiting[1 - side].pop(document.row.id, None)
            if fellow is None:
                waiting[side][document.row.id] = document
            else:
                yield (
                    _make_pair(document, fellow, fellow.row)
                    if side == 0
                    else _make_pair(fellow, document, document.row)
                )
    yield from (_make_pair(gone, None, gone.row) for gone in waiting[0].values())
    yield from (_make_pair(None, come, come.row) for come in waiting[1].values())


class _SiteCounter:
    """What is counted of a site while the runs are read."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._changes: defaultdict[ChangeKind, ChangeSize] = defaultdict(ChangeSize)

    def add(self, pair: _DocumentPair) -> None:
        text, metadata = list(_diff_text(pair.old, pair.new)), list(_diff_metadata(pair.old, pair.new))
        for kind, example in (*text, *metadata):
            self._changes[kind] = self._changes[kind].add(pair.id, example)
        self._counts["pages"] += 1
        self._counts["changed"] += bool(text or metadata)
        self._counts["refiled"] += bool(metadata)
        self._counts["characters"] += sum(map(len, _split_kept_lines(pair.old)))

    def to_diff(self, name: str) -> SiteDiff:
        counts = self._counts
        changes = dict(sorted(self._changes.items(), key=lambda item: (-item[1].characters, item[0])))
        return SiteDiff(name, counts["pages"], counts["changed"], counts["refiled"], counts["characters"], changes)


def _diff_text(old: DiffDocument | None, new: DiffDocument | None) -> Iterator[tuple[ChangeKind, str]]:
    """The lines that were lost, came back or are dropped as something else."""
    was, now = Counter(_split_kept_lines(old)), Counter(_split_kept_lines(new))
    dropped_before, dropped_now = _map_dropped_lines(old), _map_dropped_lines(new)
    for lines, dropped, what in ((was - now, dropped_now, LOST), (now - was, dropped_before, BACK)):
        for line in lines.elements():
            speaker = dropped.get(line)
            label, by = (speaker.label, speaker.rule or speaker.judge) if speaker else (_NOT_ON_PAGE, "")
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
            yield ChangeKind(REFILED, name, ""), f"{_show_value(was)} -> {_show_value(now)}"


def _split_kept_lines(document: DiffDocument | None) -> list[str]:
    return [line for line in document.row.text.split("\n") if line] if document else []


def _map_dropped_lines(document: DiffDocument | None) -> dict[str, DiffDropped]:
    """What was dropped, by its lines."""
    blocks = document.dropped if document else ()
    return {line: block for block in blocks for line in block.text.split("\n") if line}


def _show_value(value: str | tuple[str, ...] | None) -> str:
    return (value if isinstance(value, str) else ", ".join(value or ())) or "none"
