"""Lines that were joined by a sign: ``" | ".join(texts)``, tabs, slashes, tokens of corpora."""

from __future__ import annotations

import re

from cleaner.language.sentences import ends_like_sentence, is_unspaced

_SPACED_SIGNS = (
    "|", "||", "|||", "/", "//", "///", "\\", "\\n", "\\\\", "¶", "⏎", "↵", "•", "·", "~", "~~", ";", ";;", "#", "##", "###",
    "--", "---", "::", "<n>", "<nl>", "<sep>", "[SEP]", "</s>", "@@",
)  # fmt: skip
_SIGNS = ("\t", *(f" {sign} " for sign in _SPACED_SIGNS))
_MIN_SIGNS, _SIGNS_A_LINE, _MIN_PARAGRAPHS = 7, 2, 3
"""Signs of a page, signs for each end of a line that is in its texts, and paragraphs between two signs."""
_MIN_PARAGRAPH, _MIN_UNSPACED_PARAGRAPH, _MAX_SHARE = 60, 25, 0.4
"""Characters of a paragraph, also in a script without spaces, and the share of the page that the longest text may have: an
article with a bar of links below it is one text between two signs."""
_MIN_ROWS, _ROWS_SHARE = 3, 0.6
"""Lines of a table, which have the same number of signs, and their share of all lines."""
_BREAK, _TAG = re.compile(r"<br\s*/?>[ \t]*\n?", re.IGNORECASE), re.compile(r"<[A-Za-z/!]")
_SOURCE_END = re.compile(r"(?<=\S)[ \t]*\n[ \t]*(?=\S)")
"""The end of a line in the page's source, which is a space; a blank line parts paragraphs."""
_MIN_BREAKS, _OTHER_TAGS = 3, 0.1
"""Tags that end lines, and others for each of them: remains of scripts and pictures."""


def part_joined_lines(content: str) -> str:
    """``content`` with ends of lines for the sign or the tag that joins its lines, if one does."""
    if "<" in content and is_joined_by_breaks(content):
        return "\n".join([text.strip(" \t") for text in _BREAK.split(content)])
    least = max(_MIN_SIGNS, _SIGNS_A_LINE * content.count("\n"))
    # A single character is counted many times as fast as what it begins.
    found = [sign for sign in _SIGNS if content.count(sign.lstrip(" ")[0]) >= least]
    sign = max(found, key=content.count, default="")
    if not sign or content.count(sign) < least or _is_table(content, sign):
        return content
    texts = [text.strip(" ") for text in content.split(sign)]
    if sum(map(_is_paragraph, texts)) < _MIN_PARAGRAPHS or max(map(len, texts)) > _MAX_SHARE * len(content):
        return content
    return "\n".join([_SOURCE_END.sub(" ", text) for text in texts])


def is_joined_by_breaks(content: str) -> bool:
    """Whether ``content`` has ``<br>`` for the ends of its lines, and next to no other tag."""
    breaks = len(_BREAK.findall(content))
    others = len(_TAG.findall(content)) - breaks
    return breaks >= max(_MIN_BREAKS, content.count("\n") / 2) and others <= _OTHER_TAGS * breaks


def _is_table(content: str, sign: str) -> bool:
    lines = [line.count(sign) for line in content.split("\n") if line.strip()]
    rows = max(map(lines.count, set(lines) - {0}))
    return rows >= _MIN_ROWS and rows > _ROWS_SHARE * len(lines)


def _is_paragraph(text: str) -> bool:
    shortest = _MIN_UNSPACED_PARAGRAPH if is_unspaced(text) else _MIN_PARAGRAPH
    return len(text) >= shortest and ends_like_sentence(text)
