"""Section and tags of an HTML page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cleaner import data
from cleaner.data.markup_types import HeadTags
from cleaner.front_matter import jsonld
from cleaner.front_matter.page_head import PageHead
from cleaner.front_matter.shown_headings import text_content
from cleaner.language import line_patterns, person_names
from cleaner.language.characters import normalize_phrase
from cleaner.page.dom import Dom, Element

_META = data.load_data(HeadTags).meta
_PLACEHOLDERS = frozenset(data.load_data(HeadTags).section.placeholders)
_TAG_SEPARATOR = re.compile("[,;،、]")
_LETTER = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(r"https?://|^/")
# Numbers of this module were chosen by reading pages; not measured.
_MAX_SECTION_CHARS = 60
"""Characters of a section's name."""
_MAX_TAG_CHARS = 60
"""Characters of a tag that a page shows."""
_MAX_LABEL_CHARS = 30
"""Characters of the label of tags."""
_MAX_CRUMB_CHARS = 20
"""Characters of a section that the title of the page may also contain; a longer entry is the headline."""
_MIN_CRUMBS = 2
"""Entries of a path of sections: the start page and the section."""


def find_section(head: PageHead) -> str | None:
    """The name of the section: not a number, an address, or the default of a publishing system."""
    values = (
        *(value for name in _META.section for value in head.meta.get(name, ())),
        *(jsonld.read_name(value) for value in head.get_values("articleSection")),
        *_read_breadcrumbs(head),
    )
    return next(filter(_is_section, map(jsonld.plain_text, values)), None)


def find_tags(head: PageHead, dom: Dom) -> tuple[str, ...]:
    """The tags in the head of a page, else those it shows as links to pages of tags."""
    for values in (*(head.meta.get(name, ()) for name in _META.tags), head.get_values("keywords")):
        texts = [jsonld.read_name(value) for value in values]
        words = [tag for text in texts for tag in _split_tags(text, len(texts))]
        if tags := person_names.unique_names(word for word in map(jsonld.plain_text, words) if word.strip()):
            return tags
    return person_names.unique_names(_find_shown_tags(dom)) or person_names.unique_names(_find_labelled_tags(dom))


def _is_section(text: str) -> bool:
    is_name = len(text) <= _MAX_SECTION_CHARS and _LETTER.search(text) is not None and not _ADDRESS.search(text)
    return is_name and normalize_phrase(text) not in _PLACEHOLDERS


def _read_breadcrumbs(head: PageHead) -> Iterator[str]:
    """The last entry of the page's path, without the article itself and the start page."""
    for node in head.nodes:
        if "breadcrumblist" in jsonld.node_types(node):
            entries = sorted(filter(_is_node, jsonld.flatten_values(node.get("itemListElement"))), key=_read_position)
            names = [jsonld.read_name(entry) or jsonld.read_name(entry.get("item")) for entry in entries]
            titles = tuple(map(normalize_phrase, (*head.headings, head.page_title or "")))
            inner = [name for name in names[1:] if name and not any(map(normalize_phrase(name).__eq__, titles))]
            inner = [
                name for name in inner if not (len(name) > _MAX_CRUMB_CHARS and normalize_phrase(name) in titles[-1])
            ]
            if len(names) >= _MIN_CRUMBS and inner:
                yield inner[-1]


def _is_node(value: Any) -> bool:
    return isinstance(value, dict)


def _read_position(entry: dict[str, Any]) -> int:
    position = jsonld.read_scalar(entry.get("position"))
    return int(position) if position.isdecimal() else 0


def _split_tags(value: str, count: int) -> list[str]:
    """The tags of one of ``count`` values: a single value is a list, one of several is a tag that may contain a comma."""
    return [value] if count > 1 else _TAG_SEPARATOR.split(value)


def _find_shown_tags(dom: Dom) -> Iterator[str]:
    """The texts of links with ``rel="tag"``, but not ``category``, outside of lists for the whole site."""
    for link in dom.root.iter("a"):
        named = link.get("rel")
        relations = named.lower().split() if named else ()
        if "tag" in relations and "category" not in relations and not _is_of_site(link):
            text = text_content(link).strip(" #,")
            if 0 < len(text) <= _MAX_TAG_CHARS:
                yield text


def _find_labelled_tags(dom: Dom) -> Iterator[str]:
    """The texts of the links behind a label such as "Tags:", in the same element."""
    for link in dom.root.iter("a"):
        around = link.getparent()
        around = around.getparent() if around is not None and around.tag == "li" else around
        if around is not None and _is_labelled(around) and not _is_of_site(link):
            text = text_content(link).strip(" #,")
            if 0 < len(text) <= _MAX_TAG_CHARS:
                yield text


def _is_labelled(element: Element) -> bool:
    """Whether the text before the first link in ``element`` is a label of tags."""
    first = next(iter(element), None)
    written = (element.text or "").strip() or ("" if first is None or first.tag == "a" else text_content(first))
    return len(written) <= _MAX_LABEL_CHARS and line_patterns.is_tag_label(written)


def _is_of_site(link: Element) -> bool:
    """Whether a link is in a navigation, a side column or the foot of the page, or of another story."""
    for around in link.iterancestors():
        names = f"{around.get('class') or ''} {around.get('id') or ''}".lower()
        if around.tag in ("nav", "aside") or any(word in names for word in ("widget", "sidebar", "cloud", "related")):
            return True
    return False
