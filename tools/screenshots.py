"""Make the pictures in docs/images anew, with the browser that is installed.

    python tools/screenshots.py

The report is that of a run over the seeds and the composed pages of the quality gate, against one that leans to recall; the
newer one has a rule that is too wide, and a page without text. The page is one of the seeds. The studio shows the composed pages of its tests.
"""

from __future__ import annotations

import secrets
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from playwright.sync_api import Browser, Page, sync_playwright

from cleaner.analysis import report
from cleaner.batch.run import RunSettings, run_batch
from cleaner.model import Lean
from cleaner.studio.server import prepare_server
from cleaner.studio.settings import StudioSettings

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
Scheme: TypeAlias = Literal["dark", "light"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


RULE = """hosts = ["harbourpost.example"]

[[drop]]
label = "related"
selector = "p"
why = "teasers below the story"
"""


class Picture(NamedTuple):
    """What is photographed: the report or a page of it, in a window of this size."""

    name: str
    link: str | None
    width: int
    height: int
    script: str = "() => {}"


PICTURES = (
    Picture("report", None, 1180, 960),
    Picture(
        "page",
        "North Korea's Kim Jong Un to meet Putin",
        1000,
        900,
        "() => { document.querySelectorAll('.page:target .out summary')[1].click(); scrollTo(0, 60); }",
    ),
    Picture(
        "changes",
        "Storm Ottilie live",
        1000,
        620,
        "() => { document.querySelector('.page:target .changes-only').click();"
        " document.querySelector('.page:target .next-change').click(); scrollTo(0, 400); }",
    ),
)


def main() -> None:
    """Write every picture, light and dark."""
    with tempfile.TemporaryDirectory() as scratch, _browser() as browser:
        path = _write_report(Path(scratch))
        for scheme in SCHEMES:
            for picture in PICTURES:
                _save(_take(browser, path, picture, scheme), picture.name, scheme)
            with _serve_studio(Path(scratch) / "my-rules") as address:
                _take_studio(browser, address, scheme)


def _write_report(scratch: Path) -> Path:
    """The report of a run against an older one, with something of everything that a report shows."""
    (scratch / "rules").mkdir()
    (scratch / "rules" / "harbourpost.example.toml").write_text(RULE, encoding="utf-8")
    (scratch / "empty.html").write_text("<!doctype html><title></title>", encoding="utf-8")
    pages = [ROOT / "seeds", ROOT / "tests" / "gate" / "pages"]
    before, now = scratch / "last-week", scratch / "seeds-and-gate"
    with chdir(scratch):  # so that the page that fails has no folder in its name
        run_batch(pages, before, RunSettings(lean=Lean.RECALL))
        run_batch([*pages, Path("empty.html")], now, RunSettings(rules=(scratch / "rules",)))
    return report.write_report(now, before)


def _save(page: Page, name: str, scheme: Scheme) -> None:
    target = IMAGES / f"{name}-{scheme}.png"
    page.screenshot(path=target)
    print(target.relative_to(ROOT), f"{target.stat().st_size:,} bytes")


@contextmanager
def _serve_studio(rules: Path) -> Iterator[str]:
    """The address of a studio over the composed pages."""
    settings = StudioSettings(token=secrets.token_urlsafe(), port=0, rules=rules)
    prepared = prepare_server([ROOT / "tests" / "studio" / "pages" / "harbour"], settings)
    thread = threading.Thread(target=prepared.server.run, kwargs={"sockets": [prepared.listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{prepared.settings.port}/#token={settings.token}"
    finally:
        prepared.server.stop()
        thread.join()


def _take_studio(browser: Browser, address: str, scheme: Scheme) -> None:
    """Walk through the tutorial, with a picture of each step."""
    page = browser.new_page(viewport={"width": 1440, "height": 860}, color_scheme=scheme, device_scale_factor=1.1)
    page.set_default_timeout(120_000)  # pages are being cleaned while the first pictures are taken
    page.goto(address)
    page.get_by_role("button", name="A library that floats").click()
    page.get_by_role("option", name="The boat stops at").click()
    page.frame_locator(".sheet iframe").locator("[data-chosen]").wait_for()
    _save(page, "studio", scheme)
    page.get_by_role("option", name="Onward:").click()
    page.keyboard.press("l")
    page.keyboard.press("r")
    page.get_by_role("option", name="The Harbour Post writes").click()
    page.keyboard.press("l")
    page.keyboard.press("l")
    newsletter = page.locator(".card", has_text="newsletter").first
    newsletter.wait_for()
    _save(page, "studio-mark", scheme)
    page.keyboard.press("Enter")
    newsletter.locator(".head").click()
    page.keyboard.press("Tab")
    newsletter.get_by_role("button", name="Add to the draft").click()
    page.get_by_role("button", name="Review and save").click()
    page.locator(".verdict").wait_for()
    page.locator(".review").evaluate("box => box.scrollTo(0, 0)")
    page.get_by_role("button", name="Save 3 files").evaluate(
        "button => (button.textContent = 'Save 3 files to my-rules')"
    )
    _save(page, "studio-review", scheme)
    page.locator(".review footer .strong").click()
    page.get_by_role("option", name="Onward:").click()
    page.get_by_role("button", name=":drop[0]").click()
    page.locator(".rule[data-open] .hits li").first.wait_for()
    page.locator(".toast:not(.shown)").wait_for(state="attached")
    _save(page, "studio-rules", scheme)
    page.close()


@contextmanager
def _browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit(f"no browser is installed; looked for {', '.join(BROWSERS)}")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])


def _take(browser: Browser, path: Path, picture: Picture, scheme: Scheme) -> Page:
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height}, color_scheme=scheme, device_scale_factor=1.5
    )
    page.goto(path.as_uri())
    if picture.link:
        page.get_by_role("link", name=picture.link).first.click()
    page.evaluate(picture.script)
    return page


if __name__ == "__main__":
    main()
