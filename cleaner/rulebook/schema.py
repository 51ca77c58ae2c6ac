"""What a rule file may hold, as frozen values: the one place that knows the names of its keys."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from cleaner.labels import Label

Literals: TypeAlias = str | tuple[str, ...]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every entry has: the reason a reader is given, and the two matchers that see a whole block."""

    why: str
    line: Literals | None = None
    regex: str | None = None

    @property
    def phrases(self) -> tuple[str, ...]:
        """The texts of ``line``, whether one or a list was given."""
        if self.line is None:
            return ()
        return (self.line,) if isinstance(self.line, str) else self.line


class SiteEntry(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which blocks of a site an entry speaks of: exactly one of :data:`MATCHERS` is given."""

    starts: str | None = None
    ends: str | None = None
    contains: str | None = None
    selector: str | None = None
    from_: str | None = msgspec.field(name="from", default=None)
    to: str | None = None
    through: int | None = None


MATCHERS = ("line", "starts", "ends", "contains", "regex", "selector", "from")
COMMON_MATCHERS = ("line", "regex")
END = "end"
"""What ``to`` says where a range has no last line of its own: everything below."""


class Drop(SiteEntry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A ``[[drop]]`` entry: blocks that are not the article's text, and what they are instead."""

    label: Label


class Keep(SiteEntry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A ``[[keep]]`` entry: blocks that are the article's text whatever later judges think."""


class SiteMetadata(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The ``[metadata]`` table: the site's time zone, and CSS selectors for what its markup says only visibly."""

    timezone: str | None = None
    """IANA name, as ``Asia/Kolkata``."""
    title: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    description: tuple[str, ...] = ()

    @property
    def selectors(self) -> dict[str, tuple[str, ...]]:
        """CSS selectors by the field they give, for the fields that have any."""
        return {name: found for name in SELECTED if (found := getattr(self, name))}

    def over(self, base: SiteMetadata) -> SiteMetadata:
        """These values, and those of ``base`` where this one has none."""
        return SiteMetadata(**{name: getattr(self, name) or getattr(base, name) for name in self.__struct_fields__})


SELECTED = tuple(name for name in SiteMetadata.__struct_fields__ if name != "timezone")


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The ``[body]`` table: where in the markup the article stands."""

    selectors: tuple[str, ...]


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A ``[[case]]`` entry: a page, and what cleaning it has to give. A field that is left out is not looked at."""

    input: str
    """The page's file, as a path from the rules folder."""
    url: str | None = None
    must_keep: tuple[str, ...] = ()
    must_drop: tuple[str, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] | None = None
    published: str | None = None
    """ISO 8601; likewise ``modified``."""
    modified: str | None = None
    site: str | None = None
    language: str | None = None
    description: str | None = None
    section: str | None = None
    tags: tuple[str, ...] | None = None
    agency: str | None = None
    place: str | None = None

    @property
    def expects(self) -> dict[str, str | tuple[str, ...]]:
        """The metadata the case names, by field of the article."""
        plain = ("input", "url", "must_keep", "must_drop")
        named = {name: getattr(self, name) for name in self.__struct_fields__ if name not in plain}
        return {name: value for name, value in named.items() if value is not None}


class NetworkFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file that sites extend: ``networks/<name>.toml``."""

    extends: tuple[str, ...] = ()
    metadata: SiteMetadata = SiteMetadata()
    body: Body | None = None
    drop: tuple[Drop, ...] = ()
    keep: tuple[Keep, ...] = ()


class SiteFile(NetworkFile, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file for one site: ``<host>.toml``."""

    hosts: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    case: tuple[Case, ...] = ()


class CommonDrop(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A ``[[drop]]`` entry of ``everywhere.toml``: a short block that is boilerplate on every site."""

    label: Label


class CommonFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file of the common rules: ``everywhere.toml``."""

    drop: tuple[CommonDrop, ...] = ()


RuleFile: TypeAlias = NetworkFile | CommonFile
