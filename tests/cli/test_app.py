import subprocess
import sys

import pytest

import cleaner
from cleaner.cli.terminal import escape_for_terminal

HEAVY = {"dateparser", "langdetect", "lxml", "numpy", "re2", "rich", "trafilatura"}


def run(*arguments):
    return subprocess.run([sys.executable, *arguments], check=False, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize("statement", ["import cleaner", "import cleaner.__main__"])
def test_help_loads_nothing_heavy(statement):
    """Start-up stays under 0.3 s as long as only the parser of the command line is loaded for it."""
    script = f"import sys; sys.argv[1:] = ['--help']\ntry:\n    {statement}\nfinally:\n    print(*sys.modules)"
    loaded = set(run("-c", script).stdout.split())
    assert "cleaner" in loaded
    assert not loaded & HEAVY


def test_module_is_the_command():
    result = run("-m", "cleaner", "--help")
    assert result.returncode == 0
    assert result.stdout.startswith("Usage: cleaner ")


def test_version(cli):
    assert cli("--version").stdout == f"cleaner {cleaner.__version__}\n"


@pytest.mark.parametrize("command", [[], ["clean"], ["explain"]])
def test_help_teaches_by_example(cli, command):
    result = cli(*command, "--help")
    assert result.exit_code == 0
    assert "cleaner clean" in result.stdout or "Examples:" in result.stdout


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\nb\tc\u00a0d", "a b c d"),
        ("\x1b[31m\x9b\x00", "\\x1b[31m\\x9b\\x00"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\ud800", "\\ud800"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_printable(text, shown):
    assert escape_for_terminal(text) == shown


def test_package_lists_what_it_gives():
    assert set(cleaner.__all__) <= set(dir(cleaner))
    assert all(getattr(cleaner, name) is not None for name in cleaner.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = cleaner.nonsense
