"""The library's front door: :class:`Cleaner`, rules loaded once, and :func:`clean`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from cleaner import pipeline
from cleaner.errors import PageError
from cleaner.model import Article, Lean, Page
from cleaner.page import decode
from cleaner.repeats import Lines, Repeats, hash_line
from cleaner.rulebook import Rulebook
from cleaner.worker_pool import CrashError, WorkerPool


class _Settings(NamedTuple):
    """What a cleaner was made with; small enough to travel to other processes."""

    rules: tuple[Path, ...]
    builtin_rules: bool
    lean: Lean
    repeats: Repeats | None


class Cleaner:
    """A rulebook, loaded once, and the pipeline that uses it.

    Args:
        rules: folders of rule files, laid over the built-in ones; later folders win.
        builtin_rules: whether the rules that come with the package apply.
        lean: ``recall``, ``balanced`` or ``precision``: which mistake to avoid where a block could be either.
        repeats: what recurs on the sites of the batch that the pages are of, see :meth:`lines`.

    Raises:
        RuleError: a rule file that cannot be used.
        ValueError: a ``lean`` that there is not.
    """

    def __init__(
        self,
        rules: Sequence[str | Path] = (),
        *,
        builtin_rules: bool = True,
        lean: str = Lean.BALANCED,
        repeats: Repeats | None = None,
    ) -> None:
        self._settings = _Settings(tuple(Path(folder) for folder in rules), builtin_rules, Lean(lean), repeats)
        self._book = Rulebook.load(self._settings.rules, builtin=builtin_rules)

    @property
    def rules_digest(self) -> str:
        """A digest of all rule files in use."""
        return self._book.digest

    def clean(self, data: str | bytes, url: str | None = None) -> Article:
        """The article in ``data``, HTML or a flattened dump, told apart by content.

        Raises :class:`cleaner.PageError` for a page that is empty, undecodable or over a limit, and nothing else.
        """
        return self.clean_page(decode.read_page(data, url=url))

    def clean_page(self, page: Page) -> Article:
        """The article on ``page``. Raises as :meth:`clean` does."""
        return pipeline.clean_page(page, self._book, self._settings.lean, self._settings.repeats)

    def lines(self, page: Page) -> tuple[str, Lines]:
        """The site of ``page`` and its lines, for a :class:`~cleaner.repeats.Tally`. Raises as :meth:`clean` does."""
        site, texts = pipeline.read_site_and_lines(page, self._book)
        return site, tuple(map(hash_line, texts))

    def clean_many(self, pages: Iterable[Page], jobs: int = 1) -> Iterator[Article | PageError]:
        """One result for each of ``pages``, in their order, by ``jobs`` processes: its article, or why it has none.

        A page that kills the process that works on it costs itself only, where there is more than one process.
        """
        results: Iterator[tuple[Page, Article | str | CrashError]]
        if jobs == 1:
            results = ((page, _clean_or_problem(self, page)) for page in pages)
        else:
            results = WorkerPool(partial(_in_worker, self._settings), jobs=jobs).map(pages)
        for page, result in results:
            yield result if isinstance(result, Article) else PageError(page.source, str(result))


def clean(data: str | bytes, url: str | None = None) -> Article:
    """The article in ``data`` by the built-in rules; see :meth:`Cleaner.clean`."""
    return _default().clean(data, url)


@cache
def _default() -> Cleaner:
    return Cleaner()


def _clean_or_problem(cleaner: Cleaner, page: Page) -> Article | str:
    """The article, or the problem as a text: a pool would raise an error that it is given."""
    try:
        return cleaner.clean_page(page)
    except PageError as error:
        return error.problem


def _in_worker(settings: _Settings) -> Callable[[Page], Article | str]:
    """The work of a process; rules are loaded once, not once a page."""
    rules, builtin, lean, repeats = settings
    return partial(_clean_or_problem, Cleaner(rules, builtin_rules=builtin, lean=lean, repeats=repeats))
