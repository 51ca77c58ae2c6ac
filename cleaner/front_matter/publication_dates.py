"""Dates of publication and change of an HTML page: from structured data, url, and visible date lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from datetime import timezone as fixed_zone
from typing import NamedTuple

from cleaner import data
from cleaner.data.markup_types import HeadTags
from cleaner.front_matter import jsonld, page_head
from cleaner.front_matter.headline_area import HeadlineArea
from cleaner.front_matter.marked_elements import MarkedElements
from cleaner.front_matter.page_head import PageHead
from cleaner.language import date_lines, dates
from cleaner.language.characters import make_alternation
from cleaner.model import Block, Blocks, Moment
from cleaner.page.dom import Dom

_HEAD = data.load_data(HeadTags)
_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})([/_-]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")
_CREATED_KEYS = ("uploadDate", "dateCreated")
"""Dates of JSON-LD that are the publication where no other is given: of a video, of a text."""
_SCRIPT_DATE, _SCRIPT_UPDATE = (
    re.compile(
        rf"(?:\"|&quot;){make_alternation(keys)}"
        r"\\?(?:\"|&quot;)\s*:\s*\\?(?:\"|&quot;)(\d{4}-\d\d-\d\d(?:T[\d:.+Z-]+)?)",
        re.IGNORECASE,
    )
    for keys in (_HEAD.json_ld.published_elsewhere, _HEAD.json_ld.modified_elsewhere)
)
"""Dates of publication and of the last change in the data of a page's scripts."""
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_MAX_ZONE_DIFFERENCE = timedelta(days=1)
"""Difference between two days that a time zone alone can explain."""
_MAX_OFFSET, _OFFSET_STEP = timedelta(hours=14), timedelta(minutes=15)
"""Largest offset of a time zone from UTC, and the unit of offsets."""
_MAX_BLOCKS_ABOVE_TEXT = 6
"""Blocks above the first paragraph in which a date line is the article's."""
_MAX_LEADING_CHARS = 3
"""Characters before a date at the start of a line."""
_MAX_LINES_BELOW = 7
"""Lines from the headline on that are searched for its date line."""


class DateStyle(NamedTuple):
    """How a page writes dates."""

    timezone: str | None = None
    """IANA name of the zone of its times."""
    order: dates.DateOrder | None = None
    """The order of day and month in numbers; None if unknown."""


class DateSources(NamedTuple):
    """Where the dates of a page may be."""

    head: PageHead
    dom: Dom
    marked: MarkedElements
    area: HeadlineArea
    url: str | None
    title: str | None
    style: DateStyle


def find_published(page: DateSources) -> Moment | None:
    """The date of publication; never one from running text.

    A date line near the headline wins over later structured data, which then is the day a record was made or moved.
    If a page only gives the date of its last change, it is that date.
    """
    head, area, style = page.head, page.area, page.style
    structured = first_date(_read_structured_dates(head, "datePublished", _HEAD.meta.published), *style)
    shown = _find_date_near_headline(area, style)
    if structured and shown and get_day(structured) - get_day(shown) > _MAX_ZONE_DIFFERENCE:
        return shown
    if structured:
        times = (found.moment for line in area.lines for found in dates.find_dates(line.text, *style))
        return next(filter(None, (_in_page_zone(structured, time) for time in times)), structured)
    near = (date_lines.read_dates(line.text, *style).published for line in area.lines)
    sources = (
        lambda: (jsonld.read_scalar(value) for key in _CREATED_KEYS for value in head.get_values(key)),
        lambda: (stamp for stamp in page.marked.find_dates() if not date_lines.mentions_update(stamp)),
        lambda: read_url_dates(page.url),
        lambda: [shown.isoformat()] if shown else [],
        lambda: (moment.isoformat() for moment in near if moment),
        lambda: page_head.find_in_scripts(page.dom, _SCRIPT_DATE, page.title),
    )
    found = next(filter(None, (first_date(source(), *style) for source in sources)), None)
    return found or find_modified(page) or _find_date_elsewhere(area.blocks, style)


def find_modified(page: DateSources) -> Moment | None:
    """The date of the last change."""
    structured = first_date(_read_structured_dates(page.head, "dateModified", _HEAD.meta.modified), *page.style)
    updates = (line.text for line in page.area.lines if date_lines.mentions_update(line.text))
    shown = (date_lines.read_dates(text, *page.style).modified for text in updates)
    return (
        structured
        or next(filter(None, shown), None)
        or first_date(page.marked.find_dates(updates=True), *page.style)
        or first_date(page_head.find_in_scripts(page.dom, _SCRIPT_UPDATE, page.title), *page.style)
    )


def first_date(
    texts: Iterable[str], timezone: str | None = None, order: dates.DateOrder | None = None
) -> Moment | None:
    """The first of ``texts`` that is a date, parsed."""
    return next((moment for text in texts if (moment := dates.parse_date(text, timezone, order))), None)


def _in_page_zone(structured: Moment, shown: Moment) -> Moment | None:
    """``structured``, given in UTC, in the zone in which the page shows the same time; None if it shows another time."""
    if not (isinstance(structured, datetime) and isinstance(shown, datetime)):
        return None
    if structured.utcoffset() != timedelta() or shown.tzinfo is not None:
        return None
    offset = shown - structured.replace(tzinfo=None, second=0, microsecond=0)
    if abs(offset) > _MAX_OFFSET or offset % _OFFSET_STEP:
        return None
    return structured.astimezone(fixed_zone(offset))


def get_day(moment: Moment) -> date:
    """The day of ``moment``, in its own zone."""
    return moment.date() if isinstance(moment, datetime) else moment


def _read_structured_dates(head: PageHead, field: str, meta_names: Sequence[str]) -> Iterator[str]:
    yield from map(jsonld.read_scalar, head.get_values(field))
    yield from (value for name in meta_names for value in head.meta.get(name, ())[:1])


def read_url_dates(url: str | None) -> list[str]:
    """The day in ``url``, in ISO form, if it has one."""
    match = _URL_DATE.search(url or "")
    return ["-".join((match[1], match[3].zfill(2), match[4].zfill(2)))] if match else []


def _find_date_near_headline(area: HeadlineArea, style: DateStyle) -> Moment | None:
    """The date of publication in the date lines near the headline: one that says so, else the nearest, first below it."""
    above, below = area.lines[: area.headline], area.lines[area.headline :]
    texts = [line.text for line in (*below[:_MAX_LINES_BELOW], *reversed(above))]
    stamps = [(text, date_lines.parse_date_line(text, *style)) for text in texts]
    published = [(text, stamp.published) for text, stamp in stamps if stamp and stamp.published]
    labelled = (moment for text, moment in published if date_lines.mentions_publication(text))
    return next(labelled, published[0][1] if published else None)


def _find_date_elsewhere(blocks: Blocks, style: DateStyle) -> Moment | None:
    """The date in a line labelled as publication, else in the date line nearest to the first paragraph.

    Without either, the day of the date lines, or at the start of lines, if there is only one.
    """
    shown = [block for block in blocks if not block.hidden]
    dated = _find_lines_with_dates(shown, style)
    if labelled := first_date((text for text in dated if date_lines.mentions_publication(text)), *style):
        return labelled
    opening = next((at for at, block in enumerate(shown) if len(block.text) > dates.MAX_LINE), 0)
    around = shown[max(0, opening - _MAX_BLOCKS_ABOVE_TEXT) : opening + 2]
    near = _parse_date_lines(_find_lines_with_dates(around, style), style)
    if near:
        return near[-1]
    leading = dates.find_dates(shown[opening].text[: dates.MAX_LINE], *style) if shown else ()
    if leading and leading[0].start < _MAX_LEADING_CHARS:
        return leading[0].moment
    found = _parse_date_lines(dated, style) or [
        one.moment for text in dated for one in dates.find_dates(text, *style)[:1] if one.start < _MAX_LEADING_CHARS
    ]
    return found[0] if len(set(map(get_day, found))) == 1 else None


def _find_lines_with_dates(blocks: Sequence[Block], style: DateStyle) -> list[str]:
    texts = (line for block in blocks for line in block.text.split("\n"))
    return [text for text in texts if len(text) <= dates.MAX_LINE and dates.find_dates(text, *style)]


def _parse_date_lines(texts: Sequence[str], style: DateStyle) -> list[Moment]:
    stamps = (stamp for text in texts if (stamp := date_lines.parse_date_line(text, *style)))
    return [moment for stamp in stamps if (moment := stamp.published or stamp.modified)]


def find_place(area: HeadlineArea, style: DateStyle) -> str | None:
    """The place that a date line near the headline names."""
    stamps = (date_lines.parse_date_line(line.text, *style) for line in area.lines)
    return next((stamp.place for stamp in stamps if stamp and stamp.place), None)
