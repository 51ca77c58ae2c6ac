"""Make the pictures in docs/images anew, with the browser that is installed.

    python tools/screenshots.py

The report is that of a run over the seeds and the composed pages of the quality gate; the page is one of the seeds.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from playwright.sync_api import Browser, Page, sync_playwright

from cleaner.analysis import report
from cleaner.batch.run import RunSettings, run_batch

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
Scheme: TypeAlias = Literal["dark", "light"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Picture(NamedTuple):
    """What is photographed: the report or a page of it, in a window of this size."""

    name: str
    link: str | None
    width: int
    height: int
    script: str = "() => {}"


PICTURES = (
    Picture("report", None, 1180, 800),
    Picture("page", "North Korea's Kim Jong Un to meet Putin", 1000, 900, "() => { scrollTo(0, 60); }"),
)


def main() -> None:
    """Write every picture, light and dark."""
    with tempfile.TemporaryDirectory() as scratch, _browser() as browser:
        folder = Path(scratch) / "seeds-and-gate"
        run_batch([ROOT / "seeds", ROOT / "tests" / "gate" / "pages"], folder, RunSettings())
        path = report.write_report(folder)
        for picture in PICTURES:
            for scheme in SCHEMES:
                target = IMAGES / f"{picture.name}-{scheme}.png"
                _take(browser, path, picture, scheme).screenshot(path=target)
                print(target.relative_to(ROOT), f"{target.stat().st_size:,} bytes")


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
        page.get_by_role("link", name=picture.link).click()
        page.locator(".page:target .out summary").nth(1).click()
    page.evaluate(picture.script)
    return page


if __name__ == "__main__":
    main()
