"""The output folder of a run: tables are written in a work folder and get their names when they are complete."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from enum import Enum, auto
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Any, Self

import msgspec
from msgspec.structs import replace

from cleaner.batch import file_names
from cleaner.batch.checkpoint import CheckpointStore
from cleaner.batch.previous_run import list_tables
from cleaner.batch.records import CleanedDocument, InputPosition, ItemOutcome
from cleaner.batch.spool import WHOLE_TABLES, PendingFiles, Spool, TableLayout
from cleaner.batch.summary import RunSummary
from cleaner.errors import ResumeError
from cleaner.storage.atomic_files import reporting_write_errors, write_atomic
from cleaner.storage.run_files import ARTICLES, FAILURES, MANIFEST, REMOVED, SKIPPED, Failure, Skipped

WORK_FOLDER = ".unfinished"
"""Folder inside the output folder that has the tables of a run until they are complete."""
_CHECKPOINT_FILE = "ledger.sqlite"
_MIN_CHECKPOINT_SECONDS = 1.0
"""Minimum time between checkpoints: a kill may lose this much work. Chosen; not measured."""
_MAX_CHECKPOINT_SHARE = 0.03
"""Maximum share of a run's time that checkpoints take; on a slow disk they become rarer. Chosen; not measured."""


class ResumeMode(Enum):
    """What to do if the output folder contains an unfinished run."""

    NO = auto()
    """Refuse to start."""
    SAME = auto()
    """Resume it, if nothing that its output depends on has changed."""
    ANYWAY = auto()
    """Resume it even if rules, versions or the leaning have changed."""


class RunPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What the output of a run depends on."""

    layout: TableLayout = TableLayout()
    inputs: Mapping[str, Any] = {}
    made_with: Mapping[str, Any] = {}
    """Versions, rules and settings: an unfinished run can be resumed even if they have changed."""

    def list_changes(self, now: RunPlan, *, ignoring: Iterable[str] = ()) -> list[str]:
        """Names of what is different ``now``, sorted, except those in ``ignoring``."""
        mine, other = (
            {"format": plan.layout.form, "shard size": plan.layout.shard_size, **plan.inputs, **plan.made_with}
            for plan in (self, now)
        )
        differing = {name for name in mine.keys() | other.keys() if mine.get(name) != other.get(name)}
        return sorted(differing.difference(ignoring))


class _RunState(msgspec.Struct, frozen=True, kw_only=True):
    """A checkpoint: all that is needed to resume a run."""

    plan: RunPlan
    summary: RunSummary = RunSummary()
    position: InputPosition | None = None
    shard: int = 0
    articles: int = 0
    """Number in the current shard."""
    sizes: Mapping[str, int] = {}
    """Bytes of each unfinished table."""
    is_complete: bool = False
    superseded: tuple[str, ...] = ()
    """Tables of the previous run in the folder, to delete unless this run replaces them."""


class RunFolder:
    """The output folder of one run, as a context: :meth:`write_outcome` every outcome, then :meth:`commit`.

    The tables get their names in :meth:`commit`, ``run.json`` last: if it exists, all of them are complete and of the
    same run. Without a commit, the folder keeps the tables it had, and the unfinished run in its work folder. Markdown
    and text files get their names at each checkpoint.

    Raises:
        OutputError: the folder or a file in it cannot be written, or another run writes there.
        ResumeError: the folder contains an unfinished run that may not, or cannot, be resumed.
    """

    def __init__(self, folder: Path, plan: RunPlan, resume: ResumeMode = ResumeMode.NO) -> None:
        self._folder = folder
        self._work = folder / WORK_FOLDER
        self._plan = plan
        self._resume = resume
        self._spools: dict[str, Spool] = {}
        self._articles = PendingFiles(self._work)
        self._next_checkpoint = 0.0

    def __enter__(self) -> Self:
        with reporting_write_errors(self._folder):
            self._work.mkdir(parents=True, exist_ok=True)
        self._store = CheckpointStore(self._work / _CHECKPOINT_FILE)
        try:
            self._state = self._load_state(self._store.load_state())
            self._store.delete_names_after(self.summary.items)
            if not self.is_complete:
                self._open_spools(*self._plan.layout.sharded_tables, *WHOLE_TABLES)
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is KeyboardInterrupt:
                self.save_checkpoint()
        finally:
            self._close()

    @property
    def summary(self) -> RunSummary:
        """What has been written so far."""
        return self._state.summary

    @property
    def position(self) -> InputPosition | None:
        """Where to resume the input; None: at its beginning."""
        return self._state.position

    @property
    def is_complete(self) -> bool:
        """Whether every document has been written."""
        return self._state.is_complete

    def assign_id(self, wanted: str, number: int) -> str:
        """Return an id, unique in the run, for the ``number``-th document: ``wanted``, or with ``~2`` appended."""
        times = self._store.count_use(wanted, number)
        return wanted if times == 1 else self.assign_id(f"{wanted}~{times}", number)

    def write_outcome(self, outcome: ItemOutcome, after: InputPosition | None = None) -> None:
        """Write one document's article and rows; ``after`` is the position of the input after it."""
        articles = self._state.articles
        if isinstance(outcome, Failure):
            self._spools[FAILURES].append(_json_line(outcome))
        elif isinstance(outcome, Skipped):
            self._spools[SKIPPED].append(_json_line(outcome))
        else:
            if articles == self._plan.layout.shard_size:
                self._start_next_shard()
                articles = 0
            articles += 1
            self._write_article(outcome)
            self._spools[REMOVED].append(b"".join(map(_json_line, outcome.removed)))
        # One assignment, so that the state never includes a part of a document, even if interrupted.
        self._state = replace(
            self._state,
            summary=self.summary.with_outcome(outcome),
            position=after,
            articles=articles,
            sizes={table: spool.size for table, spool in self._spools.items()},
        )
        if monotonic() >= self._next_checkpoint:
            self.save_checkpoint()

    def save_checkpoint(self) -> None:
        """Flush all files to the disk and save the state, from which a killed run is resumed."""
        began = monotonic()
        for spool in self._spools.values():
            spool.sync()
        self._articles.publish()
        self._store.save_state(msgspec.json.encode(self._state))
        now = monotonic()
        self._next_checkpoint = now + max(_MIN_CHECKPOINT_SECONDS, (now - began) / _MAX_CHECKPOINT_SHARE)

    def commit(self, manifest: Mapping[str, Any]) -> None:
        """Rename the tables to their final names, then write ``run.json``: ``manifest`` and the names of the tables."""
        if not self.is_complete:
            self._pack_shard()
            self._state = replace(self._state, is_complete=True, superseded=tuple(list_tables(self._folder)))
            self.save_checkpoint()
        tables = self._plan.layout.list_final_names(self._state.shard + 1)
        with reporting_write_errors(self._folder / MANIFEST):
            (self._folder / MANIFEST).unlink(missing_ok=True)
        for name in tables:
            with reporting_write_errors(self._folder / name), suppress(FileNotFoundError):  # renamed before a kill
                (self._work / name).replace(self._folder / name)
        for name in {*self._state.superseded} - {*tables}:
            with reporting_write_errors(self._folder / name):
                (self._folder / name).unlink(missing_ok=True)
        _sync_folder(self._folder)
        changed = self._state.plan.list_changes(self._plan)
        content = {**manifest, "tables": tables, **({"changed_midway": changed} if changed else {})}
        pretty = msgspec.json.format(msgspec.json.encode(content), indent=2)
        write_atomic(self._folder / MANIFEST, pretty + b"\n")
        _sync_folder(self._folder)
        self._close()
        (self._work / _CHECKPOINT_FILE).unlink(missing_ok=True)
        shutil.rmtree(self._work, ignore_errors=True)

    def _load_state(self, saved: bytes | None) -> _RunState:
        state = msgspec.json.decode(saved, type=_RunState) if saved else None
        if state is None or not state.summary.items:
            return _RunState(plan=self._plan)
        restart = f"to start again, remove {self._work}"
        if self._resume is ResumeMode.NO:
            done = f"an unfinished run of {state.summary.items:,} documents is here"
            raise ResumeError(str(self._folder), f"{done}. To resume it, add --resume; {restart}")
        ignored = self._plan.made_with if self._resume is ResumeMode.ANYWAY else ()
        if changed := state.plan.list_changes(self._plan, ignoring=ignored):
            what = f"changed since the unfinished run began: {', '.join(changed)}"
            remedy = (
                ""
                if {*changed}.difference(self._plan.made_with)
                else "To resume it nevertheless, add --despite-changes; "
            )
            raise ResumeError(str(self._folder), f"{what}. {remedy}{restart}")
        return state

    def _open_spools(self, *tables: str) -> None:
        for table in tables:
            spool = self._work / self._plan.layout.name_spool(table, self._state.shard)
            self._spools[table] = Spool(spool, self._state.sizes.get(table, 0))

    def _write_article(self, outcome: CleanedDocument) -> None:
        form = self._plan.layout.form
        if form.is_table:
            self._spools[ARTICLES].append(outcome.article)
            return
        name = file_names.file_name(outcome.id)
        if self._store.count_use(f"file {file_names.fold_file_name(name)}", self.summary.items + 1) > 1:
            name = f"{name}-{file_names.short_digest(outcome.id)}"
        self._articles.add_file(self._folder / f"{name}.{form}", outcome.article)

    def _pack_shard(self) -> None:
        for table in self._plan.layout.sharded_tables:
            self._spools[table].sync()
            self._plan.layout.pack_table(self._work, table, self._state.shard)

    def _start_next_shard(self) -> None:
        self._pack_shard()
        layout, shard = self._plan.layout, self._state.shard
        for table in layout.sharded_tables:
            self._spools.pop(table).close()
        self._state = replace(
            self._state, shard=shard + 1, articles=0, sizes={table: self._spools[table].size for table in WHOLE_TABLES}
        )
        self.save_checkpoint()
        for table in layout.sharded_tables:
            if layout.name_spool(table, shard) != layout.name_final(table, shard):
                with suppress(OSError):  # commit deletes it with the work folder
                    (self._work / layout.name_spool(table, shard)).unlink()
        self._open_spools(*layout.sharded_tables)

    def _close(self) -> None:
        for spool in self._spools.values():
            spool.close()
        self._spools.clear()
        self._store.close()


def find_unfinished(folder: Path) -> RunSummary | None:
    """The summary of the unfinished run in ``folder``; None if there is none.

    Raises :class:`OutputError` if another run writes there.
    """
    if not (folder / WORK_FOLDER / _CHECKPOINT_FILE).exists():
        return None
    with closing(CheckpointStore(folder / WORK_FOLDER / _CHECKPOINT_FILE)) as store:
        saved = store.load_state()
    return msgspec.json.decode(saved, type=_RunState).summary if saved else None


def _sync_folder(folder: Path) -> None:
    """Flush the names in ``folder`` to the disk, if the system supports it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _json_line(row: msgspec.Struct) -> bytes:
    return msgspec.json.encode(row) + b"\n"
