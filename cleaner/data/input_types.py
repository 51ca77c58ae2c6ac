"""The types of the data files about how pages arrive: files, rows, encodings, addresses, dumps; comments in the files explain their tables and keys."""

from __future__ import annotations

from typing import ClassVar

from cleaner.data.file_types import DataFile, Language, Names, Table


class DumpMarks(DataFile, frozen=True):
    """Words that flatteners write beside the text."""

    NAME: ClassVar[str] = "dump_marks.toml"

    header_fields: Names
    header_ends: Names
    mail_fields: Names
    list_headings: Names
    reference_headings: Names
    reference_parts: Names
    placeholders: Names
    frames: Names
    scripts: Names
    styles: Names
    data: Names
    edit_links: Names


class FileSigns(Table, frozen=True):
    """A kind of file that is no page."""

    called: Names
    starts: Names
    at: dict[str, Names]
    suffixes: Names
    names: Names


class FileKinds(DataFile, frozen=True):
    """Files that are no pages."""

    NAME: ClassVar[str] = "file_kinds.toml"

    kind: tuple[FileSigns, ...]


class RowFields(DataFile, frozen=True):
    """Names of the fields of rows, the first that a row has counts."""

    NAME: ClassVar[str] = "row_fields.toml"

    html: Names
    text: Names
    url: Names
    id: Names
    fetched: Names
    inner: Names


class EncodedLanguage(Table, frozen=True):
    """A language, and how the bytes of a page in it may be encoded."""

    code: Language
    encodings: Names
    letters: str
    words: Names
    domains: Names


class Encodings(DataFile, frozen=True):
    """Encodings by language."""

    NAME: ClassVar[str] = "encodings.toml"

    language: tuple[EncodedLanguage, ...]


class AddressProxy(Table, frozen=True):
    """Hosts that write the address of the original behind their own."""

    hosts: Names
    between: Names


class QueryProxy(Table, frozen=True):
    """Hosts that have the address of the original in their query."""

    hosts: Names
    names: Names
    between: Names


class HostProxy(Table, frozen=True):
    """Hosts that are written behind that of the original."""

    endings: Names


class Proxies(DataFile, frozen=True):
    """Archives, caches and proxies."""

    NAME: ClassVar[str] = "proxies.toml"

    before_address: tuple[AddressProxy, ...]
    in_query: tuple[QueryProxy, ...]
    rewritten_host: tuple[HostProxy, ...]
