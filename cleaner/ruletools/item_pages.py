"""Pages as tools for rules see them: an entry can match one link of a menu, so each is a block."""

from __future__ import annotations

from msgspec.structs import replace

from cleaner.article import Article
from cleaner.model import Page
from cleaner.page.link_runs import split_into_items
from cleaner.pipeline import clean_page
from cleaner.rulebook import Rulebook


def clean_by_items(page: Page, book: Rulebook) -> Article:
    """The article on ``page`` with as many blocks as it is segmented into. Raises :class:`~cleaner.PageError`."""
    return split_runs(clean_page(page, book))


def split_runs(article: Article) -> Article:
    """``article`` with each link of a run as a block with the verdict of the run."""
    blocks = split_into_items(article.blocks)
    return article if blocks is article.blocks else replace(article, blocks=blocks)
