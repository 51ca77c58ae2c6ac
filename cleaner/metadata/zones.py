"""Time zones as pages write them: offsets and abbreviations."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ZONE = r"Z\b|(?:UTC|GMT)?\s?[+\-−]\s?\d{1,2}(?::?\d{2})?\b|[A-Z]{2,5}\b|Indian Standard Time"
"""Regular expression of what may be a zone; :func:`resolve` says whether it is one."""

_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+\-−])\s?(\d{1,2}):?(\d{2})?")
_HOURS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "WAT": 1, "CAT": 2, "SAST": 2, "EAT": 3, "PKT": 5, "WIB": 7, "ICT": 7, "HKT": 8, "SGT": 8, "AWST": 8,
    "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "BRT": -3, "ART": -3,
    "EDT": -4, "EST": -5, "CDT": -5, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8, "AKDT": -8, "AKST": -9, "HST": -10,
}  # fmt: skip
# IST (India, Ireland, Israel), BST (Britain, Bangladesh), CST (Chicago, China, Cuba), GST, AST: several zones each.
# Such a name says nothing by itself; the zone of the site's rule decides.
_NAMED = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
    "Indian Standard Time": "Asia/Kolkata",
}  # fmt: skip


def resolve(name: str, moment: datetime, default: str | None) -> tzinfo | None:
    """The zone that ``name`` stands for at the naive ``moment``, or None where it is none or could be several.

    An abbreviation that several zones share (IST, BST, CST) counts only where the zone ``default``, an IANA name,
    goes by it.
    """
    name = name.strip()
    if match := _OFFSET.fullmatch(name):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        if offset > timedelta(hours=14):
            return None
        return timezone(offset if match[1] == "+" else -offset)
    own = named(default)
    if own is not None and own.tzname(moment) == name:
        return own
    if name in _HOURS:
        return timezone(timedelta(hours=_HOURS[name]))
    return named(_NAMED.get(name))


def named(name: str | None) -> ZoneInfo | None:
    """The IANA zone of that name, or None where there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
