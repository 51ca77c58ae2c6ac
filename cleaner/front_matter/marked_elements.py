"""Bylines and dates of an HTML page by the names of their elements, without those of other stories and comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from itertools import islice

from cleaner import data
from cleaner.compiled import serve_compiled
from cleaner.data.markup_types import ElementNames
from cleaner.front_matter.shown_headings import has_more_text, read_texts, text_content
from cleaner.front_matter.titles import measure_similarity
from cleaner.language import byline_names, dates
from cleaner.language.characters import make_alternation
from cleaner.page.dom import Dom, Element

_ELEMENTS = data.load_data(ElementNames)
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_MAX_BYLINE_CHARS = 150
"""Characters of a visible byline; longer text under an author class is a note about the author."""
_MIN_DATE_CHARS = 6
"""Characters of the shortest date: 1.1.24."""
_MIN_SIMILARITY = 0.5
"""Share of words that a heading has in common with the title of the page if it is its headline."""
_MAX_CARD_CHARS = 500
"""Characters of the entry of another story, with its summary; larger elements are parts of the layout."""
_MIN_HEADLINE_WORDS = 3
"""Words of a heading that is a headline; shorter ones are names of authors and sections."""
_BYLINE_CLASS = re.compile(make_alternation(_ELEMENTS.others.byline_names), re.IGNORECASE)
_DATE_CLASS = re.compile(rf"{make_alternation(_ELEMENTS.others.date_names)}|(?:^|\s)time(?:\s|$)", re.IGNORECASE)
BYLINE, DATE = 1, 2
_DATE_ATTRIBUTES = ("title", *_ELEMENTS.others.date_attributes)
"""Attributes that have the date where the text says "9 months ago"."""
_MAX_INSIDE_DATE = 4
"""Elements inside that of a date that are searched for such an attribute."""
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_BOUNDS = ("body", "html", "main")
_OTHER_TYPES = ("comment", "event", "review", "rating", "product")
"""Parts of the types of microdata about something else than the article."""
_NO_BYLINES = ("meta", "link", "script", "body", "html", "img", "input", "article", "main")


class MarkedElements:
    """The elements of a page that its names or microdata mark as byline or date."""

    def __init__(self, dom: Dom, title: str | None) -> None:
        self._dom = dom
        self._title = title or ""
        first_h1 = next(dom.root.iter("h1"), None)
        self._around_headline = set() if first_h1 is None else set(first_h1.iterancestors())
        self._cards: dict[Element, bool] = {}

    def find_bylines(self) -> list[str]:
        """Visible bylines, the surest first; with :data:`byline_names.BREAK` between the texts of different elements."""
        found = []
        for element in self._select(BYLINE):
            rank = rank_byline(element)
            if rank is not None and not self.is_in_aside(element):
                line = byline_names.BREAK.join(_read_named(element) or read_texts(element))
                if 1 < len(line) <= _MAX_BYLINE_CHARS:
                    found.append((rank, line))
        return [line for _, line in sorted(found, key=lambda item: item[0])]

    def find_dates(self, *, updates: bool = False) -> list[str]:
        """Dates in microdata, ``<time>``, ``<abbr>`` and elements with such a class, except those of other stories.

        Those that are marked as of an update only with ``updates``, and then no others.
        """
        found = []
        for element in self._select(DATE):
            names = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
            kept = _is_update(names) if updates else not any(word in names for word in _ELEMENTS.others.date)
            if kept and not self.is_in_aside(element):
                found.append(_read_date(element))
        return [stamp for stamp in found if _MIN_DATE_CHARS <= len(stamp) <= dates.MAX_LINE]

    def _select(self, wanted: int) -> Iterator[Element]:
        return (element for element, signs in self._marked if signs & wanted)

    @cached_property
    def _marked(self) -> list[tuple[Element, int]]:
        return find_marked(self._dom.root, classify_class)

    def is_in_aside(self, element: Element) -> bool:
        """Whether an element is in a part of the page that is about something else, or in a list of other stories."""
        is_inside = False
        for around in (element, *element.iterancestors()):
            if around.tag in ("nav", "aside") or (around.tag == "footer" and not _is_footer_of_article(around)):
                return True
            if _is_of_other_type(around.get("itemtype"), around.get("itemprop")):
                return True
            is_inside = is_inside or around.tag in _BOUNDS or around in self._around_headline
            if not is_inside and around is not element and self._is_card(around):
                return True
            if around.tag in ("body", "html", "main", "article"):
                continue
            if _is_called_aside(around.get("class") or "", around.get("id") or ""):
                return True
        return False

    def _is_card(self, element: Element) -> bool:
        """Whether an element has a linked heading that is not the headline: the entry of another story."""
        if element not in self._cards:
            linked = (text_content(heading) for heading in element.iter(*_HEADINGS) if _is_linked(heading))
            headings = [text for text in linked if len(text.split()) >= _MIN_HEADLINE_WORDS]
            self._cards[element] = (
                bool(headings)
                and not any(measure_similarity(heading, self._title) >= _MIN_SIMILARITY for heading in headings)
                and not has_more_text(element, _MAX_CARD_CHARS)
            )
        return self._cards[element]


def _is_footer_of_article(footer: Element) -> bool:
    """Whether a ``<footer>`` is that of an ``<article>``, which may say who wrote it and when."""
    around = footer.getparent()
    return around is not None and around.tag == "article"


def rank_byline(element: Element) -> int | None:
    """Rank of an element as the byline, 0 the surest; None if it is none."""
    if element.tag in _NO_BYLINES:
        return None
    if element.get("itemprop") == "author":
        return 0
    tokens = f"{element.get('class') or ''}".lower().split()
    if "author" in (element.get("rel") or "").split() or any("author" in t and "name" in t for t in tokens):
        return 1
    mentioned = [token for token in tokens if any(name in token for name in _ELEMENTS.others.byline_names)]
    if mentioned:
        return None if all(any(word in token for word in _ELEMENTS.others.byline) for token in mentioned) else 2
    return 2 if "/author/" in (element.get("href") or "") else None


def _read_named(element: Element) -> list[str]:
    """The names in microdata inside a byline, of ``<meta>`` elements too; empty without any."""
    if element.get("itemprop") != "author":
        return []
    named: Iterator[Element] = (inner for inner in element.iter() if inner.get("itemprop") == "name")
    return [text for inner in named if (text := (inner.get("content") or "").strip() or text_content(inner))]


def _read_date(element: Element) -> str:
    """What an element gives as a date: in an attribute for programs, as text, or in an attribute of what it contains."""
    written = element.get("title") if element.tag == "abbr" else None
    if written := written or element.get("datetime") or element.get("content"):
        return written
    text = text_content(element)
    if dates.find_dates(text[: dates.MAX_LINE]):
        return text
    named = (inner.get(name) for inner in islice(element.iter(), _MAX_INSIDE_DATE) for name in _DATE_ATTRIBUTES)
    return next((value for value in named if value and dates.parse_date(value)), text)


def _is_linked(heading: Element) -> bool:
    return next(heading.iter("a"), None) is not None or any(around.tag == "a" for around in heading.iterancestors())


def _is_update(names: str) -> bool:
    return "modif" in names or "update" in names


# A loop over all elements that reads two attributes takes a third of the time of the same XPath expression.
@serve_compiled("element_reader")
def find_marked(root: Element, classify: Callable[[str], int]) -> list[tuple[Element, int]]:
    """The elements that may be a byline or contain a date, with :data:`BYLINE` and :data:`DATE` as bits.

    ``classify`` gives the bits of the value of a ``class``.
    """
    return [(element, signs) for element in root.iter("*") if (signs := _read_signs(element, classify))]


def _read_signs(element: Element, classify: Callable[[str], int]) -> int:
    tag, class_names, itemprop = element.tag, element.get("class"), element.get("itemprop") or ""
    signs = classify(class_names) if class_names else 0
    is_author_link = tag == "a" and (
        "author" in (element.get("rel") or "") or "/author/" in (element.get("href") or "")
    )
    if is_author_link or itemprop == "author":
        signs |= BYLINE
    is_time = tag == "time" or (tag == "abbr" and element.get("title"))
    if is_time or "date" in itemprop or ":date" in (element.get("property") or ""):
        signs |= DATE
    return signs


@lru_cache(maxsize=16384)
def classify_class(class_names: str) -> int:
    """What the value of a ``class`` says of its element: :data:`BYLINE` and :data:`DATE` as bits."""
    is_byline, is_date = _BYLINE_CLASS.search(class_names), _DATE_CLASS.search(class_names)
    return (BYLINE if is_byline else 0) | (DATE if is_date else 0)


def _is_of_other_type(itemtype: str | None, itemprop: str | None) -> bool:
    """Whether microdata says that an element is about something else than the article."""
    if not (itemtype or itemprop):
        return False
    kind = f"{itemtype or ''} {itemprop or ''}".lower()
    return any(other in kind for other in _OTHER_TYPES)


@lru_cache(maxsize=16384)
def _is_called_aside(class_names: str, identity: str) -> bool:
    """Whether the names of an element are those of a part of the page that is about something else."""
    names = f"{class_names} {identity}".lower()
    for word in _ELEMENTS.aside.other:
        names = names.replace(word, "")
    return any(word in names for word in _ELEMENTS.aside.names)
