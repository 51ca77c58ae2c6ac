"""The systems whose metadata are compared: each reads a page's title, authors and day, without its text if it can.

Each library is imported when its reader is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias

from bench.facts import parse_day


class Facts(NamedTuple):
    """What a system says about a page; what it does not find is None or empty."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    day: datetime | date | None = None


Read: TypeAlias = Callable[[str, str | None], Facts]
"""From content and url of a page to its facts; may raise any exception."""


def _cleaner() -> Read:
    from bench.unruled import load_unruled
    from cleaner import pipeline
    from cleaner.front_matter.findings import collect_metadata
    from cleaner.page import decode
    from cleaner.stages import find_front_matter

    book = load_unruled()

    def read(content: str, url: str | None) -> Facts:
        # The classifier adds nothing to the metadata of an HTML page, so it does not run.
        known: dict[str, Any] = {
            "page": decode.read_page(content, url=url),
            "book": book,
            "lean": None,
            "repeats": None,
        }
        for stage in pipeline.run_stages(known):
            if stage.run is find_front_matter:
                break
        metadata = collect_metadata(known["addresses"], known["findings"])
        return Facts(metadata.title, metadata.authors, metadata.published)

    return read


def _trafilatura() -> Read:
    from trafilatura import extract_metadata

    def read(content: str, url: str | None) -> Facts:
        document: Any = extract_metadata(content, default_url=url)
        if document is None:
            return Facts()
        return Facts(document.title, (document.author,) if document.author else (), parse_day(document.date))

    return read


def _htmldate() -> Read:
    from htmldate import find_date

    return lambda content, url: Facts(day=parse_day(find_date(content, url=url, original_date=True)))


def _newspaper() -> Read:
    from newspaper import Article

    def read(content: str, url: str | None) -> Facts:
        article = Article(url or "https://page.invalid/", fetch_images=False)
        article.download(input_html=content)
        article.parse()
        day = article.publish_date
        return Facts(article.title, tuple(article.authors), day if isinstance(day, date) else parse_day(day))

    return read


def _extruct() -> Read:
    """The first article of JSON-LD, microdata and RDFa as extruct returns them, then Open Graph."""
    import extruct

    def read(content: str, url: str | None) -> Facts:
        syntaxes = ["json-ld", "microdata", "rdfa", "opengraph"]
        found = extruct.extract(content, base_url=url, syntaxes=syntaxes, uniform=True, errors="ignore")
        nodes = [node for syntax in syntaxes[:3] for item in found.get(syntax, []) for node in _iterate_nodes(item)]
        article = next((node for node in nodes if _is_article(node)), {})
        graph: dict[str, Any] = next(iter(found.get("opengraph", [])), {})
        written = article.get("datePublished") or graph.get("article:published_time")
        return Facts(
            article.get("headline") or article.get("name") or graph.get("og:title"),
            tuple(_iterate_names(article.get("author"))),
            parse_day(written if isinstance(written, str) else None),
        )

    return read


def _iterate_nodes(item: Any) -> Iterator[dict[str, Any]]:
    if isinstance(item, dict):
        yield item
        for node in item.get("@graph", []):
            yield from _iterate_nodes(node)


def _is_article(node: dict[str, Any]) -> bool:
    return any(kind in str(node.get("@type")) for kind in ("Article", "Posting"))


def _iterate_names(author: Any) -> Iterator[str]:
    if isinstance(author, list):
        for one in author:
            yield from _iterate_names(one)
    elif isinstance(author, dict):
        yield from _iterate_names(author.get("name"))
    elif isinstance(author, str):
        yield author


READERS: dict[str, Callable[[], Read]] = {
    "cleaner": _cleaner,
    "trafilatura": _trafilatura,
    "htmldate": _htmldate,
    "newspaper4k": _newspaper,
    "extruct": _extruct,
}
