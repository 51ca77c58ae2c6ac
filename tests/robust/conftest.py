import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# bench/ is no installed package; it is imported from the checkout.
sys.path.insert(0, str(ROOT))
MEMORY = "/dev/shm"  # noqa: S108  folders with names that nobody can guess are made there


def contents(folder):
    """The finished files of a run; what is hidden is not one of them."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {
        name: path.read_bytes()
        for name, path in ((path.relative_to(folder).as_posix(), path) for path in paths)
        if not name.startswith(".")
    }


def write_pages(folder, *, files=60, rows=300):
    """Pages of every kind that may end up twice or not at all: files, failures, rows with equal ids."""
    folder.mkdir(parents=True)
    for number in range(files):
        kind = "bad" if number % 17 == 3 else "good"
        (folder / f"p{number:03}.txt").write_text(f"page {number} {kind}" + " text" * 50, encoding="utf-8")
    lines = [json.dumps({"text": f"row {number} " + "text " * 50, "id": f"id{number % 90}"}) for number in range(rows)]
    (folder / "rows.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture
def memory_path(tmp_path):
    """A folder in memory where the system has one: tests that sync a thousand times take their time on a disk."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def light():
    """Start ``light.py`` in a session of its own: ``light(out, jobs, form, shard_size, path)``."""

    def start(*arguments, **options):
        path = os.pathsep.join([str(ROOT), str(HERE)])
        command = [sys.executable, str(HERE / "light.py"), *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": path}
        return subprocess.Popen(
            command, env=environment, start_new_session=True, stderr=subprocess.PIPE, text=True, **options
        )

    return start
