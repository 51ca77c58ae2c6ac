"""The time of a pattern grows in proportion to a text, up to the longest text that it sees.

Every compiled pattern of the package is found automatically, and searched in texts that are composed from its own parts:
what precedes a repeat, then the repeated part as often as fits, then a character that nothing matches. Patterns of RE2
are linear by construction.
"""

import ast
import importlib
import pkgutil
import re
import re._constants as op
import re._parser as parser
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

import cleaner
from cleaner.classifier import page_signs
from cleaner.errors import ExtraError
from cleaner.front_matter import captions, jsonld
from cleaner.language import byline_forms, byline_names, dates, detect, line_patterns
from cleaner.model import Kind
from cleaner.page import encoding, encoding_evidence, images, urls
from cleaner.page.decode import detect_kind
from cleaner.rulebook import xpath_syntax

SHORT, LONG = 2_000, 16_000
"""Characters of the two texts whose times are compared."""
GROWTH = (LONG / SHORT) ** 1.5
FLOOR = 0.02
"""Seconds of the processor, as all here; shorter times are not compared. A pattern of quadratic time takes more on the long text."""
CAPPED = 0.3
"""Seconds that a pattern may take on the longest text that it sees."""
LIMIT = 5
"""Seconds until a search is given up: its time is exponential."""
TRIES = 4
"""The shortest of several times counts, as other programs share the processor's caches."""
VARIANTS = 4
"""Texts that one part of a pattern may become, by the characters chosen from its sets."""
ALPHABET = ' a1A-_.@/\n\t"<,:(#文|é;&'
END = "\x01"
MANY = 8
"""A part that repeats more often is a repeat."""
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)

ANCHORED = {
    "batch.formats._DOCUMENT",
    "batch.formats._HEADER",
    "batch.formats._JSON_START",
    "batch.formats._ROOT",
    "batch.http_responses._CHUNK_SIZE",
    "batch.http_responses._DOCUMENT",
    "front_matter.authors._DASH",
    "language.line_patterns._CREDIT_LEAD",
    "front_matter.dateline._PATTERNS",
    "front_matter.dateline._PATTERNS.1",
    "front_matter.dateline._PATTERNS.2",
    "front_matter.dateline._PATTERNS.3",
    "front_matter.dateline._PATTERNS.4",
    "front_matter.dateline._PATTERNS.5",
    "front_matter.headline_area._ASIDE",
    "front_matter.jsonld._STRING_END",
    "language.byline_forms._ACCOUNT_LEAD",
    "language.byline_forms._BIO",
    "language.byline_forms._BIO_LEAD",
    "language.date_lines._RELATIVE",
    "language.date_patterns.AFTER",
    "language.detect._LANGUAGE",
    "language.line_patterns._TAG_LINE",
    "language.byline_names.EDITED",
    "language.byline_names._FIRST_LETTERS",
    "language.byline_names._NOT_A_NAME",
    "page.dom._NAMED",
    "page.decode._DOCUMENT",
    "page.decode._PATH",
    "page.decode._SPACED_PATH",
    "page.dom._XML_DECLARATION",
    "page.encoding._XML_CHARSET",
    "page.images._PIXELS",
    "page.inline_markup._SEPARATOR",
    "page.links._SCHEME",
    "page.list_markers._NUMBER",
    "page.markdown_files._FRONT_MATTER",
    "page.markdown_files._ITEM",
    "page.markdown_files._LINK_LINE",
    "page.markdown_files._PAIR",
    "page.markdown_files._TITLE_LINE",
    "page.markdown_files._UNDERLINED",
    "page.notation.browser_marks._LONE_ADDRESS",
    "page.notation.inline_cuts._GOES_ON_IN_MARKS",
    "page.notation.layouts._BULLET",
    "page.notation.literal_tags.TAGS_ALONE",
    "page.notation.markdown_tables._DELIMITER",
    "page.notation.page_header._FIELD",
    "page.notation.recognition._DEFINITION",
    "page.notation.recognition._TABLE",
    "page.notation.wraps._HYPHENATED_WORD",
    "page.superscripts._BRACKETED",
    "page.superscripts._EXPRESSION",
    "page.superscripts._NUMBERED",
    "page.urls._BEFORE_ADDRESS",
    "page.urls._HOST",
    "page.urls._LIBRARY",
    "render.markdown_text._SCHEME",
    "rulebook.rule_decoder._MESSAGE_WITH_LINE",
    "rulebook.site_detection._ELEMENT",
    "ruletools.import_ftr._HOST",
    "ruletools.import_ftr._LINE",
    "ruletools.proposals.markup_entries._HREF_FOLDER",
    "ruletools.proposals.rule_edits._COMMENT",
    "ruletools.proposals.rule_edits._HEADER",
    "studio.drafts._NAME",
}
"""Patterns that are used with ``match`` and ``fullmatch`` only."""
LONGEST = {
    **{
        f"language.byline_forms.{name}": byline_forms.MAX_CHARS  # read_named_lines
        for name in (
            *("_ACCOUNT_LEAD", "_AGENCY_BEHIND", "_BY_INSIDE", "_GLUED", "_HANDLE", "_JOB", "_LAST_WORD"),
            *("_PORTRAIT", "_PORTRAIT_INSIDE", "_SOURCE"),
        )
    },
    **dict.fromkeys((f"language.byline_forms.{name}" for name in ("_BIO", "_BIO_LEAD", "_DIGITS", "_PARTS")), 600),
    "page.link_notes._IN_BRACKETS": 120,  # cut_new_window_note
    "page.script_values._NAME": 100,  # _name_before
    "page.urls._LIBRARY": urls.MAX_HOST_CHARS,  # _restore_host
    **dict.fromkeys((f"front_matter.dateline._PATTERNS{number}" for number in ("", ".1", ".2", ".3", ".4", ".5")), 100),
    "page.encoding._META_CHARSET": encoding.HEAD_BYTES,  # decode_page
    "page.encoding._XML_CHARSET": 1024,  # decode_page
    "page.images._CREDIT": images.MAX_CREDIT_CHARS,  # split_credit
    "classifier.page_signs._SEPARATOR": page_signs.MAX_TITLE_CHARS,  # is_error
    "front_matter.captions._CREDIT": captions.MAX_CREDIT_CHARS,  # ends_with_credit
    "language.line_patterns._AGENCY_END": line_patterns.MAX_BYLINE,  # find_agency
    "page.encoding_evidence._LANG": encoding_evidence.LANG_BYTES,  # find_lang
    "front_matter.headline_texts._CUT": 260,  # read_headlines
    "front_matter.headline_texts._WAY": 260,  # strip_surroundings
    "front_matter.titles._JOINT": 1000,  # choose_title
    "front_matter.titles.SEPARATOR": 1000,  # choose_title
    "language.detect._NOISE": detect.SAMPLE_CHARS + 2,  # detect_language
    "language.line_patterns._CREDIT_BEHIND_SIGN": line_patterns.MAX_CAPTION,  # has_picture_credit
    "language.line_patterns._CREDIT_IN_WORDS": line_patterns.MAX_CAPTION,  # has_picture_credit
    "language.date_lines._PLACE": dates.MAX_LINE,  # parse_date_line
    "language.date_lines._STAMP_WORD": dates.MAX_LINE,  # parse_date_line
    "language.byline_names._CUT": byline_names.MAX_BYLINE_CHARS,  # split_names
    "language.byline_names._JOINED": byline_names.MAX_BYLINE_CHARS,  # split_names
    "language.byline_names._MONTH_DAY": byline_names.MAX_BYLINE_CHARS,  # split_names; a line of the headline area is shorter
    "language.byline_names._NOISE": byline_names.MAX_BYLINE_CHARS,  # split_names
    "language.byline_names._SEGMENT": byline_names.MAX_BYLINE_CHARS,  # split_names; a line of the headline area is shorter
    "language.byline_names._SPLIT": byline_names.MAX_BYLINE_CHARS,  # split_names
    "rulebook.xpath_syntax._CALL": xpath_syntax.MAX_XPATH_CHARS,  # find_xpath_fault
    "ruletools.import_ftr._NO_ELEMENT": xpath_syntax.MAX_XPATH_CHARS,  # find_xpath_fault comes first
}
"""Characters of the longest text that a pattern sees, and the function that is responsible for that."""


def find_patterns(value: Any, depth: int = 0) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value of a module: itself, or in its collections and objects."""
    inner: Iterable[Any] = ()
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        inner = (*value, *value.values())
    elif isinstance(value, tuple | list | set | frozenset):
        inner = value
    elif is_dataclass(value) and not isinstance(value, type):
        inner = [getattr(value, field.name, None) for field in fields(value)]
    elif str(type(value).__module__).startswith("cleaner.") and hasattr(value, "__dict__"):
        inner = vars(value).values()
    if depth < 4:
        for item in inner:
            yield from find_patterns(item, depth + 1)


def collect_patterns() -> dict[str, re.Pattern[Any]]:
    """The patterns by module and name, numbered where a name has several; none of extras that are not installed."""
    found: dict[re.Pattern[Any], str] = {}
    for module in pkgutil.walk_packages(cleaner.__path__, "cleaner."):
        if module.name.endswith("__main__"):
            continue
        try:
            values = vars(importlib.import_module(module.name))
        except (ExtraError, ImportError):
            continue
        for name, value in list(values.items()):
            for number, pattern in enumerate(find_patterns(value)):
                place = f"{module.name.removeprefix('cleaner.')}.{name}"
                found.setdefault(pattern, f"{place}.{number}" if number else place)
    return {name: pattern for pattern, name in found.items()}


PATTERNS = collect_patterns()


def write_set(items: Any) -> str:
    """The source of a set of characters."""
    classes = {"DIGIT": r"\d", "NOT_DIGIT": r"\D", "SPACE": r"\s", "NOT_SPACE": r"\S", "WORD": r"\w", "NOT_WORD": r"\W"}
    source = ""
    for kind, value in items:
        if kind is op.NEGATE:
            source += "^"
        elif kind is op.CATEGORY:
            source += classes[str(value).removeprefix("CATEGORY_").removeprefix("UNI_")]
        else:
            source += "-".join(re.escape(chr(code)) for code in (value if kind is op.RANGE else (value,)))
    return f"[{source}]"


def choose_characters(kind: Any, value: Any) -> list[str] | None:
    """Characters that match a part of one character; None for other parts."""
    if kind is op.LITERAL:
        return [chr(value)]
    if kind is op.ANY:
        return [c for c in ALPHABET if c != "\n"]
    if kind is op.NOT_LITERAL:
        return [c for c in ALPHABET if c != chr(value)]
    if kind is not op.IN:
        return None
    named = [chr(item if what is op.LITERAL else item[0]) for what, item in value if what in (op.LITERAL, op.RANGE)]
    one = re.compile(write_set(value))
    return [c for c in dict.fromkeys((*named[:3], *ALPHABET)) if one.fullmatch(c)]


def find_inner_parts(kind: Any, value: Any) -> list[Any]:
    """The parts that a repeat, a group, an alternation or a condition consists of."""
    if kind in REPEATS:
        return [value[2]]
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    if kind is op.BRANCH:
        return list(value[1])
    return [value[1]] if kind in (op.ASSERT, op.ASSERT_NOT) else []


def compose_text(parts: Any, variant: int = 0) -> str:
    """A short text for ``parts`` of a pattern; ``variant`` chooses among characters and alternatives."""
    text = ""
    for kind, value in parts:
        letters, inner = choose_characters(kind, value), find_inner_parts(kind, value)
        is_ahead = kind is op.ASSERT_NOT or (kind is op.ASSERT and value[0] > 0)
        if letters:
            text += letters[variant % len(letters)]
        elif inner and not is_ahead:
            times = value[0] if kind in REPEATS else 1
            text += compose_text(inner[variant % len(inner)], variant) * times
    return text


def compose_repeats(parts: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Texts that precede a repeat, each with a text for the repeated part."""
    for kind, value in parts:
        if kind in REPEATS and value[1] > MANY:
            single = choose_characters(*value[2][0]) if len(value[2]) == 1 else None
            repeated = single or [compose_text(value[2], variant) for variant in range(VARIANTS)]
            yield from ((before, text) for text in repeated[:MANY])
        for inner in find_inner_parts(kind, value):
            yield from compose_repeats(inner, before)
        before += compose_text([(kind, value)])
    yield "", before


def compose_near_misses(pattern: re.Pattern[Any], chars: int) -> list[Any]:
    """Texts of ``chars`` characters in which ``pattern`` begins to match again and again and never does to the end."""
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    pairs = dict.fromkeys(("", text) for text in (*ALPHABET, "a ", "A ", "1 ", " -", "A.", ", ", "1:", "a@", "aA"))
    for before, text in compose_repeats(parser.parse(pattern.pattern, flags)):
        pairs.update(dict.fromkeys([(before, text), ("", before + text), ("", before + text + " "), ("", before)]))
    texts = [before + (text * chars)[: max(0, chars - 1 - len(before))] + END for before, text in pairs if text]
    return [text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace") for text in texts]


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`TimeoutError` if the block takes longer, also within the search of a pattern."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def measure_seconds(pattern: re.Pattern[Any], text: Any, *, anchored: bool, tries: int = 1) -> float:
    """The shortest time of ``tries`` searches; infinite if one takes longer than :data:`LIMIT`."""
    shortest = float("inf")
    for _ in range(tries):
        start = time.process_time()
        try:
            with time_limit(LIMIT):
                if anchored:
                    pattern.match(text)
                    pattern.fullmatch(text)
                else:
                    pattern.subn("" if isinstance(text, str) else b"", text)
        except TimeoutError:
            return float("inf")
        shortest = min(shortest, time.process_time() - start)
    return shortest


def find_slow_text(pattern: re.Pattern[Any], *, anchored: bool, longest: int | None = None) -> Any:
    """A text on which the time of ``pattern`` grows faster than its length; None without one."""
    pairs = zip(compose_near_misses(pattern, longest or LONG), compose_near_misses(pattern, SHORT), strict=True)
    for long, short in pairs:
        if measure_seconds(pattern, long, anchored=anchored) < FLOOR:
            continue
        seconds = measure_seconds(pattern, long, anchored=anchored, tries=TRIES)
        allowed = CAPPED if longest else GROWTH * measure_seconds(pattern, short, anchored=anchored, tries=TRIES)
        if seconds > max(FLOOR, allowed) or seconds == float("inf"):
            return long[:60]
    return None


@pytest.mark.slow
@pytest.mark.parametrize("name", PATTERNS)
def test_time_grows_in_proportion(name):
    slow = find_slow_text(PATTERNS[name], anchored=name in ANCHORED, longest=LONGEST.get(name))
    assert slow is None, f"{PATTERNS[name].pattern!r} on {slow!r}…"


def test_tables_name_patterns_of_the_package():
    assert ANCHORED | LONGEST.keys() <= PATTERNS.keys()


@pytest.mark.parametrize(
    ("source", "anchored"),
    [(r"\s+-\s+x", False), (r"\S+@\w", False), (r"(?:a+)+$", True), (r"[\w.]+(?:[-_][\w.]+){2,}", True),
     (r'"a"\s*:\s*\[?\s*"', True), (r"<([a-z][a-z0-9]*)[^<>]*?>", True), (r"/\*.*?\*/", False)],
)  # fmt: skip
def test_slow_patterns_are_found(source, anchored, monkeypatch):
    monkeypatch.setitem(globals(), "LIMIT", 1)
    assert find_slow_text(re.compile(source), anchored=anchored) is not None


def test_patterns_are_compiled_where_they_are_found():
    """The pattern in a call of ``re.search`` would not be tried here."""
    package = Path(cleaner.__file__).parent
    calls = (
        (str(path.relative_to(package)), node.lineno, node.func.attr)
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        if isinstance(node.func, ast.Attribute)
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
    )
    assert not [call for call in calls if call[2] not in {"compile", "escape"}]


@pytest.mark.parametrize("piece", ["<!-- a -->\n", "<!-- a --> <!--", "<?xml a?> ", "<?xml ", " "])
def test_kind_is_detected_behind_many_comments(piece):
    with time_limit(LIMIT):
        assert detect_kind(piece * 20_000 + "Tea is picked by hand.") is Kind.TEXT


def test_comments_before_a_page_do_not_hide_it():
    assert detect_kind("<?xml version='1.0'?>\n<!-- a -->\n<!-- b -->\n<!doctype html>Tea") is Kind.HTML


BLANKS = " " * 200_000
TEA = "<p>" + "Tea is picked by hand, in the morning, before the sun has dried the dew on the leaves. " * 4 + "</p>"


def make_script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    "markup",
    [
        "<p>" + "a_" * 40 + "!</p>",
        "<title>Tea" + " - " * 50_000 + "|" * 50_000 + "</title>",
        f'<meta name="author" content="{"a" * 200_000}">',
        f'<ol style="{"list-style:a " * 20_000}"><li>Tea</li></ol>',
        "<div>" * 300 + "<" + "a" * 200_000,
        make_script(f'{{"@type": "Article", "author":{BLANKS}Ann}}'),
        make_script(f'{{"@type":{BLANKS}"Article"}}'),
        make_script('{"@type": "Article"} ' + "/*" * 100_000),
        make_script('{"@type": "Article", "headline": "' + '\\"' * 100_000),
        make_script(f'{{"@type": "Article", "keywords": "Tea{BLANKS}leaves"}}'),
        make_script(f'{{"@type": "Article", "author": "{"1" * 200_000}"}}'),
    ],
    ids=range(11),
)
def test_hostile_pages_are_cleaned_in_seconds(markup):
    with time_limit(20):
        assert "Tea is picked" in cleaner.clean(f"<html><body>{TEA * 3}{markup}</body></html>").text


@pytest.mark.parametrize(
    ("script", "headline"),
    [('{"@type": "Article", "headline": "Tea"} /* not closed', "Tea"),
     ('{"@type": "Article", "headline": "Tea"} "not closed /* at all', "Tea"),
     ('{"@type": "Article", /* a "comment" */ "headline": "Tea /* green */"}', "Tea /* green */")],
)  # fmt: skip
def test_what_is_not_closed_hides_nothing_before_it(script, headline):
    assert jsonld.parse_nodes([script])[0]["headline"] == headline
