"""The systems that are compared: each reads a page and returns its text, and title, authors and day if it can.

Every peer runs with the settings that its documentation recommends for article text. Reader comments are not part of
any gold, so peers that can leave them out do. Each library is imported when its peer is made.
"""

from __future__ import annotations

import html
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeAlias

from bench.corpora import Shape
from bench.facts import parse_day


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of a system for a page."""

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    day: datetime | date | None = None


Read: TypeAlias = Callable[[str, str | None], Reading]
"""From content and url of a page to a reading; may raise any exception."""


@dataclass(frozen=True, slots=True)
class Peer:
    """The name of a system, its distribution (None if there is none), and a factory of its reader."""

    name: str
    distribution: str | None
    make: Callable[[], Read]
    facts: bool = False
    """Whether it reads title, authors and date too."""

    @property
    def version(self) -> str | None:
        """The installed version; None if there is no distribution, or it is not installed."""
        try:
            return version(self.distribution) if self.distribution else None
        except PackageNotFoundError:
            return None


def select_peers(shape: Shape, names: Iterable[str] = ()) -> tuple[Peer, ...]:
    """The peers for pages of ``shape``, all or those in ``names``, in order. Raises ValueError for unknown names."""
    table = HTML if shape is Shape.HTML else DUMPS
    wanted = frozenset(names)
    unknown = wanted - {peer.name for peer in HTML + DUMPS}
    if unknown:
        known = ", ".join(dict.fromkeys(peer.name for peer in HTML + DUMPS))
        raise ValueError(f"no peer named {', '.join(sorted(unknown))}; there are: {known}")
    return tuple(peer for peer in table if not wanted or peer.name in wanted)


def load_readers(table: Iterable[Peer]) -> dict[str, Read]:
    """Readers by name, of those peers whose library is installed."""
    readers = {}
    for peer in table:
        try:
            readers[peer.name] = peer.make()
        except ModuleNotFoundError:
            continue
    return readers


def _cleaner() -> Read:
    from bench.unruled import make_unruled

    cleaner = make_unruled()

    def read(content: str, url: str | None) -> Reading:
        article = cleaner.clean(content, url=url)
        return Reading(article.text, article.title, article.authors, article.published)

    return read


def _trafilatura(**options: Any) -> Read:
    from trafilatura import bare_extraction

    def read(content: str, url: str | None) -> Reading:
        document: Any = bare_extraction(content, url=url, with_metadata=True, include_comments=False, **options)
        if document is None:
            return Reading("")
        return Reading(document.text or "", document.title, _as_tuple(document.author), parse_day(document.date))

    return read


def _resiliparse() -> Read:
    from resiliparse.extract.html2text import extract_plain_text

    return lambda content, _: Reading(extract_plain_text(content, main_content=True, alt_texts=False, comments=False))


def _justext() -> Read:
    import justext

    # The language of pages is not given, so the stop lists of all languages are used.
    stoplist = frozenset().union(*map(justext.get_stoplist, justext.get_stoplists()))

    def read(content: str, _: str | None) -> Reading:
        paragraphs = justext.justext(content.encode(), stoplist, encoding="utf-8")
        return Reading("\n".join(part.text for part in paragraphs if not part.is_boilerplate))

    return read


def _readability() -> Read:
    from lxml.html import fromstring
    from readability import Document

    def read(content: str, _: str | None) -> Reading:
        document = Document(content)
        tree = fromstring(document.summary(html_partial=True))
        for element in tree.iter(*_BLOCKS):
            element.tail = f"\n{element.tail or ''}"
        return Reading("".join(map(str, tree.itertext())), document.short_title())

    return read


_BLOCKS = (
    "p",
    "div",
    "li",
    "br",
    "td",
    "th",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "dt",
    "dd",
)


def _newspaper() -> Read:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from newspaper import Article

    def read(content: str, url: str | None) -> Reading:
        article = Article(url or _NOWHERE, fetch_images=False)
        article.download(input_html=content)
        article.parse()
        return Reading(article.text or "", article.title, _list_names(article.authors), _read_day(article.publish_date))

    return read


_NOWHERE = "https://page.invalid/"


def _goose() -> Read:
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False, "strict": False})

    def read(content: str, url: str | None) -> Reading:
        article = goose.extract(url=url, raw_html=content)
        return Reading(
            article.cleaned_text or "", article.title, _list_names(article.authors), _read_day(article.publish_date)
        )

    return read


def _boilerpy() -> Read:
    from boilerpy3.extractors import ArticleExtractor

    extractor = ArticleExtractor()
    return lambda content, _: Reading(extractor.get_content(content))


def _untouched() -> Read:
    return lambda content, _: Reading(content)


def _c4() -> Read:
    return lambda content, _: Reading("\n".join(filter(_c4_keeps, content.splitlines())))


def _c4_keeps(line: str) -> bool:
    """The two line rules of C4: a line ends like a sentence, and has at least five words."""
    return line.rstrip().endswith((".", "!", "?", '"')) and len(line.split()) >= _C4_WORDS


_C4_WORDS = 5


def _trafilatura_lines() -> Read:
    read = _trafilatura()

    def wrapped(content: str, url: str | None) -> Reading:
        lines = (f"<p>{html.escape(line)}</p>" for line in content.splitlines() if line.strip())
        return read(f"<html><body>{''.join(lines)}</body></html>", url)

    return wrapped


def _list_names(found: Iterable[str | Iterable[str]]) -> tuple[str, ...]:
    """The names that a library found; goose3 puts lists of a page's JSON-LD among them."""
    return tuple(name for each in found for name in ([each] if isinstance(each, str) else map(str, each)))


def _read_day(value: object) -> datetime | date | None:
    """A publication date as libraries give it: a date, a string, or a list of strings, best first."""
    if isinstance(value, list):
        return _read_day(value[0]) if value else None
    return parse_day(value) if isinstance(value, str) else value if isinstance(value, date) else None


def _as_tuple(name: str | None) -> tuple[str, ...]:
    return (name,) if name else ()


HTML = (
    Peer("cleaner", "cleaner", _cleaner, facts=True),
    Peer("trafilatura", "trafilatura", _trafilatura, facts=True),
    Peer("trafilatura-fast", "trafilatura", partial(_trafilatura, fast=True), facts=True),
    Peer("trafilatura-precision", "trafilatura", partial(_trafilatura, favor_precision=True), facts=True),
    Peer("resiliparse", "resiliparse", _resiliparse),
    Peer("jusText", "justext", _justext),
    Peer("readability-lxml", "readability-lxml", _readability),
    Peer("newspaper4k", "newspaper4k", _newspaper, facts=True),
    Peer("goose3", "goose3", _goose, facts=True),
    Peer("boilerpy3", "boilerpy3", _boilerpy),
)
DUMPS = (
    Peer("cleaner", "cleaner", _cleaner, facts=True),
    Peer("untouched", None, _untouched),
    Peer("c4-lines", None, _c4),
    Peer("trafilatura-lines", "trafilatura", _trafilatura_lines),
)
