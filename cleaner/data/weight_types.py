"""The types of the data files with weights that were learned; those of the classifier are arrays."""

from __future__ import annotations

from typing import ClassVar

from cleaner.data.file_types import DataFile


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
