"""Recognition of the notation of a dump, by evidence over the whole of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from cleaner.language.sentences import STOPS, ends_like_sentence, is_unspaced
from cleaner.page.notation import wraps
from cleaner.page.notation.browser_marks import find_link_marks, find_references, is_indented
from cleaner.page.notation.cut_counts import begins_within, count_cuts
from cleaner.page.notation.families import Blank, Family, Notation, NotationMark
from cleaner.page.notation.pieces import SourceLine, measure_columns

_LINK = re.compile(r"\]\((?:<|\\?[#/.?]|[a-z]{2,12}:|www\.|[\w%-]++\.\w)")
_DEFINITION = re.compile(r"[ \t]*+\[[^\[\]\n]{1,100}\]:[ \t]*+<?(?:[a-z]{2,12}:|[/#])")
_HEADING = re.compile(r"#{1,6} .*|(?:={3,}|-{3,})[ \t]*")
_EMPHASIS = re.compile(r"\*\*(?=\w)|\\[_*.+\[\]-]")
_TABLE = re.compile(r"[ \t]*+\|?[ \t]*+:?-{3,}+:?[ \t]*+\|")
_ATTRIBUTES = ("]{.", "]{#", "]{:")
_ENOUGH_LINKS, _ENOUGH_TABLES, _ENOUGH_MARKS, _FEW_MARKS = 3, 2, 3, 2
"""Markdown links that occur in no other text so often; lines between the head and the rows of a table; marks of other kinds
without links, and besides fewer links. No dump of other notations of 77 pages has a link."""
_MIN_VOTES, _FEW_VOTES = 5, 2
_MIN_SHARE, _USUAL_SHARE, _SURE_SHARE = 0.6, 0.35, 0.9
_MARKED_SHARE = 0.15
_MAX_WIDER = 0.12
"""Share of lines wider than the width: addresses and code. Above that, the dump is not wrapped. On 77 pages in fourteen
notations, the wrapped ones have up to .10."""
_MANY_VOTES, _FEW_WIDER, _MIN_LOWER = 10, 0.005, 0.3
"""The others: share of wider lines on a page that may be one of a browser, if so many of its lines go on in lower case:
entries of lists begin with capitals."""
_MIN_WIDTH, _MAX_WIDER_A_VOTE = 55, 0.3
"""Columns of the narrowest page, and wider lines for each wrapped one: lists of headlines have about one length too."""
_MIN_MARKDOWN_SHARE, _MARKDOWN_WIDTHS = 0.1, range(60, 101)
_ONE_LINE_CHARS, _UNSPACED_CHARS, _ONE_LINE_SHARE, _ONE_LINE_LINES = 1500, 600, 0.7, 6
"""A page on one line: the longest line, also in a script without spaces, its share of the characters, and the number of
lines. Paragraphs of the longest kind have up to 1,200 characters, or 500. Chosen by reading dumps."""
_MIN_CUTS, _CUT_SHARE = 3, 0.005
_MAX_WRAPS_A_CUT = 20
"""Wrapped lines for each cut at a name or link; a page that a browser printed has more. On 77 pages, up
to 5, and 60 to 400."""
_MANY_BLANKS = 0.05
_MIN_SOURCE_RUNS, _SOURCE_SHARE, _MANY_GOING_ON = 2, 0.01, 14
"""The last: long lines that go on in lower case, without blank lines. Of 700 pages without, six have so many; five are such."""
_SOURCE_WIDTH_SHARE, _BLANKS_OF_SOURCE, _MIN_SPREAD = 0.3, 0.6, 0.5
"""Share of line ends by which a source is wrapped at a width, and shares of blank lines: of 77 pages, browsers print up to
.43, and half of the sources have more than .73."""


def recognize_notation(lines: Sequence[SourceLine], *, has_header: bool = False) -> Notation:
    """The notation of a dump; :attr:`Family.LINES` without confidence if none is recognised.

    Below a header, as readers and Markdown files have, one mark of Markdown is enough.
    """
    filled = [line for line in lines if line.text]
    blank = Blank.BREAK if len(lines) - len(filled) > _MANY_BLANKS * len(lines) else Blank.ABSENT
    if markdown := _recognize_markdown(lines, filled, blank, has_header=has_header):
        return markdown
    blank_share = 1 - len(filled) / len(lines) if lines else 0.0
    is_spread = blank_share > _MIN_SPREAD
    is_source = (blank_share > _BLANKS_OF_SOURCE or _has_tabs(filled)) and not (
        find_references(lines) < len(lines) or find_link_marks([line.text for line in filled])
    )
    return (
        _recognize_one_line(filled)
        or (_recognize_cut(filled, blank) if blank is Blank.ABSENT else _recognize_spaced_cut(lines))
        or (_recognize_source(lines, filled) if is_source else None)
        or _recognize_browser(lines, blank, is_untidy=is_spread or is_source)
        or _recognize_source(lines, filled)
        or Notation(family=Family.LINES, blank=Blank.NOTHING if is_spread else blank)
    )


def _recognize_markdown(
    lines: Sequence[SourceLine], filled: Sequence[SourceLine], blank: Blank, *, has_header: bool
) -> Notation | None:
    content = "\n".join([line.raw for line in lines])
    counts = _count_marks(content, filled)
    links, attributes = counts[NotationMark.LINKS], counts[NotationMark.ATTRIBUTES]
    others = sum(
        counts[mark]
        for mark in (NotationMark.HEADINGS, NotationMark.EMPHASIS, NotationMark.TABLES, NotationMark.FENCES)
    )
    kinds = sum(
        counts[mark] > 0
        for mark in (NotationMark.HEADINGS, NotationMark.EMPHASIS, NotationMark.TABLES, NotationMark.FENCES)
    )
    enough = (
        links >= _ENOUGH_LINKS
        or attributes >= _ENOUGH_MARKS
        or counts[NotationMark.TABLES] >= _ENOUGH_TABLES
        or (links > 0 and others >= _FEW_MARKS)
    )
    if not (enough or (kinds > 1 and others >= _ENOUGH_MARKS) or (has_header and links + others)):
        return None
    wrap = wraps.find_wrap([line for line in lines if not _is_unwrapped_markdown(line)], hyphens=True)
    is_wrapped = (
        wrap is not None
        and wrap.width in _MARKDOWN_WIDTHS
        and wrap.votes > _FEW_VOTES
        and wrap.share >= (_MIN_MARKDOWN_SHARE if wrap.width in wraps.USUAL_WIDTHS else _MIN_SHARE)
    )
    return Notation(
        family=Family.MARKDOWN,
        width=wrap.width if wrap is not None and is_wrapped else None,
        blank=blank,
        marks=frozenset(mark for mark, count in counts.items() if count),
        confidence=min(1.0, (2 * links + others + attributes) / len(filled)),
    )


def _count_marks(content: str, filled: Sequence[SourceLine]) -> dict[NotationMark, int]:
    headings = tables = definitions = 0
    may_have_tables = "---" in content and "|" in content
    for line in filled:
        first = line.text[0]
        if first in "#=-":
            headings += _HEADING.fullmatch(line.raw) is not None
        elif first == "[":
            definitions += _DEFINITION.match(line.raw) is not None
        if may_have_tables and "---" in line.text and "|" in line.text:
            tables += _TABLE.match(line.raw) is not None
    return {
        NotationMark.LINKS: len(_LINK.findall(content)) + 2 * definitions,
        NotationMark.HEADINGS: headings,
        NotationMark.EMPHASIS: len(_EMPHASIS.findall(content)) if "**" in content or "\\" in content else 0,
        NotationMark.TABLES: tables,
        NotationMark.FENCES: content.count("\n```"),
        NotationMark.ATTRIBUTES: f"\n{content}".count("\n:::") + sum(map(content.count, _ATTRIBUTES)),
        NotationMark.HARD_BREAKS: content.count("  \n") + content.count("\\\n"),
    }


def _is_unwrapped_markdown(line: SourceLine) -> bool:
    """Whether a line is of a kind that html2text does not wrap; they are no evidence of a width."""
    return line.text[:2] in ("* ", "- ", "# ", "##") or "|" in line.text


def _recognize_one_line(filled: Sequence[SourceLine]) -> Notation | None:
    if not 0 < len(filled) <= _ONE_LINE_LINES:
        return None
    text = max((line.text for line in filled), key=len)
    longest, total = len(text), sum(len(line.text) for line in filled)
    if longest < _ONE_LINE_SHARE * total or longest < (_UNSPACED_CHARS if is_unspaced(text) else _ONE_LINE_CHARS):
        return None
    return Notation(family=Family.ONE_LINE, blank=Blank.ABSENT, confidence=longest / total)


def _recognize_browser(lines: Sequence[SourceLine], blank: Blank, *, is_untidy: bool) -> Notation | None:
    end = find_references(lines)
    filled = [line for line in lines[:end] if line.text]
    marks = frozenset(
        mark
        for mark, is_used in (
            (NotationMark.REFERENCES, end < len(lines)),
            (NotationMark.LINK_NUMBERS, find_link_marks([line.text for line in lines[:end]]) is not None),
        )
        if is_used
    )
    wrap = wraps.find_wrap(lines[:end])
    if is_untidy and not marks and (wrap is None or wrap.share < _SURE_SHARE):
        return None
    if wrap is None or not _is_sure(wrap, filled, has_marks=bool(marks) or is_indented(filled)):
        return Notation(family=Family.BROWSER, blank=blank, marks=marks, confidence=0.5) if marks else None
    return Notation(family=Family.BROWSER, width=wrap.width, blank=blank, marks=marks, confidence=wrap.share)


def _is_sure(wrap: wraps.Wrap, filled: Sequence[SourceLine], *, has_marks: bool) -> bool:
    """Whether so many lines show a width that the page is wrapped at it; other evidence makes fewer enough."""
    wide = [line.text for line in filled if len(line.text) > wrap.width]
    wider = sum([measure_columns(text) > wrap.width and " " in text for text in wide])
    is_usual = wrap.width in wraps.USUAL_WIDTHS
    if wrap.width < _MIN_WIDTH or (wider > _MAX_WIDER * len(filled) and not (has_marks and is_usual)):
        return False
    is_narrow = wider <= _FEW_WIDER * len(filled) and wrap.lower >= _MIN_LOWER * wrap.votes
    is_even = wrap.share >= _MIN_SHARE or wider <= _MAX_WIDER_A_VOTE * wrap.votes + 1
    enough = (
        (has_marks and is_usual, _FEW_VOTES, _MARKED_SHARE),
        (is_narrow, _MIN_VOTES, _MARKED_SHARE),
        (is_narrow and is_usual, _FEW_VOTES + 1, _USUAL_SHARE),
        (is_even and is_usual, _FEW_VOTES, _SURE_SHARE),
        (is_even and (is_usual or has_marks), _MIN_VOTES, _USUAL_SHARE),
        (is_even, _MIN_VOTES, _MIN_SHARE),
        (is_usual and _is_unspaced_page(filled, wrap.width), _MANY_VOTES, _MARKED_SHARE),
    )
    return any(applies and wrap.votes >= votes and wrap.share >= share for applies, votes, share in enough)


def _is_unspaced_page(filled: Sequence[SourceLine], width: int) -> bool:
    """Whether a page is in a script without spaces, in which lists rarely have lines that end at one width."""
    wider = sum([line.end > width + 1 for line in filled])
    unspaced = [line for line in filled if not line.text.isascii() and is_unspaced(line.text)]
    return wider <= _MAX_WIDER * len(filled) and 2 * len(unspaced) > len(filled)


def _recognize_cut(filled: Sequence[SourceLine], blank: Blank) -> Notation | None:
    found = count_cuts(filled)
    cuts = found.inline + found.others
    if not found.inline or cuts < _CUT_SHARE * len(filled) or not (found.certain or cuts >= _MIN_CUTS):
        return None
    wrap = wraps.find_wrap(filled)
    is_wrapped = (
        wrap is not None and wrap.width >= _MIN_WIDTH and wrap.votes >= _MIN_VOTES and wrap.share >= _USUAL_SHARE
    )
    width = wrap.width if wrap is not None and is_wrapped else None
    if wrap is not None and width is not None and wrap.votes > _MAX_WRAPS_A_CUT * found.inline:
        return None
    if find_link_marks([line.text for line in filled]) is not None:
        return None
    return Notation(family=Family.CUT, width=width, blank=blank, confidence=min(1.0, 10 * cuts / len(filled)))


def _recognize_spaced_cut(lines: Sequence[SourceLine]) -> Notation | None:
    """Cuts in a dump with the blank lines of a page's source: the spaces around links are at the ends of lines."""
    spaces = stops = 0
    for before, line in pairwise(lines):
        if before.text and line.text:
            spaces += before.raw[-1] == " " or line.indent == 1
            stops += len(line.text) > 1 and not line.indent and begins_within(before, line)
    if not stops or spaces < _MIN_CUTS:
        return None
    wrap = wraps.find_wrap(lines)
    if wrap is not None and wrap.votes >= _MIN_VOTES and wrap.share >= _SOURCE_WIDTH_SHARE:
        return None
    return Notation(family=Family.CUT, blank=Blank.NOTHING, confidence=0.5)


def _has_tabs(filled: Sequence[SourceLine]) -> bool:
    """Whether a dump has the tabs of a page's source, which no browser prints."""
    return sum([line.raw[0] == "\t" for line in filled]) >= _MIN_SOURCE_RUNS


def _recognize_source(lines: Sequence[SourceLine], filled: Sequence[SourceLine]) -> Notation | None:
    """Lines that go on in lower case where the one before has room for no end, and blank lines in rows."""
    blanks = [not line.text for line in lines]
    runs = sum([a and b and c for a, b, c in zip(blanks, blanks[1:], blanks[2:], strict=False)])
    is_spread = runs >= _MIN_SOURCE_RUNS or _has_tabs(filled)
    if not is_spread and count_cuts(filled).others < _MANY_GOING_ON:
        return None
    going_on = sum(
        [
            not ends_like_sentence(line.text, f"{STOPS}…:;")
            for line, following in pairwise(lines)
            if line.text and following.text[:1].islower()
        ]
    )
    if going_on < _MIN_SOURCE_RUNS or going_on < _SOURCE_SHARE * len(filled):
        return None
    wrap = wraps.find_wrap(lines) if is_spread else None
    width = wrap.width if wrap is not None and wrap.votes >= _MIN_VOTES and wrap.share >= _SOURCE_WIDTH_SHARE else None
    blank = Blank.NOTHING if is_spread else Blank.ABSENT
    return Notation(family=Family.SOURCE, width=width, blank=blank, confidence=min(1.0, going_on / len(filled)))
