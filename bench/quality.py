"""Compare cleaner with its peers on marked pages: accuracy, losses, leaks, metadata, time and memory, in one run."""

from __future__ import annotations

import argparse
import platform
import sys
from pathlib import Path
from statistics import median

# For a script, Python searches the folder of this file; the packages are in the parent folder.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import report
from bench.chart import Panel, draw_bars
from bench.corpora import Sample, Shape, read
from bench.measure import SystemResult, measure
from bench.memory import peak_memory
from bench.peers import load_readers, select_peers

MEMORY_PAGES = 3
"""Pages of each source that a system reads while its memory is measured."""


def main(arguments: list[str] | None = None) -> int:
    """Print the tables selected by ``arguments``; exit code 0, or 2 with a message if the data is missing."""
    options = _parser().parse_args(arguments)
    try:
        for shape in map(Shape, options.shape):
            print(_section(shape, options))
    except (FileNotFoundError, ValueError) as error:
        print(f"quality: {error}", file=sys.stderr)
        return 2
    return 0


def _section(shape: Shape, options: argparse.Namespace) -> str:
    """The section of ``shape``; also written to the document if one is named."""
    outcomes = list(measure(_samples(shape, options), shape, options.peers, options.jobs))
    text = f"## {_HEADINGS[shape]}\n\n{_facts_of_run(shape, options, outcomes)}\n"
    text += "".join(f"### {title}\n\n{body}\n" for title, body in _tables(shape, options, outcomes) if body)
    if options.write:
        picture = options.write.with_name(f"{options.write.stem}-{shape}.svg")
        picture.write_text(_chart(outcomes), encoding="utf-8")
        report.replace_section(
            options.write, f"quality {shape}", f"{text}![1 − F1 and time by system]({picture.name})\n"
        )
    return text


def _samples(shape: Shape, options: argparse.Namespace) -> list[Sample]:
    return list(read(options.corpora, shape, options.sources, options.sample))


def _tables(shape: Shape, options: argparse.Namespace, outcomes: list[SystemResult]) -> list[tuple[str, str]]:
    few = list(read(options.corpora, shape, options.sources, MEMORY_PAGES))
    memory = {name: peak_memory(name, shape, few) for name in report.group_by_system(outcomes)}
    return [
        ("F1, then precision / recall", report.format_quality(outcomes)),
        ("Losses, leaks, time, memory", report.format_details(outcomes, memory)),
        ("Metadata: title / authors / date", report.format_facts(outcomes)),
    ]


def _facts_of_run(shape: Shape, options: argparse.Namespace, outcomes: list[SystemResult]) -> str:
    table = select_peers(shape, options.peers)
    present = load_readers(table)
    versions = ", ".join(f"{peer.name} {peer.version or ''}".strip() for peer in table if peer.name in present)
    absent = ", ".join(peer.name for peer in table if peer.name not in present)
    pages = len(outcomes) // max(len(present), 1)
    return (
        f"{pages} pages; Python {platform.python_version()}, {platform.system()} {platform.machine()}. {versions}."
        f"{f' Not installed: {absent}.' if absent else ''}\n\n    {_command(shape, options)}\n"
    )


def _command(shape: Shape, options: argparse.Namespace) -> str:
    """The command that reproduces this section; the corpora folder is a placeholder."""
    parts = ["python bench/quality.py --corpora CORPORA --shape", shape.value]
    parts += ["--sources", *options.sources] if options.sources else []
    parts += ["--peers", *options.peers] if options.peers else []
    parts += ["--sample", str(options.sample)] if options.sample else []
    return " ".join(parts)


def _chart(outcomes: list[SystemResult]) -> str:
    systems = report.group_by_system(outcomes)
    wrong = {name: 1 - report.average_scores(group).f1 for name, group in systems.items()}
    times = {name: median(outcome.milliseconds for outcome in group) for name, group in systems.items()}
    return draw_bars([Panel("1 − F1, all sources", wrong), Panel("milliseconds a page, median", times, "{:.1f}")])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="quality", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds html/ and dumps/")
    parser.add_argument("--shape", nargs="+", choices=list(Shape), default=list(Shape), help="default: all three")
    parser.add_argument("--sources", nargs="+", default=[], help="default: all that the folder holds")
    parser.add_argument("--peers", nargs="+", default=[], help="systems to run; default: all that are installed")
    parser.add_argument("--sample", type=_positive, help="pages of each source, always the same ones; default: all")
    parser.add_argument("--jobs", type=_positive, default=1, help="processes; times are steadier with 1")
    parser.add_argument("--write", type=Path, help="document whose sections to replace; charts are put beside it")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


_HEADINGS = {
    Shape.HTML: "HTML pages",
    Shape.MAIN: "Dumps of the main part of a page",
    Shape.FULL: "Dumps of whole pages",
}

if __name__ == "__main__":
    sys.exit(main())
