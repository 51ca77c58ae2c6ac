"""The types of the data files with words of texts, short lines and names; comments in the files explain their tables and keys."""

from __future__ import annotations

from typing import ClassVar

from cleaner.data.file_types import DataFile, Names, Table, Words
from cleaner.labels import Label


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
    other_stories: Words


class ShareBar(Table, frozen=True):
    """Words of share bars."""

    networks: Names
    around: Names


class Keywords(DataFile, frozen=True):
    """Words that label a dropped line."""

    NAME: ClassVar[str] = "keywords.toml"

    labels: dict[Label, Words]
    share_bar: ShareBar


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


class PageTypes(DataFile, frozen=True):
    """What pages that are no articles say of themselves."""

    NAME: ClassVar[str] = "page_types.toml"

    error_titles: Words
    consent_phrases: Words
    listing_titles: Words
    forum_paths: Words
    forum_words: Words
    listing_paths: Words
