"""Importing the site files of Full-Text RSS as rule files, with a reason for each line that cannot be imported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec

from cleaner.errors import RuleError
from cleaner.labels import Label
from cleaner.language.characters import escape_control_characters
from cleaner.page.dom import SelectorSyntaxError, compile_selector, is_xpath
from cleaner.rulebook.rule_decoder import decode_rules
from cleaner.rulebook.rule_types import SiteFile
from cleaner.rulebook.xpath_syntax import MAX_XPATH_CHARS, find_xpath_fault

_METADATA = {"title": "title", "author": "authors", "date": "published"}
_TESTS = frozenset(("test_url", "test_contains"))
_IRRELEVANT = frozenset("tidy parser autodetect_on_failure strip_image_src strip_attr src_lazy_load_attr".split()) | {
    "insert_detected_image",
    "skip_json_ld",
    "convert_double_br_tags",
}
"""Directives that are about images or the internals of Full-Text RSS, and change no text."""
_UNSUPPORTED: Mapping[str, str] = {
    "prune": "the classifier judges what remains inside the body; it cannot be switched off",
    "find_string": "the text of a page is never changed",
    "replace_string": "the text of a page is never changed",
    "wrap_in": "the markup of a page is never changed",
    "dissolve": "the markup of a page is never changed",
    "single_page_link": "nothing is fetched: provide the page that has the whole article",
    "single_page_link_in_feed": "nothing is fetched: provide the page that has the whole article",
    "next_page_link": "nothing is fetched: provide the page that has the whole article",
    "if_page_contains": "nothing is fetched, and entries have no conditions; use `valid_from` and `valid_until`",
    "http_header": "nothing is fetched",
    "requires_login": "nothing is fetched",
    "login_uri": "nothing is fetched",
    "login_username_field": "nothing is fetched",
    "login_password_field": "nothing is fetched",
    "login_extra_fields": "nothing is fetched",
    "not_logged_in_xpath": "nothing is fetched",
    "native_ad_clue": "whole pages are not marked as advertisements",
}
_LINE = re.compile(r"(?P<name>[a-z_]+)\s*+(?:\([^)]*\))?\s*+:(?P<value>.*)$")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+")
_TEXT_OF = re.compile(r"/(?:@(?:datetime|content)|text\(\))\s*(?=\||$)")
_NO_ELEMENT = re.compile(r"/(?:@[\w:-]+|text\(\)|comment\(\))(?:\[[^\]]*\])?\s*(?:\||$)")
_NO_TEXT = re.compile(r"//?(?:script|style|img|iframe|svg|noscript|input|video|audio|object|embed|link|meta|hr|br)$")
_NAME_PART = re.compile(r"[^'\"\\\n]+")
_LABEL_HINTS: Sequence[tuple[re.Pattern[str], Label]] = tuple(
    (re.compile(words, re.IGNORECASE), label)
    for words, label in (
        ("comment|disqus|discuss", Label.COMMENTS),
        ("cookie|consent|gdpr", Label.CONSENT),
        ("newsletter|signup|sign-up", Label.NEWSLETTER),
        ("paywall|subscri|sign-in|login|gate", Label.PAYWALL),
        ("donat|contribut", Label.DONATION),
        ("share|sharing|social|twitter|facebook", Label.SHARE),
        ("related|recommend|read-?also|read-?more|more-|also|teaser|most-", Label.RELATED),
        ("copyright|disclaimer|legal", Label.LEGAL),
        ("headline|-title|//h1", Label.TITLE),
        ("caption|credit", Label.CAPTION),
        ("byline|author", Label.BYLINE),
        (r"\btags?\b|topic|keyword", Label.TAGS),
        (r"timestamp|\bdate|published", Label.TIMESTAMP),
        ("promo", Label.PROMO),
        (r"\bads?\b|ad-|-ad\b|advert|sponsor|banner|outbrain|taboola", Label.ADVERTISEMENT),
        ("nav|menu|breadcrumb|header|footer|sidebar|pagination|toolbar", Label.NAVIGATION),
    )
)


class SkippedDirective(NamedTuple):
    """A line of a site file that was not imported; line 0 is the file as a whole."""

    line: int
    text: str
    why: str


class ImportedFile(NamedTuple):
    """The result of importing one site file."""

    source: Path
    name: str
    """Name of the rule file, such as ``example.com.toml``; empty if nothing could be imported."""
    text: str
    """Its content."""
    imported_lines: int
    """Lines of the site file that are in it."""
    skipped: tuple[SkippedDirective, ...]
    expected: Mapping[str, Sequence[str]] = {}
    """Texts that the article of each of its test pages contains, by address."""

    @property
    def is_whole(self) -> bool:
        """Whether a rule file was made and no line was left out."""
        return bool(self.name) and not self.skipped


def import_ftr_folder(folder: Path) -> Iterator[ImportedFile]:
    """Import the site files of ``folder``, in order of their names. Raises ``RuleError`` if there is no such folder."""
    if not folder.is_dir():
        raise RuleError(str(folder), "$", "there is no such folder", "Name a folder of Full-Text RSS site files.")
    files = sorted(folder.glob("*.txt"), key=lambda path: (path.name.lstrip("."), path.name.startswith(".")))
    taken: dict[str, Path] = {}
    for path in files:
        host = path.stem.lstrip(".").removeprefix("www.").lower()
        if not _HOST.fullmatch(host):
            yield _refuse_file(path, "its name is not a host name")
        elif host in taken:
            yield _refuse_file(path, f"{taken[host].name} has the same host; a rule file applies to its subdomains too")
        else:
            taken[host] = path
            yield _import_lines(path, host)


def _refuse_file(path: Path, why: str) -> ImportedFile:
    return ImportedFile(path, "", "", 0, (SkippedDirective(0, path.name, why),))


def _import_lines(path: Path, host: str) -> ImportedFile:
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        return _refuse_file(path, f"cannot be read: {error.strerror}")
    draft = _ImportDraft()
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            why = draft.add_directive(line.strip())
            if why:
                draft.skipped.append(SkippedDirective(number, line.strip(), why))
    name = f"{host}.toml"
    written = draft.to_toml(host, path.name)
    try:
        decode_rules(name, written.encode(), SiteFile)
    except RuleError as error:
        return _refuse_file(path, f"the result is not a valid rule file: {error}")
    return ImportedFile(
        path, name if draft.imported_lines else "", written, draft.imported_lines, tuple(draft.skipped), draft.expected
    )


@dataclass
class _ImportDraft:
    """A rule file that is being built."""

    body: list[str] = field(default_factory=list)
    metadata: dict[str, list[str]] = field(default_factory=dict)
    drops: dict[Label, list[str]] = field(default_factory=dict)
    tests: list[str] = field(default_factory=list)
    expected: dict[str, list[str]] = field(default_factory=dict)
    """Texts that the article of each test page contains, by its address."""
    skipped: list[SkippedDirective] = field(default_factory=list)
    imported_lines: int = 0

    def add_directive(self, line: str) -> str:
        """Add one directive; return why it cannot be imported, or an empty text."""
        found = _LINE.match(line)
        if not found:
            return "not a directive"
        name, value = found["name"], found["value"].strip()
        if name in _TESTS:
            self.tests.append(escape_control_characters(f"{name}: {value}"))
            self._add_test(name, value)
            return ""
        if name in _IRRELEVANT or (name == "prune" and value == "yes"):
            return ""
        if name in _UNSUPPORTED:
            return _UNSUPPORTED[name]
        try:
            self._add(name, value)
        except ValueError as error:
            return str(error)
        return ""

    def _add_test(self, name: str, value: str) -> None:
        if name == "test_url":
            self.expected.setdefault(value, [])
        elif self.expected:
            self.expected[next(reversed(self.expected))].append(value)

    def _add(self, name: str, value: str) -> None:
        if name == "body":
            self.body.append(_check_selector(value))
        elif name in _METADATA:
            self.metadata.setdefault(_METADATA[name], []).append(_check_selector(_TEXT_OF.sub("", value)))
        elif name == "strip":
            if _NO_TEXT.search(value):
                return
            self.drops.setdefault(_guess_label(value), []).append(_check_selector(value))
        elif name == "strip_id_or_class":
            self.drops.setdefault(_guess_label(value), []).append(_make_name_selector(value))
        else:
            raise ValueError(f"unknown directive `{name}`")
        self.imported_lines += 1

    def to_toml(self, host: str, source: str) -> str:
        """Return the rule file as TOML."""
        parts = [f"# From {source}, a site file of Full-Text RSS.\nhosts = [{_toml_string(host)}]\nunproven = true\n"]
        if self.metadata:
            lines = [f"{key} = {_toml_list(values)}" for key, values in self.metadata.items()]
            parts.append("\n".join(["[metadata]", *lines, ""]))
        if self.body:
            parts.append(f"[body]\nselectors = {_toml_list(self.body)}\n")
        for label, expressions in self.drops.items():
            for key, selector in _join_selectors(expressions):
                why = "stripped by Full-Text RSS"
                parts.append(
                    f'[[drop]]\nlabel = "{label.value}"\n{key} = {_toml_string(selector)}\nwhy = {_toml_string(why)}\n'
                )
        if self.tests:
            parts.append("\n".join(["# Pages to make cases of:", *(f"# {test}" for test in self.tests), ""]))
        return "\n".join(parts)


def _check_selector(expression: str) -> str:
    """Return ``expression`` in a form that rules accept. Raises :class:`ValueError` with the reason if it has none."""
    if expression.startswith("id("):
        expression = f"({expression})"
    if not is_xpath(expression):
        raise ValueError("it does not select an element")
    if problem := find_xpath_fault(expression):
        raise ValueError(problem)
    if _NO_ELEMENT.search(expression):
        raise ValueError("it does not select an element")
    try:
        compile_selector(expression)
    except SelectorSyntaxError as error:
        raise ValueError(f"it does not compile: {error}") from error
    return expression


def _make_name_selector(part: str) -> str:
    """Return a CSS selector for elements with ``part`` anywhere in their id or class."""
    part = part.strip("'\" ")
    if not part or not _NAME_PART.fullmatch(part):
        raise ValueError("it is not part of a name")
    return f"[id*='{part}'], [class*='{part}']"


def _guess_label(expression: str) -> Label:
    return next((label for words, label in _LABEL_HINTS if words.search(expression)), Label.OTHER)


def _join_selectors(expressions: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Join the expressions of each kind into as few as the limit of their length allows."""
    for key, glue in (("selector", ", "), ("xpath", " | ")):
        chosen = [expression for expression in expressions if is_xpath(expression) == (key == "xpath")]
        group = ""
        for expression in dict.fromkeys(chosen):
            longer = f"{group}{glue}{expression}" if group else expression
            if len(longer) > MAX_XPATH_CHARS:
                yield key, group
                longer = expression
            group = longer
        if group:
            yield key, group


def _toml_list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(_toml_string, dict.fromkeys(values)))}]"


def _toml_string(text: str) -> str:
    """Return ``text`` as a TOML string: a JSON string is valid TOML, except for one control character."""
    return msgspec.json.encode(text).decode().replace("\x7f", "\\u007f")
