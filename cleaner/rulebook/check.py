"""What types cannot say of a rule file: selectors and regexes that compile, one matcher an entry, real time zones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cleaner.dom import SelectorSyntaxError, compile_selector
from cleaner.labels import Group, Label
from cleaner.rulebook import patterns
from cleaner.rulebook.schema import (
    MATCHERS,
    Case,
    CommonDrop,
    CommonFile,
    Drop,
    NetworkFile,
    RuleFile,
    SiteEntry,
    SiteFile,
    SiteMetadata,
)
from cleaner.text import one_line, phrase

COMMON_LIMIT = 200
"""Characters of the longest block a common rule looks at: over that it may be a paragraph that quotes a phrase."""


class Fault(NamedTuple):
    """What is wrong in a rule file, where, and what to do about it."""

    key: str
    problem: str
    remedy: str


def faults(file: RuleFile) -> Iterator[Fault]:
    """Everything that is wrong in a file whose keys and types are right, in the order of its tables."""
    if isinstance(file, CommonFile):
        yield from _common(file.drop)
        return
    if isinstance(file, SiteFile):
        yield from _identity(file)
    yield from _metadata(file.metadata)
    yield from _page(file)
    for index, drop in enumerate(file.drop):
        yield from _entry(f"$.drop[{index}]", drop)
    for index, keep in enumerate(file.keep):
        yield from _entry(f"$.keep[{index}]", keep)
    if isinstance(file, SiteFile):
        for index, case in enumerate(file.case):
            yield from _case(f"$.case[{index}]", case)


def _identity(file: SiteFile) -> Iterator[Fault]:
    if not file.hosts and not file.signatures:
        yield Fault("$", "neither `hosts` nor `signatures` is given", "Add one, or no page will ever find this file.")
    for index, host in enumerate(file.hosts):
        if not host or host != host.lower() or set(host) & set("/:@*? ") or host.startswith("."):
            remedy = "Write the bare name in small letters, as example.com; its subdomains are included."
            yield Fault(f"$.hosts[{index}]", f"`{host}` is not a host name", remedy)
    yield from _literals("$.signatures", file.signatures)


def _metadata(metadata: SiteMetadata) -> Iterator[Fault]:
    if metadata.timezone is not None and not _is_zone(metadata.timezone):
        remedy = "Write its IANA name, as Asia/Kolkata or Europe/Berlin."
        yield Fault("$.metadata.timezone", f"`{metadata.timezone}` is no time zone", remedy)
    for name, selectors in metadata.selectors.items():
        yield from _selectors(f"$.metadata.{name}", selectors)


def _page(file: NetworkFile) -> Iterator[Fault]:
    if file.body is not None:
        yield from _selectors("$.body.selectors", file.body.selectors)


def _entry(key: str, entry: SiteEntry) -> Iterator[Fault]:
    yield from _why(key, entry.why)
    given = [name for name in MATCHERS if getattr(entry, "from_" if name == "from" else name) is not None]
    if len(given) != 1:
        found = " and ".join(f"`{name}`" for name in given) or "none"
        yield Fault(
            key, f"an entry has exactly one matcher, this has {found}", f"Choose one of: {', '.join(MATCHERS)}."
        )
    if isinstance(entry, Drop):
        yield from _label(key, entry.label)
    yield from _range(key, entry)
    yield from _phrases(key, entry.phrases, is_list=not isinstance(entry.line, str))
    for name in ("starts", "ends", "contains"):
        yield from _literal(f"{key}.{name}", getattr(entry, name))
    yield from _regex(f"{key}.regex", entry.regex)
    if entry.selector is not None:
        yield from _selector(f"{key}.selector", entry.selector)


def _range(key: str, entry: SiteEntry) -> Iterator[Fault]:
    yield from _literal(f"{key}.from", entry.from_)
    yield from _literal(f"{key}.to", entry.to)
    if entry.from_ is not None and entry.to is None:
        yield Fault(f"{key}.to", "`from` has no `to`", 'Add `to = "…"`, or `to = "end"` for all that follows.')
    if entry.from_ is None and entry.to is not None:
        yield Fault(f"{key}.to", "`to` stands without `from`", "Name the first line of the range in `from`.")
    if entry.through is not None and entry.from_ is not None:
        yield Fault(
            f"{key}.through", "`through` stands beside `from`", "A range ends at its `to`; leave `through` out."
        )
    if entry.through is not None and entry.through < 0:
        yield Fault(
            f"{key}.through", f"{entry.through} is negative", "Write how many blocks below are meant, 0 or more."
        )


def _common(drops: Sequence[CommonDrop]) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for index, drop in enumerate(drops):
        key = f"$.drop[{index}]"
        yield from _why(key, drop.why)
        yield from _label(key, drop.label)
        if (drop.line is None) == (drop.regex is None):
            yield Fault(key, "an entry has exactly one of `line` and `regex`", "Give one of them.")
        yield from _phrases(key, drop.phrases, is_list=not isinstance(drop.line, str))
        yield from _regex(f"{key}.regex", drop.regex)
        for text in drop.phrases:
            if len(text) > COMMON_LIMIT:
                remedy = f"Common rules look at blocks of up to {COMMON_LIMIT} characters."
                yield Fault(f"{key}.line", f"`{text[:40]}…` has {len(text)} characters", remedy)
            before = seen.setdefault(phrase(text), key)
            if before != key:
                yield Fault(f"{key}.line", f"`{text}` is listed in {before} too", "Strike one of the two.")


def _case(key: str, case: Case) -> Iterator[Fault]:
    if not (case.must_keep or case.must_drop or case.expects):
        yield Fault(key, "the case expects nothing", "Add `must_keep`, `must_drop` or a field such as `title`.")
    for name in ("published", "modified"):
        value = getattr(case, name)
        if value is not None and not _is_moment(value):
            remedy = "Write ISO 8601, as 2023-09-05 or 2023-09-05T22:43:00+05:30."
            yield Fault(f"{key}.{name}", f"`{value}` is not a date", remedy)


def _why(key: str, why: str) -> Iterator[Fault]:
    if not why.strip():
        yield Fault(f"{key}.why", "`why` is empty", "Say in one line what these blocks are.")


def _label(key: str, label: Label) -> Iterator[Fault]:
    if label.group is Group.BODY:
        remedy = "Blocks of that label are kept: write a [[keep]] entry without a label, or another label."
        yield Fault(f"{key}.label", f"`{label.value}` is a label of the article's own text", remedy)


def _phrases(key: str, texts: Sequence[str], *, is_list: bool) -> Iterator[Fault]:
    for index, text in enumerate(texts):
        if not phrase(one_line(text)):
            where = f"{key}.line[{index}]" if is_list else f"{key}.line"
            yield Fault(where, f"`{text}` has nothing to compare", "Write the words of the line.")


def _literals(key: str, texts: Sequence[str]) -> Iterator[Fault]:
    for index, text in enumerate(texts):
        yield from _literal(f"{key}[{index}]", text)


def _literal(key: str, text: str | None) -> Iterator[Fault]:
    if text is not None and not one_line(text):
        yield Fault(key, "the text is empty", "Write the words to look for.")


def _regex(key: str, regex: str | None) -> Iterator[Fault]:
    if regex is None:
        return
    try:
        patterns.check(regex)
    except patterns.PatternError as error:
        remedy = "Mend it; RE2 has no look-around and no back-references."
        yield Fault(key, f"the regex does not compile: {error}", remedy)


def _selectors(key: str, selectors: Sequence[str]) -> Iterator[Fault]:
    for index, selector in enumerate(selectors):
        yield from _selector(f"{key}[{index}]", selector)


def _selector(key: str, selector: str) -> Iterator[Fault]:
    try:
        compile_selector(selector)
    except SelectorSyntaxError as error:
        remedy = "Write a CSS selector, as div.related or #comments; pseudo-elements cannot be used."
        yield Fault(key, f"`{selector}` is not a CSS selector: {error}", remedy)


@lru_cache
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
