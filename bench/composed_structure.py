"""Composed pages whose structure is known: what links, emphases, items, cells, headings and pictures their Markdown must have."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urljoin

Thing: TypeAlias = tuple[str, ...]
Things: TypeAlias = dict[str, Counter[Thing]]

COLUMNS = ("links", "emphases", "code", "items", "cells", "headings", "pictures")
PAGES = Path(__file__).parent / "pages" / "structure.txt"
SITE = "https://paper.example"
_INLINE = re.compile(r"\[([^\]]+)\]\(([^)]+)\)|\*\*([^*]+)\*\*|\*([^*]+)\*|`([^`]+)`|\^\{(\w+)\}")


@dataclass(frozen=True)
class ComposedPage:
    """A page, and what its Markdown must have."""

    name: str
    url: str
    html: str
    wanted: Things


def read_pages() -> list[ComposedPage]:
    """The composed pages: each kind for each topic, the forms of markup in turn."""
    _, *chunks = PAGES.read_text(encoding="utf-8").split("\n=== ")
    kinds = [chunk.split("\n", 1) for chunk in chunks]
    topics = [line.split(" | ") for line in kinds.pop()[1].strip().splitlines()]
    pages = []
    for number, (kind, template) in enumerate(kinds):
        for place, (slug, noun, part, person, town) in enumerate(topics):
            text = template
            for name, value in zip(
                ("slug", "noun", "part", "person", "place"), (slug, noun, part, person, town), strict=True
            ):
                text = text.replace(f"{{{name}}}", value)
            composer = _Composer((number + place) % 4, f"{SITE}/{kind}/{slug}.html")
            pages.append(composer.compose(kind, f"The {noun} of {town}: {kind}", person, text.strip().splitlines()))
    return pages


class _Composer:
    """Writes a page in one of four forms of markup, and notes what is in it."""

    def __init__(self, form: int, url: str) -> None:
        self.form = form
        self.url = url
        self.wanted: Things = {column: Counter() for column in COLUMNS}
        self.html: list[str] = []
        self.lists: list[tuple[str, int]] = []

    def compose(self, kind: str, title: str, person: str, lines: list[str]) -> ComposedPage:
        rows: list[str] = []
        code: list[str] = []
        language = ""
        for line in [*lines, ""]:
            mark, _, text = line.partition(" ")
            if code and not mark.startswith("c:"):
                self.add_code(code, language)
                code = []
            if rows and not mark.startswith("|"):
                self.html.append(f"<table>{''.join(rows)}</table>")
                rows = []
            if not re.fullmatch(r"\d[*#]", mark):
                self.close_lists(0)
            if mark.startswith("c:"):
                language = mark[2:]
                code.append(line[len(mark) + 1 :])
            elif mark.startswith("|"):
                rows.append(self.make_row(text, "th" if mark == "|h" else "td"))
            elif mark:
                self.add_line(mark, text)
        return ComposedPage(f"{kind}-{self.form}", self.url, self.wrap(title, person), self.wanted)

    def add_line(self, mark: str, text: str) -> None:
        if re.fullmatch(r"\d[*#]", mark):
            self.add_item(int(mark[0]), "ol" if mark[1] == "#" else "ul", text)
        elif mark.startswith("h"):
            self.wanted["headings"][_strip_marks(text), mark[1:]] += 1
            self.html.append(f"<{mark}>{self.inline(text)}</{mark}>")
        elif mark == "v":
            self.html.append(f"<p>{'<br>'.join(self.inline(line) for line in text.split(' / '))}</p>")
        elif mark == "q":
            inner = self.inline(text)
            self.html.append(f"<blockquote>{inner if self.form == 1 else f'<p>{inner}</p>'}</blockquote>")
        elif mark == "i":
            self.add_picture(*text.split(" ", 1))
        else:
            self.html.append(f"<p>{self.inline(text)}</p>")

    def add_item(self, depth: int, tag: str, text: str) -> None:
        self.close_lists(depth)
        if len(self.lists) == depth and self.lists[-1][0] != tag:
            self.close_lists(depth - 1)
        if len(self.lists) == depth:
            self.html.append("</li>")
        else:
            self.html.append(f"<{tag}>")
            self.lists.append((tag, 0))
        number = self.lists[-1][1] + 1
        self.lists[-1] = tag, number
        self.wanted["items"][_strip_marks(text), str(depth), f"{number}." if tag == "ol" else "-"] += 1
        inner = self.inline(text)
        self.html.append(f"<li><p>{inner}</p>" if self.form == 2 else f"<li>{inner}")  # noqa: PLR2004

    def close_lists(self, depth: int) -> None:
        while len(self.lists) > depth:
            self.html.append(f"</li></{self.lists.pop()[0]}>")

    def make_row(self, text: str, tag: str) -> str:
        cells = text.split(" | ")
        for column, cell in enumerate(cells):
            self.wanted["cells"][str(column), _strip_marks(cell)] += 1
        row = f"<tr>{''.join(f'<{tag}>{self.inline(cell)}</{tag}>' for cell in cells)}</tr>"
        return f"<thead>{row}</thead>" if tag == "th" and self.form else row

    def add_code(self, lines: list[str], language: str) -> None:
        text = escape("\n".join(lines))
        opening = (
            f'<pre><code class="language-{language}">',
            f'<div class="highlight-source-{language}"><pre><code>',
            f'<pre class="brush: {language}"><code>',
            f'<pre><code class="hljs {language}">',
        )[self.form]
        self.html.append(f"{opening}{text}</code></pre>{'</div>' * (self.form == 1)}")

    def add_picture(self, address: str, alt: str) -> None:
        self.wanted["pictures"][urljoin(SITE, address), alt] += 1
        shown = escape(alt)
        blank = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
        picture = (
            f'<img src="{address}" alt="{shown}">',
            f'<img src="/static/placeholder.png" data-src="{address}" alt="{shown}" class="lazyload">',
            f'<picture><source type="image/webp" srcset="{address}.webp"><img src="{blank}" srcset="{address}?w=9 320w, {address} 1280w" alt="{shown}"></picture>',
            f'<img src="{blank}" alt="{shown}" class="lazy"><noscript><img src="{address}" alt="{shown}"></noscript>',
        )[self.form]
        self.html.append(f"<figure>{picture}</figure>")

    def inline(self, text: str) -> str:
        parts, at = [], 0
        for found in _INLINE.finditer(text):
            link, address, strong, emphasis, code, raised = found.groups()
            parts.append(escape(text[at : found.start()]))
            at = found.end()
            if link:
                self.wanted["links"][_strip_marks(link), urljoin(self.url, address)] += 1
                shown = address if self.form % 2 else urljoin(self.url, address)
                parts.append(f'<a href="{escape(shown)}">{escape(link)}</a>')
            elif raised:
                parts.append(f"<sup>{raised}</sup>")
            elif code:
                self.wanted["code"][(code,)] += 1
                parts.append(f"<code>{escape(code)}</code>")
            else:
                self.wanted["emphases"]["strong" if strong else "em", strong or emphasis] += 1
                tag = ("b" if strong else "i") if self.form == 1 else ("strong" if strong else "em")
                parts.append(f"<{tag}>{escape(strong or emphasis)}</{tag}>")
        return "".join((*parts, escape(text[at:])))

    def wrap(self, title: str, person: str) -> str:
        """The whole page: a menu, a byline, the article, teasers and a footer."""
        around = (
            ("<main><article>", "</article></main>"),
            ('<div id="content"><div class="post-body">', "</div></div>"),
            ('<div class="wrapper"><section class="story"><div class="text">', "</div></section></div>"),
            ('<article itemscope><div itemprop="articleBody">', "</div></article>"),
        )[self.form]
        menu = "".join(
            f'<li><a href="/{name.lower()}">{name}</a></li>' for name in ("Home", "News", "Sport", "Culture")
        )
        teasers = "".join(
            f'<li><a href="/more/{n}"><img src="/thumbs/{n}.jpg" alt=""><h3>{name}</h3></a></li>'
            for n, name in enumerate(("Ferry stopped by fog", "Choir looks for a hall", "Bakery to close in May"))
        )
        return (
            f'<!DOCTYPE html><html lang="en"><head><title>{escape(title)} | Paper</title></head><body>'
            f'<header><a href="/"><img src="/logo.png" alt="Paper"></a><nav><ul>{menu}</ul></nav></header>'
            f'{around[0]}<h1>{escape(title)}</h1><div class="byline">By <a href="/authors/1" rel="author">{person}</a></div>'
            f"{''.join(self.html)}{around[1]}"
            f'<aside class="related"><h2>More stories</h2><ul>{teasers}</ul></aside>'
            '<footer><p>© Paper. All rights reserved.</p><ul><li><a href="/imprint">Imprint</a></li>'
            '<li><a href="/privacy">Privacy</a></li></ul></footer></body></html>'
        )


def _strip_marks(text: str) -> str:
    """Composed text without its inline marks."""
    return flatten(_INLINE.sub(lambda found: next(filter(None, (*found.groups()[:1], *found.groups()[2:]))), text))


def flatten(text: str) -> str:
    """``text`` with single blanks and plain digits, however a system writes superscripts."""
    text = re.sub(r"\^\{?(\w+)\}?|<su[pb]>(\w+)</su[pb]>", r"\1\2", text)
    return " ".join(text.translate({ord(r): str(d) for d, r in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}).split())
