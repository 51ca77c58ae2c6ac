"""Labels of blocks, and their groups."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Self


class Group(Enum):
    """Destination of a block: the text, the metadata, or neither."""

    BODY = "body"
    ABOUT = "about"
    REMOVED = "removed"


class Label(StrEnum):
    """Label of a block, with its group and meaning.

    A verdict keeps a block if and only if its label is in the body group, so that a kept advertisement or a dropped
    paragraph cannot be expressed.
    """

    group: Group
    meaning: str

    def __new__(cls, value: str, group: Group, meaning: str) -> Self:
        """A label with its group and meaning."""
        label = str.__new__(cls, value)
        label._value_ = value
        label.group = group
        label.meaning = meaning
        return label

    PARAGRAPH = "paragraph", Group.BODY, "running text of the article"
    HEADING = "heading", Group.BODY, "a heading inside the article"
    LIST_ITEM = "list_item", Group.BODY, "an item of a list that belongs to the article"
    QUOTE = "quote", Group.BODY, "a quotation set apart"
    TABLE = "table", Group.BODY, "rows of a table with content"
    CODE = "code", Group.BODY, "preformatted text or source code"
    DESCRIPTION = "description", Group.BODY, "the standfirst: a summary set apart under the headline"

    TITLE = "title", Group.ABOUT, "the headline"
    BYLINE = "byline", Group.ABOUT, "who wrote it, or the agency it comes from"
    TIMESTAMP = "timestamp", Group.ABOUT, "when it was published or updated, reading time, a page's clock"
    CAPTION = "caption", Group.ABOUT, "what a picture shows, its alternative text or its credit"
    TAGS = "tags", Group.ABOUT, "topics, keywords or the section the article is filed under"
    AUTHOR_BIO = "author_bio", Group.ABOUT, "a note about the author"

    TICKER = "ticker", Group.REMOVED, "a strip of headlines of other stories"
    NAVIGATION = "navigation", Group.REMOVED, "menus, breadcrumbs, links that lead around the site"
    SHARE = "share", Group.REMOVED, "share buttons and follow-us lines"
    PAYWALL = "paywall", Group.REMOVED, "an offer to sign in, register or subscribe"
    NEWSLETTER = "newsletter", Group.REMOVED, "an invitation to a newsletter"
    DONATION = "donation", Group.REMOVED, "an appeal for money"
    RELATED = "related", Group.REMOVED, "pointers to other stories, with their headlines and teasers"
    COMMENTS = "comments", Group.REMOVED, "readers' comments and the notices around them"
    CONSENT = "consent", Group.REMOVED, "cookie and consent notices"
    ADVERTISEMENT = "advertisement", Group.REMOVED, "an advertisement or the label of one"
    PROMO = "promo", Group.REMOVED, "the publisher's own products, apps and events"
    LEGAL = "legal", Group.REMOVED, "copyright, terms and disclaimers"
    DUPLICATE = "duplicate", Group.REMOVED, "text that is on the page a second time"
    OTHER = "other", Group.REMOVED, "boilerplate of no particular kind"
