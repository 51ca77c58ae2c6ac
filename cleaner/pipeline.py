"""What is done with a page, in which order: one table for both kinds of page, and the steps that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from inspect import signature
from typing import Any, NamedTuple

from msgspec.structs import asdict, replace

from cleaner.errors import PageError
from cleaner.flags import Flag
from cleaner.front_matter import dump_findings, dump_metadata, html_findings, html_metadata, page_head, paywall
from cleaner.front_matter.findings import Finding, collect_metadata, find_by_rules
from cleaner.front_matter.page_head import PageHead
from cleaner.judges.classifier import judge_by_classifier
from cleaner.judges.common_rules import judge_by_common_rules
from cleaner.judges.front_matter import judge_front_matter
from cleaner.judges.repeats import judge_repeats
from cleaner.judges.site_rules import FEW, find_swallowing_rule, judge_by_site_rules
from cleaner.language import detect
from cleaner.model import Article, Blocks, Kind, Lean, Metadata, Page, fill_verdicts
from cleaner.page import blocks_dump, blocks_html, urls
from cleaner.page.dom import Dom, PageMarkup, parse_html
from cleaner.repeats import Recurring, Repeats
from cleaner.rulebook import Rulebook, SiteRules

MAX_BLOCKS = 50_000
"""Five times those of the longest of 600 real pages; what has more is a table of data, or made to do harm."""
_LOW = 0.5
"""Score below which a page is flagged: on average its blocks are as near to a coin's toss as to certainty."""
_VERDICTS = "verdicts"
"""What a judge writes: they fill the verdicts of blocks that have none, and change nothing else."""
_BOTH = frozenset(Kind)
_HTML = frozenset({Kind.HTML})


class Stage(NamedTuple):
    """A step of cleaning a page."""

    name: str
    """What it does; the name of a judge is the one that its verdicts bear."""
    run: Callable[..., Any]
    reads: tuple[str, ...]
    """Names of the values it needs: the parameters of ``run``."""
    writes: tuple[str, ...]
    """Names of the values it gives; of several, ``run`` returns a tuple."""
    kinds: frozenset[Kind]
    """The kinds of page on which it runs; on others its values are None."""

    @property
    def is_judge(self) -> bool:
        """Whether it gives verdicts."""
        return self.writes == (_VERDICTS,)


def parse_page(page: Page) -> tuple[Dom, PageHead]:
    """The tree of an HTML page, and what its head says. Raises :class:`PageError` where there is nothing but markup."""
    tree = parse_html(page.content)
    if tree is None:
        raise PageError(page.source, "no text: nothing but markup and scripts")
    return tree, page_head.read_page_head(tree)


def segment_page(page: Page, dom: Dom | None) -> tuple[Blocks, PageMarkup | None]:
    """The blocks of a page, cut once. Raises :class:`PageError` for a page of none or of too many."""
    blocks: Blocks
    if dom is None:
        blocks, markup = blocks_dump.segment_dump(page.content), None
    else:
        segmented = blocks_html.segment_html(dom.root)
        blocks, markup = segmented.blocks, PageMarkup(dom, segmented.boxes)
    if not blocks:
        nothing = "invisible characters" if markup is None else "markup and scripts"
        raise PageError(page.source, f"no text: nothing but {nothing}")
    if len(blocks) > MAX_BLOCKS:
        raise PageError(page.source, f"{len(blocks):,} blocks, over the limit of {MAX_BLOCKS:,}")
    return blocks, markup


def identify_site(page: Page, dom: Dom | None, head: PageHead | None, book: Rulebook) -> tuple[SiteRules, Metadata]:
    """The rules of the page's site and of the networks on it, and the addresses that are known of it."""
    if dom is None or head is None:
        rules = book.lookup(page.url, page.content, page.fetched).with_networks(
            book.find_networks_in_text(page.content)
        )
        site = urls.host_of(page.url) or next(iter(rules.hosts), None)
        return rules, Metadata(url=page.url, site=site)
    addresses = html_metadata.read_addresses(head, page.url)
    rules = book.lookup(addresses.url, None, page.fetched).with_networks(book.find_networks_in_markup(dom))
    return rules, addresses


def read_head(
    dom: Dom | None, head: PageHead | None, blocks: Blocks, addresses: Metadata, rules: SiteRules
) -> tuple[tuple[Finding, ...], Metadata]:
    """What the head of an HTML page says about its article, checked against what the page shows."""
    if dom is None or head is None:
        return (), addresses
    findings = tuple(html_metadata.find_in_head(dom, head, blocks, addresses, rules.metadata))
    return findings, collect_metadata(addresses, findings)


def find_front_matter(
    blocks: Blocks, markup: PageMarkup | None, claimed: tuple[Finding, ...], claims: Metadata
) -> tuple[Finding, ...]:
    """All that is said about the article: title, standfirst, byline, dates, captions, tags. The head's findings come first."""
    if markup is None:
        return (*find_by_rules(blocks), *dump_findings.find_in_dump(blocks))
    return (*claimed, *html_findings.find_in_html(blocks, claims))


def recall_repeats(page: Page, addresses: Metadata, repeats: Repeats | None) -> Recurring | None:
    """What recurs on the site of the page, where a whole batch was counted."""
    return repeats.on(home_of(page, addresses.site)) if repeats else None


def read_metadata(
    blocks: Blocks, markup: PageMarkup | None, addresses: Metadata, findings: tuple[Finding, ...], rules: SiteRules
) -> Metadata:
    """The metadata that the findings give, now that it is known which blocks are the article's text."""
    if markup is None:
        findings = tuple(dump_metadata.read_dump_values(blocks, findings, rules.metadata))
    return collect_metadata(addresses, findings)


def assemble_article(page: Page, blocks: Blocks, metadata: Metadata) -> Article:
    """The article, its language detected from its text."""
    article = Article(id=page.id, source=page.source, kind=page.kind, blocks=blocks, **asdict(metadata))
    detected = detect.detect_language(article.text)
    if detected is None:
        return article
    return replace(article, language=detected[0], language_confidence=detected[1])


def set_flags(article: Article, dom: Dom | None, head: PageHead | None) -> Article:
    """The article with what a user should know before trusting it."""
    blocks = article.blocks
    unsure = article.score is not None and article.score < _LOW
    flags = {
        Flag.FLATTENED: dom is not None and dom.flattened,
        Flag.TRUNCATED: dom is not None and head is not None and paywall.is_truncated(head, dom),
        Flag.LOW_CONFIDENCE: unsure or find_swallowing_rule(blocks) is not None,
        Flag.NOT_AN_ARTICLE: len(article.text) < FEW,
    }
    return replace(article, flags=tuple(flag for flag, is_set in flags.items() if is_set))


def _stage(name: str, run: Callable[..., Any], *writes: str, kinds: frozenset[Kind] = _BOTH) -> Stage:
    return Stage(name, run, tuple(signature(run).parameters), writes, kinds)


STAGES = (
    _stage("parse", parse_page, "dom", "head", kinds=_HTML),
    _stage("segment", segment_page, "blocks", "markup"),
    _stage("identify the site", identify_site, "rules", "addresses"),
    _stage("read the head", read_head, "claimed", "claims"),
    _stage("site_rules", judge_by_site_rules, _VERDICTS),
    _stage("common_rules", judge_by_common_rules, _VERDICTS),
    _stage("find front matter", find_front_matter, "findings"),
    _stage("front_matter", judge_front_matter, _VERDICTS),
    _stage("recall repeats", recall_repeats, "recurring"),
    _stage("repeats", judge_repeats, _VERDICTS),
    _stage("classifier", judge_by_classifier, _VERDICTS),
    _stage("metadata", read_metadata, "metadata"),
    _stage("assemble", assemble_article, "article"),
    _stage("flags", set_flags, "article"),
)
"""All that happens to a page, in order. Of several verdicts on a block the first counts."""

GIVEN = ("page", "book", "lean", "repeats")
"""Names of the values that are known before the first stage."""


def run_stages(known: dict[str, Any]) -> Iterator[Stage]:
    """Run the stages on ``known``, values by name, to which each adds what it writes; each is yielded when it is done.

    ``known`` holds the values of :data:`GIVEN` at first, and ``article`` at the end. Raises :class:`PageError`.
    """
    for stage in STAGES:
        if known["page"].kind in stage.kinds:
            result = stage.run(*(known[name] for name in stage.reads))
            if stage.is_judge:
                known["blocks"] = fill_verdicts(known["blocks"], result)
            else:
                known.update(zip(stage.writes, result if len(stage.writes) > 1 else (result,), strict=True))
        else:
            known.update(dict.fromkeys(stage.writes))
        yield stage


def clean_page(page: Page, book: Rulebook, lean: Lean = Lean.BALANCED, repeats: Repeats | None = None) -> Article:
    """The article on ``page``. Raises :class:`PageError` for a page that cannot be cleaned."""
    known: dict[str, Any] = {"page": page, "book": book, "lean": lean, "repeats": repeats}
    for _ in run_stages(known):
        pass
    article: Article = known["article"]
    return article


def read_site_and_lines(page: Page, book: Rulebook) -> tuple[str, tuple[str, ...]]:
    """The site of ``page``, or where it is unknown its folder, and the texts of its blocks. Raises as :func:`clean_page`."""
    known: dict[str, Any] = {"page": page, "book": book}
    for stage in run_stages(known):
        if stage.run is identify_site:
            break
    return home_of(page, known["addresses"].site), tuple(block.text for block in known["blocks"])


def home_of(page: Page, site: str | None) -> str:
    """The site of ``page``, or where that is unknown its folder: pages are counted together by site."""
    return site or page.folder
