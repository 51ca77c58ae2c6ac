"""What docs/ci.md offers to copy works."""

import re
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from cleaner import pytest_plugin
from cleaner.cli import app

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
COMMANDS = get_command(app).commands


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def test_the_hook_is_one_that_is_offered():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (used,) = yaml.safe_load(blocks("yaml")[0])["repos"]
    assert [hook["id"] for hook in used["hooks"]] == [hook["id"] for hook in hooks]


def test_the_workflow_checks_the_rules_of_a_checkout():
    (job,) = yaml.safe_load(blocks("yaml")[1])["jobs"].values()
    steps = [step.get("uses", "").partition("@")[0] or step["run"] for step in job["steps"]]
    assert steps == [
        "actions/checkout",
        "actions/setup-python",
        "pip install cleaner",
        "cleaner check rules --format github",
    ]


@pytest.mark.parametrize("line", re.findall(r"^(?:      - run: )?cleaner .*", TEXT, re.MULTILINE))
def test_every_call_has_a_command_and_options_that_there_are(line):
    words = line.removeprefix("      - run: ").partition(" >")[0].split()
    options = {option for parameter in COMMANDS[words[1]].params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


def test_the_fixture_is_the_one_that_is_shown():
    (example,) = blocks("python")
    assert "article_regression" in example
    assert hasattr(pytest_plugin, "article_regression")
