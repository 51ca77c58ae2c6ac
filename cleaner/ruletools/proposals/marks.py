"""The pages of a site in the form that proposals read, and the marks of a person on them."""

from __future__ import annotations

from typing import NamedTuple

from cleaner.article import Article
from cleaner.labels import Group, Label
from cleaner.model import Kind, Page
from cleaner.page.dom import Dom
from cleaner.rulebook import view_page
from cleaner.rulebook.matchers import PageView
from cleaner.ruletools.item_pages import split_runs
from cleaner.ruletools.proposals.site_markup import SiteMarkup
from cleaner.stages import parse_page, segment_page


class SitePage(NamedTuple):
    """A page of the site, cleaned, and in the form that matchers read."""

    page: Page
    article: Article
    view: PageView
    dom: Dom | None
    """None for a dump."""
    markup: SiteMarkup | None = None
    """The elements of its blocks; None for a dump."""


class BlockMark(NamedTuple):
    """A block and the label that a person gave it."""

    page: int
    """Position of its page among those of the site."""
    block: int
    """The block's position on its page."""
    label: Label

    @property
    def is_body(self) -> bool:
        """Whether the block belongs to the article's text."""
        return self.label.group is Group.BODY


def view_site_page(page: Page, article: Article) -> SitePage:
    """Return ``page`` with its ``article``, each link of a run a block, in the form that matchers read. Raises :class:`~cleaner.PageError`."""
    article = split_runs(article)
    dom, _, markup, _ = segment_page(page, parse_page(page)[0] if page.kind is Kind.HTML else None)
    found = SiteMarkup(markup.dom, markup.elements) if markup else None
    return SitePage(page, article, view_page(article.blocks, found), dom, found)
