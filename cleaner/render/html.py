"""HTML of an article: a few elements of HTML5, and no attributes but addresses, list numbers, spans of cells and code's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from html import escape

from cleaner.article import Article
from cleaner.language.list_numbers import write_item_number
from cleaner.language.raised_digits import restore_script
from cleaner.model import Block, Role
from cleaner.render.article_tree import Branch, build_tree, get_cells, is_compact, join_code
from cleaner.render.markdown_text import is_safe_url, nest_spans, select_spans
from cleaner.structure import Cell, ContainerKind, Image, Span, SpanKind

_TAGS = {
    SpanKind.STRONG: "strong",
    SpanKind.EMPHASIS: "em",
    SpanKind.CODE: "code",
    SpanKind.SUPERSCRIPT: "sup",
    SpanKind.SUBSCRIPT: "sub",
}
_LIST_TAGS = {
    ContainerKind.ORDERED: "ol",
    ContainerKind.UNORDERED: "ul",
    ContainerKind.DEFINITIONS: "dl",
    ContainerKind.QUOTE: "blockquote",
}
_ITEM_TAGS = {ContainerKind.ITEM: "li", ContainerKind.TERM: "dt", ContainerKind.DEFINITION: "dd"}
_STYLES = "1aAiI"
_MAX_ITEM_NUMBER = 1000
"""The largest number of an item that is recognised in letters or Roman numerals."""
_DEFAULT_LEVEL = 2


def write_html(article: Article, *, links: bool = True, images: bool = True) -> str:
    """The kept blocks of ``article`` as an ``article`` element, without its title."""
    writer = _HtmlWriter(links=links)
    return f"<article>\n{writer.write_children(build_tree(article, images=images))}\n</article>"


def write_document(article: Article, *, links: bool = True, images: bool = True) -> str:
    """A whole HTML document: head with title, author, date and address, the title as ``h1``, and the text."""
    language = f' lang="{escape(article.language)}"' if article.language else ""
    title = escape(article.title or "")
    head = ['<meta charset="utf-8">', f"<title>{title}</title>"]
    head += [f'<meta name="author" content="{escape(author)}">' for author in article.authors]
    if article.published is not None:
        head.append(f'<meta property="article:published_time" content="{article.published.isoformat()}">')
    if is_safe_url(article.canonical or article.url):
        head.append(f'<link rel="canonical" href="{escape(article.canonical or article.url or "")}">')
    body = write_html(article, links=links, images=images)
    if title:
        body = body.replace("<article>", f"<article>\n<h1>{title}</h1>", 1)
    lines = ["<!DOCTYPE html>", f"<html{language}>", "<head>", *head, "</head>", "<body>", body, "</body>", "</html>"]
    return "\n".join(lines) + "\n"


class _HtmlWriter:
    def __init__(self, *, links: bool) -> None:
        self._links = links

    def write_children(self, branch: Branch, *, bare: bool = False) -> str:
        """What is in ``branch``; texts without ``p`` elements if ``bare``."""
        parts = []
        for child in branch.children:
            if isinstance(child, Block):
                parts.append(self._write_block(child, bare=bare))
            elif isinstance(child, Image):
                parts.append(_write_image(child))
            else:
                parts.append(self._write_branch(child))
        return "\n".join(parts)

    def _write_block(self, block: Block, *, bare: bool) -> str:
        if block.role is Role.CODE:
            return _write_code(block.text, block.language)
        text = self._write_text(block)
        if block.role is Role.HEADING:
            tag = f"h{block.level or _DEFAULT_LEVEL}"
            return f"<{tag}>{text}</{tag}>"
        return text if bare else f"<p>{text}</p>"

    def _write_branch(self, branch: Branch) -> str:
        container = branch.container
        if container is None or branch.kind is ContainerKind.COMMENT:
            return self.write_children(branch)
        if branch.kind is ContainerKind.TABLE:
            rows = "\n".join(self._write_row(block) for block in branch.blocks)
            return f"<table>\n{rows}\n</table>"
        if branch.kind is ContainerKind.CODE:
            if all(isinstance(child, Block) for child in branch.children):
                return _write_code(join_code(branch), branch.blocks[0].language)
            return self.write_children(branch)
        tag = _LIST_TAGS.get(container.kind)
        if tag is None or container.kind is ContainerKind.QUOTE:
            return f"<blockquote>\n{self.write_children(branch)}\n</blockquote>"
        return self._write_list(branch, tag)

    def _write_list(self, branch: Branch, tag: str) -> str:
        items = [child.container for child in branch.children if isinstance(child, Branch)]
        markers = [item.marker if item else None for item in items]
        if not any(markers) and tag == "ol":
            tag = "ul"
        attributes = _number_items(markers) if tag == "ol" else None
        bare = is_compact(branch)
        parts = []
        place = 0
        for child in branch.children:
            if not isinstance(child, Branch) or child.container is None:
                parts.append(f"<li>{self.write_children(Branch(None, [child]))}</li>")
                continue
            item_tag = _ITEM_TAGS.get(child.container.kind, "li")
            attribute = attributes[1][place] if attributes and item_tag == "li" else ""
            parts.append(f"<{item_tag}{attribute}>{self.write_children(child, bare=bare)}</{item_tag}>")
            place += 1
        opening = f"<{tag}{attributes[0] if attributes else ''}>"
        return "\n".join((opening, *parts, f"</{tag}>"))

    def _write_row(self, row: Block) -> str:
        cells = "".join(self._write_cell(row, cell) for cell in get_cells(row))
        return f"<tr>{cells}</tr>"

    def _write_cell(self, row: Block, cell: Cell) -> str:
        tag = "th" if cell.header else "td"
        spans = f' colspan="{cell.colspan}"' * (cell.colspan > 1) + f' rowspan="{cell.rowspan}"' * (cell.rowspan > 1)
        return f"<{tag}{spans}>{self._write_text(row, cell.start, cell.end)}</{tag}>"

    def _write_text(self, block: Block, start: int = 0, end: int | None = None) -> str:
        end = len(block.text) if end is None else end
        spans = select_spans(block.spans, start, end, links=self._links)
        return _write_spans(block.text, spans, start, end, _escape_text)


def _write_spans(text: str, spans: Sequence[Span], start: int, end: int, write: Callable[[str], str]) -> str:
    written, at = "", start
    for span, inner in nest_spans(spans):
        is_script = span.markup in (SpanKind.SUPERSCRIPT, SpanKind.SUBSCRIPT)
        content = _write_spans(text, inner, span.start, span.end, _write_script if is_script else write)
        if span.markup is SpanKind.LINK:
            opening, tag = f'<a href="{escape(span.url or "")}">', "a"
        else:
            tag = _TAGS[span.markup]
            opening = f"<{tag}>"
        written += f"{write(text[at : span.start])}{opening}{content}</{tag}>"
        at = span.end
    return written + write(text[at:end])


def _escape_text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _write_script(text: str) -> str:
    return _escape_text(restore_script(text))


def _write_code(text: str, language: str | None) -> str:
    attribute = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{attribute}>{escape(text, quote=False)}</code></pre>"


def _write_image(image: Image) -> str:
    credit = f"<small>{escape(image.credit, quote=False)}</small>" if image.credit else ""
    caption = " ".join(filter(None, (escape(image.caption or "", quote=False), credit)))
    about = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img src="{escape(image.url)}" alt="{escape(image.alt)}">{about}</figure>'


def _number_items(markers: Sequence[str | None]) -> tuple[str, list[str]]:
    """The attributes of an ordered list, and of each of its items, with which browsers show ``markers``."""
    style = next((style for style in _STYLES if all(_read_number(one, style) is not None for one in markers)), None)
    if style is None:
        return "", [""] * len(markers)
    numbers = [_read_number(marker, style) or 0 for marker in markers]
    attributes = [
        "" if place and number == numbers[place - 1] + 1 else f' value="{number}"' if place else ""
        for place, number in enumerate(numbers)
    ]
    kind = "" if style == "1" else f' type="{style}"'
    start = f' start="{numbers[0]}"' if numbers and numbers[0] != 1 else ""
    return kind + start, attributes


def _read_number(marker: str | None, style: str) -> int | None:
    if style == "1":
        digits = (marker or "").removesuffix(".")
        return int(digits) if digits.lstrip("-").isdecimal() else None
    return _list_markers(style).get(marker or "")


@cache
def _list_markers(style: str) -> dict[str, int]:
    return {write_item_number(number, style): number for number in range(1, _MAX_ITEM_NUMBER)}
