import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import cleaner
from cleaner.cli import app

ROOT = Path(__file__).parents[2]


@pytest.fixture
def cli():
    def call(*arguments, **options):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], **options)

    return call


def article(number, **given):
    """A row of the articles, with the fields that a report reads."""
    row = {"id": f"page-{number}", "text": f"Tea is grown on hill {number}.", "kind": "text", "kept_share": 0.5}
    row |= {"title": f"Hill {number}", "site": "tea.example", "language": "en", "score": 0.9}
    return row | given


def dropped(document, index, text, **given):
    """A row of the removed blocks."""
    at = len(document["text"])
    row = {"id": document["id"], "index": index, "at": at, "label": "share", "judge": "common_rules", "text": text}
    return row | {"rule": "everywhere:drop[0]", "why": "share button"} | given


@pytest.fixture
def run(tmp_path):
    """Write the folder of a run: ``run("new", articles, removed, failures)`` returns its path."""

    def write(name, articles, removed=(), failures=()):
        folder = tmp_path / name
        folder.mkdir()
        for table, rows in {"articles": articles, "removed": removed, "failures": failures}.items():
            lines = "".join(json.dumps(row) + "\n" for row in rows)
            (folder / f"{table}.jsonl").write_text(lines, encoding="utf-8")
        manifest = {"versions": {"cleaner": cleaner.__version__}, "rules_digest": "0" * 64}
        (folder / "run.json").write_text(json.dumps(manifest), encoding="utf-8")
        return folder

    return write


@pytest.fixture
def rows():
    """The two builders of rows."""
    return article, dropped
