"""What of a page's markup is not read in the line: hidden text, text for screen readers, and text that is there twice."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TypeAlias

from cleaner.language.sentences import ends_like_sentence
from cleaner.page import class_names
from cleaner.page.class_names import classify_element
from cleaner.page.dom import Element
from cleaner.page.drop_caps import is_block_drop_cap, is_doubled_letter, is_drop_cap
from cleaner.page.formulas import find_formula, read_formula
from cleaner.page.link_notes import is_back_link, is_mark_link, is_new_window_note
from cleaner.page.twins import CLIPPED_STYLE, HIDING_STYLE, has_twin, text_of

_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)\s*(?:;|!|$)", re.IGNORECASE)
_INLINE_TAGS = frozenset(
    "a abbr acronym audio b bdi bdo big blink cite code data del dfn em embed figure font i img input ins kbd label link "
    "mark math meta meter nobr object output param picture progress q rb ruby s samp slot small source span strike "
    "strong sub sup time track tt u var video wbr".split()
)
_VOID_TAGS = frozenset("embed img input link meta param source track wbr".split())
# Elements whose children may be blocks: paragraphs, headings and items contain text.
_CONTAINER_TAGS = frozenset("article aside body div main section td header footer form center".split())
_TEXT_TAGS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li dt dd pre blockquote th figcaption caption button summary legend".split()
)
_BLOCK_CLASS_TAGS = frozenset("a b cite em i small span strong time".split())
_MAX_EXTRA_CHARS = 120
"""Characters of text for screen readers inside a line; longer ones describe a picture or a chart. Chosen by reading pages."""
_MIN_SENTENCE_CHARS = 60
"""Characters of a sentence in a ``span`` beside others that is a paragraph. Chosen by reading pages; not measured."""
_MIN_NUMBERS = 2


class Reading(Enum):
    """How an element is read, if not as a part of the text around it."""

    HIDDEN = auto()
    """As a hidden block behind the one around it."""
    READ_ALOUD = auto()
    """The same, unless there is other text in the block around it."""
    BLOCK = auto()
    """As a block, although its name is not that of one."""
    DROP_CAP = auto()
    """As the first letter of the word behind it."""


Instead: TypeAlias = Reading | str | None
"""A reading; or the text that is read instead of the element's own; or None, for the element's own text."""


def is_code(names: int) -> bool:
    """Whether the classes of an element say that it contains the lines of a program."""
    return names & class_names.CODE != 0


def is_gutter(element: Element) -> bool:
    """Whether ``element`` contains the numbers of lines of code."""
    return classify_element(element) & class_names.GUTTER != 0 and _is_numbers(element)


def find_block_reading(element: Element, names: int) -> Instead:
    """How a block-level element is read: numbers beside code not at all, a formula as one, a first letter with its word."""
    if names & class_names.GUTTER and _is_numbers(element):
        return ""
    if names & class_names.FORMULA:
        return find_formula(element)
    if names & class_names.DROP_CAP and is_block_drop_cap(element):
        return Reading.DROP_CAP
    return "" if element.tag == "pre" and _is_numbers(element) else None


def find_inline_reading(  # noqa: C901, PLR0911  questions in order of their price; a table of them takes twice the time
    element: Element, tag: str, *, linked: bool
) -> Instead:
    """How an element that is not block-level is read; ``linked`` says whether it is inside a link."""
    if tag not in _INLINE_TAGS and _is_alone(element):
        return Reading.BLOCK
    if tag == "math":
        return read_formula(element)
    names = classify_element(element)
    if names and (reading := _find_by_names(element, tag, names)) is not None:
        return reading
    style = element.get("style")
    if style and tag not in _VOID_TAGS and (reading := _find_by_style(element, style)) is not None:
        return reading
    if element.get("hidden") is not None:
        return Reading.HIDDEN
    if element.get("aria-hidden") == "true" and (has_twin(element) or is_doubled_letter(element)):
        return ""
    if tag == "a":
        return "" if is_mark_link(element) else None
    if tag == "span":
        if element.get("role") == "tooltip":
            return Reading.HIDDEN
        if linked:
            return "" if is_new_window_note(element.text or "") else None
        return Reading.BLOCK if _is_sentence_among_others(element) else None
    return None


def _find_by_style(element: Element, style: str) -> Instead:
    if HIDING_STYLE.search(style):
        return _read_unseen(element, is_extra=False)
    if CLIPPED_STYLE.search(style):
        return _read_unseen(element, is_extra=True)
    return Reading.BLOCK if _BLOCK_STYLE.search(style) else None


def _read_unseen(element: Element, *, is_extra: bool) -> Instead:
    """How a hidden element is read; ``is_extra`` says that it is read aloud."""
    if has_twin(element):
        return ""
    return Reading.READ_ALOUD if is_extra and len(text_of(element)) <= _MAX_EXTRA_CHARS else Reading.HIDDEN


def _find_by_names(element: Element, tag: str, names: int) -> Instead:  # noqa: PLR0911  an answer a class
    if names & class_names.FORMULA and (formula := find_formula(element)) is not None:
        return formula
    if names & class_names.FORMULA_PREVIEW and _is_rendered(element.getnext()):
        return ""
    if names & class_names.FORMULA_PICTURE and tag == "img":
        return element.get("alt") or ""
    if names & class_names.UNSEEN:
        return _read_unseen(element, is_extra=names & class_names.SCREEN_READER != 0)
    if names & class_names.GUTTER and _is_numbers(element):
        return ""
    if (names & class_names.BACK_LINK and is_back_link(element)) or names & class_names.EDIT_LINK:
        return ""
    if names & class_names.DROP_CAP and is_drop_cap(element):
        return "" if element.get("aria-hidden") == "true" and is_doubled_letter(element) else Reading.DROP_CAP
    return Reading.BLOCK if names & class_names.BLOCK and tag in _BLOCK_CLASS_TAGS else None


def read_script_formula(script: Element) -> str:
    """The TeX in a ``script``, unless the page also has what a browser made of it; empty for other scripts."""
    if not (script.get("type") or "").startswith("math/tex"):
        return ""
    return "" if _is_rendered(script.getprevious()) or _is_rendered(script.getnext()) else script.text or ""


def _is_numbers(element: Element) -> bool:
    """Whether ``element`` contains nothing but line numbers, or nothing; without a class that says so, several in a row."""
    numbers = text_of(element).split()
    if not all(number.isdecimal() for number in numbers):
        return False
    if element.tag != "pre" or element.get("class"):
        return True
    return len(numbers) >= _MIN_NUMBERS and [int(number) for number in numbers] == list(
        range(int(numbers[0]), int(numbers[0]) + len(numbers))
    )


def _is_rendered(element: Element | None) -> bool:
    """Whether ``element`` is a formula as a browser shows it."""
    if element is None:
        return False
    if element.tag == "mjx-container":
        return True
    return classify_element(element) & class_names.FORMULA != 0 and bool(text_of(element).strip())


def _is_alone(element: Element) -> bool:
    """Whether there is no text beside ``element`` in a container: then an unknown element is a block."""
    around = element.getparent()
    if around is None or (around.tag not in _CONTAINER_TAGS and around.tag in _INLINE_TAGS | _TEXT_TAGS):
        return False
    before = element.getprevious()
    gap = around.text if before is None else before.tail
    return not (gap or "").strip() and not (element.tail or "").strip()


def _is_sentence_among_others(span: Element) -> bool:
    """Whether ``span`` is one of several sentences in a container with no space between: a style sheet separates them."""
    end = span[-1].tail if len(span) else span.text
    if not end or span.tail or not ends_like_sentence(end) or not _is_alone(span):
        return False
    text = text_of(span)
    if len(text) < _MIN_SENTENCE_CHARS or not _begins_like_sentence(text):
        return False
    before, behind = span.getprevious(), span.getnext()
    if before is not None and (before.tag != "span" or not ends_like_sentence(text_of(before))):
        return False
    if behind is not None and (behind.tag != "span" or not _begins_like_sentence(text_of(behind))):
        return False
    return before is not None or behind is not None


def _begins_like_sentence(text: str) -> bool:
    return bool(text) and not text[0].isspace() and not text[0].islower()
