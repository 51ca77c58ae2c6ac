"""Captions of pictures on an HTML page; in a photo essay, whose captions are the text, they are its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from cleaner import data
from cleaner.data.word_types import Agencies, PictureCredits
from cleaner.front_matter.findings import BY_LINE, Finding
from cleaner.labels import Label
from cleaner.language.characters import contains_any, make_alternation
from cleaner.language.sentences import STOPS, ends_like_sentence, is_prose
from cleaner.model import Block, Blocks, Role
from cleaner.page.boxes import Box, is_inside
from cleaner.page.dom import Element

_WORDS = data.load_data(PictureCredits)

# Numbers of this module were chosen by reading pages; none was measured.
_MAX_CLASS_DISTANCE = 30
"""Characters at the end of an element path that are searched for "caption"."""
_MAX_CAPTION_CHARS = 500
"""Characters of a caption that only its credit or its place shows; longer ones are paragraphs."""
MAX_CREDIT_CHARS = 90
"""Characters of a credit."""
_MAX_LINK_SHARE = 0.3
"""Share of the characters of a caption that only its credit or its place shows in links; with more it is a link to another page."""
_MIN_ESSAY_CAPTIONS = 3
_MIN_ESSAY_CHARS = 60
"""Characters of a caption that may be a paragraph of a photo essay."""
_MAX_OTHER_CHARS = 600
"""Characters of the other sentences on the page of a photo essay: an introduction."""
_MIN_ESSAY_SHARE = 2.0
"""How often the captions of a photo essay have as many characters as the other sentences of the page."""

_COLON = make_alternation(data.flatten_words(_WORDS.before_colon), left=True)
_NAME = make_alternation(data.flatten_words(_WORDS.before_name), left=True)
_AGENCY = make_alternation(data.load_data(Agencies).in_brackets, right=True)
# A name has no end of a sentence but initials and "Inc."; it begins with a capital, or is that of an agency.
_PERSON = rf"(?:(?-i:[^\W\d_a-zа-яß-öø-ÿ])|{_AGENCY}|[a-z]+[A-Z@/])[^{STOPS}]{{0,60}}(?:\.[^{STOPS}]{{1,30}}){{0,3}}"
_STOP = rf"[{STOPS}…»”\"'’)\]|–—(]\s*"
_CREDIT = re.compile(
    rf"(?:{_STOP}|^|[,;·•/-]\s*|\s(?=[^\W\d_a-zа-яß-öø-ÿ]))(?i:{_COLON})\s*[:：©]+\s*(?i:{_PERSON})[)\]]?$|"
    rf"{_STOP}(?i:{_COLON}\s*[:：©]+|{_NAME})\s*{_PERSON}[)\]]?\.?$"
)
_COPYRIGHT = re.compile(rf"[{STOPS}…»”\"'’)\]|–—-]\s*(?:©|\([cC]\))\s*(?:\d{{4}}\s*)?{_PERSON}[)\]]?$")
_BEHIND = data.flatten_words(_WORDS.behind_name)
_CREDIT_BEHIND = re.compile(rf"[、，,=＝。(（/]\s*[^、。，,=＝\s]{{2,14}}\s?{make_alternation(_BEHIND)}[)）]?$")
# Every credit contains one of these; a fast test before the others.
_CLUES = (":", "©", " by ", " of ", " von ", " de ", " di ", " par ", " por ", " van ", "：", "(c)", "(C)", "ot. ")
_CREDIT_WORDS = frozenset(
    phrase.partition(" ")[0].rstrip("*")
    for phrases in (_WORDS.before_colon, _WORDS.before_name)
    for phrase in data.flatten_words(phrases)
)
_CREDIT_STEMS = sorted(
    word for word in _CREDIT_WORDS if not any(other in word for other in _CREDIT_WORDS if other != word)
)
"""Nor is there one without a word that contains one of these."""
_COPYRIGHT_SIGNS = ("©", "(c)", "(C)")
_PICTURES = frozenset("img picture figure amp-img svg video iframe".split())
_ASIDE_TAGS = frozenset("nav footer aside header".split())


def find_captions(blocks: Blocks, boxes: Sequence[Box]) -> Iterator[Finding]:
    """A finding for each caption: it is in a ``figcaption``, has such a class, or ends with a credit, or is small below a picture.

    In a photo essay the captions are paragraphs: where they are sentences and there are few others.
    """
    marked = _find_marked(blocks)
    captions = dict.fromkeys(marked, "the caption of a figure")
    # Thousands of blocks may be texts of one element, between breaks and rules.
    is_small, is_below_picture = cache(_is_small), cache(_is_below_picture)
    for block, box in zip(blocks, boxes, strict=True):
        if (
            block.index not in captions
            and (why := _recognize_caption(block, box, is_small, is_below_picture)) is not None
        ):
            captions[block.index] = why
    essay = _find_essay(blocks, boxes, captions)
    for index, why in captions.items():
        if index in essay:
            yield Finding(
                Label.PARAGRAPH, index, None, BY_LINE, "a caption, of which the text of a photo essay consists"
            )
        else:
            yield Finding(Label.CAPTION, index, None, BY_LINE, why)


def ends_with_credit(text: str) -> bool:
    """Whether ``text`` ends with a picture's credit, or is one.

    >>> ends_with_credit("The bridge at dawn. Foto: dpa"), ends_with_credit("He saw the picture: a bridge.")
    (True, False)
    """
    tail = text[-MAX_CREDIT_CHARS:]
    if not tail.isascii() and tail.rstrip(")）").endswith(_BEHIND) and _CREDIT_BEHIND.search(tail):
        return True
    may_be = contains_any(tail, _CLUES) and contains_any(tail.casefold(), _CREDIT_STEMS)
    return may_be and _CREDIT.search(tail) is not None


def ends_with_copyright(text: str) -> bool:
    """Whether ``text`` ends with a copyright as pictures have it: behind a sentence, without a year.

    >>> ends_with_copyright("The loft in 1962. © County Archive"), ends_with_copyright("All rights reserved. © 2024 The Post")
    (True, False)
    """
    tail = text[-MAX_CREDIT_CHARS:]
    found = _COPYRIGHT.search(tail) if contains_any(tail, _COPYRIGHT_SIGNS) else None
    return found is not None and not any(map(str.isdigit, found[0]))


def _find_marked(blocks: Blocks) -> list[int]:
    is_marked = {path: "caption" in path[-_MAX_CLASS_DISTANCE:].lower() for path in {block.path for block in blocks}}
    return [block.index for block in blocks if block.role is Role.CAPTION or is_marked[block.path]]


def _recognize_caption(
    block: Block, box: Box, is_small: Callable[[Element], bool], is_below_picture: Callable[[Element], bool]
) -> str | None:
    """Why an unmarked block is a caption; None if nothing shows that it is."""
    if block.role not in (Role.PARAGRAPH, Role.LIST_ITEM, Role.QUOTE) or len(block.text) > _MAX_CAPTION_CHARS:
        return None
    if block.link_share > _MAX_LINK_SHARE:
        return None
    if ends_with_credit(block.text):
        return "ends with the credit of a picture"
    tail = block.text[-MAX_CREDIT_CHARS:]
    is_copyright = contains_any(tail, _COPYRIGHT_SIGNS) and _COPYRIGHT.search(tail) is not None
    if not (is_copyright or is_small(box.element)) or not is_below_picture(box.element):
        return None
    return "ends with the copyright of the picture above it" if is_copyright else "small text below a picture"


def _is_below_picture(element: Element) -> bool:
    """Whether the first thing in ``element``, or directly before it, is a picture."""
    first = None if (element.text or "").strip() else next(iter(element), None)
    if first is not None and _is_picture(first):
        return True
    before = element.getprevious()
    return before is not None and not (before.tail or "").strip() and _is_picture(before)


def _is_picture(element: Element) -> bool:
    """Whether ``element`` is a picture, perhaps in a link or a box, and nothing else."""
    if element.tag in _PICTURES:
        return True
    return next(element.iter(*_PICTURES), None) is not None and not "".join(element.itertext()).strip()


def _is_small(element: Element) -> bool:
    """Whether all text of ``element`` is in ``small`` elements."""
    if element.tag == "small":
        return True
    if next(element.iterchildren("small"), None) is None:  # find() reads its argument as a path
        return False
    texts = [element.text, *(child.tail for child in element)]
    shown = [child for child in element if child.tag not in _PICTURES and "".join(child.itertext()).strip()]
    return (
        bool(shown)
        and not any(text and text.strip() for text in texts)
        and all(child.tag == "small" for child in shown)
    )


def _find_essay(blocks: Blocks, boxes: Sequence[Box], captions: dict[int, str]) -> frozenset[int]:
    """Indices of the captions that are the text of a photo essay; none on other pages."""
    own = [blocks[index] for index in captions if not blocks[index].link_share and not blocks[index].hidden]
    spoken = {block.index for block in own if ends_like_sentence(block.text)}
    sentences = [
        block.index
        for block in own
        if len(block.text) >= _MIN_ESSAY_CHARS and (block.index in spoken or ends_with_credit(block.text))
    ]
    if len(sentences) < _MIN_ESSAY_CAPTIONS:
        return frozenset()
    others = sum(
        len(block.text)
        for block, box in zip(blocks, boxes, strict=True)
        if block.index not in captions and is_prose(block.text) and not is_inside(box, _ASIDE_TAGS)
    )
    size = sum(len(blocks[index].text) for index in sentences)
    is_essay = others <= min(_MAX_OTHER_CHARS, size / _MIN_ESSAY_SHARE)
    return frozenset(spoken.union(sentences)) if is_essay else frozenset()
