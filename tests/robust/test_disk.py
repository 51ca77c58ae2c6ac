"""Disks that fill and writes that fail: the run ends with a message, and resumes to the same bytes once there is space."""

import errno
import itertools
import os
import resource
import subprocess
import sys

import pytest

from cleaner.batch import run, run_folder, spool
from cleaner.errors import OutputError
from cleaner.render.output_formats import OutputFormat

from .conftest import HERE, ROOT, contents, write_pages
from .light import plain_rules, work


@pytest.fixture
def pages(memory_path):
    return write_pages(memory_path / "pages", files=20, rows=60)


@pytest.fixture
def clean(monkeypatch, pages):
    """Clean ``pages`` in this process: ``clean(out, form)``."""
    monkeypatch.setattr(run, "Rulebook", plain_rules())
    monkeypatch.setattr(run, "_clean_items", lambda items, settings, *_: outcomes(items, work(settings)))
    monkeypatch.setattr(run_folder, "_MIN_CHECKPOINT_SECONDS", 0)
    monkeypatch.setattr(run_folder, "_MAX_CHECKPOINT_SHARE", float("inf"))

    def start(out, form, resume=run_folder.ResumeMode.SAME):
        return run.run_batch([pages], out, run.RunSettings(form=form, shard_size=25, repeats=False), resume=resume)

    return start


def outcomes(items, clean):
    for item in items:
        yield item, clean(item)


def failing_at(number, function):
    """``function``, but its ``number``-th call finds the disk full."""
    calls = itertools.count(1)

    def call(*arguments, **options):
        if next(calls) == number:
            raise OSError(errno.ENOSPC, "No space left on device")
        return function(*arguments, **options)

    return call


class FullSpool(spool.Spool):
    """A table of which only the first half of a row fits."""

    left = 0

    def append(self, data):
        FullSpool.left -= 1
        if FullSpool.left == 0:
            self._file.write(data[: len(data) // 2])
            self._file.flush()
            with spool.reporting_write_errors(self._path):
                raise OSError(errno.ENOSPC, "No space left on device")
        super().append(data)


@pytest.mark.parametrize("form", [OutputFormat.JSONL, OutputFormat.MD, OutputFormat.PARQUET])
@pytest.mark.parametrize("number", [1, 2, 30, 70])
def test_row_that_does_not_fit(clean, memory_path, monkeypatch, form, number):
    clean(memory_path / "whole", form)
    monkeypatch.setattr(run_folder, "Spool", FullSpool)
    FullSpool.left = number
    with pytest.raises(OutputError, match="No space left"):
        clean(memory_path / "out", form)
    clean(memory_path / "out", form)
    assert contents(memory_path / "out") == contents(memory_path / "whole")


@pytest.mark.parametrize("form", [OutputFormat.JSONL, OutputFormat.MD])
@pytest.mark.parametrize("name", ["fsync", "replace"])
def test_any_call_to_the_system_may_fail(clean, memory_path, monkeypatch, form, name):
    clean(memory_path / "whole", form)
    failed = 0
    for number in (1, 2, 3, 5, 9, 40):
        out = memory_path / f"out-{number}"
        for _ in range(2):
            with monkeypatch.context() as patch:
                patch.setattr(os, name, failing_at(number, getattr(os, name)))
                try:
                    clean(out, form)
                except OutputError:
                    failed += 1
        clean(out, form)
        assert contents(out) == contents(memory_path / "whole")
    assert failed > 1


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a file's size differ")
def test_quota_ends_the_run_with_a_message(memory_path):
    """Every file may have 20,000 bytes; once they may have more, the run resumes."""
    pages = write_pages(memory_path / "pages")

    def start(out, limit):
        def narrow():
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))

        command = [sys.executable, str(HERE / "light.py"), str(out), "1", "jsonl", "0", str(pages)]
        path = os.pathsep.join([str(ROOT), str(HERE)])
        return subprocess.run(
            command,
            env={**os.environ, "PYTHONPATH": path},
            preexec_fn=narrow,
            check=False,
            capture_output=True,
            text=True,
        )

    whole = start(memory_path / "whole", resource.RLIM_INFINITY)
    assert whole.returncode == 0, whole.stderr
    for limit in (20_000, 50_000):
        stopped = start(memory_path / "out", limit)
        assert stopped.returncode == 1
        assert "OutputError: " in stopped.stderr
        assert ": cannot write: " in stopped.stderr
    assert start(memory_path / "out", resource.RLIM_INFINITY).returncode == 0
    assert contents(memory_path / "out") == contents(memory_path / "whole")
