"""The output folder of a run: its tables grow out of sight, from checkpoint to checkpoint, and appear when whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self

import msgspec
from msgspec.structs import replace

from cleaner.batch import file_names
from cleaner.batch.checkpoint import CheckpointStore
from cleaner.batch.records import CleanedDocument, InputPosition, Outcome
from cleaner.batch.spool import NamedFiles, Spool, TableLayout
from cleaner.batch.summary import RunSummary
from cleaner.errors import ResumeError
from cleaner.storage.atomic_files import reporting_write_errors, write_whole
from cleaner.storage.run_files import ARTICLES, FAILURES, MANIFEST, REMOVED, Failure

WORK = ".unfinished"
"""Folder, in that of the output, in which a run stands until it is whole."""
_LEDGER = "ledger.sqlite"
_INTERVAL = 1.0
"""Seconds of work that a kill may cost, at least."""
_SHARE = 0.03
"""Share of a run's time that checkpoints may take; on a slow disk they become rarer."""


class ResumeMode(Enum):
    """What to do where an unfinished run stands in the output folder."""

    NO = auto()
    """Refuse to start."""
    SAME = auto()
    """Go on with it, if all that its output depends on is as it was."""
    ANYWAY = auto()
    """Go on with it, whatever rules, versions and leaning are now."""


class RunPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What the output of a run depends on."""

    layout: TableLayout = TableLayout()
    inputs: Mapping[str, Any] = {}
    made_with: Mapping[str, Any] = {}
    """Versions, rules and the like: an unfinished run can go on without them being as they were."""

    def changed(self, now: RunPlan, *, but: Iterable[str] = ()) -> list[str]:
        """Names of what is different ``now``, ``but`` for some, in the order of the alphabet."""
        mine, other = (
            {"format": plan.layout.form, "shard size": plan.layout.shard_size, **plan.inputs, **plan.made_with}
            for plan in (self, now)
        )
        differing = {name for name in mine.keys() | other.keys() if mine.get(name) != other.get(name)}
        return sorted(differing.difference(but))


class _RunState(msgspec.Struct, frozen=True, kw_only=True):
    """A checkpoint: all that is needed to go on."""

    plan: RunPlan
    summary: RunSummary = RunSummary()
    position: InputPosition | None = None
    shard: int = 0
    articles: int = 0
    """In the shard."""
    sizes: Mapping[str, int] = {}
    """Bytes of each growing table."""
    whole: bool = False
    stale: tuple[str, ...] = ()
    """Tables of the run before that this one does not replace."""


class RunFolder:
    """The output folder of one run, as a context: :meth:`write` every outcome, then :meth:`commit`.

    The tables get their names in :meth:`commit`, ``run.json`` last: where it stands, all of them are whole and of one
    run. Left without a commit, the folder keeps the tables it had, and the unfinished run beside them. Markdown and
    text files get their names one by one, as they are written.

    Raises:
        OutputError: the folder or a file in it cannot be written, or another run is at work there.
        ResumeError: an unfinished run stands there, and may not or cannot be gone on with.
    """

    def __init__(self, folder: Path, plan: RunPlan, resume: ResumeMode = ResumeMode.NO) -> None:
        self._folder = folder
        self._work = folder / WORK
        self._plan = plan
        self._resume = resume
        self._spools: dict[str, Spool] = {}
        self._files = NamedFiles(self._work)
        self._due = 0.0

    def __enter__(self) -> Self:
        with reporting_write_errors(self._folder):
            self._work.mkdir(parents=True, exist_ok=True)
        self._ledger = CheckpointStore(self._work / _LEDGER)
        try:
            self._state = self._begin(self._ledger.load())
            self._ledger.forget(self.summary.documents)
            if not self.whole:
                self._open(*self._plan.layout.sharded, FAILURES)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is KeyboardInterrupt:
                self.checkpoint()
        finally:
            self._close()

    @property
    def summary(self) -> RunSummary:
        """What has been written so far."""
        return self._state.summary

    @property
    def position(self) -> InputPosition | None:
        """Where the input goes on; None: at its beginning."""
        return self._state.position

    @property
    def whole(self) -> bool:
        """Whether every document has been written."""
        return self._state.whole

    def name(self, wanted: str, number: int) -> str:
        """The id of the ``number``-th document: ``wanted``, with ``~2`` behind it the second time, and so on."""
        times = self._ledger.times(wanted, number)
        return wanted if times == 1 else self.name(f"{wanted}~{times}", number)

    def write(self, outcome: Outcome, after: InputPosition | None = None) -> None:
        """Add one document's rows to the tables, and its article; the input goes on ``after`` it."""
        articles = self._state.articles
        if isinstance(outcome, Failure):
            self._spools[FAILURES].append(_json_line(outcome))
        else:
            if articles == self._plan.layout.shard_size:
                self._next_shard()
                articles = 0
            articles += 1
            self._write_article(outcome)
            self._spools[REMOVED].append(b"".join(map(_json_line, outcome.removed)))
        # At one stroke: whenever it is interrupted, the state is that of a whole number of documents.
        self._state = replace(
            self._state,
            summary=self.summary.plus(outcome),
            position=after,
            articles=articles,
            sizes={table: spool.size for table, spool in self._spools.items()},
        )
        if monotonic() >= self._due:
            self.checkpoint()

    def checkpoint(self) -> None:
        """Bring to the disk what was written: a run that is killed goes on from here."""
        began = monotonic()
        for spool in self._spools.values():
            spool.sync()
        self._files.sync()
        self._ledger.save(msgspec.json.encode(self._state))
        now = monotonic()
        self._due = now + max(_INTERVAL, (now - began) / _SHARE)

    def commit(self, manifest: Mapping[str, Any]) -> None:
        """Give the tables their names, then write ``run.json``: ``manifest``, and what the tables are called."""
        if not self.whole:
            self._pack()
            self._state = replace(self._state, whole=True, stale=tuple(_tables_of(self._folder)))
            self.checkpoint()
        tables = self._plan.layout.finals(self._state.shard + 1)
        with reporting_write_errors(self._folder / MANIFEST):
            (self._folder / MANIFEST).unlink(missing_ok=True)
        for name in tables:
            with reporting_write_errors(self._folder / name), suppress(FileNotFoundError):  # renamed before a kill
                (self._work / name).replace(self._folder / name)
        for name in {*self._state.stale} - {*tables}:
            with reporting_write_errors(self._folder / name):
                (self._folder / name).unlink(missing_ok=True)
        _sync_folder(self._folder)
        changed = self._state.plan.changed(self._plan)
        told = {**manifest, "tables": tables, **({"changed_midway": changed} if changed else {})}
        pretty = msgspec.json.format(msgspec.json.encode(told), indent=2)
        write_whole(self._folder / MANIFEST, pretty + b"\n")
        _sync_folder(self._folder)
        self._close()
        (self._work / _LEDGER).unlink(missing_ok=True)
        shutil.rmtree(self._work, ignore_errors=True)

    def _begin(self, saved: bytes | None) -> _RunState:
        state = msgspec.json.decode(saved, type=_RunState) if saved else None
        if state is None or not state.summary.documents:
            return _RunState(plan=self._plan)
        anew = f"to start anew, remove {self._work}"
        if self._resume is ResumeMode.NO:
            done = f"an unfinished run of {state.summary.documents:,} documents stands here"
            raise ResumeError(str(self._folder), f"{done}. To go on with it, add --resume; {anew}")
        overruled = self._plan.made_with if self._resume is ResumeMode.ANYWAY else ()
        if changed := state.plan.changed(self._plan, but=overruled):
            what = f"changed since the unfinished run began: {', '.join(changed)}"
            remedy = (
                "" if {*changed}.difference(self._plan.made_with) else "To go on all the same, add --despite-changes; "
            )
            raise ResumeError(str(self._folder), f"{what}. {remedy}{anew}")
        return state

    def _open(self, *tables: str) -> None:
        for table in tables:
            spool = self._work / self._plan.layout.spool(table, self._state.shard)
            self._spools[table] = Spool(spool, self._state.sizes.get(table, 0))

    def _write_article(self, outcome: CleanedDocument) -> None:
        form = self._plan.layout.form
        if form.is_table:
            self._spools[ARTICLES].append(outcome.article)
            return
        name = file_names.file_name(outcome.id)
        if self._ledger.times(f"file {file_names.fold_file_name(name)}", self.summary.documents + 1) > 1:
            name = f"{name}-{file_names.short_digest(outcome.id)}"
        self._files.add(self._folder / f"{name}.{form}", outcome.article)

    def _pack(self) -> None:
        for table in self._plan.layout.sharded:
            self._spools[table].sync()
            self._plan.layout.pack(self._work, table, self._state.shard)

    def _next_shard(self) -> None:
        self._pack()
        layout, shard = self._plan.layout, self._state.shard
        for table in layout.sharded:
            self._spools.pop(table).close()
        self._state = replace(self._state, shard=shard + 1, articles=0, sizes={FAILURES: self._spools[FAILURES].size})
        self.checkpoint()
        for table in layout.sharded:
            if layout.spool(table, shard) != layout.final(table, shard):
                with suppress(OSError):  # it goes with the folder at the latest
                    (self._work / layout.spool(table, shard)).unlink()
        self._open(*layout.sharded)

    def _close(self) -> None:
        for spool in self._spools.values():
            spool.close()
        self._spools.clear()
        self._ledger.close()


def find_unfinished(folder: Path) -> RunSummary | None:
    """What the unfinished run in ``folder`` has done; None where there is none.

    Raises :class:`OutputError` where another run is at work there.
    """
    if not (folder / WORK / _LEDGER).exists():
        return None
    ledger = CheckpointStore(folder / WORK / _LEDGER)
    saved = ledger.load()
    ledger.close()
    return msgspec.json.decode(saved, type=_RunState).summary if saved else None


def _tables_of(folder: Path) -> list[str]:
    """The tables that the finished run in ``folder`` says are its own."""
    try:
        tables = msgspec.json.decode((folder / MANIFEST).read_bytes())["tables"]
        return [name for name in tables if (folder / name).parent == folder]
    except (OSError, LookupError, TypeError, ValueError):
        return []


def _sync_folder(folder: Path) -> None:
    """Bring the names in ``folder`` to the disk, where the system has a way to."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _json_line(row: msgspec.Struct) -> bytes:
    return msgspec.json.encode(row) + b"\n"
