"""The tutorial of docs/rules.md, step by step: what it shows is what happens."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cleaner.cli import app

DOC = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
TUTORIAL = DOC.split("## From a page to a merged rule\n")[1].split("\n## ")[0]


def blocks(kind):
    return re.findall(rf"```{kind}\n(.*?)```", TUTORIAL, re.DOTALL)


def shell(command):
    return CliRunner().invoke(app, command.split()[1:])


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (page,) = blocks("html")
    Path("page.html").write_text(page, encoding="utf-8")


@pytest.mark.usefixtures("here")
def test_tutorial_does_what_it_says():
    new, explain, check = blocks("sh")
    explained, checked = blocks("text")
    assert shell(new).exit_code == 0
    assert explained in shell(explain).stdout
    rule = Path("my-rules/example.com.toml")
    rule.write_text(rule.read_text(encoding="utf-8") + "\n" + blocks("toml")[0], encoding="utf-8")
    result = shell(check)
    assert (result.exit_code, result.stdout) == (1, checked)
    dropped = re.search(r"`(must_drop = .*?)`", TUTORIAL)[1]
    rule.write_text(rule.read_text(encoding="utf-8").replace("must_keep", f"{dropped}\nmust_keep", 1), encoding="utf-8")
    assert shell(f"{check.strip()} --update").exit_code == 0
    assert shell(check).exit_code == 0
