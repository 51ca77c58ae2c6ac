"""The tables and keys of rule files, as frozen values: the only place that defines their names."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

from cleaner.labels import Label

Literals: TypeAlias = str | tuple[str, ...]


def _describe(meaning: str) -> Meta:
    """Return the description of a key that editors and the reference of rule files show."""
    return Meta(description=meaning)


class Trust(StrEnum):
    """Whether a rule is followed on a page where it contradicts the classifier."""

    ALWAYS = "always"


class RuleEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """What every entry has: the reason a reader is given, and the two matchers that see a whole block."""

    why: Annotated[str, _describe("What these blocks are, in one line. It is the reason in each verdict.")]
    line: Annotated[
        Literals | None,
        _describe("A block with this text and no other. Letter case, and marks around it, are ignored."),
    ] = None
    regex: Annotated[
        str | None, _describe("A block that this RE2 expression matches from the first to the last character.")
    ] = None

    @property
    def phrases(self) -> tuple[str, ...]:
        """The texts of ``line``, whether one or a list was given."""
        if self.line is None:
            return ()
        return (self.line,) if isinstance(self.line, str) else self.line


class SiteEntry(RuleEntry, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """Which blocks of a site an entry matches: exactly one of :data:`MATCHERS` is given."""

    starts: Annotated[str | None, _describe("A block that starts with this text.")] = None
    ends: Annotated[str | None, _describe("A block that ends with this text.")] = None
    contains: Annotated[str | None, _describe("A block that contains this text.")] = None
    selector: Annotated[
        str | None, _describe("A block in an element that matches this CSS selector. Not for dumps.")
    ] = None
    xpath: Annotated[
        str | None,
        _describe("A block in an element that this XPath 1.0 expression selects; up to 500 characters. Not for dumps."),
    ] = None
    from_: Annotated[str | None, _describe("All blocks from one that is equal to this text, or starts with it, …")] = (
        msgspec.field(name="from", default=None)
    )
    to: Annotated[
        str | None,
        _describe('… down to the next one that is equal to this text, or starts with it; "end" for all below.'),
    ] = None
    through: Annotated[int | None, _describe("How many blocks below each one that matches belong to it.")] = None


MATCHERS = ("line", "starts", "ends", "contains", "regex", "selector", "xpath", "from")
COMMON_MATCHERS = ("line", "regex")
END = "end"
"""The value of ``to`` for a range that includes all blocks below."""


class Drop(SiteEntry, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A ``[[drop]]`` entry: blocks that are not the article's text, and their label."""

    label: Annotated[Label, _describe("What the blocks are instead of the article's text.")]
    trust: Annotated[
        Trust | None,
        _describe('"always": followed on every page, even if it drops much that the classifier is sure is text.'),
    ] = None


class Keep(SiteEntry, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A ``[[keep]]`` entry: blocks that are the article's text, whatever later judges would decide."""


class SiteMetadata(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """The ``[metadata]`` table: the site's time zone, and selectors of metadata its pages show but do not declare."""

    timezone: Annotated[str | None, _describe("Time zone of dates without one, by its IANA name.")] = None
    title: Annotated[
        tuple[str, ...],
        _describe("Selectors of the headline, in CSS or XPath; XPath starts with / or (."),
    ] = ()
    authors: Annotated[tuple[str, ...], _describe("Selectors of its authors, each in a separate element.")] = ()
    published: Annotated[
        tuple[str, ...],
        _describe("Selectors of the time it was published; an element's `datetime` or `content` wins over its text."),
    ] = ()
    modified: Annotated[
        tuple[str, ...], _describe("Selectors of the time it was modified, read like `published`.")
    ] = ()
    section: Annotated[tuple[str, ...], _describe("Selectors of the section it is filed under.")] = ()
    tags: Annotated[tuple[str, ...], _describe("Selectors of its tags, each in a separate element.")] = ()
    description: Annotated[tuple[str, ...], _describe("Selectors of its standfirst or summary.")] = ()

    @property
    def selectors(self) -> dict[str, tuple[str, ...]]:
        """The selectors of each field that has any."""
        return {name: found for name in SELECTOR_FIELDS if (found := getattr(self, name))}

    def with_defaults(self, base: SiteMetadata) -> SiteMetadata:
        """Return these values, completed with those of ``base``."""
        return SiteMetadata(**{name: getattr(self, name) or getattr(base, name) for name in self.__struct_fields__})


SELECTOR_FIELDS = tuple(name for name in SiteMetadata.__struct_fields__ if name != "timezone")


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """The ``[body]`` table: where in the markup the article is."""

    selectors: Annotated[
        tuple[str, ...],
        _describe(
            "Selectors of the element that contains the article, in CSS or XPath; "
            "of several, the first that holds nearly as much of the likely text as the best one."
        ),
    ]
    trust: Annotated[
        Trust | None,
        _describe(
            '"always": the first that matches is followed, however little of the likely text it holds, and all in it kept.'
        ),
    ] = None
    why: Annotated[str | None, _describe("Why it is trusted, in one line; required with `trust`.")] = None


class DroppedLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A text that must not be in the article, and the label of its block."""

    text: Annotated[str, _describe("A text that is on the page and not in the article.")]
    label: Annotated[Label, _describe("What the block that has it is dropped as.")]


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A ``[[case]]`` entry: a page, and what cleaning it has to give. A field that is left out is not checked."""

    input: Annotated[str, _describe("The page's file, as a path from the rules folder.")]
    url: Annotated[str | None, _describe("The page's address, if the result depends on it.")] = None
    fetched: Annotated[date | None, _describe("The day of its download, if the site's rules depend on it.")] = None
    must_keep: Annotated[tuple[str, ...], _describe("Texts that are in the article.")] = ()
    must_drop: Annotated[
        tuple[str | DroppedLine, ...], _describe("Texts that are on the page and not in the article.")
    ] = ()
    title: Annotated[str | None, _describe("The article's headline.")] = None
    authors: Annotated[tuple[str, ...] | None, _describe("Its authors.")] = None
    published: Annotated[str | None, _describe("When it was published, in ISO 8601.")] = None
    modified: Annotated[str | None, _describe("When it was modified, in ISO 8601.")] = None
    site: Annotated[str | None, _describe("The host it is from.")] = None
    language: Annotated[str | None, _describe("Its language, as a two-letter code.")] = None
    description: Annotated[str | None, _describe("Its standfirst or summary.")] = None
    section: Annotated[str | None, _describe("The section it is filed under.")] = None
    tags: Annotated[tuple[str, ...] | None, _describe("Its tags.")] = None
    agency: Annotated[str | None, _describe("The agency it comes from.")] = None
    place: Annotated[str | None, _describe("The place in its dateline.")] = None

    @property
    def must_drop_texts(self) -> tuple[str, ...]:
        """The texts of ``must_drop``, with and without a label."""
        return tuple(dropped if isinstance(dropped, str) else dropped.text for dropped in self.must_drop)

    @property
    def expects(self) -> dict[str, str | tuple[str, ...]]:
        """The metadata that the case expects, by field of the article."""
        plain = ("input", "url", "fetched", "must_keep", "must_drop")
        named = {name: getattr(self, name) for name in self.__struct_fields__ if name not in plain}
        return {name: value for name, value in named.items() if value is not None}


class LayerFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """What the files of sites and of networks both have."""

    extends: Annotated[
        tuple[str, ...],
        _describe("Files it extends, such as networks/vuukle. Its own values and entries take precedence."),
    ] = ()
    metadata: Annotated[
        SiteMetadata, _describe("Where pages show metadata of their article, and the time zone of their dates.")
    ] = SiteMetadata()
    body: Annotated[Body | None, _describe("Where the article is.")] = None
    drop: Annotated[tuple[Drop, ...], _describe("Blocks that are not the article's text.")] = ()
    keep: Annotated[
        tuple[Keep, ...], _describe("Blocks that are the article's text, whatever later judges would decide.")
    ] = ()
    signatures: Annotated[
        tuple[str, ...],
        _describe("Texts that identify a dump; all of them have to occur in it, in the same letter case."),
    ] = ()
    fingerprints: Annotated[
        tuple[str, ...],
        _describe(
            "CSS selectors of one element each; a page that has any of them uses the network, or has this layout of the site."
        ),
    ] = ()
    unproven: Annotated[
        bool,
        _describe(
            "Whether entries that fire on no case are allowed: rules of another tool, whose pages are not at hand."
        ),
    ] = False
    case: Annotated[tuple[Case, ...], _describe("Pages that test the rules.")] = ()


class NetworkFile(LayerFile, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A file of rules that many sites share: ``networks/<name>.toml``. Sites extend it, or its pages are recognised."""


class SiteFile(LayerFile, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A file for one site, or for one layout of it: ``<host>.toml``."""

    hosts: Annotated[tuple[str, ...], _describe("Bare host names in lower case. Subdomains are included.")] = ()
    valid_from: Annotated[date | None, _describe("First day on which pages were fetched with this layout.")] = None
    valid_until: Annotated[date | None, _describe("Last day on which pages were fetched with this layout.")] = None


class CommonDrop(RuleEntry, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """A ``[[drop]]`` entry of ``everywhere.toml``: a short block that is boilerplate on every site."""

    label: Annotated[Label, _describe("What the blocks are instead of the article's text.")]


class CommonFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """The file of the common rules: ``everywhere.toml``."""

    drop: Annotated[tuple[CommonDrop, ...], _describe("Short blocks that are boilerplate on every site.")] = ()
    case: Annotated[tuple[Case, ...], _describe("Pages that test the rules.")] = ()


RuleFile: TypeAlias = LayerFile | CommonFile
