"""Making the cases of a learned rule file from the pages that it was learned from."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, count
from typing import NamedTuple
from urllib.parse import urlsplit

from cleaner.article import Article
from cleaner.model import Block, Kind, Page
from cleaner.rulebook import Case
from cleaner.ruletools import golden
from cleaner.ruletools.ablation import TriedPage, find_fired_rules
from cleaner.ruletools.learn.page_set import ComparedPage

_MAX_QUOTE_CHARS = 80
"""Characters of the longest quote of a block in a case."""
_MAX_NAME_CHARS = 50
_NOT_NAME = re.compile(r"[^a-z0-9]+")


class PageCase(NamedTuple):
    """A case, and the files that it needs, by path from the rules folder."""

    case: Case
    files: Mapping[str, bytes]


def choose_covering_pages(rules: Iterable[str], tried: Sequence[TriedPage], least: int) -> list[TriedPage]:
    """Return few of ``tried`` on which each of ``rules`` fires, and at least ``least``; most rules first."""
    open_rules = set(rules)
    left = list(tried)
    chosen: list[TriedPage] = []
    while left and (open_rules or len(chosen) < least):
        best = max(left, key=lambda one: len(find_fired_rules(one.article) & open_rules))
        shows = find_fired_rules(best.article) & open_rules
        if not shows and len(chosen) >= least:
            break
        open_rules -= shows
        left.remove(best)
        chosen.append(best)
    return chosen


def make_page_case(
    path: str, tried: TriedPage, page_set: Sequence[ComparedPage], rules: Sequence[str] = ()
) -> PageCase:
    """Return a case at ``path`` for the page ``tried``.

    It expects unique prose of the page to be kept, and what each of ``rules`` removed to be dropped.
    """
    page, article = tried.page, tried.article
    compared = next(compared for compared in page_set if compared.cleaned.page is page)
    story = [block for block in article.blocks if block.kept and compared.is_prose(block.index)]
    text = " ".join(article.text.split())
    removed = [_find_longest_removed(rule, article, compared) for rule in rules]
    titles = [other.cleaned.article.title for other in page_set]
    case = Case(
        input=path,
        url=page.url,
        fetched=page.fetched,
        title=article.title if titles.count(article.title) == 1 else None,
        authors=article.authors or None,
        published=article.published.isoformat() if article.published else None,
        must_keep=tuple(dict.fromkeys(quote_line(block) for block in (*story[:1], *story[-1:]))),
        must_drop=tuple(quote for block in removed if block and (quote := quote_line(block)) not in text),
    )
    return PageCase(case, make_case_files(path, page, article))


def make_case_files(path: str, page: Page, article: Article) -> dict[str, bytes]:
    """Return the files of a case at ``path``: the page, and the golden of its ``article``."""
    return {path: encode_page(page), path + golden.SUFFIX: golden.render_golden(article).encode()}


def _find_longest_removed(rule: str, article: Article, compared: ComparedPage) -> Block | None:
    """Return the longest block that ``rule`` dropped and that was kept without it."""
    taken = [block for block in article.blocks if block.verdict and block.verdict.rule == rule]
    kept = [block for block in taken if compared.blocks[block.index].kept]
    return max(kept, key=lambda block: len(block.text), default=None)


def quote_line(block: Block) -> str:
    """Return the start of a block, cut between words."""
    flat = " ".join(block.text.split())
    return flat if len(flat) <= _MAX_QUOTE_CHARS else flat[:_MAX_QUOTE_CHARS].rsplit(" ", 1)[0]


def choose_case_path(site: str, page: Page, taken: Collection[str] = ()) -> str:
    """Return the path for the page of a case: named after its address, and not in ``taken``."""
    name, suffix = _page_name(page), "html" if page.kind is Kind.HTML else "txt"
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(path for name in names if (path := f"cases/{site}/{name}.{suffix}") not in taken)


def _page_name(page: Page) -> str:
    last = [part for part in urlsplit(page.url or page.id).path.split("/") if part] or [page.id]
    return _NOT_NAME.sub("-", last[-1].rsplit(".", 1)[0].casefold()).strip("-")[:_MAX_NAME_CHARS].strip("-") or "page"


def encode_page(page: Page) -> bytes:
    """Encode the page in UTF-8, with a byte order mark if its markup may declare another encoding."""
    data = page.content.encode("utf-8", "replace")
    return codecs.BOM_UTF8 + data if page.kind is Kind.HTML and not page.content.isascii() else data
