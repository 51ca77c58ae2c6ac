"""What of a page's markup is not read in the line: hidden text, text for screen readers, and text that is there twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from itertools import islice
from typing import TypeAlias

from cleaner import data
from cleaner.data.file_types import UnseenText
from cleaner.language.characters import make_alternation, normalize_line, normalize_phrase, strip_whitespace
from cleaner.language.sentences import ends_like_sentence
from cleaner.page import class_names
from cleaner.page.class_names import classify_element
from cleaner.page.dom import Element
from cleaner.page.formulas import find_formula, read_formula

_DATA = data.load_data(UnseenText)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# What style sheets of screen reader text say, if it is in the attribute.
_CLIPPED_STYLE = re.compile(
    r"\bclip(?:-path)?\s*:\s*(?:rect\(\s*[01](?:px)?[\s,]|inset\(\s*(?:50|100)%)|\b(?:left|top)\s*:\s*-\d{3,}",
    re.IGNORECASE,
)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)\s*(?:;|!|$)", re.IGNORECASE)
_INLINE_TAGS = frozenset(
    "a abbr acronym audio b bdi bdo big blink cite code data del dfn em embed figure font i img input ins kbd label link "
    "mark math meta meter nobr object output param picture progress q rb ruby s samp slot small source span strike "
    "strong sub sup time track tt u var video wbr".split()
)
_VOID_TAGS = frozenset("embed img input link meta param source track wbr".split())
# Elements whose children may be blocks: paragraphs, headings and items contain text.
_CONTAINER_TAGS = frozenset("article aside body div main section td header footer form center".split())
_NEVER_READ_TAGS = frozenset("script style template".split())
_HEADING_TAGS = frozenset("h1 h2 h3 h4 h5 h6 dt".split())
_BLOCK_CLASS_TAGS = frozenset("a b cite em i small span strong time".split())
_MAX_NOTE_CHARS = 60
"""Characters of a link back from a footnote, and of "opens in a new window": longer than any seen."""
_MAX_EXTRA_CHARS = 120
"""Characters of text for screen readers inside a line; longer ones describe a picture or a chart. Chosen by reading pages."""
_MIN_SENTENCE_CHARS = 60
"""Characters of a sentence in a ``span`` beside others that is a paragraph. Chosen by reading pages; not measured."""
_MAX_TWIN_CHARS = 500
"""Characters of a text that is looked for beside its element: a bound on time, above any sentence."""
_MIN_NUMBERS = 2
# Letters that are words, in the languages with Latin, Greek or Cyrillic letters.
_WORDS_OF_A_LETTER = frozenset("AÀÁEÈÉIOÓUYZAВИКОСУЯАΗΟ")


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


_BACK_ARROWS, _OWN_ANCHORS = frozenset(_DATA.links.back_arrows), frozenset(_DATA.links.own_anchors)
_NEW_WINDOW = frozenset(map(normalize_phrase, data.flatten_words(_DATA.new_window)))
_NOTE_STARTS = frozenset(note[:3] for note in _NEW_WINDOW)
_MIN_NOTE_CHARS = min(map(len, _NEW_WINDOW))
_IN_BRACKETS = re.compile(r"\s*[(\[（]([^()\[\]（）]{5,60})[)\]）]\s*$")


def is_hidden(element: Element, tag: object, names: int) -> bool:
    """Whether a browser hides ``element``, whose classes are ``names``, by its attributes.

    A hidden ``h1`` counts as shown: pages whose headline is a picture have the title there.
    """
    style = element.get("style")
    if style and _HIDING_STYLE.search(style):
        return True
    if element.get("hidden") is not None or (tag == "dialog" and element.get("open") is None):
        return True
    return names & class_names.UNSEEN != 0 and tag != "h1"


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
    if names & class_names.DROP_CAP and _is_block_drop_cap(element):
        return Reading.DROP_CAP
    return "" if element.tag == "pre" and _is_numbers(element) else None


def find_inline_reading(element: Element, tag: str, *, linked: bool) -> Instead:
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
    if element.get("aria-hidden") == "true" and (_has_twin(element) or _is_doubled_letter(element)):
        return ""
    if tag == "a":
        return "" if _is_mark_link(element) else None
    if tag == "span":
        if element.get("role") == "tooltip":
            return Reading.HIDDEN
        if linked:
            return "" if is_new_window_note(element.text or "") else None
        return Reading.BLOCK if _is_sentence_among_others(element) else None
    return None


def _find_by_style(element: Element, style: str) -> Instead:
    if _HIDING_STYLE.search(style):
        return _read_unseen(element, is_extra=False)
    if _CLIPPED_STYLE.search(style):
        return _read_unseen(element, is_extra=True)
    return Reading.BLOCK if _BLOCK_STYLE.search(style) else None


def _read_unseen(element: Element, *, is_extra: bool) -> Instead:
    """How a hidden element is read; ``is_extra`` says that it is read aloud."""
    if _has_twin(element):
        return ""
    return Reading.READ_ALOUD if is_extra and len(_text_of(element)) <= _MAX_EXTRA_CHARS else Reading.HIDDEN


def _find_by_names(element: Element, tag: str, names: int) -> Instead:
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
    if names & class_names.BACK_LINK and _is_back_link(element):
        return ""
    if names & class_names.DROP_CAP and _is_letter(_drop_cap_of(element)):
        return "" if element.get("aria-hidden") == "true" and _is_doubled_letter(element) else Reading.DROP_CAP
    return Reading.BLOCK if names & class_names.BLOCK and tag in _BLOCK_CLASS_TAGS else None


def read_script_formula(script: Element) -> str:
    """The TeX in a ``script``, unless the page also has what a browser made of it; empty for other scripts."""
    if not (script.get("type") or "").startswith("math/tex"):
        return ""
    return "" if _is_rendered(script.getprevious()) or _is_rendered(script.getnext()) else script.text or ""


def read_drop_cap(element: Element, rest: str | None) -> tuple[str, str]:
    """The first letter in ``element``, and ``rest``, the text behind it, joined to one word where they are parts of one."""
    letter, rest = _drop_cap_of(element), rest or ""
    behind = rest.lstrip()
    is_torn = behind != rest and letter[-1:] not in _WORDS_OF_A_LETTER and (not behind or behind[0].islower())
    return letter, behind if is_torn else rest


def cut_new_window_note(text: str) -> str:
    """The text of a link without "(opens in a new window)" at its end."""
    if not text.rstrip().endswith((")", "]", "）")):
        return text
    match = _IN_BRACKETS.search(text)
    return text[: match.start()] if match and is_new_window_note(match[1]) else text


def is_new_window_note(text: str) -> bool:
    """Whether ``text`` says that a link opens in a new window, or on another site."""
    if not _MIN_NOTE_CHARS <= len(text) <= _MAX_NOTE_CHARS:
        return False
    return text.strip(" \n(,;[（")[:3].casefold() in _NOTE_STARTS and normalize_phrase(text).strip(" ,;") in _NEW_WINDOW


def _text_of(element: Element) -> str:
    if not len(element):
        return element.text or ""
    return "".join(element.itertext())


def _drop_cap_of(element: Element) -> str:
    return normalize_line(_text_of(element)) or normalize_line(element.get("alt") or _alt_of_picture(element))


def _alt_of_picture(element: Element) -> str:
    picture = next(element.iter("img"), None)
    return "" if picture is None else picture.get("alt") or ""


def _is_letter(text: str) -> bool:
    """Whether ``text`` is one capital letter, perhaps behind a quotation mark."""
    letter = text.lstrip("\"'“„«‘‹¿¡ ")
    return len(letter) == 1 and letter.isupper()


def _is_block_drop_cap(element: Element) -> bool:
    behind = element.getnext()
    if behind is None or not _is_letter(_drop_cap_of(element)) or (element.tail or "").strip():
        return False
    rest = _text_of(behind).lstrip()
    return rest[:1].islower() or rest[:1] in "’'"


def _is_numbers(element: Element) -> bool:
    """Whether ``element`` contains nothing but line numbers, or nothing; without a class that says so, several in a row."""
    numbers = _text_of(element).split()
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
    return classify_element(element) & class_names.FORMULA != 0 and bool(_text_of(element).strip())


def _is_back_link(element: Element) -> bool:
    """Whether the text of an element with the class of a back link is no number of a footnote, and no heading."""
    text = _text_of(element).strip()
    return len(text) <= _MAX_NOTE_CHARS and not text.strip("[]().").isdecimal() and not _is_in_heading(element)


def _is_in_heading(element: Element) -> bool:
    return any(around.tag in _HEADING_TAGS for around in islice(element.iterancestors(), 2))


def _is_mark_link(link: Element) -> bool:
    """Whether a link goes back from a footnote to its mark, or from a heading to itself."""
    address = link.get("href")
    if not address or "#" not in address:
        return False
    text = set(strip_whitespace(_text_of(link)))
    if link.get("role") == "doc-backlink" or (text and text <= _BACK_ARROWS):
        return True
    return bool(text) and text <= _OWN_ANCHORS and _is_in_heading(link)


def _has_twin(element: Element) -> bool:
    """Whether the text of ``element`` is also directly before or behind it, where it is read instead.

    Of two twins the one that is easier to see is read, of equal ones the first.
    """
    own = strip_whitespace(_text_of(element)).casefold()
    if not own or len(own) > _MAX_TWIN_CHARS:
        return False
    rank, tail = _rank_visibility(element), element.tail or ""
    before, behind = element.getprevious(), element.getnext()
    twins = [tail]
    if before is not None and not (before.tail or "").strip() and _rank_visibility(before) >= rank:
        twins.append(_text_of(before))
    if behind is not None and not tail.strip() and _rank_visibility(behind) > rank:
        twins.append(_text_of(behind))
    return any(strip_whitespace(text).casefold() == own for text in twins)


def _rank_visibility(element: Element) -> int:
    """2 for an element that everybody can read, 1 for one that only eyes can, 0 for a hidden one, -1 for a script."""
    if element.tag in _NEVER_READ_TAGS:
        return -1
    if is_hidden(element, element.tag, classify_element(element)) or _CLIPPED_STYLE.search(element.get("style") or ""):
        return 0
    return 1 if element.get("aria-hidden") == "true" else 2


def _is_doubled_letter(element: Element) -> bool:
    """Whether ``element`` is a first letter, and the word behind it begins with it again."""
    letter = _drop_cap_of(element)
    if not _is_letter(letter):
        return False
    behind = (element.tail or "").lstrip()
    if not behind and (near := element.getnext()) is not None:
        behind = _text_of(near).lstrip()
    return behind.startswith(letter) and behind[len(letter) : len(letter) + 1].islower()


def _is_alone(element: Element) -> bool:
    """Whether there is no text beside ``element`` in a container: then an unknown element is a block."""
    around = element.getparent()
    if around is None or (around.tag not in _CONTAINER_TAGS and around.tag in _INLINE_TAGS | _TEXT_TAGS):
        return False
    before = element.getprevious()
    gap = around.text if before is None else before.tail
    return not (gap or "").strip() and not (element.tail or "").strip()


_TEXT_TAGS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li dt dd pre blockquote th figcaption caption button summary legend".split()
)


def _is_sentence_among_others(span: Element) -> bool:
    """Whether ``span`` is one of several sentences in a container without any space between them, so that only a style
    sheet can separate them.
    """
    end = span[-1].tail if len(span) else span.text
    if not end or span.tail or not ends_like_sentence(end.rstrip()):
        return False
    if not _is_alone(span) or not any(near.tag == "span" for near in _neighbours(span)):
        return False
    return len(normalize_line(_text_of(span))) >= _MIN_SENTENCE_CHARS


def _neighbours(element: Element) -> Iterator[Element]:
    return (near for near in (element.getprevious(), element.getnext()) if near is not None)
