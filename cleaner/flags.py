"""Flags: warnings about an article."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Flag(StrEnum):
    """A warning about an article, with its meaning."""

    meaning: str

    def __new__(cls, value: str, meaning: str) -> Self:
        """A flag with its meaning."""
        flag = str.__new__(cls, value)
        flag._value_ = value
        flag.meaning = meaning
        return flag

    FLATTENED = "flattened", "elements nested too deeply for the parser were flattened; no text is lost"
    FROM_SCRIPT = "from_script", "the page shows no article; its text is from a script, a template or an attribute"
    TRUNCATED = "truncated", "the page says that it is cut at a paywall"
    LOW_CONFIDENCE = (
        "low_confidence",
        "the classifier is less sure of the page than of nine pages in ten, or one rule dropped nearly all text",
    )
    SUSPECT_RULE = (
        "suspect_rule",
        "a rule of its site was not followed: it would have lost much of what is surely text; `suspect_rules` names it",
    )
    ONE_LINE = "one_line", "the dump has its text on one line; paragraphs are sentences"
    MENDED = "mended", "text that was encoded twice, or otherwise than the rest of the page, was repaired"
    NOT_AN_ARTICLE = (
        "not_an_article",
        "less than two sentences of text, or a page of another type: an error, a forum, a home page, a list",
    )
