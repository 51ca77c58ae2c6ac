"""Dates of publication and change of an HTML page: from structured data, url, and visible date lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from datetime import timezone as fixed_zone

from cleaner import data
from cleaner.data.file_types import HeadTags, LineWords
from cleaner.front_matter import page_head
from cleaner.front_matter.headline_area import HeadlineArea
from cleaner.front_matter.page_head import PageHead
from cleaner.language import dates, line_patterns
from cleaner.language.characters import make_alternation
from cleaner.model import Block, Blocks, Moment
from cleaner.page.dom import Dom

_HEAD = data.load_data(HeadTags)
_WORDS = data.load_data(LineWords).publication
_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})([/_-]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")
_SCRIPT_DATE = re.compile(
    rf"(?:\"|&quot;){make_alternation(_HEAD.json_ld.published_elsewhere)}"
    r"\\?(?:\"|&quot;)\s*:\s*\\?(?:\"|&quot;)(\d{4}-\d\d-\d\d(?:T[\d:.+Z-]+)?)",
    re.IGNORECASE,
)
"""A date of publication in the data of a page's scripts."""
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
_LABELLED = re.compile(rf"{make_alternation(_WORDS.on)}(?:\s+on)?[:\s]|{make_alternation(_WORDS.other)}", re.IGNORECASE)


def find_published(
    head: PageHead, dom: Dom, url: str | None, timezone: str | None, area: HeadlineArea
) -> Moment | None:
    """The date of publication; never one from running text.

    A date line near the headline wins over later structured data, which then is the day a record was made or moved.
    If a page only gives the date of its last change, it is that date.
    """
    structured = first_date(_read_structured_dates(head, "datePublished", _HEAD.meta.published), timezone)
    shown = _find_date_near_headline(area, timezone)
    if structured and shown and _get_day(structured) - _get_day(shown) > _MAX_ZONE_DIFFERENCE:
        return shown
    if structured:
        times = (found.moment for line in area.lines for found in dates.find_dates(line.text, timezone))
        return next(filter(None, (_in_page_zone(structured, time) for time in times)), structured)
    sources = (
        lambda: (stamp for stamp in page_head.find_marked_dates(dom) if not line_patterns.mentions_update(stamp)),
        lambda: read_url_dates(url),
        lambda: [shown.isoformat()] if shown else [],
        lambda: (line.text for line in area.lines if not line_patterns.mentions_update(line.text)),
        lambda: page_head.find_in_scripts(dom, _SCRIPT_DATE),
    )
    found = next(filter(None, (first_date(source(), timezone) for source in sources)), None)
    return found or find_modified(head, timezone, area) or _find_date_elsewhere(area.blocks, timezone)


def find_modified(head: PageHead, timezone: str | None, area: HeadlineArea) -> Moment | None:
    """The date of the last change."""
    structured = first_date(_read_structured_dates(head, "dateModified", _HEAD.meta.modified), timezone)
    return structured or first_date(
        (line.text for line in area.lines if line_patterns.mentions_update(line.text)), timezone
    )


def first_date(texts: Iterable[str], timezone: str | None) -> Moment | None:
    """The first of ``texts`` that is a date, parsed."""
    return next((moment for text in texts if (moment := dates.parse_date(text, timezone))), None)


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


def _get_day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _read_structured_dates(head: PageHead, field: str, meta_names: Sequence[str]) -> Iterator[str]:
    yield from (value for value in head.get_values(field) if isinstance(value, str))
    yield from (value for name in meta_names for value in head.meta.get(name, ())[:1])


def read_url_dates(url: str | None) -> list[str]:
    """The day in ``url``, in ISO form, if it has one."""
    match = _URL_DATE.search(url or "")
    return ["-".join((match[1], match[3].zfill(2), match[4].zfill(2)))] if match else []


def _find_date_near_headline(area: HeadlineArea, timezone: str | None) -> Moment | None:
    """The date of publication in the date line nearest to the headline, first below it, then above."""
    above, below = area.lines[: area.headline], area.lines[area.headline :]
    texts = [line.text for line in (*below[:_MAX_LINES_BELOW], *reversed(above))]
    stamps = (line_patterns.parse_date_line(text, timezone) for text in texts)
    return next((stamp.published for stamp in stamps if stamp and stamp.published), None)


def _find_date_elsewhere(blocks: Blocks, timezone: str | None) -> Moment | None:
    """The date in a line labelled as publication, else in the date line nearest to the first paragraph.

    Without either, the day of the date lines, or at the start of lines, if there is only one.
    """
    shown = [block for block in blocks if not block.hidden]
    dated = _find_lines_with_dates(shown, timezone)
    if labelled := first_date((text for text in dated if _LABELLED.search(text)), timezone):
        return labelled
    opening = next((at for at, block in enumerate(shown) if len(block.text) > dates.MAX_LINE), 0)
    near = _parse_date_lines(
        _find_lines_with_dates(shown[max(0, opening - _MAX_BLOCKS_ABOVE_TEXT) : opening + 2], timezone), timezone
    )
    if near:
        return near[-1]
    found = _parse_date_lines(dated, timezone) or [
        one.moment for text in dated for one in dates.find_dates(text, timezone)[:1] if one.start < _MAX_LEADING_CHARS
    ]
    return found[0] if len(set(map(_get_day, found))) == 1 else None


def _find_lines_with_dates(blocks: Sequence[Block], timezone: str | None) -> list[str]:
    texts = (line for block in blocks for line in block.text.split("\n"))
    return [text for text in texts if len(text) <= dates.MAX_LINE and dates.find_dates(text, timezone)]


def _parse_date_lines(texts: Sequence[str], timezone: str | None) -> list[Moment]:
    stamps = (stamp for text in texts if (stamp := line_patterns.parse_date_line(text, timezone)))
    return [moment for stamp in stamps if (moment := stamp.published or stamp.modified)]
