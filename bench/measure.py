"""Runs several systems on the same pages: the score and the time of each system on each page."""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bench import facts, score
from bench.corpora import Sample, Shape
from bench.peers import Peer, Read, Reading, load_readers, select_peers

PAGES_A_PROCESS = 200
"""Pages after which a worker is replaced: some libraries' caches grow with every page. Chosen; not measured."""
_CHUNK = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TextScores:
    """The scores of a text against the marks of its page."""

    counts: score.Counts
    """Counts of shingles if the page has a gold, else of snippets."""
    exact: bool | None = None
    lost: float | None = None
    """None, like ``exact``, if the page has no gold."""
    leaked: Mapping[str, float] = field(default_factory=dict)
    """Share of the boilerplate that leaked, by class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemResult:
    """The result of one system on one page."""

    system: str
    source: str
    milliseconds: float
    empty: bool
    marks: TextScores
    failed: str | None = None
    """Name of the exception, if the system raised one; its text then counts as empty."""
    facts: Mapping[str, bool] = field(default_factory=dict)
    """``title``, ``authors``, ``date``: whether each that the source marks is correct."""


def measure(samples: Iterable[Sample], shape: Shape, names: Sequence[str], jobs: int) -> Iterator[SystemResult]:
    """Run the systems ``names`` (all, if empty) of ``shape`` on ``samples``, in ``jobs`` processes.

    All systems read a page one after the other in one process, so that their times are comparable.
    """
    if jobs == 1:
        _start_worker(shape, names)
        yield from (outcome for sample in samples for outcome in _run_systems(sample))
        return
    recycle = PAGES_A_PROCESS // _CHUNK
    # Spawned, so that no lock or thread of this process is copied.
    context = multiprocessing.get_context("spawn")
    with context.Pool(jobs, _start_worker, (shape, names), maxtasksperchild=recycle) as pool:
        for outcomes in pool.imap(_run_systems, samples, chunksize=_CHUNK):
            yield from outcomes


def run_system(sample: Sample, peer: Peer, read: Read) -> SystemResult:
    """Run one system on one page."""
    failed, reading = None, Reading("")
    start = time.perf_counter()
    try:
        reading = read(sample.content, sample.url)
    except Exception as error:  # noqa: BLE001  # an error is the system's result on this page
        failed = type(error).__name__
    milliseconds = (time.perf_counter() - start) * 1000
    return SystemResult(
        system=peer.name,
        source=sample.source,
        milliseconds=milliseconds,
        empty=not reading.text.strip(),
        marks=score_text(sample, reading.text),
        failed=failed,
        facts=_facts(sample, reading) if peer.facts else {},
    )


def score_text(sample: Sample, text: str) -> TextScores:
    """The scores of ``text`` as the article of ``sample``."""
    if not sample.golds:
        return TextScores(counts=score.count_snippets(text, sample.wanted, sample.unwanted))
    counts, gold = score.compare_best(text, sample.golds)
    shares = {name: score.measure_leak(text, lines, gold) for name, lines in sample.boilerplate.items()}
    return TextScores(
        counts=counts,
        exact=score.equals_gold(text, gold),
        lost=score.measure_loss(text, gold),
        leaked={name: share for name, share in shares.items() if share is not None},
    )


def _facts(sample: Sample, reading: Reading) -> dict[str, bool]:
    right = {}
    if sample.title:
        right["title"] = facts.same_title(reading.title, sample.title)
    if sample.authors:
        right["authors"] = facts.same_authors(reading.authors, sample.authors)
    if sample.day:
        right["date"] = facts.same_day(reading.day, sample.day)
    return right


def prepare_systems(shape: Shape, names: Sequence[str]) -> list[tuple[Peer, Read]]:
    """The installed systems among ``names`` (all, if empty), with logging disabled and warmed up."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    table = select_peers(shape, names)
    readers = load_readers(table)
    for read in readers.values():
        _warm_up(read)
    return [(peer, readers[peer.name]) for peer in table if peer.name in readers]


def _warm_up(read: Read) -> None:
    """Run once, so that lazy imports and compiled patterns do not count in the times."""
    with contextlib.suppress(Exception):  # errors on this page are not measured
        read(_WARM_PAGE, None)


_WARM_PAGE = (
    f"<html><title>Warm</title><body><article>{'<p>A sentence to begin with.</p>' * 20}</article></body></html>"
)

_systems: list[tuple[Peer, Read]] = []
"""This process's systems: readers cannot be sent from process to process, so each worker makes its own."""


def _start_worker(shape: Shape, names: Sequence[str]) -> None:
    _systems[:] = prepare_systems(shape, names)


def _run_systems(sample: Sample) -> list[SystemResult]:
    return [run_system(sample, peer, read) for peer, read in _systems]
