"""Patterns of the inline marks of Markdown."""

from __future__ import annotations

import re

TEXT_END, CELL = "\x01", "\x02"
"""Control characters that no text of a dump contains: the end of a text, and the start of a table row."""

UNMARKED = re.compile(r"[^\[\]\\*_`<&~\x02]*+")
LONE_LINK = re.compile(r"\[([^\[\]()\\*_`<&~\x02^]++)\]\([^\s()<>\\]++\)")
TOKEN = re.compile(
    r"\\[!-/:-@\[-`{-~]|`++|!?\[|\]|</?[A-Za-z][^<>\x01]*+>|<!--|\*++|_++|~~++|"
    r"&(?:\#\d{1,7}|\#[xX][\dA-Fa-f]{1,6}|[A-Za-z]\w{1,31});|\||[\x01\x02]"
)
DESTINATION = re.compile(
    r"\(\s*+(?:<[^<>\x01]*+>|(?:[^\s()\\\x01]|\\.|\((?:[^\s()\\\x01]|\\.)*+\))*+)"
    r"(?:\s++(?:\"[^\"\x01]*+\"|'[^'\x01]*+'|\([^()\x01]*+\)))?+\s*+\)"
)
# Addresses with blanks or brackets in them, and titles with quotes.
LOOSE_DESTINATION = re.compile(
    r"\(\s*+(?=<?(?:[a-z]{2,12}:|www\.|[/#.?]|[\w/%-]++\.\w))[^()\x01]*+(?:\([^()\x01]*+\)[^()\x01]*+)*+\)"
)
REFERENCE = re.compile(r" ?\[([^\[\]\x01]*+)\]")
ATTRIBUTES = re.compile(r"\{[.#:=\w][^{}\x01]*+\}")
CODE_ATTRIBUTES = ("{.", "{#", "{=")
ADDRESS = re.compile(r"<(?:[a-z][a-z0-9+.-]{1,20}:|[^\s<>@/]+@)[^\s<>]*>", re.IGNORECASE)
BREAKS = re.compile(r"</?(?:br|p|div|li|tr|td|h[1-6]|hr)\b", re.IGNORECASE)
TAG = re.compile(
    r"</?(?:a|abbr|article|aside|audio|b|big|blockquote|br|button|center|cite|code|dd|del|details|div|dl|dt|em|embed|"
    r"figcaption|figure|font|footer|form|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|label|li|link|main|mark|meta|nav|"
    r"object|ol|p|path|picture|pre|q|s|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|"
    r"svg|table|tbody|td|template|textarea|tfoot|th|thead|time|tr|u|ul|var|video|wbr)(?:[\s/][^<>]*+)?>",
    re.IGNORECASE,
)
TAGS_ALONE = re.compile(rf"(?:(?:{TAG.pattern}|<!--(?:[^-]|-(?!->))*+-->)\s*+)++", re.IGNORECASE)
"""Nothing but tags and comments."""
_BARE_TAG = re.compile(r"<(?!br|p>|hr|wbr)([a-z][a-z0-9]*+)>")
_MENTIONED = " .,;:)"
_BEFORE = 2
"""Characters before a mentioned tag: the end of a word and a space."""


def is_mentioned(tag: str, text: str, end: int) -> bool:
    """Whether a tag that ends at ``end`` is a word of a sentence: "the <section> element".

    It has no attributes, a word before it, and no partner that closes it.

    >>> is_mentioned("<b>", "put <b> before it", 7), is_mentioned("<b>", "put <b> bold</b>", 7)
    (True, False)
    """
    found = _BARE_TAG.fullmatch(tag)
    if found is None or text[end] not in _MENTIONED:
        return False
    before = text[max(0, end - len(tag) - _BEFORE) : end - len(tag)]
    return before.endswith(" ") and before[0].isalpha() and text.find(f"</{found[1]}>", end) < 0
