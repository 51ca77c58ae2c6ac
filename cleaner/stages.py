"""The stages that join what the packages below know: what each asks for, and what it makes of the answers."""

from __future__ import annotations

from msgspec.structs import asdict, replace

from cleaner.article import Article, Metadata
from cleaner.classifier.block_scores import calibrate_shares, label_blocks
from cleaner.classifier.label_model import LABELS, Prediction, Shares
from cleaner.classifier.reasons import list_labels
from cleaner.errors import PageError
from cleaner.flags import Flag
from cleaner.front_matter import (
    dump_findings,
    dump_metadata,
    html_findings,
    html_metadata,
    page_addresses,
    page_head,
    paywall,
)
from cleaner.front_matter.findings import Finding, collect_metadata, find_by_rules
from cleaner.front_matter.labelled_headline import LineChances
from cleaner.front_matter.page_head import PageHead
from cleaner.judges.site_rules import (
    MIN_ARTICLE_CHARS,
    find_overbroad_rule,
    make_matcher,
)
from cleaner.language import detect
from cleaner.language.characters import split_lines
from cleaner.model import Blocks, Kind, Page, PageType
from cleaner.page import blocks_dump, blocks_html, script_text, urls
from cleaner.page.block_structure import add_block_structure
from cleaner.page.boxes import PageMarkup
from cleaner.page.dom import Dom, parse_html
from cleaner.page.images import find_images
from cleaner.page.notation.families import Family, Notation
from cleaner.page.notation.reader import read_dump
from cleaner.repeats import Recurring, Repeats
from cleaner.rulebook import Rulebook, RuleMatches, SiteRules, WeighedRules, weigh_rules
from cleaner.structure import Image

MAX_BLOCKS = 50_000
"""Five times those of the longest of 600 real pages; a page with more is a table of data, or malicious."""
MAX_LINES = 10 * MAX_BLOCKS
"""Lines of a dump, blank ones too; they are read before its blocks are known."""
_MIN_CONFIDENCE = {Kind.HTML: 0.84, Kind.TEXT: 0.7}
"""Score below which a page is flagged. On a fold of unseen sites these are 7 % of the HTML pages, with 54 % of those whose F1 is
below .8, and 8 % of the dumps, with 38 %."""
_OTHER_PAGES = frozenset({PageType.ERROR, PageType.FORUM, PageType.HOME, PageType.LISTING})
"""Types of pages that have no article, whatever text was kept."""
_LABELS_OF_LINES = {
    name: tuple(map(LABELS.index, labels))
    for name, labels in {
        "title": ("title",),
        "standfirst": ("description",),
        "other_story": ("related", "ticker", "comments"),
        "boilerplate": ("navigation", "share", "other", "promo", "advertisement", "consent", "legal", "newsletter"),
        "stamp": ("byline", "timestamp"),
        "tags": ("tags",),
    }.items()
}
"""The labels that count together where the headline is looked for."""


def parse_page(page: Page) -> tuple[Dom, PageHead]:
    """The tree and the head of an HTML page. Raises :class:`PageError` if it contains nothing but markup."""
    tree = parse_html(page.content)
    if tree is None:
        raise PageError(page.source, "no text: nothing but markup and scripts")
    return tree, page_head.read_page_head(tree, page.url)


def segment_page(page: Page, dom: Dom | None) -> tuple[Dom | None, Blocks, PageMarkup | None, Notation | None]:
    """The blocks of a page, and the notation of a dump; to a page without an article the one is added that its scripts store.

    Raises :class:`PageError` if there are no blocks, or too many, or too many lines.
    """
    blocks: Blocks
    if dom is None:
        _refuse_many_lines(page)
        dump = read_dump(page.content)
        blocks, markup, notation = blocks_dump.make_blocks(dump), None, dump.notation
    else:
        notation = None
        segmented = blocks_html.segment_html(dom.root)
        completed = script_text.add_stored_article(dom, segmented.blocks, segmented.boxes)
        if completed is not None:
            dom, segmented = completed, blocks_html.segment_html(completed.root)
        blocks, markup = segmented.blocks, PageMarkup(dom, segmented.boxes, segmented.pictures)
    if not blocks:
        content = "invisible characters" if markup is None else "markup and scripts"
        raise PageError(page.source, f"no text: nothing but {content}")
    if len(blocks) > MAX_BLOCKS:
        raise PageError(page.source, f"{len(blocks):,} blocks, over the limit of {MAX_BLOCKS:,}")
    return dom, blocks, markup, notation


def _refuse_many_lines(page: Page) -> None:
    # A shorter dump need not be counted.
    if len(page.content) > MAX_LINES and (lines := len(split_lines(page.content))) > MAX_LINES:
        raise PageError(page.source, f"{lines:,} lines, over the limit of {MAX_LINES:,}")


def identify_site(page: Page, dom: Dom | None, head: PageHead | None, book: Rulebook) -> tuple[SiteRules, Metadata]:
    """The rules of the page's site and of the networks on it, and the page's known addresses."""
    if dom is None or head is None:
        rules = book.lookup(page.url, page.content, page.fetched).with_networks(
            book.find_networks_in_text(page.content)
        )
        site = urls.host_of(page.url) or next(iter(rules.hosts), None)
        return rules, Metadata(url=page.url, site=site)
    addresses = page_addresses.read_addresses(head, dom, page.url)
    rules = book.lookup(addresses.url, None, page.fetched, dom).with_networks(book.find_networks_in_markup(dom))
    return rules, addresses


def read_head(
    dom: Dom | None, head: PageHead | None, blocks: Blocks, addresses: Metadata, rules: SiteRules
) -> tuple[tuple[Finding, ...], Metadata]:
    """Findings and metadata from the head of an HTML page, checked against its visible text."""
    if dom is None or head is None:
        return (), addresses
    findings = tuple(html_metadata.find_in_head(dom, head, blocks, addresses, rules.metadata))
    return findings, collect_metadata(addresses, findings)


def look_at_page(blocks: Blocks, markup: PageMarkup | None, claims: Metadata, rules: SiteRules) -> Prediction | None:
    """What the models say of the blocks before any verdict; None for a dump without rules, where nobody asks."""
    return label_blocks(blocks, markup, claims) if markup is not None or rules.rules else None


def choose_rules(
    blocks: Blocks, markup: PageMarkup | None, rules: SiteRules, first_look: Prediction | None, matched: RuleMatches
) -> WeighedRules:
    """The rules that are followed on this page, and the ids of those that would lose much of its text."""
    if first_look is None or not (rules.rules or rules.body):
        return WeighedRules(rules, ())
    kind = Kind.TEXT if markup is None else Kind.HTML
    scores = calibrate_shares(first_look.shares, kind).tolist()
    return weigh_rules(blocks, rules, make_matcher(markup), scores, matched)


def label_lines(
    blocks: Blocks, markup: PageMarkup | None, claims: Metadata, first_look: Prediction | None
) -> tuple[Shares, Shares, Shares]:
    """What the models say of the blocks; of the lines of a dump after front matter is found, which they take into account."""
    found = first_look
    if markup is None or found is None:
        found = label_blocks(blocks, markup, claims, first_look)
    return found.shares, found.linear, found.by_words


def find_front_matter(
    blocks: Blocks, markup: PageMarkup | None, head_findings: tuple[Finding, ...], claims: Metadata
) -> tuple[Finding, ...]:
    """Findings on title, standfirst, byline, dates, captions and tags; those from the head come first."""
    if markup is None:
        return (*find_by_rules(blocks), *dump_findings.find_in_dump(blocks, claims.url))
    return (*head_findings, *html_findings.find_in_html(blocks, markup.boxes, claims))


def find_headline_again(
    blocks: Blocks, findings: tuple[Finding, ...], shares: Shares, claims: Metadata
) -> tuple[Finding, ...]:
    """The findings on a dump, of which the headline heads what the classifier takes for text."""
    return dump_findings.find_headline_above_text(blocks, findings, list_line_chances(shares), claims.url)


def list_line_chances(shares: Shares) -> LineChances:
    """What the classifier says of the lines of a dump, as far as the headline depends on it."""
    groups = {name: shares[:, list(places)].sum(1).tolist() for name, places in _LABELS_OF_LINES.items()}
    return LineChances(text=calibrate_shares(shares, Kind.TEXT).tolist(), **groups)


def look_up_repeats(page: Page, addresses: Metadata, repeats: Repeats | None) -> Recurring | None:
    """The lines that recur on the site of the page, if a whole batch was counted."""
    return repeats.look_up(get_site_or_folder(page, addresses.site)) if repeats else None


def find_by_labels(
    blocks: Blocks, markup: PageMarkup | None, findings: tuple[Finding, ...], shares: Shares
) -> tuple[Finding, ...]:
    """The findings, and for a dump those that follow from the classifier's labels."""
    if markup is not None:
        return findings
    return (*findings, *dump_findings.find_by_labels(blocks, findings, list_labels(shares)))


def read_metadata(
    blocks: Blocks, markup: PageMarkup | None, addresses: Metadata, findings: tuple[Finding, ...], rules: SiteRules
) -> Metadata:
    """The metadata from the findings; ``blocks`` have their final verdicts."""
    if markup is None:
        findings = tuple(dump_metadata.read_dump_values(blocks, findings, rules.metadata, addresses.url))
    return collect_metadata(addresses, findings)


def read_structure(
    blocks: Blocks,
    markup: PageMarkup | None,
    addresses: Metadata,
    structure: bool,  # noqa: FBT001  stages are called by position
) -> tuple[Blocks, tuple[Image, ...]]:
    """The blocks with the structure of those that are kept, and the pictures, if ``structure`` asks for them.

    Blocks of a dump have their structure already, as far as its notation shows it.
    """
    if markup is None or not structure:
        return blocks, ()
    found = find_images(blocks, markup, addresses.url)
    return add_block_structure(blocks, markup, addresses.url), found


def assemble_article(  # noqa: PLR0913, PLR0917  a stage reads what it joins
    page: Page,
    blocks: Blocks,
    metadata: Metadata,
    page_type: PageType,
    suspect_rules: tuple[str, ...],
    images: tuple[Image, ...],
) -> Article:
    """The article, without its language and flags."""
    return Article(
        id=page.id,
        source=page.source,
        kind=page.kind,
        page_type=page_type,
        blocks=blocks,
        suspect_rules=suspect_rules,
        images=images,
        **asdict(metadata),
    )


def set_language(article: Article, head: PageHead | None) -> Article:
    """The article with the language detected in its text; what the page says about it is evidence."""
    detected = detect.detect_language(article.text, head.language if head else None)
    return replace(article, language=detected[0], language_confidence=detected[1]) if detected else article


def set_flags(
    page: Page, article: Article, dom: Dom | None, head: PageHead | None, notation: Notation | None
) -> Article:
    """The article with its flags."""
    blocks = article.blocks
    score = article.score
    is_unsure = score is not None and score < _MIN_CONFIDENCE[article.kind]
    flags = {
        Flag.FLATTENED: dom is not None and dom.flattened,
        Flag.FROM_SCRIPT: dom is not None and dom.origin is not None,
        Flag.TRUNCATED: dom is not None and head is not None and paywall.is_truncated(head, dom),
        Flag.LOW_CONFIDENCE: is_unsure or find_overbroad_rule(blocks) is not None,
        Flag.SUSPECT_RULE: bool(article.suspect_rules),
        Flag.ONE_LINE: notation is not None and notation.family is Family.ONE_LINE,
        Flag.MENDED: page.mended,
        Flag.NOT_AN_ARTICLE: len(article.text) < MIN_ARTICLE_CHARS or article.page_type in _OTHER_PAGES,
    }
    return replace(article, flags=tuple(flag for flag, is_set in flags.items() if is_set))


def get_site_or_folder(page: Page, site: str | None) -> str:
    """The name under which a page's lines are counted: its ``site``, or its folder if that is unknown."""
    return site or page.folder
