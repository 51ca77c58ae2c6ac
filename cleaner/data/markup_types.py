"""The types of the data files about elements, heads and scripts of HTML pages; comments in the files explain their tables and keys."""

from __future__ import annotations

from typing import ClassVar

from cleaner.data.file_types import DataFile, Names, Table, Words


class Boxes(Table, frozen=True):
    """Boxes about the author, and paywalls."""

    author: Names
    paywall_classes: Names
    paywall_ids: Names


class Aside(Table, frozen=True, rename={"other": "except"}):
    """Parts of the page that are not about its article."""

    names: Names
    other: Names
    path: Names


class Others(Table, frozen=True):
    """Elements that are no byline, and no date of publication."""

    byline: Names
    date: Names
    date_names: Names
    date_attributes: Names
    byline_names: Names


class HeadingNames(Table, frozen=True):
    """Headings that are logos, and kickers in headings."""

    logo: Names
    kicker: Names


class Hints(Table, frozen=True):
    """Parts of the names of a kind of element."""

    anywhere: Names = ()
    first: Names = ()
    last: Names = ()
    word: Names = ()


class ElementNames(DataFile, frozen=True):
    """Hints in the names of elements."""

    NAME: ClassVar[str] = "element_names.toml"

    boxes: Boxes
    aside: Aside
    headings: HeadingNames
    others: Others
    kinds: dict[str, Hints]


class ValueKeys(Table, frozen=True):
    """Keys of the values in scripts."""

    headlines: Names
    types: Names
    texts: Names
    addresses: Names
    not_articles: Names


class NodeTypes(Table, frozen=True):
    """Parts of the types of the nodes of a rich text."""

    unread: Names
    heading: Names
    quote: Names
    item: Names
    code: Names
    paragraph: Names


class ScriptKeys(DataFile, frozen=True):
    """How articles are written in scripts."""

    NAME: ClassVar[str] = "script_keys.toml"

    keys: ValueKeys
    types: NodeTypes


class UnseenClasses(Table, frozen=True):
    """Ends of the classes of elements that are not read in the line."""

    screen_reader: Names
    tooltip: Names
    gutter: Names
    back_link: Names
    edit_link: Names
    drop_cap: Names
    formula: Names
    formula_preview: Names
    formula_picture: Names
    block: Names
    code: Names


class UnseenLinks(Table, frozen=True):
    """Signs that are the whole text of a link."""

    back_arrows: str
    own_anchors: str


class UnseenText(DataFile, frozen=True):
    """What is not read in the line."""

    NAME: ClassVar[str] = "unseen_text.toml"

    classes: UnseenClasses
    links: UnseenLinks
    new_window: Words


class MetaNames(Table, frozen=True):
    """Names of ``<meta>`` elements by what they give."""

    title: Names
    description: Names
    section: Names
    tags: Names
    site: Names
    image: Names
    authors: Names
    family_name_first: Names
    published: Names
    modified: Names


class JsonLd(Table, frozen=True):
    """Types and keys of JSON-LD, and keys of the data in other scripts."""

    types: tuple[Names, ...]
    nested: Names
    lists: Names
    rescued: Names
    published_elsewhere: Names
    modified_elsewhere: Names


class Parsely(Table, frozen=True):
    """Keys of Parse.ly's JSON."""

    keys: Names


class SectionNames(Table, frozen=True):
    """Names that are no section."""

    placeholders: Names


class HeadTags(DataFile, frozen=True):
    """Names and keys of the metadata in the head of a page."""

    NAME: ClassVar[str] = "page_head.toml"

    meta: MetaNames
    json_ld: JsonLd
    parsely: Parsely
    section: SectionNames


class Pictures(DataFile, frozen=True):
    """Names of pictures and of elements around them."""

    NAME: ClassVar[str] = "pictures.toml"

    late_sources: Names
    late_sets: Names
    placeholders: Names
    trackers: Names
    ornaments: Names
    credits: Names
