"""The lines of a batch are counted once, also if documents fail."""

import json

import pytest

from cleaner.batch import count_repeats
from cleaner.batch.sources import Inputs
from cleaner.errors import OutputError
from cleaner.worker_pool import WorkLimits

FOOTER = ["Subscribe to the harbour letter", "All rights reserved by the harbour press"]


def page(number):
    lines = [f"Sentence {line} about ship {number}, which no other page has." for line in range(5)]
    return "\n\n".join([*lines, *FOOTER])


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pages").mkdir()
    for number in range(5):
        (tmp_path / "pages" / f"{number}.txt").write_text(page(number))
    (tmp_path / "pages" / "empty.txt").touch()
    (tmp_path / "pages" / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    return tmp_path / "pages"


def counted(path, folder, jobs=1):
    return count_repeats.count_repeats(
        Inputs([folder]), path / f"tally{jobs}", (), jobs=jobs, limits=WorkLimits()
    ).repeats


def test_a_folder_is_counted_by_any_number_of_processes(folder, tmp_path):
    one, two = (counted(tmp_path, folder, jobs).look_up(".") for jobs in (1, 2))
    assert one == two
    assert one.stories == 5
    assert list(one.pairs.values()) == [5]


def test_rows_are_counted_by_site(tmp_path):
    rows = [{"text": page(number), "url": f"https://{'ab'[number % 2]}.example/{number}"} for number in range(9)]
    rows += [{"text": page(number)} for number in range(20, 30)]
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    repeats = counted(tmp_path, file)
    assert [repeats.look_up(site).stories for site in ("a.example", "b.example", ".")] == [5, 4, 10]


def test_few_documents_are_not_counted(folder, tmp_path):
    for number in range(4):
        (folder / f"{number}.txt").unlink()
    assert counted(tmp_path, folder) is None
    assert not (tmp_path / "tally1").exists()


def test_standard_input_is_not_counted(tmp_path):
    assert (
        count_repeats.count_repeats(Inputs(["-"]), tmp_path / "tally", (), jobs=1, limits=WorkLimits()).repeats is None
    )


def test_a_file_that_cannot_be_written_is_named(folder, tmp_path):
    with pytest.raises(OutputError, match="nowhere"):
        counted(tmp_path / "nowhere", folder)


@pytest.mark.parametrize("pages", [5, 2])
def test_skipped_files_are_counted_too(folder, tmp_path, pages):
    for number in range(pages, 5):
        (folder / f"{number}.txt").unlink()
    found = count_repeats.count_repeats(Inputs([folder]), tmp_path / "tally", (), jobs=1, limits=WorkLimits())
    assert found.items == pages + 2
