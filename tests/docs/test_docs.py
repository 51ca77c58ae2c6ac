"""What the documentation says is true."""

import json
import re
from pathlib import Path

import pytest
from typer.main import get_command

import cleaner
from cleaner import errors
from cleaner.cli import app
from cleaner.fields import COLUMNS
from cleaner.labels import Label

ROOT = Path(__file__).parents[2]
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
DOCS += [ROOT / "tests" / "gate" / "README.md"]
SET_UP = [
    "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/cleaner clean seeds --out out",
    "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/pytest",
]


def commands(group, above=""):
    """Every command by its words, as ``rules stats``."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


COMMANDS = dict(commands(get_command(app)))


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_every_error_is_documented():
    known = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and value.__module__ == errors.__name__ and not name.startswith("_")
    }
    section = read("docs/library.md").split("\n## Errors\n", 1)[1].split("\n## ", 1)[0]
    assert set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE)) == known - {"CleanerError"}


def test_readme_sets_up_in_two_commands():
    lines = [line for block in blocks(read("README.md"), "sh") for line in block.splitlines()]
    assert lines == SET_UP


def test_ci_finds_its_command_in_the_readme():
    assert [line for line in read("README.md").splitlines() if "'.[dev]'" in line] == SET_UP[1:]


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_documented_with_every_option(name):
    section = read("docs/cli.md").split(f"\n## `cleaner {name} ", 1)[1].split("\n## ", 1)[0]
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("--")}
    documented = set(re.findall(r"^\| `(--[a-z-]+)", section, re.MULTILINE))
    assert documented == options - {"--help"}
    assert COMMANDS[name].help


def test_every_exit_code_is_documented():
    from cleaner.cli.terminal import ExitCode

    documented = re.findall(r"^\| (\d) \|", read("docs/cli.md"), re.MULTILINE)
    assert documented == [str(code.value) for code in ExitCode]


def test_every_label_is_documented():
    section = read("docs/library.md").split("\n## Labels\n", 1)[1].split("\n## ", 1)[0]
    assert re.findall(r"`(\w+)`", section) == [label.value for label in Label]


def test_a_row_is_documented_key_by_key():
    row = cleaner.clean("Tea\n\nTea is picked by hand in spring, before the first rains come.\n").to_dict()
    section = read("docs/library.md").split("\n## A row of", 1)[1].split("\n## ", 1)[0]
    documented = [name for name in re.findall(r"`(\w+)`", section) if name not in ("html", "text")]
    assert documented == [name for name in row if name != "text"]


def test_optional_fields_are_documented_in_their_order():
    section = read("docs/library.md").split("\n## Optional fields of a row\n", 1)[1]
    assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE) == [field.name for field in COLUMNS]


@pytest.mark.parametrize("name", ["README.md", "docs/library.md"])
def test_examples_run(name, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    names = {}
    for example in blocks(read(name), "python"):
        exec(compile(example, name, "exec"), names)  # noqa: S102  our own documentation
    assert names["article"].text
    if name == "README.md":
        printed = capsys.readouterr().out
        assert "Spriha Rai" in printed
        assert "related | Recent Posts | " in printed


def test_readme_shows_what_the_seed_gives():
    seed = read("seeds/004_d350547c096211a8.txt")
    article = cleaner.clean(seed).to_dict()
    shown = json.loads(blocks(read("README.md"), "json")[0])
    assert article["text"].startswith(shown.pop("text").removesuffix("…"))
    assert shown == {key: article[key] for key in shown}


def test_readme_explains_as_the_command_does():
    from typer.testing import CliRunner

    printed = CliRunner().invoke(app, ["explain", str(ROOT / "seeds/004_d350547c096211a8.txt")]).stdout
    shown = next(block for block in blocks(read("README.md"), "text") if block.startswith("keep"))
    squeezed = [" ".join(line.split()) for line in printed.splitlines()]
    for line in filter(None, shown.splitlines()):
        start = " ".join(line.removesuffix("…").split())
        assert any(other.startswith(start) for other in squeezed), line


@pytest.mark.parametrize("path", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.name)
def test_readme_leads_to_every_document(path):
    assert f"](docs/{path.name})" in read("README.md")


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_rule_in_the_readme_is_part_of_the_shipped_one():
    import tomllib

    shown = tomllib.loads(blocks(read("README.md"), "toml")[0])
    shipped = tomllib.loads(read("rules/indiablooms.com.toml"))
    assert shown.pop("drop")[0] in shipped["drop"]
    assert shown.items() <= shipped.items()
