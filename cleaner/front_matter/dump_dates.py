"""The dates of the article in a dump: of all lines with a date the likeliest day, if it is likely enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleaner import data
from cleaner.data.weight_types import DateLineWeights
from cleaner.front_matter import publication_dates
from cleaner.front_matter.date_evidence import EVIDENCE, DatedLine, list_dated_lines, measure_dates
from cleaner.front_matter.findings import Finding
from cleaner.front_matter.line_choice import choose_line, score_rows
from cleaner.front_matter.line_places import Places
from cleaner.front_matter.publication_dates import DateStyle
from cleaner.labels import Label
from cleaner.language.date_lines import DateLine

_FILE = data.load_data(DateLineWeights)
_WEIGHTS = tuple(_FILE.weights[name] for name in EVIDENCE)
_BY_ADDRESS = 0.55
"""Confidence of the date in the page's address; where a line has the same day, that line is surer."""
_BLOCKS_TO_UPDATE = 3
"""Blocks from the date of publication to that of the last change."""


def find_dump_dates(places: Places, style: DateStyle, url: str | None) -> Iterator[Finding]:
    """The dates that the lines of a dump give, and the one in the address of the page.

    An article that only says when it was changed is of that day, as on HTML pages. The weights of the evidence are learned by
    ``tools/fit_lines.py``.
    """
    address = publication_dates.first_date(publication_dates.read_url_dates(url), style.timezone)
    if address:
        yield Finding(Label.TIMESTAMP, None, DateLine(address), _BY_ADDRESS, "the date in the address")
    lines = list_dated_lines(places, style)
    if lines:
        rows = measure_dates(places, lines, publication_dates.get_day(address) if address else None)
        at, chance = choose_line([line.day for line in lines], score_rows(rows, _WEIGHTS, _FILE.bias))
        yield Finding(Label.TIMESTAMP, None, _join_values(lines[at], lines), chance, "the likeliest line with a date")


def _join_values(chosen: DatedLine, lines: Sequence[DatedLine]) -> DateLine:
    """The dates and the place of ``chosen``, with the last change that a line beside it gives."""
    values = chosen.values
    published = values.published or values.modified
    beside = (
        line.values.modified
        for line in lines
        if line.values.modified
        and abs(line.block.index - chosen.block.index) <= _BLOCKS_TO_UPDATE
        and publication_dates.get_day(line.values.modified) >= chosen.day
    )
    return DateLine(published, values.modified or next(beside, None), values.place)
