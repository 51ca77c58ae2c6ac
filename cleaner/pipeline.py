"""Cleaning one page: segment it, let the judges speak in order, assemble the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from msgspec.structs import asdict, replace

from cleaner import decode, dom
from cleaner.errors import PageError
from cleaner.judges import about, common_rules, extracted, prose, site_rules
from cleaner.judges.context import Context, Judge
from cleaner.metadata import html as html_metadata
from cleaner.metadata import language
from cleaner.metadata import text as text_metadata
from cleaner.model import Article, Blocks, Kind, Metadata, Page, fill
from cleaner.rulebook import Rulebook, SiteRules
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
        self._book = Rulebook.load([Path(folder) for folder in rules], builtin=builtin_rules)

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
        with ProcessPoolExecutor(jobs) as workers:
            yield from workers.map(self.clean_page, pages, chunksize=8)


def clean(data: str | bytes, url: str | None = None) -> Article:
    """The article in ``data`` by the built-in rules; see :meth:`Cleaner.clean`."""
    return _default().clean(data, url)


@cache
def _default() -> Cleaner:
    return Cleaner()


def _clean_html(page: Page, book: Rulebook) -> Article:
    tree = dom.parse(page.content)
    segmented = html_segment.segment(tree.root) if tree else None
    if tree is None or segmented is None or not segmented.blocks:
        raise PageError(page.source, "no text: nothing but markup and scripts")
    said = html_metadata.read(tree, page.url)
    rules = book.lookup(said.url, None)
    if rules.metadata.selectors or rules.metadata.timezone:
        said = html_metadata.read(tree, page.url, rules.metadata)
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
