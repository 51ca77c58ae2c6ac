"""Text of a block as Markdown: inline markup, and escapes so that it reads back as it was."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from cleaner.structure import Span, SpanKind

_INDENT = re.compile(r"^[^\S\n]+", re.MULTILINE)
_LIST_NUMBER_START = re.compile(r"^(\d{1,9})([.)](?:\s|$))", re.MULTILINE)
_BLOCK_MARKER_START = re.compile(r"^(?=[#>+=~|-]|:-)", re.MULTILINE)
# Markdown markup in any position: code, emphasis, links, HTML, character references, strikethrough; and the backslash.
_MARKUP = re.compile(r"[\\`*<\[\]]|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~")
_REFERENCE = re.compile(r"&(?=#?\w+;)")
_BACKTICKS = re.compile("`+")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
_IN_DESTINATION = str.maketrans({" ": "%20", "<": "%3C", ">": "%3E", "\\": "%5C", "\n": "", "\t": ""})
_DELIMITERS = {SpanKind.EMPHASIS: ("*", "em"), SpanKind.STRONG: ("**", "strong")}
_PLAIN_MARKUP = frozenset({SpanKind.SUPERSCRIPT, SpanKind.SUBSCRIPT})


def is_safe_url(url: str | None) -> bool:
    """Whether ``url`` may be written: http, https, mailto, or relative."""
    scheme = _SCHEME.match(url or "")
    return bool(url) and (scheme is None or scheme[1].lower() in _SAFE_SCHEMES)


def write_inline(
    text: str, spans: Sequence[Span], *, links: bool = True, start: int = 0, end: int | None = None
) -> str:
    """``text[start:end]`` in Markdown, with the markup of ``spans``; a line break is a break in Markdown too."""
    end = len(text) if end is None else end
    kept = select_spans(spans, start, end, links=links)
    written = _write_spans(text, kept, start, end)
    return _escape_starts(written).replace("\n", "\\\n")


def escape_text(text: str) -> str:
    """``text`` so that Markdown shows it literally: no part of it becomes a link, markup, a heading or a list."""
    return _escape_starts(_escape_markup(text))


def write_destination(url: str) -> str:
    """An address as the destination of a link or picture."""
    url = _REFERENCE.sub("&amp;", url.translate(_IN_DESTINATION))
    return f"<{url}>" if "(" in url or ")" in url else url


def select_spans(spans: Sequence[Span], start: int, end: int, *, links: bool) -> list[Span]:
    """The spans inside ``start`` to ``end``, without repetitions, and without links unless ``links``; adjacent ones joined."""
    selected: list[Span] = []
    for whole in spans:
        span = Span(max(whole.start, start), min(whole.end, end), whole.markup, whole.url)
        if span.start >= span.end or (span.markup is SpanKind.LINK and not (links and is_safe_url(span.url))):
            continue
        outer = _list_outer(span, selected)
        around = {one.markup for one in outer}
        # Inside code only links can be written, around a part of it.
        if span.markup in around or (SpanKind.CODE in around and span.markup is not SpanKind.LINK):
            continue
        for place, before in enumerate(selected):
            is_same = (before.end, before.markup, before.url) == (span.start, span.markup, span.url)
            if is_same and _list_outer(before, selected) == outer:
                selected[place] = Span(before.start, span.end, span.markup, span.url)
                break
        else:
            selected.append(span)
    return selected


def _list_outer(span: Span, spans: Sequence[Span]) -> list[Span]:
    """The spans around ``span`` but itself."""
    return [one for one in spans if one.start <= span.start and span.end <= one.end and one is not span]


def nest_spans(spans: Sequence[Span]) -> list[tuple[Span, list[Span]]]:
    """The outermost of ``spans``, each with the spans inside it."""
    nested: list[tuple[Span, list[Span]]] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if nested and span.end <= nested[-1][0].end:
            nested[-1][1].append(span)
        elif not nested or span.start >= nested[-1][0].end:
            nested.append((span, []))
    return nested


def _write_spans(text: str, spans: Sequence[Span], start: int, end: int) -> str:
    written, at = "", start
    nested = nest_spans(spans)
    for place, (span, inner) in enumerate(nested):
        plain = _escape_markup(text[at : span.start], before=text[at - 1 : at], behind=text[span.start])
        if span.markup is SpanKind.LINK and plain.endswith("!"):
            plain = f"{plain[:-1]}\\!"
        written += plain
        follower = text[span.end : span.end + 1]
        if place + 1 < len(nested) and nested[place + 1][0].start == span.end:
            follower = "*"
        written += _write_span(text, span, inner, written[-1:], follower)
        at = span.end
    return written + _escape_markup(text[at:end], before=text[at - 1 : at] if at else "")


def _write_span(text: str, span: Span, inner: Sequence[Span], before: str, behind: str) -> str:
    if span.markup is SpanKind.CODE:
        return _write_code(text, span, inner)
    content = _write_spans(text, inner, span.start, span.end)
    if span.markup is SpanKind.LINK:
        return f"[{content}]({write_destination(span.url or '')})"
    if span.markup in _PLAIN_MARKUP:
        return content
    mark, tag = _DELIMITERS[span.markup]
    if _can_delimit(before, content, behind):
        return f"{mark}{content}{mark}"
    return f"<{tag}>{content}</{tag}>"


def _write_code(text: str, span: Span, inner: Sequence[Span]) -> str:
    """Inline code; a link in it is written around its part of the code, as no markup is read inside code."""
    links = [one for one in inner if one.markup is SpanKind.LINK]
    written, at = "", span.start
    for link in links:
        written += _quote_code(text[at : link.start])
        written += f"[{_quote_code(text[link.start : link.end])}]({write_destination(link.url or '')})"
        at = link.end
    return written + _quote_code(text[at : span.end])


def _quote_code(code: str) -> str:
    if not code:
        return ""
    code = code.replace("\n", " ")
    runs = set(map(len, _BACKTICKS.findall(code)))
    fence = "`" * next(size for size in range(1, len(runs) + 2) if size not in runs)
    pad = " " if code[0] in "` " or code[-1] in "` " else ""
    return f"{fence}{pad}{code}{pad}{fence}"


def _can_delimit(before: str, content: str, behind: str) -> bool:
    """Whether asterisks around ``content`` are read as emphasis, by the rules of CommonMark for runs of delimiters.

    A run directly beside another may be read in another way, so it is not used.
    """
    if not content or content[0].isspace() or content[-1].isspace() or before == "*" or behind == "*":
        return False
    opens = not _is_mark(content[0]) or not before or before.isspace() or _is_punctuation(before)
    closes = not _is_mark(content[-1]) or not behind or behind.isspace() or _is_punctuation(behind)
    return opens and closes


def _is_mark(character: str) -> bool:
    """Whether any version of CommonMark treats ``character`` as punctuation."""
    return unicodedata.category(character)[0] in "PS"


def _is_punctuation(character: str) -> bool:
    """Whether all versions of CommonMark treat ``character`` as punctuation."""
    return unicodedata.category(character)[0] == "P" or character in "`<>$+=^|~"


def _escape_markup(text: str, before: str = "", behind: str = "") -> str:
    # The characters beside the text decide whether an underscore in it is one inside a word.
    whole = f"{before}{text}{behind}"
    end = len(before) + len(text)
    escaped = _MARKUP.sub(lambda found: f"\\{found[0]}" if len(before) <= found.start() < end else found[0], whole)
    return escaped[len(before) : len(escaped) - len(behind)]


def _escape_starts(written: str) -> str:
    """Escape what makes a line of ``written`` a heading, a quote, an item, a rule or a row of a table."""
    written = _BLOCK_MARKER_START.sub(r"\\", _INDENT.sub("", written))
    return _LIST_NUMBER_START.sub(r"\1\\\2", written)
