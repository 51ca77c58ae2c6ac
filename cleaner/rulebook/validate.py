"""Checks of a rule file beyond its types: selectors and regexes compile, entries have one matcher, time zones exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from cleaner.labels import Group, Label
from cleaner.language.characters import normalize_line, normalize_phrase
from cleaner.page.dom import SelectorSyntaxError, compile_selector, is_xpath
from cleaner.rulebook import regexes, xpath_syntax
from cleaner.rulebook.css_syntax import is_simple_selector
from cleaner.rulebook.rule_types import (
    MATCHERS,
    Body,
    Case,
    CommonDrop,
    CommonFile,
    Drop,
    LayerFile,
    Literals,
    RuleFile,
    SiteEntry,
    SiteFile,
    SiteMetadata,
)
from cleaner.rulebook.site_detection import find_required_text

MAX_COMMON_CHARS = 200
"""Characters of the longest block that common rules match: a longer one may be a paragraph that quotes a phrase."""


class RuleFault(NamedTuple):
    """A fault of a rule file: its key, the problem and the remedy."""

    key: str
    problem: str
    remedy: str


def find_faults(file: RuleFile) -> Iterator[RuleFault]:
    """Yield the faults of a file whose keys and types are valid, in the order of its tables."""
    if isinstance(file, CommonFile):
        yield from _check_common(file.drop)
        yield from _check_cases(file.case)
        return
    if isinstance(file, SiteFile):
        yield from _check_identity(file)
    yield from _check_fingerprints(file)
    yield from _check_literals("$.signatures", file.signatures)
    yield from _check_metadata(file.metadata)
    if file.body is not None:
        yield from _check_body(file.body)
    for index, drop in enumerate(file.drop):
        yield from _check_entry(f"$.drop[{index}]", drop)
    for index, keep in enumerate(file.keep):
        yield from _check_entry(f"$.keep[{index}]", keep)
    yield from _check_cases(file.case)


def _check_identity(file: SiteFile) -> Iterator[RuleFault]:
    if not file.hosts and not file.signatures:
        yield RuleFault("$", "neither `hosts` nor `signatures` is given", "Add one, or the file applies to no page.")
    for index, host in enumerate(file.hosts):
        if not host or host != host.lower() or set(host) & set("/:@*? ") or host.startswith("."):
            remedy = "Write the bare name in lower case, such as example.com; its subdomains are included."
            yield RuleFault(f"$.hosts[{index}]", f"`{host}` is not a host name", remedy)
    if file.valid_from and file.valid_until and file.valid_from > file.valid_until:
        remedy = "Both days are included; the first cannot be later than the last."
        yield RuleFault("$.valid_until", f"it is before `valid_from`, {file.valid_from}", remedy)


def _check_fingerprints(file: LayerFile) -> Iterator[RuleFault]:
    yield from _check_selectors("$.fingerprints", file.fingerprints)
    for index, fingerprint in enumerate(file.fingerprints):
        if find_required_text(fingerprint) is None:
            remedy = (
                "Name one element by tag, class, id or attribute value, such as script[src*=example]; list several."
            )
            yield RuleFault(f"$.fingerprints[{index}]", f"`{fingerprint}` is not a fingerprint", remedy)


def _check_metadata(metadata: SiteMetadata) -> Iterator[RuleFault]:
    if metadata.timezone is not None and not _is_time_zone(metadata.timezone):
        remedy = "Write its IANA name, such as Asia/Kolkata or Europe/Berlin."
        yield RuleFault("$.metadata.timezone", f"`{metadata.timezone}` is not a time zone", remedy)
    for name, selectors in metadata.selectors.items():
        yield from _check_selectors(f"$.metadata.{name}", selectors)


def _check_body(body: Body) -> Iterator[RuleFault]:
    yield from _check_selectors("$.body.selectors", body.selectors)
    if body.trust is not None and not (body.why or "").strip():
        remedy = "Say in `why` on which pages the classifier is wrong, so that the next reader can check it."
        yield RuleFault("$.body.why", "`trust` is given without `why`", remedy)


def _check_entry(key: str, entry: SiteEntry) -> Iterator[RuleFault]:
    yield from _check_why(key, entry.why)
    given = [(name, value) for name in MATCHERS if (value := getattr(entry, _FIELD_NAMES.get(name, name))) is not None]
    if len(given) != 1:
        found = " and ".join(f"`{name}`" for name, _ in given) or "none"
        yield RuleFault(
            key, f"an entry has exactly one matcher, this one has {found}", f"Choose one of: {', '.join(MATCHERS)}."
        )
    if isinstance(entry, Drop):
        yield from _check_label(key, entry.label)
    if entry.from_ is not None or entry.to is not None or entry.through is not None:
        yield from _check_range(key, entry)
    for name, value in given:
        yield from _MATCHER_CHECKS[name](f"{key}.{name}", value)
        if name in _BROAD_MATCHERS:
            yield from _check_narrowing(f"{key}.{name}", value)


def _check_range(key: str, entry: SiteEntry) -> Iterator[RuleFault]:
    if entry.to is not None:
        yield from _check_literal(f"{key}.to", entry.to)
    if entry.from_ is not None and entry.to is None:
        yield RuleFault(f"{key}.to", "`from` has no `to`", 'Add `to = "…"`, or `to = "end"` for all blocks below.')
    if entry.from_ is None and entry.to is not None:
        yield RuleFault(f"{key}.to", "`to` is given without `from`", "Name the first line of the range in `from`.")
    if entry.through is not None and entry.from_ is not None:
        yield RuleFault(
            f"{key}.through", "`through` and `from` are both given", "A range ends at its `to`; remove `through`."
        )
    if entry.through is not None and entry.through < 0:
        yield RuleFault(
            f"{key}.through", f"{entry.through} is negative", "Write the number of blocks below, 0 or more."
        )


def _check_common(drops: Sequence[CommonDrop]) -> Iterator[RuleFault]:
    seen: dict[str, str] = {}
    for index, drop in enumerate(drops):
        key = f"$.drop[{index}]"
        yield from _check_why(key, drop.why)
        yield from _check_label(key, drop.label)
        if (drop.line is None) == (drop.regex is None):
            yield RuleFault(key, "an entry has exactly one of `line` and `regex`", "Give one of them.")
        if drop.line is not None:
            yield from _check_phrases(f"{key}.line", drop.line)
        if drop.regex is not None:
            yield from _check_regex(f"{key}.regex", drop.regex)
        for text in drop.phrases:
            if len(text) > MAX_COMMON_CHARS:
                remedy = f"Common rules match blocks of up to {MAX_COMMON_CHARS} characters."
                yield RuleFault(f"{key}.line", f"`{text[:40]}…` has {len(text)} characters", remedy)
            before = seen.setdefault(normalize_phrase(text), key)
            if before != key:
                yield RuleFault(f"{key}.line", f"`{text}` is also listed in {before}", "Remove one of the two.")


def _check_cases(cases: Sequence[Case]) -> Iterator[RuleFault]:
    for index, case in enumerate(cases):
        yield from _check_case(f"$.case[{index}]", case)


def _check_case(key: str, case: Case) -> Iterator[RuleFault]:
    if not (case.must_keep or case.must_drop or case.expects):
        yield RuleFault(key, "the case expects nothing", "Add `must_keep`, `must_drop` or a field such as `title`.")
    for index, dropped in enumerate(case.must_drop):
        if not isinstance(dropped, str):
            yield from _check_label(f"{key}.must_drop[{index}]", dropped.label)
    yield from _check_literals(f"{key}.must_keep", case.must_keep)
    yield from _check_literals(f"{key}.must_drop", case.must_drop_texts)
    for name in ("published", "modified"):
        value = getattr(case, name)
        if value is not None and not _is_iso_date(value):
            remedy = "Write ISO 8601, such as 2023-09-05 or 2023-09-05T22:43:00+05:30."
            yield RuleFault(f"{key}.{name}", f"`{value}` is not a date", remedy)


def _check_why(key: str, why: str) -> Iterator[RuleFault]:
    if not why.strip():
        yield RuleFault(f"{key}.why", "`why` is empty", "Describe these blocks in one line.")


def _check_label(key: str, label: Label) -> Iterator[RuleFault]:
    if label.group is Group.BODY:
        remedy = "Blocks with that label are kept: write a [[keep]] entry without a label, or another label."
        yield RuleFault(f"{key}.label", f"`{label.value}` is a label of the article's own text", remedy)


def _check_phrases(key: str, texts: Literals) -> Iterator[RuleFault]:
    named = [(key, texts)] if isinstance(texts, str) else [(f"{key}[{n}]", text) for n, text in enumerate(texts)]
    for where, text in named:
        if not normalize_phrase(normalize_line(text)):
            yield RuleFault(where, f"`{text}` has no letters or digits to compare", "Write the words of the line.")


def _check_literals(key: str, texts: Sequence[str]) -> Iterator[RuleFault]:
    for index, text in enumerate(texts):
        yield from _check_literal(f"{key}[{index}]", text)


def _check_literal(key: str, text: str) -> Iterator[RuleFault]:
    if not normalize_line(text):
        yield RuleFault(key, "the text is empty", "Write the words to match.")


def _check_regex(key: str, regex: str) -> Iterator[RuleFault]:
    try:
        regexes.check_pattern(regex)
    except regexes.PatternError as error:
        remedy = "Correct it; RE2 has no look-around and no back-references."
        yield RuleFault(key, f"the regex cannot be used: {error}", remedy)


def _check_selectors(key: str, selectors: Sequence[str]) -> Iterator[RuleFault]:
    for index, selector in enumerate(selectors):
        yield from (_check_xpath if is_xpath(selector) else _check_css)(f"{key}[{index}]", selector)


def _check_css(key: str, selector: str) -> Iterator[RuleFault]:
    if is_simple_selector(selector):
        return
    remedy = "Write a CSS selector, such as div.related or #comments; pseudo-elements cannot be used."
    if is_xpath(selector):
        yield RuleFault(key, f"`{selector}` is not a CSS selector", "Write `xpath` for an XPath expression.")
        return
    try:
        compile_selector(selector)
    except SelectorSyntaxError as error:
        yield RuleFault(key, f"`{selector}` is not a CSS selector: {error}", remedy)


def _check_xpath(key: str, expression: str) -> Iterator[RuleFault]:
    remedy = "Write XPath 1.0 that selects elements, such as //div[@class='related']."
    if problem := xpath_syntax.find_xpath_fault(expression):
        yield RuleFault(key, f"the XPath cannot be used: {problem}", remedy)
        return
    try:
        compile_selector(expression)
    except SelectorSyntaxError as error:
        yield RuleFault(key, f"the XPath does not compile: {error}", remedy)


_FIELD_NAMES = {"from": "from_"}
_BROAD_MATCHERS = frozenset({"selector", "xpath", "regex"})
_MATCHES_EVERYTHING = frozenset(
    "* html body :root //* /* /html //html /html/body //body .* .+ ^.*$ ^.+$ (?s).* (?s).+".split()
)
_MATCHER_CHECKS: Mapping[str, Callable[[str, Any], Iterator[RuleFault]]] = {
    "line": _check_phrases,
    "starts": _check_literal,
    "ends": _check_literal,
    "contains": _check_literal,
    "regex": _check_regex,
    "selector": _check_css,
    "xpath": _check_xpath,
    "from": _check_literal,
}
"""The check of each matcher's value."""


def _check_narrowing(key: str, matcher: str) -> Iterator[RuleFault]:
    for part in matcher.split(","):
        if part.strip() in _MATCHES_EVERYTHING:
            remedy = "Name elements or words that these blocks have and the article's text does not."
            yield RuleFault(key, f"`{part.strip()}` matches every block of every page", remedy)


@lru_cache
def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _is_iso_date(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
