"""Repair of text that was encoded twice: UTF-8 read in another encoding, and entities whose ``&`` was escaped again."""

from __future__ import annotations

import html
import re

from cleaner.compiled import serve_compiled

# What the first bytes of two, three or four bytes of UTF-8 are in Windows-1252 and Latin-1, and what the others are.
_CONTINUATION = "".join(sorted({*map(chr, range(0x80, 0xC0)), *bytes(range(0x80, 0xC0)).decode("cp1252", "ignore")}))
_NEXT = f"[{re.escape(_CONTINUATION)}]"
_LATIN = rf"(?<=[Â-ß]){_NEXT}|(?<=[à-ï]){_NEXT}{{2}}|(?<=ð){_NEXT}{{3}}"
_CYRILLIC_NEXT = re.escape("".join(sorted({*bytes(range(0x80, 0xC0)).decode("cp1251", "ignore")})))
_CYRILLIC = rf"(?<=[РС])[{_CYRILLIC_NEXT}](?:[РС][{_CYRILLIC_NEXT}])+"
# The first character stands alone in front: the search for one of a class is fast, that for several alternatives is not.
_TWICE = re.compile(f"[Â-ðРС](?:{_LATIN}|{_CYRILLIC})")
_ASCII = bytes(range(0x80))
_LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
_MIN_SURE = 10
"""Characters encoded twice from which a page is mended even if it has more others: it has parts of two sources. Chosen."""

_ESCAPED = re.compile(r"&amp;(#x?[0-9a-fA-F]{2,5}|[a-zA-Z]{2,12});")
_ESCAPE = "&amp;"
_IN_WORD = re.compile(
    r"&amp;(?<=\w&amp;)(?:[rl]squo|#821[67]|#x201[89]|[a-zA-Z]{1,2}(?:acute|grave|circ|uml|tilde|cedil|ring|lig));\w"
)
_APART = re.compile(
    r"<(code|pre|kbd|samp|textarea|script|style)\b[^<]*+(?:<(?!/\1\s*>)[^<]*+)*+(?:</\1\s*>)?|<[^<>]*>", re.IGNORECASE
)
"""Code, which may be about entities, and tags."""


def mend_text(text: str) -> str:
    """``text`` with what was certainly encoded twice decoded once more; else as it is."""
    # Such a sequence has no ASCII, so it is also in what is left without it: a short text to search.
    if not text.isascii() and _TWICE.search(drop_ascii(text)) and _TWICE.search(text):
        text = _mend_letters(text)
    return _unescape_outside_code(text) if _has_entity_in_word(text) else text


@serve_compiled("page_text")
def drop_ascii(text: str) -> str:
    """The characters of ``text`` beyond ASCII."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")


def _mend_letters(text: str) -> str:
    """Decode UTF-8 that was read in another encoding, unless most letters of the page are right as they are."""
    lines = text.split("\n")
    beyond_ascii = "\n".join(line for line in lines if not line.isascii())
    rest, twice = _TWICE.subn("", beyond_ascii)
    if twice < _MIN_SURE and twice <= len(_LETTER.findall(rest)):
        return text
    from ftfy import fix_encoding  # imported only for pages that need it

    return "\n".join(line if line.isascii() or not _TWICE.search(line) else fix_encoding(line) for line in lines)


def _unescape_outside_code(text: str) -> str:
    """Unescape entities that were escaped twice, if one is inside a word, except in code and attributes."""
    parts, end = [], 0
    for apart in _APART.finditer(text):
        parts += [text[end : apart.start()], apart[0]]
        end = apart.end()
    parts.append(text[end:])
    if not any(map(_has_entity_in_word, parts[::2])):
        return text
    return "".join(part if at % 2 else _ESCAPED.sub(_unescape_once, part) for at, part in enumerate(parts))


def _has_entity_in_word(text: str) -> bool:
    at = text.find(_ESCAPE)
    while at >= 0:  # a tenth of the time that the expression takes to search
        if _IN_WORD.match(text, at):
            return True
        at = text.find(_ESCAPE, at + len(_ESCAPE))
    return False


def _unescape_once(match: re.Match[str]) -> str:
    """The entity, if it is one of a character beyond ASCII: an escaped ``<`` may be meant."""
    entity = f"&{match[1]};"
    return entity if html.unescape(entity) > "\x7f" else match[0]
