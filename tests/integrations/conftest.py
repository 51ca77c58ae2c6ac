"""Pages, and what ``cleaner clean`` makes of them; every engine has to make the same."""

import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.batch.run import RunSettings, run_batch

ROOT = Path(__file__).parents[2]
HARBOURS = "Ulla Varne Sund Holm Brekk Tarn".split()
BOATS = ["ferry", "trawler", "tug", "dredger"]


def page(number):
    harbour, boat = HARBOURS[number % len(HARBOURS)], BOATS[number % len(BOATS)]
    return f"""<!doctype html><html lang="en"><head><title>The {boat} of {harbour} sails again</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/harbours">Harbours</a></li></ul></nav>
<main><h1>The {boat} of {harbour} sails again</h1><p class="byline">By Mira Quist</p><article>
<p>After {number + 3} weeks in the yard the {boat} of {harbour} went back to sea on Monday, and the quay was full of people
who had come to see it leave. Its engine has been taken apart and put together again, said the harbour master.</p>
<p>The yard had found {number + 12} cracked bolts where nobody had looked for years. It changed all of them, and sent
the town a bill that the council will talk about next week, in a meeting that is open to everybody.</p>
<p>Nobody was hurt in the storm that had driven the {boat} onto the rocks below the lighthouse in spring.</p></article>
<div class="share"><a href="#">Share on Facebook</a> <a href="#">Share on X</a></div>
<aside><h2>Related stories</h2><ul><li><a href="/1">Gulls steal lunch of harbour master</a></li></ul></aside></main>
<footer><p>© Harbour Courier. All rights reserved.</p></footer></body></html>"""


def _pages():
    pages = [{"id": f"page-{n}", "url": f"https://courier.example/{n}", "html": page(n)} for n in range(20)]
    pages += [{"id": "empty", "url": None, "html": "  "}, {"id": "image", "url": None, "html": "\0\1\2\3" * 40}]
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    return pages + [{"id": seed.stem, "url": None, "text": seed.read_text(encoding="utf-8")} for seed in seeds]


PAGES = _pages()


def _record(given):
    body = given.get("html", given.get("text")).encode()
    kind = "text/html" if "html" in given else "text/plain"
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-03-01T10:00:00Z\r\nWARC-Record-ID: <{given['id']}>\r\n"
    if given["url"]:
        head += f"WARC-Target-URI: {given['url']}\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    return gzip.compress(head.encode() + http + b"\r\n\r\n", compresslevel=1)


def write_warc(path, pages):
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"".join(map(_record, pages)))


def expected(source, folder):
    """Articles and failures of a run of ``cleaner clean --no-repeats``."""
    run_batch([source], folder, RunSettings(repeats=False))
    return read(folder / "articles.jsonl"), read(folder / "failures.jsonl")


def read(path):
    data = path.read_bytes()
    return [json.loads(line) for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()]


def by_id(rows):
    return sorted(rows, key=lambda row: row["id"])


@pytest.fixture
def jsonl(tmp_path):
    path = tmp_path / "pages.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in PAGES), encoding="utf-8")
    return path


@pytest.fixture
def parquet(tmp_path):
    """``pages.parquet`` in the working folder, with a bytes column as crawlers write them."""
    arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install -e '.[parquet]'")
    import pyarrow.parquet

    path = tmp_path / "pages.parquet"
    rows = [row | {"html": row["html"].encode() if "html" in row else None} for row in PAGES]
    schema = arrow.schema({"id": "string", "url": "string", "html": "binary", "text": "string"})
    pyarrow.parquet.write_table(arrow.Table.from_pylist(rows, schema=schema), path, row_group_size=9)
    return path


class Script:
    """A program of somebody who uses the package, in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder

    def start(self, *arguments, **environment):
        offline = {"HF_HOME": str(self.folder), "HF_HUB_OFFLINE": "1", "RAY_USAGE_STATS_ENABLED": "0"}
        known = os.environ | {"PYTHONPATH": str(ROOT)} | offline | environment
        return subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=self.folder,
            env=known,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments, **environment):
        process = self.start(*arguments, **environment)
        try:
            output, _ = process.communicate(timeout=240)
        finally:
            kill(process)
        assert process.returncode == 0, output
        return output


def kill(process):
    """As a lost machine does it: the process and all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


@pytest.fixture
def script(tmp_path):
    return Script(tmp_path)
