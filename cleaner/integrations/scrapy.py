"""An item pipeline for Scrapy: turns the pages of a crawl into articles."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from cleaner.errors import PageError
from cleaner.integrations import require_host
from cleaner.library import Cleaner
from cleaner.model import Lean

with require_host("scrapy"):
    from itemadapter import ItemAdapter
    from scrapy.crawler import Crawler
    from scrapy.exceptions import DropItem


class CleanerPipeline:
    """Adds the fields of the article to the item that contains its page.

    The page is in the item's ``html`` or ``text`` (string or bytes), its url in ``url``. A dict gets all fields of
    ``articles.jsonl``; an item with declared fields gets only those. An item whose page cannot be cleaned is dropped,
    with the reason.

    Settings of the crawl: ``CLEANER_RULES`` (folders applied on top of the built-in rules) and ``CLEANER_LEAN``.
    """

    def __init__(self, rules: Sequence[str | Path] = (), lean: str = Lean.BALANCED) -> None:
        self._cleaner = Cleaner(rules, lean=lean)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The pipeline with the settings of ``crawler``."""
        return cls(crawler.settings.getlist("CLEANER_RULES"), crawler.settings.get("CLEANER_LEAN", Lean.BALANCED))

    def process_item(self, item: Any) -> Any:
        """Add the article to ``item``. Raises :class:`scrapy.exceptions.DropItem`."""
        fields = ItemAdapter(item)
        page = fields.get("html") or fields.get("text") or ""
        try:
            article = self._cleaner.clean(page, url=fields.get("url"))
        except PageError as error:
            raise DropItem(str(error)) from error
        declared = ItemAdapter.get_field_names_from_class(type(item))
        fields.update({key: value for key, value in article.to_dict().items() if declared is None or key in declared})
        return item
