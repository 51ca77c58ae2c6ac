"""From pages to rule files: a site's pages are compared, what holds is written down, and cases prove it."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from cleaner.errors import PageError
from cleaner.front_matter import page_head
from cleaner.front_matter.html_metadata import find_canonical_url
from cleaner.model import Kind, Page
from cleaner.page import dom, urls
from cleaner.pipeline import clean_page
from cleaner.rulebook import Case, Drop, Rulebook, SiteRules
from cleaner.ruletools import golden
from cleaner.ruletools.ablation import TriedPage, explain_unneeded_entry, group_by_rule
from cleaner.ruletools.learn import markup, toml_writer
from cleaner.ruletools.learn.describe import describe_entries
from cleaner.ruletools.learn.page_cases import PageCase, choose_case_path, choose_covering_pages, make_page_case
from cleaner.ruletools.learn.page_set import CleanedPage, ComparedPage, build_page_set
from cleaner.ruletools.learn.select import merge_matches, select_entries
from cleaner.ruletools.learn.signatures import flatten_pages, propose_signatures

MIN_ARTICLES = 3
"""Articles of a site from which on it can be learned from."""
MAX_PAGES = 40
"""Pages of a site that are compared, chosen by the hash of their ids. With more, what no page repeats is found no
better, and memory grows."""
MIN_CASES = 2
"""Cases of a file, even where one would show all its entries."""


@dataclass(frozen=True)
class LearnedSite:
    """What was learned of one site, ready to be written into a rules folder."""

    name: str
    """The file's name without ``.toml``."""
    pages: int
    """Articles that were compared."""
    before: str
    """The file as it stands; empty for a new one."""
    after: str
    files: Mapping[str, bytes]
    """What belongs beside it, by path from the folder: the cases' pages and their goldens."""


class _LearnedEntries(NamedTuple):
    drops: Sequence[Drop]
    body: Sequence[str]
    fields: Mapping[str, Sequence[str]]
    signatures: Sequence[str]

    def to_toml(self, name: str, base: str, cases: Iterable[Case] = ()) -> str:
        """The rule file that says so too, after what stands in ``base``."""
        body = {"selectors": self.body} if self.body else {}
        tables = toml_writer.format_table("metadata", self.fields) + toml_writer.format_table("body", body)
        tables += "".join(map(toml_writer.format_drop, self.drops)) + "".join(map(toml_writer.format_case, cases))
        if base:
            return toml_writer.extend_file(base, tables)
        signed = {"signatures": self.signatures} if self.signatures else {}
        return toml_writer.write_new_file({"hosts": [name], **signed}, tables)


def learn_sites(pages: Iterable[Page], folder: Path | None = None) -> Iterator[LearnedSite]:
    """What can be learned from ``pages``, site by site in the order of names; sites that teach nothing are left out.

    Pages are cleaned by the built-in rules and those of ``folder``, so only what these leave is learned, and learning
    twice teaches nothing new. Of each site some 40 pages are held in memory. A page that cannot be cleaned, or tells
    no site, is passed over. Raises :class:`~cleaner.RuleError` for rules that cannot be used.
    """
    book = Rulebook.load([folder] if folder else [])
    groups = _group_by_site(pages, book)
    texts = {name: flatten_pages(group) for name, group in groups.items()}
    for name, group in sorted(groups.items()):
        others = {other: text for other, text in texts.items() if other != name and text}
        if lesson := _learn_site(name, group, others, book, folder):
            yield lesson


def _group_by_site(pages: Iterable[Page], book: Rulebook) -> dict[str, list[Page]]:
    """A sample of the pages of each site, under the name of the site's rule file."""
    heaps: defaultdict[str, list[tuple[int, int, Page]]] = defaultdict(list)
    for number, page in enumerate(pages):
        if name := _site_name(page, book):
            draw = -int.from_bytes(blake2b(page.id.encode("utf-8", "surrogatepass"), digest_size=8).digest())
            add = heapq.heappush if len(heaps[name]) < MAX_PAGES else heapq.heappushpop
            add(heaps[name], (draw, -number, page))
    return {name: [page for _, _, page in sorted(heap, reverse=True)] for name, heap in heaps.items()}


def _site_name(page: Page, book: Rulebook) -> str | None:
    url = page.url
    if url is None and page.kind is Kind.HTML and (tree := dom.parse_html(page.content)):
        url = find_canonical_url(page_head.read_page_head(tree))
    rules = book.lookup(url, page.content if page.kind is Kind.TEXT else None, page.fetched)
    return rules.name or urls.host_of(url)


def _learn_site(
    name: str, pages: Sequence[Page], others: Mapping[str, str], book: Rulebook, folder: Path | None
) -> LearnedSite | None:
    page_set = build_page_set(list(_clean_pages(pages, book)))
    if len(page_set) < MIN_ARTICLES:
        return None
    known = next((site for site in book.sites if site.name == name), SiteRules())
    base = known.path.read_text(encoding="utf-8") if known.path else ""
    found = _find_entries(name, page_set, known, others)
    if not any(found):
        return None
    ruled = _load_draft(name, found.to_toml(name, base), folder)
    own = sum(rule.id.startswith(f"{name}:drop[") for rule in known.rules)
    ids = [f"{name}:drop[{own + place}]" for place in range(len(found.drops))]
    shown = choose_covering_pages(
        ids,
        [_clean_case_page(compared.cleaned.page, ruled) for compared in page_set],
        least=MIN_CASES - len(known.cases),
    )
    live = _drop_unneeded(ids, shown, ruled)
    found = found._replace(drops=[entry for rule, entry in zip(ids, found.drops, strict=True) if rule in live])
    if not any(found):
        return None
    examples: list[PageCase] = []
    for one in shown:
        names = {case.input for case in (*known.cases, *(told.case for told in examples))}
        told = make_page_case(choose_case_path(name, one.page, names), one, page_set, live)
        if told.case.must_keep or told.case.must_drop or told.case.expects:
            examples.append(told)
    foreign = known if folder is None or known.path is None or known.path.parent != folder else SiteRules()
    return LearnedSite(
        name,
        len(page_set),
        "" if foreign.path else base,
        found.to_toml(name, base, [one.case for one in examples]),
        _read_case_files(foreign) | {path: data for one in examples for path, data in one.files.items()},
    )


def _clean_case_page(page: Page, book: Rulebook) -> TriedPage:
    return TriedPage(page.id, page, clean_page(page, book))


def _drop_unneeded(rules: Sequence[str], shown: Sequence[TriedPage], book: Rulebook) -> list[str]:
    """The ``rules`` without which some page comes out differently; of two that do the same, the first stays."""
    live = list(rules)
    for rule in reversed(rules):
        if explain_unneeded_entry(rule, group_by_rule(shown).get(rule, ()), book):
            live.remove(rule)
            book = book.without(rule)
            shown = [_clean_case_page(one.page, book) for one in shown]
    return live


def _clean_pages(pages: Iterable[Page], book: Rulebook) -> Iterator[CleanedPage]:
    for page in pages:
        with suppress(PageError):
            yield CleanedPage(page, clean_page(page, book))


def _find_entries(
    name: str, page_set: Sequence[ComparedPage], known: SiteRules, others: Mapping[str, str]
) -> _LearnedEntries:
    holding = select_entries(page_set, {})
    body = None if known.body_selectors else markup.propose_body(page_set, merge_matches(holding))
    if body:
        holding = select_entries(page_set, markup.find_kept_outside(body, page_set))
    fields = {field: (selector,) for field, selector in markup.propose_metadata(page_set).items()}
    signed = [] if known.path else propose_signatures([compared.cleaned.page for compared in page_set], others, name)
    return _LearnedEntries(describe_entries(holding, page_set), [body] if body else [], fields, signed)


def _load_draft(name: str, text: str, folder: Path | None) -> Rulebook:
    """The rules in force with ``text`` as the file of that name."""
    with TemporaryDirectory() as scratch:
        Path(scratch, f"{name}.toml").write_text(text, encoding="utf-8")
        return Rulebook.load([folder, Path(scratch)] if folder else [Path(scratch)])


def _read_case_files(known: SiteRules) -> dict[str, bytes]:
    """The pages of the cases of a file in another folder, with their goldens, which go where its copy goes."""
    if known.path is None:
        return {}
    inputs = [name for case in known.cases for name in (case.input, case.input + golden.SUFFIX)]
    paths = {name: known.path.parent / name for name in inputs}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
