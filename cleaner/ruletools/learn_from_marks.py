"""Learning a site's rules from few pages, or one, on which a person marked what is text and what is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from cleaner.article import Article
from cleaner.errors import InputError, PageError
from cleaner.labels import Label
from cleaner.model import Page
from cleaner.rulebook import Rulebook, SiteRules
from cleaner.ruletools.ablation import TriedPage
from cleaner.ruletools.item_pages import clean_by_items
from cleaner.ruletools.labelled_rows import LabelledPage
from cleaner.ruletools.learn import toml_writer
from cleaner.ruletools.learn.page_cases import PageCase, choose_case_path
from cleaner.ruletools.learn.site import (
    MAX_PAGES,
    LearnedSite,
    find_site_name,
    group_by_site,
    keep_needed,
    load_draft,
    read_case_files,
)
from cleaner.ruletools.proposals import (
    BlockMark,
    Change,
    Effect,
    Proposal,
    SitePage,
    add_changes,
    propose_changes,
    view_site_page,
)
from cleaner.ruletools.proposals.marked_page import make_marked_case

_MAX_QUOTE_CHARS = 60
_CARRY = ("selector", "regex", "line", "from", "starts", "ends", "contains")
"""Matchers by how well they carry over from one page to others: what is in an element changes from page to page, an opening
of some words may be any paragraph's."""
_POINTERS = tuple(":：|»›–—")
"""Marks after which the text differs from page to page, as in ``Also read: …``; an opening that ends in one is as good as a
regex."""


def learn_from_marks(
    marked: Iterable[LabelledPage], pages: Iterable[Page] = (), folder: Path | None = None
) -> Iterator[LearnedSite]:
    """Learn rules from ``marked`` pages; yield the sites in the order of names, without those whose marks are fulfilled.

    One page of a site is enough. Pages are cleaned by the built-in rules and those of ``folder``; entries are made for
    the marks that contradict this, and never for more than the marks say: none reaches a block that was marked as the
    contrary, or of which the classifier is sure, on a marked page or on the site's other ``pages``. Each marked page becomes
    a case. ``LearnedSite.unmet`` has the marks that no entry fulfils.

    Raises :class:`~cleaner.RuleError` for rules that cannot be used, :class:`~cleaner.errors.InputError` for a marked page
    whose site is unknown.
    """
    book = Rulebook.load([folder] if folder else [])
    by_site: defaultdict[str, list[LabelledPage]] = defaultdict(list)
    for one in marked:
        name = find_site_name(one.page, book)
        if name is None:
            raise InputError(one.page.source or one.page.id, "the page's site is unknown. Give it its `url`.")
        by_site[name].append(one)
    others = group_by_site(pages, book) if by_site else {}
    for name, own in sorted(by_site.items()):
        if learned := _learn_site(name, own, others.get(name, ()), book, folder):
            yield learned


def _learn_site(
    name: str, marked: Sequence[LabelledPage], others: Sequence[Page], book: Rulebook, folder: Path | None
) -> LearnedSite | None:
    given = {one.page.id: one for one in marked}
    rest = [page for page in others if page.id not in given][: max(0, MAX_PAGES - len(given))]
    pages = list(_view_pages([*(one.page for one in given.values()), *rest], book))
    marks = [
        BlockMark(at, block, label)
        for at, one in enumerate(pages)
        if one.page.id in given
        for block, label in given[one.page.id].marks.items()
    ]
    changes = _choose_changes(marks, pages)
    known = next((site for site in book.sites if site.name == name), SiteRules())
    base = known.path.read_text(encoding="utf-8") if known.path else toml_writer.write_new_file({"hosts": [name]}, "")
    kept, draft = _prove_changes(name, base, known, changes, [pages[at] for at in _marked_at(marks)], folder)
    unmet = tuple(_describe_unmet(marks, pages, draft))
    if not kept:
        return LearnedSite(name, len(pages), "", "", {}, unmet) if unmet else None
    foreign = known if folder is None or known.path is None or known.path.parent != folder else SiteRules()
    examples = list(_make_cases(name, {one.page.id: one.marks for one in marked}, pages, draft, known))
    text = add_changes(base, kept)
    return LearnedSite(
        name,
        len(pages),
        base if known.path and not foreign.path else "",
        toml_writer.extend_file(text, "".join(toml_writer.format_case(one.case) for one in examples)),
        read_case_files(foreign) | {path: data for one in examples for path, data in one.files.items()},
        unmet,
    )


def _view_pages(pages: Iterable[Page], book: Rulebook) -> Iterator[SitePage]:
    for page in pages:
        with suppress(PageError):
            yield view_site_page(page, clean_by_items(page, book))


def _marked_at(marks: Iterable[BlockMark]) -> list[int]:
    return sorted({mark.page for mark in marks})


def _choose_changes(marks: Sequence[BlockMark], pages: Sequence[SitePage]) -> list[Change]:
    """Choose entry by entry the one that fulfils most of the marks that are open, until none fulfils any."""
    unmet = [mark for mark in marks if mark.is_body != _block_is_kept(mark, pages)]
    fixed = [mark for mark in marks if mark not in unmet]
    changes: list[Change] = []
    while unmet:
        usable = [one for one in propose_changes([*unmet, *fixed], pages) if _is_harmless(one)]
        best = min(usable, key=lambda one: _rank(one, unmet), default=None)
        met = _find_met(best, unmet) if best else []
        if best is None or not met:
            break
        changes.append(best.change)
        fixed += met
        unmet = [mark for mark in unmet if mark not in met]
    return changes


def _block_is_kept(mark: BlockMark, pages: Sequence[SitePage]) -> bool:
    return pages[mark.page].article.blocks[mark.block].kept


def _is_harmless(proposal: Proposal) -> bool:
    counts = proposal.counts
    return proposal.change.is_entry and not counts[Effect.WRONG] and not counts[Effect.DOUBTFUL]


def _find_met(proposal: Proposal, unmet: Collection[BlockMark]) -> list[BlockMark]:
    reached = {(hit.page, hit.block) for hit in proposal.hits if hit.marked}
    return [mark for mark in unmet if (mark.page, mark.block) in reached]


def _rank(proposal: Proposal, unmet: Collection[BlockMark]) -> tuple[int, ...]:
    """Sort key: most marks, then fewest kept blocks that nobody marked, then the matcher."""
    changed = sum(hit.effect is Effect.CHANGED and not hit.marked for hit in proposal.hits)
    return -len(_find_met(proposal, unmet)), changed, _rank_matcher(proposal.change)


def _rank_matcher(change: Change) -> int:
    is_pointer = change.kind == "starts" and change.matcher["starts"].endswith(_POINTERS)
    return _CARRY.index("regex" if is_pointer else change.kind)


def _prove_changes(  # noqa: PLR0913, PLR0917  a file, what is new in it, and the pages that show it
    name: str, base: str, known: SiteRules, changes: Sequence[Change], pages: Sequence[SitePage], folder: Path | None
) -> tuple[list[Change], Rulebook]:
    """Return the changes without which some of ``pages`` would come out differently, and the rules with these."""
    draft = load_draft(name, add_changes(base, changes), folder)
    ids = _list_new_ids(name, known, changes)
    needed = keep_needed(
        ids, [TriedPage(one.page.id, one.page, clean_by_items(one.page, draft)) for one in pages], draft
    )
    kept = [change for rule, change in zip(ids, changes, strict=True) if rule in needed]
    return kept, load_draft(name, add_changes(base, kept), folder)


def _list_new_ids(name: str, known: SiteRules, changes: Sequence[Change]) -> list[str]:
    """Return the ids that the entries of ``changes`` have below those of the file that is there."""
    counts = {table: sum(rule.id.startswith(f"{name}:{table}[") for rule in known.rules) for table in ("drop", "keep")}
    ids = []
    for change in changes:
        ids.append(f"{name}:{change.table.value}[{counts[change.table.value]}]")
        counts[change.table.value] += 1
    return ids


def _make_cases(
    name: str, marks: Mapping[str, Mapping[int, Label]], pages: Sequence[SitePage], draft: Rulebook, known: SiteRules
) -> Iterator[PageCase]:
    taken = {case.input for case in known.cases}
    for one in pages:
        if one.page.id in marks:
            path = choose_case_path(name, one.page, taken)
            taken.add(path)
            article = clean_by_items(one.page, draft)
            yield make_marked_case(path, one.page, article, _list_met(marks[one.page.id], article))


def _list_met(marks: Mapping[int, Label], article: Article) -> dict[int, Label]:
    """Return the marks that ``article`` fulfils."""
    return {at: label for at, label in marks.items() if _is_met(article, at, label)}


def _is_met(article: Article, at: int, label: Label) -> bool:
    return article.blocks[at].kept == BlockMark(0, at, label).is_body


def _describe_unmet(marks: Sequence[BlockMark], pages: Sequence[SitePage], draft: Rulebook) -> Iterator[str]:
    """Yield the marks that the rules of ``draft`` do not fulfil: page, label and text."""
    for at in _marked_at(marks):
        article = clean_by_items(pages[at].page, draft)
        for mark in marks:
            if mark.page == at and not _is_met(article, mark.block, mark.label):
                text = " ".join(article.blocks[mark.block].text.split())[:_MAX_QUOTE_CHARS]
                yield f"{pages[at].page.id}: {mark.label.value}: “{text}”"
