"""Instructions of the processor that cleaning composed pages takes, held against ``bench/instructions.toml``.

    python -m bench.instructions [--write]

They are counted for the functions in Python and, where the extension modules of ``cleaner.compiled`` are compiled, for these.
Instructions, counted by valgrind, are the same on a busy machine and on a quiet one. A process loads ``cleaner``, cleans other
pages, so that what is loaded once is there, and forks for each group of pages; what a fork counts beyond a fork that does
nothing is the cost of its group. Exit code 0; 1 if a group costs more or less than is written there, beyond the tolerance;
2 with a message if nothing can be counted.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from bench import report
from bench.composed import compose
from cleaner import compiled

ROOT = Path(__file__).resolve().parents[1]
COUNTS = Path(__file__).with_name("instructions.toml")
TOLERANCE = 0.03
"""Twenty times what counts differ by from run to run; less than a needless pass over the blocks costs."""
RENEW = ".venv/bin/python -m bench.instructions --write"
_START = "start"
_COMPILED = ", compiled"
"""Behind the name of a group, if the extension modules served."""
_PAGES = 8
"""Pages of each group; as many others are cleaned before."""
_MILLION = 1_000_000
_TOTAL = re.compile(r"^summary: (\d+)$", re.MULTILINE)
_ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    # The same code of OpenBLAS and numpy on every processor, and no threads, whose waiting counts.
    "OPENBLAS_CORETYPE": "Nehalem",
    "OPENBLAS_NUM_THREADS": "1",
}


def main(arguments: list[str] | None = None) -> int:
    """Count, and compare or write."""
    parser = argparse.ArgumentParser(prog="instructions", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the counts to bench/instructions.toml")
    options = parser.parse_args(arguments)
    if not (valgrind := shutil.which("valgrind")):
        print("instructions: needs valgrind; install it, on Debian with: apt-get install valgrind", file=sys.stderr)
        return 2
    written = tomllib.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.exists() else {}
    if not options.write and written.get("counted_with") != describe_platform():
        there = written.get("counted_with", "nothing")
        print(f"instructions: not compared, as {COUNTS.name} was written with {there}; this is {describe_platform()}")
        return 0
    counts = count_instructions(valgrind, "no")
    if all(twin.compiled for twin in list_twins()):
        counts |= {name + _COMPILED: count for name, count in count_instructions(valgrind, "required").items()}
    elif options.write:
        print("instructions: compile the extension modules first: .venv/bin/python hatch_build.py", file=sys.stderr)
        return 2
    else:
        print("instructions: only those of the functions in Python, as the extension modules are not compiled")
        written["millions"] = {
            name: count for name, count in written["millions"].items() if not name.endswith(_COMPILED)
        }
    if options.write:
        COUNTS.write_text(format_counts(counts), encoding="utf-8")
        return 0
    text, is_fine = compare(counts, written["millions"])
    print(text)
    return 0 if is_fine else 1


def describe_platform() -> str:
    """What counts depend on, beside the versions in ``constraints.txt``."""
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"


def list_twins() -> list[compiled.Twin]:
    """All functions with a compiled twin."""
    import cleaner.library  # noqa: F401  brings them

    return compiled.TWINS


def count_instructions(valgrind: str, serving: str) -> dict[str, float]:
    """Millions of instructions by group; ``serving`` is the value of ``CLEANER_COMPILED``. Raises :class:`subprocess.CalledProcessError` if the pages cannot be cleaned."""
    with tempfile.TemporaryDirectory() as folder:
        files = [f"--cachegrind-out-file={folder}/%p", f"--log-file={folder}/log"]
        counter = [valgrind, "--tool=cachegrind", "--cache-sim=no", *files]
        command = [*counter, sys.executable, "-c", "from bench.instructions import clean_groups; clean_groups()"]
        forks = subprocess.run(  # noqa: S603  valgrind and this Python
            command,
            cwd=ROOT,
            env=os.environ | _ENVIRONMENT | {"CLEANER_COMPILED": serving},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
        totals = {}
        for line in forks.splitlines():
            process, name = line.split(" ", 1)
            found = _TOTAL.search((Path(folder) / process).read_text(encoding="utf-8"))
            totals[name] = int(found[1]) if found else 0
    start = totals.pop(_START)
    return {name: (total - start) / _MILLION for name, total in totals.items()}


def clean_groups() -> None:
    """Clean each group in a fork of this process, and print its number and the name of the group."""
    import cleaner

    clean = cleaner.Cleaner().clean
    before, groups = _read_groups()
    for page in before:
        clean(page)
    _run_fork(_START, lambda: None)
    for name, pages in groups.items():
        _run_fork(name, lambda pages=pages: [clean(page) for page in pages])  # type: ignore[misc]


def _read_groups() -> tuple[list[bytes | str], dict[str, list[bytes | str]]]:
    """Pages to begin with, and others by group."""
    before: list[bytes | str] = []
    groups: dict[str, list[bytes | str]] = {}
    for name, form in {"HTML pages": "*.html", "dumps": "*.txt"}.items():
        files = [file.read_bytes() for file in sorted((ROOT / "tests" / "gate" / "pages").glob(form))]
        before += files[1 : 2 * _PAGES : 2]
        groups[name] = [*files[0 : 2 * _PAGES : 2]]
    groups["a page of many stories"] = [compose("html.stories-of-a-list", 60_000)]
    groups["a dump of many lines"] = [compose("text.sentences-of-a-menu", 10_000)]
    return before, groups


def _run_fork(name: str, work: Callable[[], object]) -> None:
    process = os.fork()
    if not process:
        try:
            work()
        finally:
            os._exit(0)  # what is registered for the end of the process belongs to the parent
    os.waitpid(process, 0)
    print(process, name, flush=True)


def compare(counts: Mapping[str, float], written: Mapping[str, float]) -> tuple[str, bool]:
    """A table of the counts and what is written of them, with what to do; and whether all are within the tolerance."""
    rows, is_fine = [], True
    for name in {**written, **counts}:
        was, now = written.get(name), counts.get(name)
        change = now / was - 1 if was and now else float("nan")
        fits = abs(change) <= TOLERANCE  # also false for one that is on one side only
        is_fine &= fits
        rows.append([name, f"{was or 0:.1f}", f"{now or 0:.1f}", f"{change:+.1%}", "" if fits else "differs"])
    table = report.format_table(["millions of instructions", "written", "now", "change", ""], rows)
    if is_fine:
        return table, True
    return (
        f"{table}\nCleaning costs more or less than {COUNTS.relative_to(ROOT)} says, by over {TOLERANCE:.0%}. If that is meant, "
        f"write the new counts and commit them:\n\n    {RENEW}\n\n"
        "If not, bench/stages.py and a profile show where the time goes."
    ), False


def format_counts(counts: Mapping[str, float]) -> str:
    """The content of ``bench/instructions.toml``."""
    lines = [f'"{name}" = {count:.1f}' for name, count in counts.items()]
    return "\n".join(
        [
            f"# Written by {RENEW}",
            f'counted_with = "{describe_platform()}"',
            "",
            "[millions]",
            *lines,
            "",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
