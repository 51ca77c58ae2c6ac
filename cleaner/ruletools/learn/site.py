"""Learning rule files from pages: compare a site's pages, select entries, write the file, and add cases."""

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
from cleaner.front_matter.page_addresses import find_canonical_url
from cleaner.model import Kind, Page
from cleaner.page import dom, urls
from cleaner.rulebook import Case, Drop, Rulebook, SiteRules
from cleaner.ruletools import golden
from cleaner.ruletools.ablation import TriedPage, explain_unneeded_entry, group_by_rule
from cleaner.ruletools.item_pages import clean_by_items
from cleaner.ruletools.learn import markup, toml_writer
from cleaner.ruletools.learn.describe import describe_entries
from cleaner.ruletools.learn.page_cases import PageCase, choose_case_path, choose_covering_pages, make_page_case
from cleaner.ruletools.learn.page_set import CleanedPage, ComparedPage, build_page_set
from cleaner.ruletools.learn.select import merge_matches, select_entries
from cleaner.ruletools.learn.signatures import flatten_pages, propose_signatures

MIN_ARTICLES = 3
"""Least number of articles of a site to learn from; chosen by reading pages, not measured."""
MAX_PAGES = 40
"""Pages of a site that are compared at most, chosen by the hash of their ids. With more, unique text is recognised no
better, and memory use grows."""
MIN_CASES = 2
"""Cases of a file at least, even if one would cover all its entries."""


@dataclass(frozen=True)
class LearnedSite:
    """The result for one site, ready to be written into a rules folder."""

    name: str
    """The file's name without ``.toml``."""
    pages: int
    """Number of articles compared."""
    before: str
    """The file's current text; empty for a new one."""
    after: str
    files: Mapping[str, bytes]
    """The pages and goldens of its cases, by path from the rules folder."""
    unmet: Sequence[str] = ()
    """Marks of a person that no entry fulfils, each with its page, label and text."""


class _LearnedEntries(NamedTuple):
    drops: Sequence[Drop]
    body: Sequence[str]
    fields: Mapping[str, Sequence[str]]
    signatures: Sequence[str]

    def to_toml(self, name: str, base: str, cases: Iterable[Case] = ()) -> str:
        """Return the rule file ``base`` with these entries and ``cases`` added."""
        body = {"selectors": self.body} if self.body else {}
        tables = toml_writer.format_table("metadata", self.fields) + toml_writer.format_table("body", body)
        tables += "".join(map(toml_writer.format_drop, self.drops)) + "".join(map(toml_writer.format_case, cases))
        if base:
            return toml_writer.extend_file(base, tables)
        signed = {"signatures": self.signatures} if self.signatures else {}
        return toml_writer.write_new_file({"hosts": [name], **signed}, tables)


def learn_sites(pages: Iterable[Page], folder: Path | None = None) -> Iterator[LearnedSite]:
    """Learn rules from ``pages``; yield the sites in the order of names, without those for which nothing was found.

    Pages are cleaned by the built-in rules and those of ``folder``, so entries are learned only for what these keep,
    and learning twice adds nothing. At most 40 pages of each site are held in memory. A page that cannot be cleaned, or
    whose site is unknown, is skipped. Raises :class:`~cleaner.RuleError` for rules that cannot be used.
    """
    book = Rulebook.load([folder] if folder else [])
    groups = group_by_site(pages, book)
    texts = {name: flatten_pages(group) for name, group in groups.items()}
    for name, group in sorted(groups.items()):
        others = {other: text for other, text in texts.items() if other != name and text}
        if learned := _learn_site(name, group, others, book, folder):
            yield learned


def group_by_site(pages: Iterable[Page], book: Rulebook) -> dict[str, list[Page]]:
    """Return a sample of the pages of each site, by the name of the site's rule file."""
    heaps: defaultdict[str, list[tuple[int, int, Page]]] = defaultdict(list)
    for number, page in enumerate(pages):
        if name := find_site_name(page, book):
            draw = -int.from_bytes(blake2b(page.id.encode("utf-8", "surrogatepass"), digest_size=8).digest())
            add = heapq.heappush if len(heaps[name]) < MAX_PAGES else heapq.heappushpop
            add(heaps[name], (draw, -number, page))
    return {name: [page for _, _, page in sorted(heap, reverse=True)] for name, heap in heaps.items()}


def find_site_name(page: Page, book: Rulebook) -> str | None:
    """Return the name of the rule file of the page's site; None if its site is unknown."""
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
    draft = load_draft(name, found.to_toml(name, base), folder)
    existing = sum(rule.id.startswith(f"{name}:drop[") for rule in known.rules)
    ids = [f"{name}:drop[{existing + place}]" for place in range(len(found.drops))]
    tried = choose_covering_pages(
        ids,
        [_clean_case_page(compared.cleaned.page, draft) for compared in page_set],
        least=MIN_CASES - len(known.cases),
    )
    needed = keep_needed(ids, tried, draft)
    found = found._replace(drops=[entry for rule, entry in zip(ids, found.drops, strict=True) if rule in needed])
    if not any(found):
        return None
    examples: list[PageCase] = []
    for one in tried:
        names = {case.input for case in (*known.cases, *(example.case for example in examples))}
        example = make_page_case(choose_case_path(name, one.page, names), one, page_set, needed)
        if example.case.must_keep or example.case.must_drop or example.case.expects:
            examples.append(example)
    foreign = known if folder is None or known.path is None or known.path.parent != folder else SiteRules()
    return LearnedSite(
        name,
        len(page_set),
        "" if foreign.path else base,
        found.to_toml(name, base, [one.case for one in examples]),
        read_case_files(foreign) | {path: data for one in examples for path, data in one.files.items()},
    )


def _clean_case_page(page: Page, book: Rulebook) -> TriedPage:
    return TriedPage(page.id, page, clean_by_items(page, book))


def keep_needed(rules: Sequence[str], tried: Sequence[TriedPage], book: Rulebook) -> list[str]:
    """Return the ``rules`` without which the result of some page differs; of two with the same effect, the first."""
    needed = list(rules)
    for rule in reversed(rules):
        if explain_unneeded_entry(rule, group_by_rule(tried).get(rule, ()), book):
            needed.remove(rule)
            book = book.without(rule)
            tried = [_clean_case_page(one.page, book) for one in tried]
    return needed


def _clean_pages(pages: Iterable[Page], book: Rulebook) -> Iterator[CleanedPage]:
    for page in pages:
        with suppress(PageError):
            yield CleanedPage(page, clean_by_items(page, book))


def _find_entries(
    name: str, page_set: Sequence[ComparedPage], known: SiteRules, others: Mapping[str, str]
) -> _LearnedEntries:
    selected = select_entries(page_set, {})
    body = None if known.body_selectors else markup.propose_body(page_set, merge_matches(selected))
    if body:
        selected = select_entries(page_set, markup.find_kept_outside(body, page_set))
    fields = {field: (selector,) for field, selector in markup.propose_metadata(page_set).items()}
    signed = [] if known.path else propose_signatures([compared.cleaned.page for compared in page_set], others, name)
    return _LearnedEntries(describe_entries(selected, page_set), [body] if body else [], fields, signed)


def load_draft(name: str, text: str, folder: Path | None) -> Rulebook:
    """Load the rules in force with ``text`` as the file of that name."""
    with TemporaryDirectory() as scratch:
        Path(scratch, f"{name}.toml").write_text(text, encoding="utf-8")
        return Rulebook.load([folder, Path(scratch)] if folder else [Path(scratch)])


def read_case_files(known: SiteRules) -> dict[str, bytes]:
    """Read the pages and goldens of the cases of a file in another folder, to be copied with the file."""
    if known.path is None:
        return {}
    inputs = [name for case in known.cases for name in (case.input, case.input + golden.SUFFIX)]
    paths = {name: known.path.parent / name for name in inputs}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}
