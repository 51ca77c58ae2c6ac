import re
from pathlib import Path

import pytest

from cleaner.analysis.report import NAME

SEEDS = Path(__file__).parents[2] / "seeds"


def test_report_is_written_into_the_run(cli, run, rows):
    folder = run("new", [rows[0](1)])
    result = cli("report", folder)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{folder / NAME}\n"
    assert "Hill 1" in (folder / NAME).read_text(encoding="utf-8")


def test_report_against_an_older_run(cli, run, rows):
    new, old = run("new", [rows[0](1)]), run("old", [rows[0](1)])
    assert cli("report", new, "--against", old).exit_code == 0
    assert "Changed against old" in (new / NAME).read_text(encoding="utf-8")


def test_folder_without_a_run_is_refused(cli, tmp_path):
    result = cli("report", tmp_path)
    assert result.exit_code == 2
    assert "run.json" in result.stderr


def test_folder_that_is_not_there_is_refused(cli, tmp_path):
    assert cli("report", tmp_path / "nothing").exit_code == 2


@pytest.mark.parametrize(
    "options", [("jsonl.zst", "--shard-size", "2"), ("parquet",), ("parquet", "--shard-size", "2")], ids=" ".join
)
def test_shards_and_other_tables_make_the_same_report(cli, tmp_path, options):
    plain, packed = tmp_path / "plain" / "out", tmp_path / "packed" / "out"
    assert cli("clean", SEEDS, "--out", plain).exit_code == 0
    assert cli("clean", SEEDS, "--out", packed, "--format", *options).exit_code == 0
    for folder in (plain, packed):
        assert cli("report", folder).exit_code == 0
    assert (plain / NAME).read_bytes() == (packed / NAME).read_bytes()


def test_a_run_in_markdown_has_a_report_with_all_documents(cli, tmp_path):
    assert cli("clean", SEEDS, "--out", tmp_path / "out", "--format", "md").exit_code == 0
    result = cli("report", tmp_path / "out", "--against", tmp_path / "out")
    assert result.exit_code == 0, result.output
    html = (tmp_path / "out" / NAME).read_text(encoding="utf-8")
    assert html.count('<article class="page"') == len(list(SEEDS.glob("*.txt")))
    assert "0 of 5 texts differ" in re.sub("<[^>]*>", "", html)


@pytest.mark.parametrize("form", ["txt", "html"])
def test_articles_that_cannot_be_read_are_refused_with_a_remedy(cli, tmp_path, form):
    page = tmp_path / "tea.txt"
    page.write_text("Tea\n\nTea is picked by hand in spring, before the first rains come.\n", encoding="utf-8")
    assert cli("clean", page, "--out", tmp_path / "out", "--format", form).exit_code == 0
    result = cli("report", tmp_path / "out")
    assert result.exit_code == 2
    assert "--format jsonl, parquet or md" in " ".join(result.stderr.split())
