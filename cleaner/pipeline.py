"""Cleaning one page: segment it, let the judges speak in order, assemble the article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from msgspec.structs import asdict, replace

from cleaner import repeats as tally
from cleaner.errors import PageError
from cleaner.flags import Flag
from cleaner.front_matter import dump_metadata as text_metadata
from cleaner.front_matter import html_metadata, page_head, paywall
from cleaner.judges import classifier, common_rules, front_matter, repeats, site_rules
from cleaner.judges.context import Context, Judge
from cleaner.language import detect
from cleaner.model import Article, Blocks, Kind, Lean, Metadata, Page, fill_verdicts
from cleaner.page import blocks_dump as text_segment
from cleaner.page import blocks_html as html_segment
from cleaner.page import decode, dom, urls
from cleaner.repeats import Lines, Recurring, Repeats
from cleaner.rulebook import Rulebook, SiteRules
from cleaner.worker_pool import CrashError, WorkerPool

JUDGES: tuple[Judge, ...] = (
    site_rules.judge_by_site_rules,
    common_rules.judge_by_common_rules,
    front_matter.judge_front_matter,
    repeats.judge_repeats,
    classifier.judge_by_classifier,
)
"""Who speaks, and in which order: the first verdict on a block is the one that counts."""

MAX_BLOCKS = 50_000
"""Five times those of the longest of 600 real pages; what has more is a table of data, or made to do harm."""
_LOW = 0.5
"""Score under which a page is flagged: on average its blocks are as near to a coin's toss as to certainty."""


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
        return clean_with(self._book, page, self._settings.lean, self._settings.repeats)

    def lines(self, page: Page) -> tuple[str, Lines]:
        """The site of ``page`` and its lines, for a :class:`~cleaner.repeats.Tally`. Raises as :meth:`clean` does."""
        if page.kind is Kind.HTML:
            tree, segmented = _read_html(page)
            site, blocks = (
                urls.host_of(page.url or html_metadata.canonical_url(page_head.read_page_head(tree))),
                segmented.blocks,
            )
        else:
            site, blocks = _site_of_dump(page, self._book.lookup(page.url, page.content)), _read_text(page)
        return _home(page, site), tuple(tally.hash_line(block.text) for block in blocks)

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


def clean_with(book: Rulebook, page: Page, lean: Lean = Lean.BALANCED, repeats: Repeats | None = None) -> Article:
    """The article on ``page`` by the rules of ``book``. Raises as :meth:`Cleaner.clean` does."""
    clean_kind = _clean_html if page.kind is Kind.HTML else _clean_text
    return clean_kind(page, book, lean, repeats)


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


def _clean_html(page: Page, book: Rulebook, lean: Lean, repeats: Repeats | None) -> Article:
    tree, segmented = _read_html(page)
    head = page_head.read_page_head(tree)
    rules = book.lookup(page.url or html_metadata.canonical_url(head), None, page.fetched)
    rules = rules.over(book.networks_on(tree))
    said = html_metadata.read_html_metadata(tree, page.url, rules.metadata, said=head, blocks=segmented.blocks)
    context = Context(page, rules, book.common, said, tree, segmented.boxes, lean, _recurring(repeats, page, said.site))
    flags = {Flag.FLATTENED: tree.flattened, Flag.TRUNCATED: paywall.is_truncated(head, tree)}
    return _assemble(page, _judge(segmented.blocks, context), said, flags)


def _clean_text(page: Page, book: Rulebook, lean: Lean, repeats: Repeats | None) -> Article:
    rules = book.lookup(page.url, page.content, page.fetched).over(book.networks_in(page.content))
    site = _site_of_dump(page, rules)
    known = _recurring(repeats, page, site)
    context = Context(page, rules, book.common, Metadata(url=page.url), lean=lean, repeats=known)
    blocks = _judge(_read_text(page), context)
    said = text_metadata.read(blocks, page.url, rules.metadata)
    return _assemble(page, blocks, replace(said, site=site), {})


def _read_html(page: Page) -> tuple[dom.Dom, html_segment.SegmentedPage]:
    tree = dom.parse_html(page.content)
    segmented = html_segment.segment_html(tree.root) if tree else None
    if tree is None or segmented is None or not segmented.blocks:
        raise PageError(page.source, "no text: nothing but markup and scripts")
    _refuse_too_many(page, segmented.blocks)
    return tree, segmented


def _read_text(page: Page) -> Blocks:
    segmented = text_segment.segment_dump(page.content)
    if not segmented:
        raise PageError(page.source, "no text: nothing but invisible characters")
    _refuse_too_many(page, segmented)
    return segmented


def _refuse_too_many(page: Page, blocks: Blocks) -> None:
    if len(blocks) > MAX_BLOCKS:
        raise PageError(page.source, f"{len(blocks):,} blocks, over the limit of {MAX_BLOCKS:,}")


def _site_of_dump(page: Page, rules: SiteRules) -> str | None:
    return urls.host_of(page.url) or next(iter(rules.hosts), None)


def _recurring(repeats: Repeats | None, page: Page, site: str | None) -> Recurring | None:
    return repeats.on(_home(page, site)) if repeats else None


def _home(page: Page, site: str | None) -> str:
    """The site of ``page``, or where it names none, the folder it comes from: pages are kept together by site."""
    return site or str(PurePosixPath(page.source).parent)


def _judge(blocks: Blocks, context: Context) -> Blocks:
    for judge in JUDGES:
        blocks = fill_verdicts(blocks, judge(blocks, context))
    return blocks


def _assemble(page: Page, blocks: Blocks, said: Metadata, flags: Mapping[Flag, bool]) -> Article:
    article = Article(id=page.id, source=page.source, kind=page.kind, blocks=blocks, **asdict(said))
    text = article.text
    unsure = article.score is not None and article.score < _LOW
    weak = {
        Flag.LOW_CONFIDENCE: unsure or site_rules.find_swallowing_rule(blocks) is not None,
        Flag.NOT_AN_ARTICLE: len(text) < site_rules.FEW,
    }
    article = replace(article, flags=tuple(flag for flag, is_set in {**flags, **weak}.items() if is_set))
    detected = detect.detect_language(text)
    if detected is None:
        return article
    return replace(article, language=detected[0], language_confidence=detected[1])
