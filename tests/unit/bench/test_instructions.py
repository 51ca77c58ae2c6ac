import shutil
import subprocess
import sys
import tomllib

import pytest

from bench import instructions


def test_counts_within_the_tolerance_are_fine():
    text, is_fine = instructions.compare({"pages": 102.0, "dumps": 49.0}, {"pages": 100.0, "dumps": 50.0})
    assert is_fine
    assert "+2.0%" in text


@pytest.mark.parametrize(
    ("counts", "row"),
    [
        ({"pages": 104.0}, "+4.0%"),
        ({"pages": 90.0}, "-10.0%"),
        ({}, "nan%"),
        ({"pages": 100.0, "new": 1.0}, "new"),
    ],
)
def test_a_difference_is_named_with_the_command_that_renews_the_counts(counts, row):
    text, is_fine = instructions.compare(counts, {"pages": 100.0})
    assert not is_fine
    (line,) = (line for line in text.splitlines() if "differs" in line)
    assert row in line
    assert instructions.RENEW in text


def test_counts_are_read_as_they_are_written():
    read = tomllib.loads(instructions.format_counts({"HTML pages": 12.34}))
    assert read == {"counted_with": instructions.describe_platform(), "millions": {"HTML pages": 12.3}}


def test_nothing_is_compared_on_another_platform(monkeypatch, tmp_path, capsys):
    counts = tmp_path / "instructions.toml"
    counts.write_text('counted_with = "Python 2.7"\n[millions]\n', encoding="utf-8")
    monkeypatch.setattr(instructions, "COUNTS", counts)
    monkeypatch.setattr(shutil, "which", lambda _: "valgrind")
    monkeypatch.setattr(instructions, "count_instructions", pytest.fail)
    assert instructions.main([]) == 0
    assert "written with Python 2.7; this is" in capsys.readouterr().out


def test_valgrind_that_is_missing_is_named(monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert instructions.main([]) == 2
    assert "apt-get install valgrind" in capsys.readouterr().err


def test_each_group_is_cleaned_in_a_fork():
    script = "from bench.instructions import clean_groups; clean_groups()"
    command = [sys.executable, "-c", script]
    lines = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=instructions.ROOT
    ).stdout.splitlines()
    assert [line.split(" ", 1)[1] for line in lines] == [
        "start",
        "HTML pages",
        "dumps",
        "a page of many stories",
        "a dump of many lines",
    ]
