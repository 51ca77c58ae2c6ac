"""Time ``Cleaner.clean``, ``trafilatura.bare_extraction(with_metadata=True)`` and other peers on the same pages in one run.

Times are those of the processor, which other programs on the machine change little; still, only ratios can be compared with
those of another run.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeAlias

# For a script, Python searches the folder of this file; the packages are in the parent folder.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from trafilatura import bare_extraction

import cleaner
from bench import bodies, peers, report, stages
from bench.corpora import Sample, Shape, read
from bench.unruled import general_rules, make_unruled
from cleaner.rulebook import Rulebook

WARM_UP = 10
"""Pages read by each system before any is timed."""
ROUNDS = 5
"""Times that each system reads each page; the median counts."""
DUMP_SIZE = 10_000
"""Characters of a timed dump, cut at the end of a line."""
HOSTS = 20
"""Hosts for which rules are made."""

System: TypeAlias = Callable[[Sample], Any]
OURS, PEER = "cleaner", "trafilatura"


class Times(NamedTuple):
    """Milliseconds that a system takes for a page."""

    typical: float
    """The median of all readings."""
    first: float | None
    """The first reading, in which nothing of the page is remembered; None if the page was read for the warm-up."""


SYSTEMS: dict[str, System] = {
    OURS: lambda sample: make_unruled().clean(sample.content, url=sample.url),
    PEER: lambda sample: bare_extraction(sample.content, url=sample.url, with_metadata=True),
}
OTHERS = ("trafilatura-fast", "resiliparse", "readability-lxml", "newspaper4k")
"""Other peers of :mod:`bench.peers` that read HTML; those that are not installed are left out and named."""


def main(arguments: list[str] | None = None) -> int:
    """Print all tables; exit code 0, or 2 with a message if there is nothing to time."""
    options = _parser().parse_args(arguments)
    logging.disable()  # peers log what they cannot read
    try:
        pages = list(read(options.corpora, Shape.HTML, options.sources, options.sample))
        dumps = {"": list(read(options.corpora, Shape.FULL, options.sources, options.sample))}
        if options.dumps:
            dumps = read_dumps(options.dumps, options.sample)
    except FileNotFoundError as error:
        print(f"speed: {error}", file=sys.stderr)
        return 2
    cut = {name: [dump for sample in samples if (dump := cut_dump(sample))] for name, samples in dumps.items()}
    every = [dump for group in cut.values() for dump in group]
    parts = {
        "HTML pages": format_times(time_systems(pages, SYSTEMS | load_others())),
        f"HTML pages of sites whose rule has a `[body]`, the {HOSTS} hosts with most pages": _time_with_rules(pages),
        "Where the time of HTML pages goes": stages.format_table(time_samples(pages)),
        f"Dumps of {DUMP_SIZE // 1000} KB": _format_dumps(cut),
        "Where the time of dumps goes": stages.format_table(time_samples(every)),
    }
    text = f"## Speed\n\n    {_command(options)}\n" + "".join(f"\n### {name}\n\n{part}" for name, part in parts.items())
    print(text)
    if options.write:
        report.replace_section(options.write, "speed", text)
    return 0


def _time_with_rules(pages: Sequence[Sample]) -> str:
    """Time the pages of frequent hosts with rules made for them, and without."""
    with TemporaryDirectory() as folder:
        served = bodies.write_rules(bodies.group_frequent_hosts(pages, HOSTS), general_rules(Path(folder)))
        ruled = cleaner.Cleaner([folder], builtin_rules=False)
    systems = {
        f"{OURS}, with [body]": lambda sample: ruled.clean(sample.content, url=sample.url),
        **SYSTEMS,
    }
    return format_times(time_systems(served, systems))


def load_others() -> dict[str, System]:
    """The systems of :data:`OTHERS` that are installed."""
    readers = peers.load_readers(peers.select_peers(Shape.HTML, OTHERS))
    for name in OTHERS:
        if name not in readers:
            print(f"speed: {name} is not installed", file=sys.stderr)
    return {name: lambda sample, read=read: read(sample.content, sample.url) for name, read in readers.items()}  # type: ignore[misc]


def read_dumps(file: Path, sample: int) -> dict[str, list[Sample]]:
    """The first ``sample`` dumps of each flattener, from rows with ``text`` and ``flattener``. Raises :class:`FileNotFoundError`."""
    groups: defaultdict[str, list[Sample]] = defaultdict(list)
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if len(group := groups[row["flattener"]]) < sample and len(row["text"]) >= DUMP_SIZE:
                group.append(
                    Sample(id=row["id"], source=row["source"], shape=Shape.FULL, content=row["text"], url=row["url"])
                )
    return dict(groups)


def _format_dumps(dumps: dict[str, list[Sample]]) -> str:
    """The times of dumps, by the flattener if it is known; trafilatura reads each line as a paragraph."""
    lines = peers.load_readers(peers.select_peers(Shape.FULL, ["trafilatura-lines"]))["trafilatura-lines"]
    systems = {OURS: SYSTEMS[OURS], PEER: lambda sample: lines(sample.content, sample.url)}
    times = {name: time_systems(group, systems) for name, group in dumps.items()}
    joined = {system: [took for group in times.values() for took in group[system]] for system in systems}
    text = format_times(joined)
    if len(dumps) > 1:
        rows = [[name, *_figures(group[OURS])] for name, group in times.items() if group[OURS]]
        text += "\n" + report.format_table(["flattened by", "pages", "ms median", "ms mean"], rows)
    return text


def time_samples(samples: Sequence[Sample]) -> list[stages.Lap]:
    """The times of each of ``samples`` by stage; pages that cannot be cleaned are reported and left out."""
    with TemporaryDirectory() as folder:
        book = Rulebook.load([general_rules(Path(folder))], builtin=False)
    _time_stages(samples[:WARM_UP], book)  # which compiles its expressions
    return _time_stages(samples, book)


def _time_stages(samples: Sequence[Sample], book: Rulebook) -> list[stages.Lap]:
    laps = []
    for sample in samples:
        try:
            laps.append(stages.time_stages(sample.content, sample.url, book))
        except cleaner.PageError as error:
            print(f"speed: {error}", file=sys.stderr)
    return laps


def time_systems(samples: Sequence[Sample], systems: dict[str, System]) -> dict[str, list[Times]]:
    """The times of each system for each of ``samples``, of :data:`ROUNDS` readings.

    Systems take turns on a page, and at being the first, as the others find the page in the processor's caches.
    """
    times: dict[str, list[Times]] = {name: [] for name in systems}
    for sample in samples[:WARM_UP]:
        for system in systems.values():
            _milliseconds(system, sample)
    for number, sample in enumerate(samples):
        rounds: dict[str, list[float]] = {name: [] for name in systems}
        for turn in range(number, number + ROUNDS):
            names = list(systems)
            for name in names[turn % len(names) :] + names[: turn % len(names)]:
                rounds[name].append(_milliseconds(systems[name], sample))
        for name, took in rounds.items():
            times[name].append(Times(median(took), None if number < WARM_UP else took[0]))
    return times


def _milliseconds(system: System, sample: Sample) -> float:
    start = time.process_time()
    try:
        system(sample)
    except Exception as error:  # noqa: BLE001  # the time of a failed page counts too
        print(f"speed: {sample.source} {sample.id}: {type(error).__name__}", file=sys.stderr)
    return (time.process_time() - start) * 1000


def format_times(times: dict[str, list[Times]]) -> str:
    """One row per system, with its ratio to the peer page by page."""
    peers = times[PEER]
    if not peers:
        return "No page.\n"
    rows = []
    for name, ours in times.items():
        ratio = median(our.typical / peer.typical for our, peer in zip(ours, peers, strict=True))
        total = sum(took.typical for took in ours) / sum(took.typical for took in peers)
        rows.append([name, *_figures(ours), f"{ratio:.2f}", f"{total:.2f}", _compare_first(ours, peers)])
    return report.format_table(
        [
            "system",
            "pages",
            "ms median",
            "ms mean",
            "median of page ratios",
            "ratio of totals",
            "the same, first reading",
        ],
        rows,
    )


def _compare_first(ours: list[Times], peers: list[Times]) -> str:
    """The ratio of the totals of first readings; a dash if all pages were read for the warm-up."""
    totals = [sum(took.first for took in times if took.first is not None) for times in (ours, peers)]
    return f"{totals[0] / totals[1]:.2f}" if totals[1] else "–"


def _figures(times: list[Times]) -> list[str]:
    typical = [took.typical for took in times]
    return [str(len(times)), f"{median(typical):.2f}", f"{fmean(typical):.2f}"]


def cut_dump(sample: Sample) -> Sample | None:
    """The first 10 KB of the dump in whole lines; None for a shorter dump."""
    if len(sample.content) < DUMP_SIZE:
        return None
    text = sample.content[:DUMP_SIZE].rpartition("\n")[0]
    return (
        Sample(id=sample.id, source=sample.source, shape=sample.shape, content=text, url=sample.url) if text else None
    )


def _command(options: argparse.Namespace) -> str:
    sources = f" --sources {' '.join(options.sources)}" if options.sources else ""
    dumps = " --dumps DUMPS" if options.dumps else ""
    return f"python bench/speed.py --corpora CORPORA --sample {options.sample}{sources}{dumps}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="speed", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds html/ and dumps/")
    parser.add_argument("--sources", nargs="+", default=[], help="default: all that the folder holds")
    parser.add_argument(
        "--sample", type=int, default=20, help="pages of each source, always the same ones; default: 20"
    )
    parser.add_argument(
        "--dumps",
        type=Path,
        help="rows (.jsonl.gz) with text and flattener, in the place of those of CORPORA; see --sample",
    )
    parser.add_argument("--write", type=Path, help="document whose section to replace")
    return parser


if __name__ == "__main__":
    sys.exit(main())
