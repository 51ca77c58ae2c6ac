"""Cleaning one page: segment it, let the judges speak in order, assemble the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path

from msgspec.structs import asdict, replace

from cleaner import decode, dom
from cleaner.errors import PageError
from cleaner.judges import about, common_rules, extracted, prose, site_rules
from cleaner.judges.context import Context, Judge
from cleaner.metadata import html as html_metadata
from cleaner.metadata import language, signals
from cleaner.metadata import text as text_metadata
from cleaner.model import Article, Blocks, Kind, Metadata, Page, fill
from cleaner.pool import CrashError, Pool
from cleaner.rulebook import Rulebook
from cleaner.segment import html as html_segment
from cleaner.segment import text as text_segment

JUDGES: tuple[Judge, ...] = (site_rules.judge, common_rules.judge, about.judge, extracted.judge, prose.judge)
"""Who speaks, and in which order: the first verdict on a block is the one that counts."""


class Cleaner:
    """A rulebook, loaded once, and the pipeline that uses it.

    Args:
        rules: folders of rule files, laid over the built-in ones; later folders win.
        builtin_rules: whether the rules that come with the package apply.

    Raises:
        RuleError: a rule file that cannot be used.
    """

    def __init__(self, rules: Sequence[str | Path] = (), *, builtin_rules: bool = True) -> None:
        self._rules = tuple(Path(folder) for folder in rules)
        self._builtin = builtin_rules
        self._book = Rulebook.load(self._rules, builtin=builtin_rules)

    @property
    def rules_digest(self) -> str:
        """A digest of all rule files in use."""
        return self._book.digest

    def clean(self, data: str | bytes, url: str | None = None) -> Article:
        """The article in ``data``, HTML or a flattened dump, told apart by content.

        Raises :class:`cleaner.PageError` for a page that is empty, undecodable or over a limit, and nothing else.
        """
        return self.clean_page(decode.page(data, url=url))

    def clean_page(self, page: Page) -> Article:
        """The article on ``page``. Raises as :meth:`clean` does."""
        if page.kind is Kind.HTML:
            return _clean_html(page, self._book)
        return _clean_text(page, self._book)

    def clean_many(self, pages: Iterable[Page], jobs: int = 1) -> Iterator[Article]:
        """Articles of ``pages``, in their order, by ``jobs`` processes. Raises as :meth:`clean` does."""
        if jobs == 1:
            yield from map(self.clean_page, pages)
            return
        for page, article in Pool(partial(_in_worker, self._rules, self._builtin), jobs=jobs).map(pages):
            if isinstance(article, CrashError):
                raise PageError(page.source, str(article)) from article
            yield article


def clean(data: str | bytes, url: str | None = None) -> Article:
    """The article in ``data`` by the built-in rules; see :meth:`Cleaner.clean`."""
    return _default().clean(data, url)


@cache
def _default() -> Cleaner:
    return Cleaner()


def _in_worker(rules: tuple[Path, ...], builtin: bool, page: Page) -> Article:  # noqa: FBT001  bound by partial
    return _cleaner(rules, builtin).clean_page(page)


@lru_cache(maxsize=1)
def _cleaner(rules: tuple[Path, ...], builtin: bool) -> Cleaner:  # noqa: FBT001  a key of the cache
    """One for the life of a worker: rules are loaded once, not once a page."""
    return Cleaner(rules, builtin_rules=builtin)


def _clean_html(page: Page, book: Rulebook) -> Article:
    tree = dom.parse(page.content)
    segmented = html_segment.segment(tree.root) if tree else None
    if tree is None or segmented is None or not segmented.blocks:
        raise PageError(page.source, "no text: nothing but markup and scripts")
    head = signals.head(tree)
    rules = book.lookup(page.url or html_metadata.canonical(head), None)
    said = html_metadata.read(tree, page.url, rules.metadata, said=head)
    context = Context(page, rules, book.common, said, tree, segmented.elements)
    flags = ("flattened",) if tree.flattened else ()
    return _assemble(page, _judge(segmented.blocks, context), said, flags)


def _clean_text(page: Page, book: Rulebook) -> Article:
    rules = book.lookup(page.url, page.content)
    context = Context(page, rules, book.common, Metadata(url=page.url))
    blocks = _judge(text_segment.segment(page.content), context)
    said = text_metadata.read(blocks, page.url, rules.metadata)
    if said.site is None and rules.hosts:
        said = replace(said, site=rules.hosts[0])
    return _assemble(page, blocks, said, ())


def _judge(blocks: Blocks, context: Context) -> Blocks:
    for judge in JUDGES:
        blocks = fill(blocks, judge(blocks, context))
    return blocks


def _assemble(page: Page, blocks: Blocks, said: Metadata, flags: tuple[str, ...]) -> Article:
    article = Article(id=page.id, source=page.source, kind=page.kind, blocks=blocks, flags=flags, **asdict(said))
    detected = language.detect(article.text)
    if detected is None:
        return article
    return replace(article, language=detected[0], language_confidence=detected[1])
