"""The types of the data files, with their tables and keys; comments in the files explain them."""

from __future__ import annotations

from typing import Annotated, ClassVar, TypeAlias

import msgspec

from cleaner.labels import Label

Language: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[a-z]{2,3}$")]
"""ISO 639 code of the language of a list of words; "mul" for several."""
Words: TypeAlias = dict[Language, tuple[str, ...]]
Names: TypeAlias = tuple[str, ...]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a data file; every key is required."""


class DataFile(Table, frozen=True):
    """A data file."""

    NAME: ClassVar[str]


class Agencies(DataFile, frozen=True):
    """News agencies and picture agencies."""

    NAME: ClassVar[str] = "agencies.toml"

    names: Names
    before: Names
    short: Names
    in_brackets: Names
    behind_bar: Names
    picture_agencies: Names


class Sections(DataFile, frozen=True):
    """Sections of a site."""

    NAME: ClassVar[str] = "sections.toml"

    sections: Words


class Surnames(Table, frozen=True):
    """Surnames of one character."""

    zh: str
    ko: str


class PersonNames(DataFile, frozen=True):
    """Words that occur in names of persons, or only in other texts."""

    NAME: ClassVar[str] = "person_names.toml"

    particles: Names
    titles: Names
    academic_titles: Names
    jobs: Names
    placeholders: Names
    accounts: Names
    buttons: Names
    page_words: Names
    surnames: Surnames


class Spans(Table, frozen=True):
    """Reading times and times until now."""

    minutes: Names
    read: Names
    reading_time: Names
    posted: Names
    now: Names
    before_ago: Names
    behind_vor: Names
    behind_number: Names
    before_number: Names


class BylineWords(Table, frozen=True):
    """Words of bylines."""

    before_credited: Names
    credited: Names
    credited_by: Names
    leads: Names
    prepositions: Names
    before_one_word: Names
    possessives: Names
    roles: Names
    not_authors: Names
    joints: Names
    conjunctions: Names
    glued: Names
    last_words: Names
    ends: Names
    networks: Names
    posted: Names
    posted_on: Names
    portraits: Names
    behind_portrait: Names
    before_jobs: Names
    bio_leads: Names
    bio_verbs: Names
    card_labels: Names


class ChineseByline(Table, frozen=True):
    """Roles in Chinese articles."""

    author: Names
    reporter: Names
    behind_reporter: Names
    behind_korean: Names
    editor: Names


class CaptionWords(Table, frozen=True):
    """Words of captions."""

    pictures: Names
    credited: Names
    in_brackets: Names
    before_colon: Names
    stock: Names
    clues: Names


class TagWords(Table, frozen=True):
    """Words of lines of tags."""

    headings: Names
    leads: Names


class NotHeadline(Table, frozen=True):
    """Words of lines above the article that are not its headline."""

    first_words: Names
    last_words: Names
    title_parts: Names


class HeadlineWeights(DataFile, frozen=True):
    """How much each kind of evidence says that a line is the headline; learned."""

    NAME: ClassVar[str] = "headline_weights.toml"

    bias: float
    weights: dict[str, float]


class LabelledHeadlineWeights(DataFile, frozen=True):
    """How much each kind of evidence, the classifier's labels included, says that a line is the headline; learned."""

    NAME: ClassVar[str] = "labelled_headline_weights.toml"

    bias: float
    weights: dict[str, float]


class DateLineWeights(DataFile, frozen=True):
    """How much each kind of evidence says that a line has the date of the article; learned."""

    NAME: ClassVar[str] = "date_line_weights.toml"

    bias: float
    weights: dict[str, float]


class AuthorLineWeights(DataFile, frozen=True):
    """How much each kind of evidence says that a line names the author of the article; learned."""

    NAME: ClassVar[str] = "author_line_weights.toml"

    bias: float
    weights: dict[str, float]


class LineCuts(DataFile, frozen=True):
    """How much each kind of evidence says that a text begins at a word of a page on one line; learned."""

    NAME: ClassVar[str] = "line_cuts.toml"

    threshold: float
    bias: float
    weights: dict[str, float]


class LineWords(DataFile, frozen=True):
    """Words of date lines, bylines, captions and lines of tags."""

    NAME: ClassVar[str] = "line_words.toml"

    updated: Words
    published: Words
    date_line: Words
    spans: Spans
    byline: BylineWords
    chinese_byline: ChineseByline
    caption: CaptionWords
    tags: TagWords
    not_headline: NotHeadline
    reply: Words
    pointers: Words


class ShareBar(Table, frozen=True):
    """Words of share bars."""

    networks: Names
    around: Names


class Keywords(DataFile, frozen=True):
    """Words that label a dropped line."""

    NAME: ClassVar[str] = "keywords.toml"

    labels: dict[Label, Words]
    share_bar: ShareBar


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


class FunctionWords(DataFile, frozen=True):
    """The most frequent words of languages in Latin script."""

    NAME: ClassVar[str] = "function_words.toml"

    words: Words


class PictureCredits(DataFile, frozen=True):
    """Words before the name of who took a picture."""

    NAME: ClassVar[str] = "picture_credits.toml"

    before_colon: Words
    before_name: Words
    behind_name: Words


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


class Pictures(DataFile, frozen=True):
    """Names of pictures and of elements around them."""

    NAME: ClassVar[str] = "pictures.toml"

    late_sources: Names
    late_sets: Names
    placeholders: Names
    trackers: Names
    ornaments: Names
    credits: Names


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


class PageTypes(DataFile, frozen=True):
    """What pages that are no articles say of themselves."""

    NAME: ClassVar[str] = "page_types.toml"

    error_titles: Words
    consent_phrases: Words
    listing_titles: Words
    forum_paths: Words
    forum_words: Words
    listing_paths: Words
