from pathlib import Path

import pytest
from typer.testing import CliRunner

from cleaner.cli import app

ROOT = Path(__file__).parents[2]


@pytest.fixture
def seeds():
    return ROOT / "seeds"


@pytest.fixture
def cli():
    """Call the command in this process: ``cli("clean", path, input=b"…")``."""

    def call(*arguments, **options):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], **options)

    return call
