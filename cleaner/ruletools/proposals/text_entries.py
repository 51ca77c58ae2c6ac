"""Matchers of text that fit the marked blocks: whole lines, openings, endings, parts, and expressions.

The numbers of this module were chosen by reading pages; not measured.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from cleaner.language.characters import normalize_line, normalize_phrase
from cleaner.language.sentences import RUNNING
from cleaner.rulebook.regexes import PatternError, compile_full_match

Matcher: TypeAlias = Mapping[str, Any]

MAX_LINE_CHARS = 300
"""Characters of the longest text that is matched as a whole."""
MAX_OPENING_CHARS = 80
"""Characters of the longest opening that is proposed: more would be the text of one page."""
_OPENING_WORDS = (2, 3, 5)
"""Words of the openings that are proposed for a single mark, from wide to narrow."""
_MIN_SHARED_CHARS = 4
"""Letters and digits that marked blocks must share for an opening, an ending or a part."""
_MIN_FIXED_LETTERS = 5
"""Letters of a regex that are the same in all marked blocks: with fewer it would match any line."""
_MAX_OPENINGS = 6
"""Openings that one regex lists."""
_MIN_SHAPES = 2
"""Words, numbers and marks that a form has at least: one name alone is any line."""
_MARK_AFTER_OPENING = re.compile("^(.{2,40}?[:：|»›–—])(?:\\s|(?<=：))\\s*\\S")
"""An opening that ends in a mark: what follows differs from page to page, as in ``Also read: …``."""
_DIGITS = re.compile(r"\d+")
_TOKEN = re.compile(rf"\d+|[{RUNNING}]|\w+|\s+|[^\w\s]")
_SPECIAL = re.compile(r"([\\.^$*+?{}\[\]|()])")
_UNSPACED = re.compile(f"[{RUNNING}]")


def list_text_matchers(texts: Sequence[str]) -> Iterator[Matcher]:
    """Yield matchers that fit all ``texts`` of marked blocks, narrow ones first; some may be duplicates."""
    lines = list(dict.fromkeys(line for text in texts if (line := normalize_line(text))))
    if not lines:
        return
    yield from _list_whole_lines(lines)
    yield from _list_openings(lines)
    if len(lines) > 1:
        yield from _list_shared_parts(lines)
        regexes = (generalize_lines(lines), join_openings(lines), describe_shape(lines))
        yield from ({"regex": regex} for regex in dict.fromkeys(filter(None, regexes)))


def _list_whole_lines(lines: Sequence[str]) -> Iterator[Matcher]:
    if any(len(line) > MAX_LINE_CHARS or not normalize_phrase(line) for line in lines):
        return
    yield {"line": lines[0] if len(lines) == 1 else list(lines)}
    numbered = {_DIGITS.sub(r"\\d+", quote_regex(line)) for line in lines}
    if len(numbered) == 1 and _DIGITS.search(lines[0]) and _count_letters(lines[0]) >= _MIN_SHARED_CHARS - 1:
        yield {"regex": numbered.pop()}


def _list_openings(lines: Sequence[str]) -> Iterator[Matcher]:
    if len(lines) > 1:
        shared = _cut_at_word(_find_shared_start(lines), lines)
        if _is_specific(shared):
            yield {"starts": shared}
        return
    line = lines[0]
    if marked := _MARK_AFTER_OPENING.match(line):
        yield {"starts": marked[1]}
    words = line.split(" ")
    for count in _OPENING_WORDS:
        opening = " ".join(words[:count])
        if count < len(words) and _is_specific(opening) and not _DIGITS.search(opening):
            yield {"starts": opening[:MAX_OPENING_CHARS]}


def _list_shared_parts(lines: Sequence[str]) -> Iterator[Matcher]:
    backwards = [line[::-1] for line in lines]
    ending = _cut_at_word(_find_shared_start(backwards), backwards)[::-1].strip()
    if _is_specific(ending):
        yield {"ends": ending}
    part = _find_shared_part(lines)
    if _is_specific(part) and part != ending:
        yield {"contains": part}


def _find_shared_start(lines: Sequence[str]) -> str:
    first, last = min(lines), max(lines)
    size = next((at for at, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first))
    return first[:size]


def _cut_at_word(shared: str, lines: Sequence[str]) -> str:
    """Return ``shared``, the start of all ``lines``, up to the end of a word; scripts without spaces are not cut."""
    shared = shared[:MAX_OPENING_CHARS]
    goes_on = any(line[len(shared) : len(shared) + 1].isalnum() for line in lines)
    if goes_on and shared[-1:].isalnum() and not _UNSPACED.search(shared[-1:]):
        shared = shared.rpartition(" ")[0]
    return shared.strip()


def _find_shared_part(lines: Sequence[str]) -> str:
    """Return the longest run of words that all ``lines`` have."""
    shared = _TOKEN.findall(lines[0])
    for line in lines[1:]:
        tokens = _TOKEN.findall(line)
        match = SequenceMatcher(None, shared, tokens, autojunk=False).find_longest_match()
        shared = shared[match.a : match.a + match.size]
    return "".join(shared).strip()[:MAX_OPENING_CHARS]


def generalize_lines(lines: Sequence[str]) -> str | None:
    r"""Return a regex that matches all ``lines``: what they share literally, ``\d+`` for numbers, ``.*`` for the rest.

    None if they share too little.

    >>> generalize_lines(["3 comments on Ferries", "12 comments on Kites"])
    '\\d+ comments on .+'
    """
    pattern: list[str | None] = list(_tokenize(lines[0]))
    for line in lines[1:]:
        pattern = _join_gaps(list(_merge_tokens(pattern, _tokenize(line))))
    fixed = [token for token in pattern if token is not None and token != _NUMBER]
    if _count_letters("".join(fixed)) < _MIN_FIXED_LETTERS:
        return None
    parts = [r"\d+" if token == _NUMBER else ".+" if token is None else quote_regex(token) for token in pattern]
    regex = "".join(parts)
    return next((one for one in (regex, regex.replace(".+", ".*")) if _matches_all(one, lines)), None)


_NUMBER, _NAME, _LOWER = "\0", "\1", "\2"
"""Tokens for any number, for a word in capitals, and for another word."""
_CAPITALS = r"\p{Lu}\S*"
_SHAPES = {_NUMBER: r"\d+", _NAME: f"{_CAPITALS}(?: {_CAPITALS})*"}


def _tokenize(line: str) -> list[str]:
    return [_NUMBER if token.isdigit() else token for token in _TOKEN.findall(line)]


def _merge_tokens(pattern: Sequence[str | None], tokens: Sequence[str]) -> Iterator[str | None]:
    """Yield the tokens that both have, in order, with None for what differs between them."""
    at = [0, 0]
    matcher = SequenceMatcher(None, list(pattern), list(tokens), autojunk=False)
    for start, other, size in matcher.get_matching_blocks():
        if start > at[0] or other > at[1]:
            yield None
        yield from pattern[start : start + size]
        at = [start + size, other + size]


def _join_gaps(pattern: Sequence[str | None]) -> list[str | None]:
    """Return ``pattern`` with one gap for two that only white space or marks separate: these agree by chance."""
    joined: list[str | None] = []
    for at, token in enumerate(pattern):
        rest = pattern[at:]
        ahead = next((one for one in rest if one is None or any(map(str.isalnum, one)) or one == _NUMBER), "")
        is_between = bool(joined) and joined[-1] is None and ahead is None
        if not (is_between and (token is None or not any(map(str.isalnum, token)))):
            joined.append(token)
    return joined


def join_openings(lines: Sequence[str]) -> str | None:
    """Return a regex for lines that open in different ways, each up to a mark.

    >>> join_openings(["Read also: Ferries", "More on this: Kites"])
    '(?:Read also:|More on this:) .+'
    """
    found = [match[1] if (match := _MARK_AFTER_OPENING.match(line)) else "" for line in lines]
    openings = list(dict.fromkeys(found))
    if not 1 < len(openings) <= _MAX_OPENINGS or not all(map(_is_specific, openings)):
        return None
    regex = f"(?:{'|'.join(map(quote_regex, openings))}) .+"
    return next((one for one in (regex, regex.replace(" .+", ".+")) if _matches_all(one, lines)), None)


def describe_shape(lines: Sequence[str]) -> str | None:
    r"""Return a regex for lines that share few words but their form, such as bylines and dates; None if they do not.

    >>> describe_shape(["By Anna Smith", "By Ole van Dahl"]) is None
    True
    >>> describe_shape(["May 3, 2021", "June 14, 2020"])
    '\\p{Lu}\\S*(?: \\p{Lu}\\S*)* \\d+, \\d+'
    """
    tokens = [_tokenize(line) for line in lines]
    shared = set[str].intersection(*map(set, tokens))
    shapes = {tuple(_collapse_names([_shape_of(token, shared) for token in line])) for line in tokens}
    if len(shapes) != 1:
        return None
    (shape,) = shapes
    told = [token for token in shape if token not in (_NAME, _LOWER) and not token.isspace()]
    if not told or len(shape) - shape.count(" ") < _MIN_SHAPES or _LOWER in shape:
        return None
    regex = "".join(_SHAPES.get(token) or quote_regex(token) for token in shape)
    return regex if _matches_all(regex, lines) else None


def _shape_of(token: str, shared: Container[str]) -> str:
    if token in shared or not token[0].isalpha():
        return token
    return _NAME if token[0].isupper() else _LOWER


def _collapse_names(shape: Sequence[str]) -> list[str]:
    """Return ``shape`` with one name for several in a row: they have two words, or three."""
    found: list[str] = []
    for token in shape:
        if token == _NAME and found[-2:] == [_NAME, " "]:
            found.pop()
        else:
            found.append(token)
    return found


def _matches_all(regex: str, lines: Sequence[str]) -> bool:
    """Whether ``regex`` matches all ``lines``; False for one that a rule file cannot have."""
    try:
        matches = compile_full_match(regex)
    except PatternError:
        return False
    return all(map(matches, lines))


def quote_regex(text: str) -> str:
    """Return a regex that matches ``text`` literally."""
    return _SPECIAL.sub(r"\\\1", text)


def _count_letters(text: str) -> int:
    return sum(character.isalpha() for character in text)


def _is_specific(text: str) -> bool:
    """Whether ``text`` has enough letters; a word of a script without spaces has two at least."""
    return _count_letters(text) >= (2 if _UNSPACED.search(text) else _MIN_SHARED_CHARS)
