"""Systems run side by side on the same pages: what each made of each page, scored, and how long it took."""

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
from bench.peers import Peer, Read, Reading, load, peers

PAGES_A_PROCESS = 200
"""Then a worker is replaced: some libraries' caches grow with every page."""
_CHUNK = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """How a text fares against what its page's source marks."""

    counts: score.Counts
    """Of shingles where the page has a gold, else of snippets."""
    exact: bool | None = None
    lost: float | None = None
    """None, like ``exact``, where the page has no gold."""
    leaked: Mapping[str, float] = field(default_factory=dict)
    """Share of the boilerplate that leaked, by class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One system on one page."""

    system: str
    source: str
    milliseconds: float
    empty: bool
    marks: Marks
    failed: str | None = None
    """Name of the exception, where the system raised one; its text then counts as empty."""
    facts: Mapping[str, bool] = field(default_factory=dict)
    """``title``, ``authors``, ``date``: whether each that the source marks was read rightly."""


def measure(samples: Iterable[Sample], shape: Shape, names: Sequence[str], jobs: int) -> Iterator[Outcome]:
    """Run the systems ``names`` (all, if empty) of ``shape`` on ``samples``, in ``jobs`` processes.

    All systems read a page one after the other in one process, so their times compare.
    """
    if jobs == 1:
        _start(shape, names)
        yield from (outcome for sample in samples for outcome in _work(sample))
        return
    recycle = PAGES_A_PROCESS // _CHUNK
    # Spawned, so that no lock or thread of this process is copied half-way.
    context = multiprocessing.get_context("spawn")
    with context.Pool(jobs, _start, (shape, names), maxtasksperchild=recycle) as pool:
        for outcomes in pool.imap(_work, samples, chunksize=_CHUNK):
            yield from outcomes


def run(sample: Sample, peer: Peer, read: Read) -> Outcome:
    """One page through one system."""
    failed, reading = None, Reading("")
    start = time.perf_counter()
    try:
        reading = read(sample.content, sample.url)
    except Exception as error:  # noqa: BLE001  # whatever a system raises is its result on this page
        failed = type(error).__name__
    milliseconds = (time.perf_counter() - start) * 1000
    return Outcome(
        system=peer.name,
        source=sample.source,
        milliseconds=milliseconds,
        empty=not reading.text.strip(),
        marks=mark(sample, reading.text),
        failed=failed,
        facts=_facts(sample, reading) if peer.facts else {},
    )


def mark(sample: Sample, text: str) -> Marks:
    """The scores of ``text`` as the article of ``sample``."""
    if not sample.golds:
        return Marks(counts=score.snippets(text, sample.wanted, sample.unwanted))
    counts, gold = score.best(text, sample.golds)
    shares = {name: score.leaked(text, lines, gold) for name, lines in sample.boilerplate.items()}
    return Marks(
        counts=counts,
        exact=score.exact(text, gold),
        lost=score.lost(text, gold),
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


def begin(shape: Shape, names: Sequence[str]) -> list[tuple[Peer, Read]]:
    """The installed systems among ``names`` (all, if empty), silenced and warmed up."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    table = peers(shape, names)
    readers = load(table)
    for read in readers.values():
        _warm(read)
    return [(peer, readers[peer.name]) for peer in table if peer.name in readers]


def _warm(read: Read) -> None:
    """Have first-call costs (lazy imports, compiled patterns) paid before any page is timed."""
    with contextlib.suppress(Exception):  # whether a system can read this page is no part of the measurement
        read(_WARM_PAGE, None)


_WARM_PAGE = (
    f"<html><title>Warm</title><body><article>{'<p>A sentence to begin with.</p>' * 20}</article></body></html>"
)

_systems: list[tuple[Peer, Read]] = []
"""This process's systems: readers cannot be sent from process to process, so each worker makes its own."""


def _start(shape: Shape, names: Sequence[str]) -> None:
    _systems[:] = begin(shape, names)


def _work(sample: Sample) -> list[Outcome]:
    return [run(sample, peer, read) for peer, read in _systems]
