"""The article of a page that shows none: from scripts, templates and attributes, out of which a script would write it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, cast

from cleaner.language.characters import normalize_phrase
from cleaner.language.sentences import is_prose
from cleaner.language.words import share_repeated
from cleaner.model import Blocks
from cleaner.page.boxes import Box, is_inside
from cleaner.page.dom import Dom, Element, serialize_children
from cleaner.page.rich_text import make_markup
from cleaner.page.script_values import (
    STREAM,
    StoredArticle,
    find_articles,
    measure_text,
    parse_stream,
    parse_values,
)

# Numbers of this module were chosen by reading pages; that they leave pages with an article alone was measured on 1,000.
_MIN_SCRIPT_CHARS, _MAX_SCRIPT_CHARS = 400, 2_000_000
_MAX_ATTRIBUTES = 100
"""Long attributes that are read: a bound on time."""
_MAX_OWN_CHARS = 400
"""Characters of the sentences that a page shows, from which it has an article of its own."""
_MAX_SHOWN_SHARE = 0.5
"""Share of a stored text that the page shows already, in another form."""
_MIN_UNNAMED_CHARS = 350
"""Characters of a stored text without a headline that is taken for the article."""
_MIN_HEADLINE_CHARS = 8
_MIN_LEAD_CHARS = 30
_MAX_HEAD_CHARS = 250
"""Characters in the box of a headline with its byline and date."""
_MAX_LINK_SHARE = 0.3
_MAX_STREAM_START = 100
_ASIDE_TAGS = frozenset("nav footer aside".split())
_TEMPLATE_TYPES = re.compile(r"text/(?:html|template|x-template|x-article|plain)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_PLACEHOLDER = re.compile(r"\{\{|\$\{|<%|\{%")
_LONG_ATTRIBUTES = "//@*[string-length() > 400]"
_SHELLS = "//main|//article|//*[@id='__next' or @id='__nuxt' or @id='root' or @id='app' or @id='___gatsby']"


class _Source(NamedTuple):
    name: str
    """The element and what distinguishes it, as in a path."""
    article: StoredArticle


def add_stored_article(dom: Dom, blocks: Blocks, boxes: Sequence[Box]) -> Dom | None:
    """The page with the article that a script would have written into it; None if it shows one, or stores none."""
    if _has_article(blocks, boxes):
        return None
    best = _choose_article(dom.root, list(_find_sources(dom.root)))
    if best is None:
        return None
    shown = "\n".join(block.text for block in blocks)
    if share_repeated(_text_of(best.article.markup), shown) > _MAX_SHOWN_SHARE:
        return None
    parent, position = _find_place(dom.root, blocks, boxes, best.article)
    return dom.graft(best.article.markup, f"{best.name}/{best.article.path}".rstrip("/"), parent, position)


def _has_article(blocks: Blocks, boxes: Sequence[Box]) -> bool:
    """Whether the page shows, or hides until a script runs, as many sentences as an article has."""
    size = 0
    for block, box in zip(blocks, boxes, strict=True):
        if block.link_share < _MAX_LINK_SHARE and is_prose(block.text) and not is_inside(box, _ASIDE_TAGS):
            size += len(block.text)
            if size >= _MAX_OWN_CHARS:
                return True
    return False


def _find_sources(root: Element) -> Iterator[_Source]:
    """The texts that the page stores, in page order by kind."""
    scripts = list(root.iter("script"))
    for script in scripts:
        yield from _read_script(script)
    streamed = "".join(script.text for script in scripts if script.text and STREAM in script.text[:_MAX_STREAM_START])
    if streamed:
        yield from (_Source(f"script[{STREAM}]", article) for article in find_articles(parse_stream(streamed)))
    for template in root.iter("template"):
        yield from _make_source(_name_source("template", template.get("id")), "", serialize_children(template))
    for fallback in root.iter("noscript"):
        yield from _make_source("noscript", "", "" if len(fallback) else fallback.text or "")
    for value in cast("list[Any]", root.xpath(_LONG_ATTRIBUTES))[:_MAX_ATTRIBUTES]:
        around: Element = value.getparent()
        name, text = _name_source(cast("str", around.tag), value.attrname), str(value)
        if text.lstrip()[:1] in ("{", "["):
            yield from (_Source(name, article) for _, parsed in parse_values(text) for article in find_articles(parsed))
        elif "<" in text or "&lt;" in text:
            yield from _make_source(name, "", text)


def _name_source(tag: str, label: str | None) -> str:
    return f"{tag}[{label}]" if label else tag


def _read_script(script: Element) -> Iterator[_Source]:
    text, kind = script.text or "", script.get("type") or ""
    if not _MIN_SCRIPT_CHARS <= len(text) <= _MAX_SCRIPT_CHARS or STREAM in text[:_MAX_STREAM_START]:
        return
    if _TEMPLATE_TYPES.match(kind):
        yield from _make_source(f"script[{kind}]", "", text)
        return
    label = "ld+json" if "ld+json" in kind else script.get("id") or ""
    for name, value in parse_values(text):
        yield from (_Source(_name_source("script", label or name), article) for article in find_articles(value))


def _make_source(name: str, path: str, markup: str) -> Iterator[_Source]:
    if len(markup) >= _MIN_SCRIPT_CHARS and not _PLACEHOLDER.search(markup):
        markup = make_markup(markup)
        if size := measure_text(markup):
            yield _Source(name, StoredArticle(path, markup, size, None))


def _choose_article(root: Element, sources: Sequence[_Source]) -> _Source | None:
    """The longest text under the headline of the page; else the longest under none, if it is long."""
    titles = {_fold(text) for text in _find_titles(root)}
    named = [source for source in sources if source.article.headline and _is_title(source.article.headline, titles)]
    unnamed = [
        source for source in sources if not source.article.headline and source.article.size >= _MIN_UNNAMED_CHARS
    ]
    return max(named or unnamed, key=lambda source: source.article.size, default=None)


def _find_titles(root: Element) -> Iterator[str]:
    for element in root.iter("title", "h1"):
        yield "".join(element.itertext())
    yield from root.xpath("//meta[@property='og:title' or @name='twitter:title' or @name='title']/@content")


def _fold(text: str) -> str:
    return "".join(filter(str.isalnum, normalize_phrase(text)))


def _is_title(headline: str, titles: set[str]) -> bool:
    own = _fold(headline)
    return len(own) >= _MIN_HEADLINE_CHARS and any(
        title.startswith(own) or (len(title) >= _MIN_HEADLINE_CHARS and own.startswith(title)) for title in titles
    )


def _text_of(markup: str) -> str:
    return _TAG.sub(" ", markup)


def _find_place(root: Element, blocks: Blocks, boxes: Sequence[Box], article: StoredArticle) -> tuple[Element, int]:
    """Where the article belongs: behind its first words if the page shows them, else below its headline, else in the shell."""
    start = _fold(_text_of(article.markup)[:400])
    headline = None
    for block, box in zip(blocks, boxes, strict=True):
        own = _fold(block.text)
        if len(own) >= _MIN_LEAD_CHARS and start.startswith(own[:_MAX_HEAD_CHARS]) and box.parent is not None:
            return _behind(box.element)
        if headline is None and box.element.tag == "h1":
            headline = box.element
    if headline is not None:
        return _behind(_box_of_headline(headline))
    shell = next(iter(root.xpath(_SHELLS)), None)
    if shell is None:
        shell = root.find("body")
    shell = root if shell is None else shell
    return shell, len(shell)


def _behind(element: Element) -> tuple[Element, int]:
    parent = element.getparent()
    return (element, len(element)) if parent is None else (parent, parent.index(element) + 1)


def _box_of_headline(headline: Element) -> Element:
    """The largest box around ``headline`` that contains little more than it."""
    size = len("".join(headline.itertext()))
    box = headline
    for around in headline.iterancestors():
        if (
            around.tag in ("body", "html", "main", "article")
            or len("".join(around.itertext())) > size + _MAX_HEAD_CHARS
        ):
            return box
        box = around
    return box
