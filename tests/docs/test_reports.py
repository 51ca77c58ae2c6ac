"""What docs/reports.md says is true."""

import re
import shutil
from pathlib import Path

from typer.testing import CliRunner

from cleaner.analysis.report import findings, html_report, selection
from cleaner.analysis.report.selection import SelectionReason
from cleaner.cli import app
from cleaner.rulebook import Rulebook

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")


def examples(language):
    return re.findall(rf"^ *```{language}\n(.*?)^ *```$", TEXT, re.MULTILINE | re.DOTALL)


def test_commands_work(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    for line in "".join(examples("sh")).splitlines():
        name, *arguments = line.split()
        assert name == "cleaner"
        assert CliRunner().invoke(app, arguments).exit_code == 0, line
    assert (tmp_path / "out" / "report.html").exists()
    assert (tmp_path / "page.html").exists()


def test_entry_is_part_of_a_rule_file(tmp_path):
    (entry,) = examples("toml")
    (tmp_path / "tea.example.toml").write_text(f'hosts = ["tea.example"]\n{entry}', encoding="utf-8")
    assert Rulebook.load([tmp_path], builtin=False)


def test_every_reason_is_told():
    assert re.findall(r"^ +\| `([\w ]+)` \|", TEXT, re.MULTILINE) == [reason.value for reason in SelectionReason]


def test_figures_are_those_of_the_code():
    assert f"A run of up to {selection.MAX_SHOWN_WHOLE} documents shows all" in TEXT
    assert f"up to {html_report.MAX_LISTED:,} are listed" in TEXT
    assert f"less than {findings.MIN_SHARE:.0%} was" in TEXT.replace(" %", "%")
    assert f"or {findings.MIN_CHANGE * 100:.0f} points more or less" in TEXT
    assert (selection.MAX_PER_REASON, "up to twenty for each" in TEXT) == (20, True)
    assert f"most documents; {html_report.MAX_SITES:,} are listed" in TEXT
    assert f"{html_report.MAX_BYTES / 1e6:.0f} MB at most, {html_report.MAX_BYTES_EACH // 1000} kB each" in TEXT
