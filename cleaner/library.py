"""The public interface of the library: :class:`Cleaner` and :func:`clean`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from cleaner import pipeline
from cleaner.article import Article
from cleaner.errors import PageError
from cleaner.model import Lean, Page
from cleaner.page import decode
from cleaner.repeats import Lines, Repeats, hash_line
from cleaner.rulebook import Rulebook
from cleaner.worker_pool import CrashError, WorkerPool


class _Settings(NamedTuple):
    """The arguments of a cleaner; small enough to pickle for other processes."""

    rules: tuple[Path, ...]
    builtin_rules: bool
    lean: Lean
    repeats: Repeats | None
    structure: bool


class Cleaner:
    """A rulebook, loaded once, and the pipeline that uses it.

    Args:
        rules: folders of rule files, which override the built-in ones; later folders win.
        builtin_rules: whether the rules that come with the package apply.
        lean: ``recall``, ``balanced`` or ``precision``: which mistake to avoid for a block that may be text or boilerplate.
        repeats: the lines that recur on the sites of a batch, see :meth:`hash_lines`.
        structure: whether articles have what their Markdown and HTML need: spans, cells and containers of blocks, and
            images. Without, only ``text`` and metadata are complete, and cleaning takes a little less time.

    Raises:
        RuleError: if a rule file cannot be used.
        ValueError: if ``lean`` is unknown.
    """

    def __init__(
        self,
        rules: Sequence[str | Path] = (),
        *,
        builtin_rules: bool = True,
        lean: str = Lean.BALANCED,
        repeats: Repeats | None = None,
        structure: bool = True,
    ) -> None:
        folders = tuple(Path(folder) for folder in rules)
        self._settings = _Settings(folders, builtin_rules, Lean(lean), repeats, structure)
        self._book = Rulebook.load(self._settings.rules, builtin=builtin_rules)

    @property
    def rules_digest(self) -> str:
        """Digest of all rule files in use."""
        return self._book.digest

    def clean(self, data: str | bytes, url: str | None = None) -> Article:
        """The article in ``data``, HTML or a flattened dump, which are distinguished by content.

        Raises :class:`cleaner.PageError` for a page that is empty, undecodable or over a limit, and nothing else.
        """
        return self.clean_page(decode.read_page(data, url=url))

    def clean_page(self, page: Page) -> Article:
        """The article on ``page``. Raises as :meth:`clean` does."""
        _, _, lean, repeats, structure = self._settings
        return pipeline.clean_page(page, self._book, lean, repeats, structure=structure)

    def hash_lines(self, page: Page) -> tuple[str, Lines]:
        """The site of ``page`` and its hashed lines, for a :class:`~cleaner.repeats.Tally`. Raises as :meth:`clean` does."""
        site, texts = pipeline.read_site_and_lines(page, self._book)
        return site, tuple(map(hash_line, texts))

    def clean_many(self, pages: Iterable[Page], jobs: int = 1) -> Iterator[Article | PageError]:
        """One result for each of ``pages``, in order, from ``jobs`` processes: its article or its error.

        With more than one process, a page that crashes its process does not affect other pages.
        """
        results: Iterator[tuple[Page, Article | str | CrashError]]
        if jobs == 1:
            results = ((page, _clean_or_describe(self, page)) for page in pages)
        else:
            results = WorkerPool(partial(_make_worker, self._settings), jobs=jobs).map(pages)
        for page, result in results:
            yield result if isinstance(result, Article) else PageError(page.source, str(result))


def clean(data: str | bytes, url: str | None = None) -> Article:
    """The article in ``data``, with the built-in rules; see :meth:`Cleaner.clean`."""
    return _get_default_cleaner().clean(data, url)


@cache
def _get_default_cleaner() -> Cleaner:
    return Cleaner()


def _clean_or_describe(cleaner: Cleaner, page: Page) -> Article | str:
    """The article, or its problem as a text, as a worker pool would raise an error."""
    try:
        return cleaner.clean_page(page)
    except PageError as error:
        return error.problem


def _make_worker(settings: _Settings) -> Callable[[Page], Article | str]:
    """The function that a process runs on each page; rules are loaded once a process."""
    rules, builtin, lean, repeats, structure = settings
    cleaner = Cleaner(rules, builtin_rules=builtin, lean=lean, repeats=repeats, structure=structure)
    return partial(_clean_or_describe, cleaner)
