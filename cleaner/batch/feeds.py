"""Documents from RSS and Atom: an entry that has its full text is a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from cleaner.batch.records import InputDocument
from cleaner.page import dom, encoding
from cleaner.page.dom import XmlElement
from cleaner.storage.run_files import Skipped

_TAG = re.compile(r"<[^<>]*>")
_PARAGRAPH = re.compile(r"<(?:p|br)\b", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_ENTRIES = frozenset({"item", "entry"})
_CONTENTS = ("encoded", "content", "fulltext", "full-text")
_SUMMARIES = ("description", "summary")
# A summary of this many characters in several paragraphs is the whole text. Chosen by reading feeds; not measured.
_MIN_FULL_CHARS, _MIN_PARAGRAPHS = 600, 3


def read_feed(data: bytes, display_name: str) -> Iterator[InputDocument | Skipped]:
    """The entries of a feed that have their full text; a feed without any is no page."""
    root = dom.parse_xml(encoding.decode_bytes(data, display_name).text)
    entries = [element for element in root.iter() if _name(element) in _ENTRIES] if root is not None else []
    lang = _text(next((child for child in root.iter() if _name(child) == "language"), None)) if root is not None else ""
    pages = [_make_page(entry, lang) for entry in entries]
    if not any(pages):
        problem = "none of its entries has its full text" if entries else "it has no entries"
        yield Skipped(display_name, "feed", problem)
        return
    for number, (entry, page) in enumerate(zip(entries, pages, strict=True), start=1):
        place = f"{display_name}:{number}"
        if page:
            url = _find_link(entry)
            yield InputDocument(id=url or place, path=place, content=page, url=url)
        else:
            yield Skipped(place, "feed entry", "it has only a summary, or nothing")


def _make_page(entry: XmlElement, lang: str) -> str | None:
    """An entry as an HTML page: its metadata is the head."""
    content = _find_content(entry)
    if not content:
        return None
    title = unescape(_TAG.sub("", _first(entry, "title")))
    head = [f"<title>{escape(title)}</title>"] if title else []
    head += [f'<meta name="author" content="{escape(author)}">' for author in _find_authors(entry)]
    for name, property_ in (("pubdate", "published_time"), ("published", "published_time"), ("date", "published_time"),
                            ("updated", "modified_time")):  # fmt: skip
        if moment := _first(entry, name):
            head.append(f'<meta property="article:{property_}" content="{escape(moment)}">')
    head += [
        f'<meta property="article:tag" content="{escape(tag)}">'
        for child in entry
        if _name(child) == "category" and (tag := _text(child) or (child.get("term") or "").strip())
    ]
    url = _find_link(entry)
    head += [f'<link rel="canonical" href="{escape(url)}">'] if url else []
    heading = f"<h1>{escape(title)}</h1>" if title else ""
    attribute = f' lang="{escape(lang)}"' if lang else ""
    return (
        f"<!DOCTYPE html><html{attribute}><head>{''.join(head)}</head>"
        f"<body><article>{heading}\n{content}\n</article></body></html>"
    )


def _find_content(entry: XmlElement) -> str | None:
    for name in _CONTENTS:
        found = next((child for child in entry if _name(child) == name), None)
        if found is not None and (html := _inner_html(found)):
            return html
    for name in _SUMMARIES:
        found = next((child for child in entry if _name(child) == name), None)
        html = _inner_html(found) if found is not None else ""
        if len(_TAG.sub("", html)) >= _MIN_FULL_CHARS and len(_PARAGRAPH.findall(html)) >= _MIN_PARAGRAPHS:
            return html
    return None


def _inner_html(element: XmlElement) -> str:
    """The HTML in an element: escaped, or as elements of XHTML; plain text as paragraphs."""
    if len(element):
        return "".join([escape(element.text or ""), *map(dom.write_xml, element)]).strip()
    text = (element.text or "").strip()
    if element.get("type") == "text" or ("<" not in text and text):
        return "".join(f"<p>{escape(part)}</p>" for part in _BLANK_LINE.split(unescape(text)))
    return text


def _find_authors(entry: XmlElement) -> list[str]:
    found = []
    for child in entry:
        if _name(child) == "creator":
            found.append(_text(child))
        elif _name(child) == "author":
            name = next((inner for inner in child if _name(inner) == "name"), None)
            text = _text(child if name is None else name)
            # RSS has an address of mail here, with the name in brackets.
            in_brackets = _IN_BRACKETS.search(text)
            found.append(in_brackets[1] if in_brackets else "" if "@" in text else text)
    return [author for author in found if author]


def _find_link(entry: XmlElement) -> str | None:
    links = [child for child in entry if _name(child) == "link"]
    best = next((link for link in links if link.get("rel") in (None, "alternate")), None)
    text = (best.get("href") or _text(best)).strip() if best is not None else ""
    guid = _first(entry, "guid") or _first(entry, "id")
    return next((address for address in (text, guid) if address.startswith(("http://", "https://"))), None)


def _first(entry: XmlElement, name: str) -> str:
    return _text(next((child for child in entry if _name(child) == name), None))


def _text(element: XmlElement | None) -> str:
    return "".join(map(str, element.itertext())).strip() if element is not None else ""


def _name(element: XmlElement) -> str:
    """The name of an element without its namespace, in small letters; empty for a comment."""
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
