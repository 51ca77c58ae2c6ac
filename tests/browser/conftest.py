"""A real browser, if one is installed; what it is shown must neither complain nor ask anybody for anything."""

import shutil
from pathlib import Path

import pytest

from cleaner.batch.run import RunSettings
from cleaner.batch.run import run_batch as clean_all

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="module")
def browser():
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[dev]'")
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"no browser is installed; looked for {', '.join(BROWSERS)}")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def show(browser):
    """Open a file: ``show(path)`` gives the page."""
    heard, asked, contexts = [], [], []

    def opened(path, **options):
        context = browser.new_context(**options)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.set_default_timeout(60_000)  # tests run beside others
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        return page

    yield opened
    opened_files = sum(len(context.pages) for context in contexts)
    for context in contexts:
        context.close()
    assert heard == []
    assert len(asked) == opened_files
    assert all(url.startswith("file:") for url in asked)


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory):
    """The folder of a run over the seeds and pages that mean harm."""
    pages = Path(__file__).parent / "pages"
    out = tmp_path_factory.mktemp("run") / "out"
    clean_all([ROOT / "seeds", pages], out, RunSettings())
    return out
