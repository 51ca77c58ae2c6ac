"""Text that was escaped and never unescaped: line ends as a backslash and a letter, entities of HTML."""

from __future__ import annotations

import html
import re

_ESCAPED_END = re.compile(r"(?<!\\)\\n")
_SPACED_END = " \\n "
_ESCAPE = re.compile(r"\\(?:u([\dA-Fa-f]{4})|([nrtbf\"/\\]))")
_PLAIN_ESCAPE = re.compile(r"\\(?:u([\dA-Fa-f]{4})|([nrt\"/]))")
_WRITTEN = {"n": "\n", "r": "\n", "t": "\t", "b": "", "f": "\n", '"': '"', "/": "/", "\\": "\\"}
_ENTITY = re.compile(r"&(?:\#\d{2,7}|\#[xX][\dA-Fa-f]{2,6}|[A-Za-z]{2,8}[1-4]{0,2});")
_SOFT_END = re.compile(r"(?<!=)=[ \t]*\r?\n")
_CODE = r"=(?:[89A-F][\dA-F]|[2-7][\dA-F]|0[9AD])"
_CODES = re.compile(f"{_CODE}(?:{_CODE})*")  # the sign in front is searched for faster than a group
_EQUALS_RULE = re.compile(r"==++")
_CODE_CHARS, _MIN_CODES, _VALID_SHARE = 3, 3, 0.95
"""Characters of a code of quoted-printable, the number of codes of a text that was not decoded, and their share of its
equals signs: addresses and programs have others."""
_MIN_ENDS, _ENDS_SHARE = 3, 4
"""Escaped line ends, and how many for each real one: a page about programs has a few among many lines."""
_MIN_ENTITIES = 2


def decode_remains(content: str) -> str:
    """``content`` without escapes of line ends and characters, if it shows that it was never decoded."""
    if "\\n" in content:
        ends = len(_ESCAPED_END.findall(content))
        if ends >= _MIN_ENDS and ends >= _ENDS_SHARE * content.count("\n"):
            escapes = _ESCAPE if "\\\\" in content and "\\\\n" not in content else _PLAIN_ESCAPE
            if 2 * content.count(_SPACED_END) > ends:
                content = content.replace(_SPACED_END, _SPACED_END.strip())
            content = escapes.sub(_decode_escape, content)
    if content.count("=") >= _MIN_CODES:
        content = _decode_quoted_printable(content)
    if "&" in content and _is_undecoded(content):
        content = _ENTITY.sub(lambda found: html.unescape(found[0]), content)
    return content


def _decode_quoted_printable(content: str) -> str:
    """``content`` without the soft line ends and the codes of mails, if each of its equals signs begins one or the other."""
    codes = _CODES.findall(content)
    if len(codes) < _MIN_CODES:
        return content
    signs = content.count("=") - sum(map(len, _EQUALS_RULE.findall(content)))
    valid = sum(len(code) // _CODE_CHARS for code in codes) + len(_SOFT_END.findall(content))
    if valid < _VALID_SHARE * signs:
        return content
    return _CODES.sub(_decode_codes, _SOFT_END.sub("", content))


def _decode_codes(found: re.Match[str]) -> str:
    coded = bytes.fromhex(found[0].replace("=", ""))
    try:
        return coded.decode("utf-8")
    except UnicodeDecodeError:
        return coded.decode("cp1252", "replace")


def _decode_escape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else _WRITTEN[found[2]]


def _is_undecoded(content: str) -> bool:
    """Whether each ampersand begins an entity: in text that was decoded, some are words."""
    entities = sum(html.unescape(entity) != entity for entity in _ENTITY.findall(content))
    return entities >= _MIN_ENTITIES and content.count("& ") == 0
