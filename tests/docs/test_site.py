"""The documentation as a site: it builds, no link leads nowhere, and its page of commands has them all."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from cleaner.cli import app

pytest.importorskip("mkdocs", reason="mkdocs is not installed: pip install -e '.[docs]'")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(build, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.slow
def test_every_command_has_its_place(site):
    page = (site / "commands" / "index.html").read_text(encoding="utf-8")
    for name in get_command(app).commands:
        assert f"<code>cleaner {name}</code>" in page
    assert "--against OLD" in page


@pytest.mark.slow
def test_reading_it_asks_nobody_else(site):
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert 'src="http' not in text, page
        assert "fonts.googleapis" not in text, page
