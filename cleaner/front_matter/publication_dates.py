"""When an HTML page was published and changed: by its structured data, its url, and the date lines it shows."""

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
_SCRIPTED = re.compile(
    rf"(?:\"|&quot;){make_alternation(_HEAD.json_ld.published_elsewhere)}"
    r"\\?(?:\"|&quot;)\s*:\s*\\?(?:\"|&quot;)(\d{4}-\d\d-\d\d(?:T[\d:.+Z-]+)?)",
    re.IGNORECASE,
)
"""A date of publication in the data of a page's scripts."""
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_ZONES = timedelta(days=1)
"""What a day may differ by for its time zone alone."""
_MAX_OFFSET, _STEP = timedelta(hours=14), timedelta(minutes=15)
"""Zones are no further from UTC, and differ from it in such steps."""
_BESIDE = 6
"""Blocks above the first paragraph among which a date line is the article's."""
_START = 3
"""Characters before a date that begins a line."""
_NEAREST = 7
"""Lines from the headline on among which its date line stands."""
_LABELLED = re.compile(rf"{make_alternation(_WORDS.on)}(?:\s+on)?[:\s]|{make_alternation(_WORDS.other)}", re.IGNORECASE)


def find_published(
    said: PageHead, dom: Dom, url: str | None, timezone: str | None, front: HeadlineArea
) -> Moment | None:
    """When the page was published; nothing is guessed from dates in running text.

    A date line at the headline that lies before what the structured data says is believed: that data then names the
    day a record was made or moved. Where a page gives nothing but the date of its last change, it is that.
    """
    structured = first_date(_structured_dates(said, "datePublished", _HEAD.meta.published), timezone)
    shown = _date_near_headline(front, timezone)
    if structured and shown and _day_of(structured) - _day_of(shown) > _ZONES:
        return shown
    if structured:
        times = (found.moment for line in front.lines for found in dates.find_dates(line.text, timezone))
        return next(filter(None, (_in_page_zone(structured, time) for time in times)), structured)
    sources = (
        lambda: (stamp for stamp in page_head.find_marked_dates(dom) if not line_patterns.mentions_update(stamp)),
        lambda: _url_dates(url),
        lambda: [shown.isoformat()] if shown else [],
        lambda: (line.text for line in front.lines if not line_patterns.mentions_update(line.text)),
        lambda: page_head.find_in_scripts(dom, _SCRIPTED),
    )
    found = next(filter(None, (first_date(source(), timezone) for source in sources)), None)
    return found or find_modified(said, timezone, front) or _date_elsewhere(front.blocks, timezone)


def find_modified(said: PageHead, timezone: str | None, front: HeadlineArea) -> Moment | None:
    """When the page was last changed."""
    structured = first_date(_structured_dates(said, "dateModified", _HEAD.meta.modified), timezone)
    return structured or first_date(
        (line.text for line in front.lines if line_patterns.mentions_update(line.text)), timezone
    )


def first_date(texts: Iterable[str], timezone: str | None) -> Moment | None:
    """The first date in ``texts``."""
    return next((moment for text in texts if (moment := dates.parse_date(text, timezone))), None)


def _in_page_zone(structured: Moment, shown: Moment) -> Moment | None:
    """``structured`` in the zone of the page, where it is given in UTC and the page shows the same time in its own."""
    if not (isinstance(structured, datetime) and isinstance(shown, datetime)):
        return None
    if structured.utcoffset() != timedelta() or shown.tzinfo is not None:
        return None
    offset = shown - structured.replace(tzinfo=None, second=0, microsecond=0)
    if abs(offset) > _MAX_OFFSET or offset % _STEP:
        return None
    return structured.astimezone(fixed_zone(offset))


def _day_of(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _structured_dates(said: PageHead, field: str, meta_names: Sequence[str]) -> Iterator[str]:
    yield from (value for value in said.values(field) if isinstance(value, str))
    yield from (value for name in meta_names for value in said.meta.get(name, ())[:1])


def _url_dates(url: str | None) -> list[str]:
    match = _URL_DATE.search(url or "")
    return ["-".join((match[1], match[3].zfill(2), match[4].zfill(2)))] if match else []


def _date_near_headline(front: HeadlineArea, timezone: str | None) -> Moment | None:
    """The date line closest to the headline, below it rather than above, that does not tell of a change."""
    above, below = front.lines[: front.headline], front.lines[front.headline :]
    texts = [line.text for line in (*below[:_NEAREST], *reversed(above))]
    stamps = (line_patterns.parse_date_line(text, timezone) for text in texts)
    return next((stamp.published for stamp in stamps if stamp and stamp.published), None)


def _date_elsewhere(blocks: Blocks, timezone: str | None) -> Moment | None:
    """The date that a line says is the publication's, else the date line by the first paragraph.

    Failing both, the only day that date lines name, or that lines begin with.
    """
    shown = [block for block in blocks if not block.hidden]
    dated = _lines_with_dates(shown, timezone)
    if labelled := first_date((text for text in dated if _LABELLED.search(text)), timezone):
        return labelled
    opening = next((at for at, block in enumerate(shown) if len(block.text) > dates.MAX_LINE), 0)
    near = _date_line_moments(_lines_with_dates(shown[max(0, opening - _BESIDE) : opening + 2], timezone), timezone)
    if near:
        return near[-1]
    found = _date_line_moments(dated, timezone) or [
        one.moment for text in dated for one in dates.find_dates(text, timezone)[:1] if one.start < _START
    ]
    return found[0] if len(set(map(_day_of, found))) == 1 else None


def _lines_with_dates(blocks: Sequence[Block], timezone: str | None) -> list[str]:
    texts = (line for block in blocks for line in block.text.split("\n"))
    return [text for text in texts if len(text) <= dates.MAX_LINE and dates.find_dates(text, timezone)]


def _date_line_moments(texts: Sequence[str], timezone: str | None) -> list[Moment]:
    stamps = (stamp for text in texts if (stamp := line_patterns.parse_date_line(text, timezone)))
    return [moment for stamp in stamps if (moment := stamp.published or stamp.modified)]
