"""The pages of a studio and the rules in force: read once, cleaned in the background, cleaned again when rules change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from cleaner.analysis.run_reader import open_run
from cleaner.article import Article
from cleaner.batch.records import InputDocument
from cleaner.batch.sources import Inputs
from cleaner.batch.worker import load_page
from cleaner.errors import CleanerError, PageError, RuleError, RunError
from cleaner.model import Page
from cleaner.rulebook import Rulebook
from cleaner.ruletools.proposals import SitePage, view_site_page
from cleaner.storage.run_files import MANIFEST, Failure, Skipped
from cleaner.studio.cleaning import BusyError, CleaningService, Result, Rules, make_tasks
from cleaner.studio.settings import MAX_PAGES, MAX_SITE_PAGES, StudioSettings

UNKNOWN_SITE = ""
"""The name of the group of pages whose site is unknown."""
_PAGES_PER_CHANGE = 10
"""Pages that are cleaned before clients are told, so that a long list is not sent for each page."""
_KEPT_VIEWS = 2 * MAX_SITE_PAGES
"""Parsed pages that are kept for trying changes."""


class LoadedPage:
    """A page of the workspace, and what cleaning it gave."""

    def __init__(self, number: int, page: Page) -> None:
        self.number = number
        self.page = page
        self.result: Result | None = None
        """None until it is cleaned."""
        self.site: tuple[Article, str, str] | None = None
        """The article and the digest of the rules for which the site was looked up, and its name."""

    @property
    def article(self) -> Article | None:
        """Its article, if it could be cleaned."""
        return self.result if isinstance(self.result, Article) else None


class Workspace:
    """All state of a studio. Methods may be called from several threads."""

    def __init__(self, paths: Sequence[Path], settings: StudioSettings, service: CleaningService) -> None:
        self.settings = settings
        self.service = service
        self.pages: list[LoadedPage] = []
        self.failures: list[Failure] = []
        self.is_read = False
        """Whether all pages are read."""
        self.notice = ""
        """What the person should know about the input as a whole."""
        self.rule_error: RuleError | None = None
        self.version = 0
        """Counts changes of what a client sees."""
        self._paths = paths
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._views: OrderedDict[int, SitePage] = OrderedDict()
        self._work = threading.Event()
        self.is_closed = False
        self.book = Rulebook()
        self.reload_rules()

    def start(self) -> None:
        """Begin to read and clean pages in the background."""
        threading.Thread(target=self._run, name="workspace", daemon=True).start()

    def close(self) -> None:
        """End the background work, and wake those who wait for a change."""
        self.is_closed = True
        self._work.set()
        self._announce()

    @property
    def rules(self) -> Rules:
        """The rules in force, for cleaning."""
        return Rules(self.settings.folders, self.book.digest)

    def reload_rules(self) -> bool:
        """Read the rule files again; return whether anything changed. After an error the rules before stay in force."""
        try:
            book = Rulebook.load(self.settings.folders)
        except RuleError as error:
            changed = str(error) != str(self.rule_error or "")
            self.rule_error = error
            if changed:
                self._announce()
            return changed
        changed = book.digest != self.book.digest or self.rule_error is not None
        self.book, self.rule_error = book, None
        if changed:
            self._work.set()
            self._announce()
        return changed

    def get_page(self, number: int) -> LoadedPage:
        """Return a page by its number. Raises :class:`KeyError` if there is none."""
        if not 0 <= number < len(self.pages):
            raise KeyError(number)
        return self.pages[number]

    def site_of(self, loaded: LoadedPage) -> str:
        """Return the name of the site of a page: that of its rule file, or its host."""
        article, digest = loaded.article, self.book.digest
        if article is None:
            return UNKNOWN_SITE
        if loaded.site and loaded.site[0] is article and loaded.site[1] == digest:
            return loaded.site[2]
        text = loaded.page.content if article.kind.value == "text" else None
        name = self.book.lookup(article.url, text, loaded.page.fetched).name or article.site or UNKNOWN_SITE
        loaded.site = (article, digest, name)
        return name

    def list_site(self, site: str) -> list[LoadedPage]:
        """Return the cleaned pages of ``site`` on which changes are tried."""
        found = (loaded for loaded in list(self.pages) if loaded.article and self.site_of(loaded) == site)
        return [loaded for loaded, _ in zip(found, range(MAX_SITE_PAGES), strict=False)]

    def view_pages(self, pages: Iterable[LoadedPage]) -> list[SitePage]:
        """Return ``pages`` in the form that proposals read; parsed pages are kept."""
        return [self._view_page(loaded) for loaded in pages]

    def _view_page(self, loaded: LoadedPage) -> SitePage:
        article = loaded.article
        if article is None:
            raise PageError(loaded.page.source, "is not cleaned")
        with self._lock:
            view = self._views.get(loaded.number)
            if view is None or len(view.article.blocks) != len(article.blocks):
                view = view_site_page(loaded.page, article)
            self._views[loaded.number] = view = view._replace(article=article)
            self._views.move_to_end(loaded.number)
            while len(self._views) > _KEPT_VIEWS:
                self._views.popitem(last=False)
            return view

    def wait_for_change(self, version: int, seconds: float) -> int:
        """Return the version once it differs from ``version``, or after ``seconds``."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != version or self.is_closed, seconds)
            return self.version

    def _announce(self) -> None:
        with self._changed:
            self.version += 1
            self._changed.notify_all()

    def _run(self) -> None:
        try:
            self._read_pages()
        except CleanerError as error:
            self.notice = str(error)
            self._announce()
        while not self.is_closed:
            self._work.clear()
            with suppress(BusyError, CancelledError):  # the service was closed
                self._clean_pages()
            self._work.wait()

    def _read_pages(self) -> None:
        for document in _list_documents(self._paths):
            if self.is_closed:
                return
            if len(self.pages) >= MAX_PAGES:
                self.notice = f"Only the first {MAX_PAGES:,} pages are shown; name fewer to see the others."
                break
            if isinstance(document, Failure):
                self.failures.append(document)
                continue
            try:
                self.pages.append(LoadedPage(len(self.pages), load_page(document)))
            except PageError as error:
                self.failures.append(Failure(document.path, "PageError", error.problem))
        self.is_read = True
        self._announce()

    def _clean_pages(self) -> None:
        """Clean all pages by the rules in force; begin again if these change."""
        rules, pages = self.rules, list(self.pages)
        tasks = make_tasks([loaded.page for loaded in pages], rules)
        results = self.service.clean_many(tasks, in_background=True)
        for count, (loaded, result) in enumerate(zip(pages, results, strict=True)):
            if self.is_closed or self.rules != rules:
                return
            # A rule file that became invalid meanwhile: as in reload_rules, the rules before stay in force.
            if loaded.article is None or not isinstance(result, Failure) or result.error != "RuleError":
                loaded.result = result
            if count % _PAGES_PER_CHANGE == 0:
                self._announce()
        self._announce()

    def replace_results(self, results: Iterable[tuple[LoadedPage, Result]]) -> None:
        """Take results that are known already, as after saving a draft."""
        for loaded, result in results:
            loaded.result = result
        self._announce()


def _list_documents(paths: Sequence[Path]) -> Iterator[InputDocument | Failure]:
    for path in paths:
        for document, _ in Inputs(_read_run_inputs(path) or [path]).documents():
            if isinstance(document, Skipped):
                yield Failure(document.path, "PageError", f"no page: {document.kind} {document.why}".rstrip())
            else:
                yield document


def _read_run_inputs(path: Path) -> list[Path]:
    """Return the files that a finished run was made of, as its folder has no pages; empty for other paths.

    Runs of all formats name their inputs; those of earlier versions are known by their rows alone. Raises
    :class:`~cleaner.errors.RunError` if the folder is damaged or none of the files is there.
    """
    if not (path / MANIFEST).is_file():
        return []
    named = _read_named_inputs(path / MANIFEST)
    if named is None:
        named = dict.fromkeys(_strip_place(document.row.path) for document in open_run(path).documents())
    found = [file for file in named if file.exists()]
    if not found:
        raise RunError(
            str(path), "the pages of the run are not found; start the studio in the folder of `cleaner clean`"
        )
    return found


def _read_named_inputs(manifest: Path) -> Iterable[Path] | None:
    """Return the inputs that the manifest of a run names, or None if it names none."""
    try:
        content = msgspec.json.decode(manifest.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RunError(str(manifest), f"cannot be read: {error}") from error
    inputs = content.get("inputs")
    return [Path(str(one)) for one in inputs] if isinstance(inputs, list) else None


def _strip_place(path: str) -> Path:
    """Return the file of a document: ``pages.jsonl:17`` is in ``pages.jsonl``."""
    name, _, place = path.rpartition(":")
    return Path(name if name and place.isdigit() else path)
