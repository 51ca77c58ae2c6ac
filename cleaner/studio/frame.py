"""A page as it looks, for a frame: its markup written anew from the tree, without anything that acts or asks for files.

The frame is sandboxed and has a policy of its own; this is the first of three walls. Elements and attributes are written
only if they are listed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from urllib.parse import urljoin, urlsplit

from cleaner.errors import PageError
from cleaner.model import Kind, Page
from cleaner.page.dom import Element
from cleaner.stages import parse_page, segment_page

_VOID = frozenset({"area", "br", "col", "hr", "img", "wbr"})
_LEFT_OUT = frozenset("datalist iframe noembed noframes plaintext script svg template textarea title xmp".split())
"""Elements that are left out with all they contain. Text in some of them is a block; it is in the list of blocks."""
_UNWRAPPED = frozenset(
    "applet area audio base basefont bgsound canvas embed fencedframe form frame frameset link map math meta object param "
    "portal source track video".split()
)
"""Elements of which only the contents are written: the parser may put the rest of a page into one that is not closed."""
_WRITTEN = frozenset(
    "a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl "
    "dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li main mark nav ol p pre q rp rt "
    "ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr".split()
)
"""Elements that are written under their names; all others become ``div`` or ``span``."""
_INLINE_FORM = frozenset(
    {"button", "input", "label", "select", "option", "output", "picture", "data", "meter", "progress"}
)
_PLAIN_ATTRIBUTES = frozenset(
    "align bgcolor border cellpadding cellspacing class colspan color dir face height hidden id lang open reversed rowspan "
    "size start style title type valign value width".split()
)
_TYPE_OF_LISTS = frozenset({"ol", "ul", "li"})
_PICTURE_SCHEMES = frozenset({"http", "https"})
_DATA_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*\Z")
_IMPORT = re.compile(r"@import[^;]*;?|@charset[^;]*;?", re.IGNORECASE)
_URL = re.compile(r"url\s*\(|image-set\s*\(|src\s*\(", re.IGNORECASE)
MAX_FRAME_CHARS = 5_000_000
"""Characters of markup that a frame shows; the rest of a longer page is in the list of blocks only. Chosen."""

_BASE_STYLE = """
:where(html){background:#fff}
:where(img){max-width:100%;height:auto;background:#8881;min-height:1em}
:where(a){color:inherit;text-decoration:underline}
"""
_PLAIN_STYLE = """
:where(a){color:#1d4f7c}
:where(html){font:16px/1.55 Georgia,"Noto Serif",serif;color:#1f1d1a}
:where(body){margin:24px auto;max-width:820px;padding:0 24px;overflow-wrap:break-word}
"""
"""For pages without a style of their own: a saved page rarely has its style sheets."""
_MARK_STYLE = """
html,body{height:auto!important;overflow:visible!important;animation:none!important;position:static!important;
visibility:visible!important;opacity:1!important}
*,*::before,*::after{animation:none!important;transition:none!important;cursor:crosshair!important}
[data-b]{--cleaner-tint:oklch(.52 .02 260)}
[data-label="related"],[data-label="ticker"]{--cleaner-tint:oklch(.52 .13 305)}
[data-label="share"],[data-label="comments"]{--cleaner-tint:oklch(.52 .11 195)}
[data-label="paywall"],[data-label="newsletter"],[data-label="donation"]{--cleaner-tint:oklch(.55 .12 55)}
[data-label="advertisement"],[data-label="promo"]{--cleaner-tint:oklch(.52 .14 15)}
[data-label="consent"],[data-label="legal"]{--cleaner-tint:oklch(.52 .1 105)}
:is([data-label="title"],[data-label="byline"],[data-label="timestamp"],[data-label="caption"],[data-label="tags"],
[data-label="author_bio"],[data-label="description"]){--cleaner-tint:oklch(.52 .11 235)}
[data-b][data-fate="drop"]{box-shadow:-6px 0 0 -3px var(--cleaner-tint),
inset 0 0 0 999px color-mix(in oklab,var(--cleaner-tint) 13%,transparent)!important}
[data-b][data-fate="keep"]{box-shadow:-6px 0 0 -3px #2b7a4b!important}
[data-b][data-hit="changed"]{outline:2px dashed #7a3ea8!important;outline-offset:-1px}
[data-b][data-hit="wrong"],[data-b][data-hit="doubtful"]{outline:3px solid #c22f1f!important;outline-offset:-1px}
[data-b][data-mark]{outline:2px solid #1d5f9c!important;outline-offset:-1px}
[data-b][data-hover]{outline:2px solid #1d5f9c!important;outline-offset:1px}
[data-b][data-chosen]{outline:3px solid #1d5f9c!important;outline-offset:1px}
"""


def write_frame(page: Page, *, pictures: bool) -> str:
    """Return the document that a frame shows for ``page``; the element of each block has its numbers in ``data-b``.

    With ``pictures``, images and style sheets keep their addresses, absolute ones of the web only. A dump is shown as its
    lines. Raises :class:`~cleaner.PageError` for a page that cannot be parsed.
    """
    if page.kind is not Kind.HTML:
        return _write_document(_write_dump(page), [])
    dom, _, markup, _ = segment_page(page, parse_page(page)[0])
    if dom is None or markup is None:
        raise PageError(page.source, "has no markup to show")
    blocks: dict[Element, str] = {}
    for index, element in enumerate(markup.elements):
        blocks[element] = f"{blocks[element]} {index}" if element in blocks else str(index)
    writer = _FrameWriter(blocks, page.url if pictures else None, pictures=pictures)
    return _write_document("".join(writer.write(dom.root)), writer.styles)


def _write_document(body: str, styles: list[str]) -> str:
    base = _BASE_STYLE if styles else _BASE_STYLE + _PLAIN_STYLE
    sheets = "".join(f"<style>{style}</style>" for style in styles)
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>page</title><style>{base}</style>{sheets}'
        f"<style>{_MARK_STYLE}</style></head>{body}</html>"
    )


def _write_dump(page: Page) -> str:
    _, blocks, _, _ = segment_page(page, None)
    lines = "".join(
        f'<div data-b="{block.index}" style="white-space:pre-wrap;padding:1px 8px;min-height:1.5em">{escape(block.text)}</div>'
        for block in blocks
    )
    return f'<body dir="auto" style="font:14px/1.5 ui-monospace,monospace">{lines}</body>'


class _FrameWriter:
    """Writes a tree as safe markup, and collects its style sheets."""

    def __init__(self, blocks: Mapping[Element, str], base: str | None, *, pictures: bool) -> None:
        self._blocks = blocks
        self._base = base
        self._pictures = pictures
        self._left = MAX_FRAME_CHARS
        self.styles: list[str] = []

    def write(self, root: Element) -> Iterator[str]:
        """Yield the markup of ``root`` and all below it, without recursion: pages are nested as deeply as they like."""
        pending: list[Element | str] = [root]
        while pending:
            part = pending.pop()
            if isinstance(part, str):
                yield part
                continue
            name = part.tag if isinstance(part.tag, str) else ""
            if name == "style":
                self._keep_style(part.text or "")
            elif name == "head":
                for style in part.iter("style"):
                    self._keep_style(style.text or "")
            elif name and name not in _LEFT_OUT and self._left > 0:
                yield from self._open(part, name, pending)
                continue
            pending.extend(_tail(part))

    def _open(self, element: Element, name: str, pending: list[Element | str]) -> Iterator[str]:
        if name == "html" or name in _UNWRAPPED:
            pending.extend(_tail(element) if name != "html" else ())
            yield _escape_text(element.text)
            pending.extend(reversed(list(element)))
            return
        written = _written_name(name)
        start = f"<{written}{self._attributes(element, name)}>"
        text = _escape_text(element.text)
        self._left -= len(start) + len(text)
        yield start
        pending.extend(_tail(element))
        if written in _VOID:
            return
        yield text
        pending.append(f"</{written}>")
        pending.extend(reversed(list(element)))

    def _attributes(self, element: Element, name: str) -> str:
        given = {key: value for key, value in element.items() if key in _PLAIN_ATTRIBUTES}
        if name not in _TYPE_OF_LISTS:
            given.pop("type", None)
            given.pop("value", None)
        if "style" in given:
            given["style"] = self._clean_style(given["style"])
        if name == "img":
            given |= self._picture(element)
        if name == "noscript":
            given["hidden"] = ""
        if number := self._blocks.get(element):
            given["data-b"] = number
        return "".join(f' {key}="{escape(_printable(value))}"' for key, value in given.items())

    def _picture(self, element: Element) -> dict[str, str]:
        alternative = {"alt": element.get("alt") or ""}
        source = (element.get("src") or "").strip()
        if _DATA_PICTURE.match(source):
            return alternative | {"src": source}
        if not self._pictures:
            return alternative
        try:
            address = urljoin(self._base or "", source)
            scheme = urlsplit(address).scheme
        except ValueError:
            return alternative
        return alternative | ({"src": address, "loading": "lazy"} if scheme in _PICTURE_SCHEMES else {})

    def _keep_style(self, style: str) -> None:
        style = self._clean_style(style[: max(self._left, 0)])
        self._left -= len(style)
        self.styles.append(style.replace("<", "\\3c "))

    def _clean_style(self, style: str) -> str:
        """``style`` without imports; without pictures, addresses too: the policy of the frame blocks them anyway."""
        style = _IMPORT.sub("", _printable(style))
        return style if self._pictures else _URL.sub("blocked(", style)


def _written_name(name: str) -> str:
    if name in _WRITTEN or name == "body":
        return name
    return "span" if name in _INLINE_FORM else "div"


def _tail(element: Element) -> list[Element | str]:
    return [_escape_text(element.tail)] if element.tail else []


def _escape_text(text: str | None) -> str:
    return escape(_printable(text or ""), quote=False)


def _printable(text: str) -> str:
    return text.replace("\0", "")
