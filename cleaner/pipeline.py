"""Cleaning one page: segment it, let the judges speak in order, assemble the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import asdict, replace

from cleaner import decode, dom
from cleaner.errors import PageError
from cleaner.judges import about, common_rules, site_rules, tagger
from cleaner.judges.context import Context, Judge
from cleaner.metadata import access, language, signals
from cleaner.metadata import html as html_metadata
from cleaner.metadata import text as text_metadata
from cleaner.model import Article, Blocks, Kind, Lean, Metadata, Page, fill
from cleaner.pool import CrashError, Pool
from cleaner.rulebook import Rulebook
from cleaner.segment import html as html_segment
from cleaner.segment import text as text_segment

JUDGES: tuple[Judge, ...] = (site_rules.judge, common_rules.judge, about.judge, tagger.judge)
"""Who speaks, and in which order: the first verdict on a block is the one that counts."""


_LOW = 0.5
"""Score under which a page is flagged: on average its blocks are as near to a coin's toss as to certainty."""
_FEW = 140
"""Characters of text under which a page is hardly an article: about two sentences."""


class _Settings(NamedTuple):
    """What a cleaner was made with; small enough to travel to other processes."""

    rules: tuple[Path, ...]
    builtin_rules: bool
    lean: Lean


class Cleaner:
    """A rulebook, loaded once, and the pipeline that uses it.

    Args:
        rules: folders of rule files, laid over the built-in ones; later folders win.
        builtin_rules: whether the rules that come with the package apply.
        lean: ``recall``, ``balanced`` or ``precision``: which mistake to avoid where a block could be either.

    Raises:
        RuleError: a rule file that cannot be used.
        ValueError: a ``lean`` that there is not.
    """

    def __init__(
        self, rules: Sequence[str | Path] = (), *, builtin_rules: bool = True, lean: str = Lean.BALANCED
    ) -> None:
        self._settings = _Settings(tuple(Path(folder) for folder in rules), builtin_rules, Lean(lean))
        self._book = Rulebook.load(self._settings.rules, builtin=builtin_rules)

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
        clean_kind = _clean_html if page.kind is Kind.HTML else _clean_text
        return clean_kind(page, self._book, self._settings.lean)

    def clean_many(self, pages: Iterable[Page], jobs: int = 1) -> Iterator[Article]:
        """Articles of ``pages``, in their order, by ``jobs`` processes. Raises as :meth:`clean` does."""
        if jobs == 1:
            yield from map(self.clean_page, pages)
            return
        for page, article in Pool(partial(_in_worker, self._settings), jobs=jobs).map(pages):
            if isinstance(article, CrashError):
                raise PageError(page.source, str(article)) from article
            yield article


def clean(data: str | bytes, url: str | None = None) -> Article:
    """The article in ``data`` by the built-in rules; see :meth:`Cleaner.clean`."""
    return _default().clean(data, url)


@cache
def _default() -> Cleaner:
    return Cleaner()


def _in_worker(settings: _Settings, page: Page) -> Article:
    return _cleaner(settings).clean_page(page)


@lru_cache(maxsize=1)
def _cleaner(settings: _Settings) -> Cleaner:
    """One for the life of a worker: rules are loaded once, not once a page."""
    return Cleaner(settings.rules, builtin_rules=settings.builtin_rules, lean=settings.lean)


def _clean_html(page: Page, book: Rulebook, lean: Lean) -> Article:
    tree = dom.parse(page.content)
    segmented = html_segment.segment(tree.root) if tree else None
    if tree is None or segmented is None or not segmented.blocks:
        raise PageError(page.source, "no text: nothing but markup and scripts")
    head = signals.head(tree)
    rules = book.lookup(page.url or html_metadata.canonical(head), None)
    said = html_metadata.read(tree, page.url, rules.metadata, said=head, blocks=segmented.blocks)
    context = Context(page, rules, book.common, said, tree, segmented.elements, lean)
    flags = {"flattened": tree.flattened, "truncated": access.is_truncated(head, tree)}
    return _assemble(page, _judge(segmented.blocks, context), said, flags)


def _clean_text(page: Page, book: Rulebook, lean: Lean) -> Article:
    rules = book.lookup(page.url, page.content)
    segmented = text_segment.segment(page.content)
    if not segmented:
        raise PageError(page.source, "no text: nothing but invisible characters")
    context = Context(page, rules, book.common, Metadata(url=page.url), lean=lean)
    blocks = _judge(segmented, context)
    said = text_metadata.read(blocks, page.url, rules.metadata)
    if said.site is None and rules.hosts:
        said = replace(said, site=rules.hosts[0])
    return _assemble(page, blocks, said, {})


def _judge(blocks: Blocks, context: Context) -> Blocks:
    for judge in JUDGES:
        blocks = fill(blocks, judge(blocks, context))
    return blocks


def _assemble(page: Page, blocks: Blocks, said: Metadata, flags: Mapping[str, bool]) -> Article:
    article = Article(id=page.id, source=page.source, kind=page.kind, blocks=blocks, **asdict(said))
    text = article.text
    weak = {"low_confidence": article.score is not None and article.score < _LOW, "not_an_article": len(text) < _FEW}
    article = replace(article, flags=tuple(flag for flag, is_set in {**flags, **weak}.items() if is_set))
    detected = language.detect(text)
    if detected is None:
        return article
    return replace(article, language=detected[0], language_confidence=detected[1])
