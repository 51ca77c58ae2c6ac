"""Do the tests notice when the code is wrong?

Applies the breaks of ``breaks.toml`` to a copy of the checkout, one at a time, and runs tests on it: those that are
named beside the break, then, where these pass, the whole fast suite. Says which breaks nothing noticed, and ends with
status 1 if there are any::

    python tools/mutate.py            # all breaks
    python tools/mutate.py decode     # those whose file or meaning holds a word
    python tools/mutate.py --named    # the named tests only: a few seconds a break
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import msgspec

ROOT = Path(__file__).resolve().parents[1]
LIST = Path(__file__).with_name("breaks.toml")
_PASSED, _FAILED = 0, 1
"""What pytest ends with; other numbers say that it could not run tests at all."""
_SECONDS = 900
"""About four times what the fast suite takes; what needs longer hangs."""


class Break(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A small change that makes the code wrong."""

    file: str
    find: str
    """Text that occurs once in ``file``."""
    replace: str
    means: str
    """What the code does then."""
    tests: tuple[str, ...]
    """Files or tests that are run first."""

    def apply(self, root: Path) -> None:
        """Break the checkout at ``root``. Raises ValueError where ``find`` does not occur exactly once."""
        path = root / self.file
        content = path.read_text(encoding="utf-8")
        if content.count(self.find) != 1:
            raise ValueError(f"{self.file}: {self.find!r} occurs {content.count(self.find)} times, not once")
        path.write_text(content.replace(self.find, self.replace), encoding="utf-8")


class _List(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    breaks: tuple[Break, ...] = msgspec.field(name="break")


def read_breaks(path: Path = LIST) -> tuple[Break, ...]:
    """The breaks listed at ``path``. Raises :class:`msgspec.ValidationError` for entries that are none."""
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _List).breaks


def copy_checkout(target: Path) -> None:
    """Copy what git knows of or would add, so that the breaks never touch the checkout itself."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607  git is on the path
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


@contextmanager
def broken(one: Break, root: Path) -> Iterator[None]:
    """The copy at ``root`` with ``one`` applied."""
    before = (root / one.file).read_bytes()
    one.apply(root)
    try:
        yield
    finally:
        (root / one.file).write_bytes(before)


def run_tests(root: Path, tests: Iterable[str]) -> tuple[int, str]:
    """What pytest ends with in the checkout at ``root``, and what it prints; tests that hang have failed."""
    # Byte code is left unwritten: Python would take that of a file changed within the same second for up to date.
    environment = os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        ended = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, check=False, text=True, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        return _FAILED, f"no end after {_SECONDS} seconds"
    return ended.returncode, ended.stdout + ended.stderr


def is_noticed(one: Break, root: Path, *, named_only: bool) -> bool:
    """Whether a test fails on the copy at ``root`` with ``one`` applied."""
    with broken(one, root):
        for tests in (one.tests,) if named_only else (one.tests, ()):
            code, printed = run_tests(root, tests)
            if code not in (_PASSED, _FAILED):
                raise SystemExit(f"{printed}\n{one.means}: pytest ended with {code} instead of running the tests")
            if code == _FAILED:
                return True
    return False


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the breaks and print what came of each; 1 where one went unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", help="only breaks whose file or meaning holds one of these words")
    parser.add_argument("--named", action="store_true", help="run the named tests only, not the whole fast suite")
    given = parser.parse_args(arguments)
    chosen = [one for one in read_breaks() if _is_chosen(one, given.words)]
    if not chosen:
        parser.error("no break has any of these words")
    missed = []
    with tempfile.TemporaryDirectory(prefix="breaks-") as folder:
        root = Path(folder)
        copy_checkout(root)
        code, printed = run_tests(root, sorted({test for one in chosen for test in one.tests}))
        if code != _PASSED:
            raise SystemExit(f"{printed}\nthe named tests fail without any break")
        for one in chosen:
            start = monotonic()
            noticed = is_noticed(one, root, named_only=given.named)
            print(f"{'noticed' if noticed else 'MISSED':8}{monotonic() - start:4.0f} s  {one.means}", flush=True)
            if not noticed:
                missed.append(one)
    print(f"{len(chosen)} breaks, {len(missed)} of them unnoticed")
    return 1 if missed else 0


def _is_chosen(one: Break, words: Sequence[str]) -> bool:
    return not words or any(word in f"{one.file} {one.means}" for word in words)


if __name__ == "__main__":
    sys.exit(main())
