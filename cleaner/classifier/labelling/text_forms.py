"""What a line is by its form alone: a date, a breadcrumb, code, a picture's file name, a row of headlines."""

from __future__ import annotations

import re
from collections.abc import Callable

from cleaner import data
from cleaner.classifier.labelling.line_types import LineType
from cleaner.data.file_types import Agencies, LineWords
from cleaner.labels import Label
from cleaner.language.characters import make_alternation
from cleaner.language.line_patterns import is_date_line

_WORDS = data.load_data(LineWords)
_AGENCIES = data.load_data(Agencies)
# Atomic: ``_`` is a joint only where a word follows. If it could be either, the time would double with each.
_FILE_WORD = r"[\w.](?:[^\W_]|\.|_(?![\w.]))*+"
_FILE = re.compile(
    rf"\S+\.(?:jpe?g|png|gif|webp|svg)|{_FILE_WORD}[-_]{_FILE_WORD}[-_][\w.]++(?:-[\w.]++)*+", re.IGNORECASE
)
_CREDITED = re.compile(
    rf"(?:/|\||©)\s*(?:{make_alternation(_AGENCIES.behind_mark, rest='.*')}|.*{make_alternation(_AGENCIES.last_words)})\W*$"
)
_LONGEST_CREDIT = 400
"""Characters, as of a caption."""
_PICTURES = frozenset(_WORDS.picture.clues)
_PICTURED = re.compile(
    rf"\b{make_alternation(_WORDS.picture.of)} (?:of|showing)\b|"
    rf"^{make_alternation(_WORDS.picture.first_words)}\b ?{make_alternation(_WORDS.picture.by)}|"
    rf"(?:^|[\s-]){make_alternation(_WORDS.picture.last_words)}$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[^\s@]++@[^\s@]+\.\w{2,}")
_TRAIL = re.compile(r"^[^>»]{1,40}(?: [>»] [^>»]{1,60})+$")
_CODE = re.compile(r"[{};]$|^[<{}]|=>|\)\s*\{|\w\(\)|^</?\w")
_TOLD = re.compile(r"[\d>»{};<()@#]")
"""One of these stands in every line that its form tells; most lines hold none, and are spared the expressions above."""
_TAGGED = re.compile(r"#\w+(?:\s+#\w+)*")
_SAYS = re.compile(rf"(?: {make_alternation(data.flatten_words(_WORDS.says))}\s*:?|:\s*:)$", re.IGNORECASE)
_CURRENCIES = frozenset("$€£¥₹")
_PRICE = re.compile(
    rf"(?:^|\b{make_alternation(data.flatten_words(_WORDS.prices))}:? ?)[$€£¥₹] ?\d[\d.,]*(?![\w-]| \w?illion)|"
    r"^\d[\d.,]* ?[$€£¥₹](?!\w)",
    re.IGNORECASE,
)
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_PRICE_WORDS = 7
"""Blanks in the longest line of a product and its price, plus one."""
_TICKS = ("✔", "✓", "✅", "☑")
_DIGIT = re.compile(r"\d")
_COUNTED = re.compile(r"\(\d+\)$")
_COUNTED_WORDS = 4
"""Words of the longest entry of a menu that says how many pages it leads to."""
_LONGEST_STAMP = 90
"""Characters."""
_STAMP = re.compile(
    r"\d(?:st|nd|rd|th)?\b.*\b\d{1,2}:\d{2}\b|^posted by: .*\d{4}|\d.*\bpermalink$| (?:said|says)(?:\.\.\.|:)$",
    re.IGNORECASE,
)
_MONTHLY = re.compile(r"[^\W\d]{3,12}\.? \d{4}")
_INTRODUCED = re.compile(rf"(?:[A-ZÀ-Þ][\w.’'-]+ ){{2,3}}{make_alternation(data.flatten_words(_WORDS.introductions))} ")
_LONGEST_WORD = 45
"""Letters."""
_LONG_TITLE = 15
"""Characters."""
_BARS = frozenset("|–—-·•:»/")
_STRIP_PARTS = 4
_HEADLINE_WORDS = 4
"""A strip has at least so many parts; from so many words a part on, they are headlines."""
_WORDED = 0.93
"""Share of letters and blanks in a line from which it is made of words."""


def is_stamped(text: str) -> bool:
    """Whether ``text`` is short and says who wrote at what time, as the line above or below a reader's comment."""
    likely = ":" in text or text.endswith(("...", "ermalink"))
    return likely and len(text) <= _LONGEST_STAMP and _STAMP.search(text) is not None


def is_monthly(text: str) -> bool:
    """Whether ``text`` is a month and its year, as entries of an archive are."""
    return _MONTHLY.fullmatch(text) is not None


def has_digit(text: str) -> bool:
    """Whether there is a digit in ``text``."""
    return _DIGIT.search(text) is not None


def is_ticked(text: str) -> bool:
    """Whether ``text`` is ticked off, as what an offer comes with is."""
    return text.startswith(_TICKS)


def is_glued(text: str) -> bool:
    """Whether words of several links stand in ``text`` without a blank."""
    return len(text) > _LONGEST_WORD and max(map(len, text.split())) > _LONGEST_WORD and "/" not in text


def is_picture(text: str, spaced: str) -> bool:
    """Whether ``text`` is a picture's file name, its credit, or says that it speaks of a picture.

    ``spaced`` are its words as lexicons read them.
    """
    if " " not in text and not text.isalpha() and _FILE.fullmatch(text):
        return True
    if len(text) <= _LONGEST_CREDIT and ("/" in text or "|" in text or "©" in text) and _CREDITED.search(text):
        return True
    return not _PICTURES.isdisjoint(spaced.split()) and _PICTURED.search(text) is not None


def label_by_form(text: str) -> Label | None:
    """What a line is by its form alone: a date, an entry of a menu, code, a price, an e-mail address, hashtags."""
    if not _TOLD.search(text):
        return None
    return next((label for has_form, label in _FORMS if has_form(text)), None)


def _is_entry(text: str) -> bool:
    """Whether ``text`` is a breadcrumb, leads to the stories before and after, or says to how many pages it leads."""
    counted = text[-1] == ")" and text.count(" ") < _COUNTED_WORDS and _COUNTED.search(text) is not None
    around = text[0] == "«" and text[-1] == "»"
    return counted or around or _TRAIL.search(text) is not None


def _is_price(text: str) -> bool:
    priced = not _CURRENCIES.isdisjoint(text) and text.count(" ") < _PRICE_WORDS
    return priced and _PRICE.search(text) is not None


_FORMS: tuple[tuple[Callable[[str], object], Label], ...] = (
    (is_date_line, Label.TIMESTAMP),
    (_is_entry, Label.NAVIGATION),
    (_CODE.search, Label.OTHER),
    (_is_price, Label.ADVERTISEMENT),
    (_ADDRESS.fullmatch, Label.BYLINE),
    (_TAGGED.fullmatch, Label.TAGS),
)
"""Forms, and what lines of each are: the first counts."""


def is_worded(text: str) -> bool:
    """Whether ``text`` is made of words and starts with a capital, as headlines do and rows of tables and code do not."""
    letters = sum(map(str.isalpha, text)) + text.count(" ")
    return not text[0].islower() and letters > _WORDED * len(text)


def is_suffixed(text: str, headline: str) -> bool:
    """Whether ``text`` is the headline with the site's name or a section after it, as in a page's title."""
    return (
        len(text) > len(headline) > _LONG_TITLE
        and text.startswith(headline)
        and text[len(headline) :].lstrip()[:1] in _BARS
    )


def introduces_person(text: str) -> bool:
    """Whether ``text`` starts with a name of two words or three and goes on to say who that is."""
    return _INTRODUCED.match(text) is not None


def introduces_quote(text: str) -> bool:
    """Whether ``text`` says who says what follows, as stands above a reader's comment."""
    return _SAYS.search(text) is not None


def classify_strip(text: str) -> LineType | None:
    """What stands between the bars or line breaks of ``text``: headlines (a line each), or entries of a menu; None without them."""
    mark = "|" if "|" in text else "\n"
    if mark not in text:
        return None
    parts = [part for part in text.split(mark) if part.strip()]
    if len(parts) < _STRIP_PARTS:
        return None
    words = sum(len(part.split()) for part in parts)
    return LineType.LINE if words >= _HEADLINE_WORDS * len(parts) else LineType.SHORT
