"""Time zones in text: offsets and abbreviations."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ZONE = r"Z\b|(?:UTC|GMT)?\s?[+\-−]\s?\d{1,2}(?::?\d{2})?\b|[A-ZА-Я]{2,5}\b|Indian Standard Time"
"""Regular expression of a possible zone; :func:`resolve_zone` decides whether it is one."""

_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+\-−])\s?(\d{1,2}):?(\d{2})?")
_MAX_OFFSET = timedelta(hours=14)
_HOURS = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "МСК": 3, "TRT": 3, "WAT": 1, "CAT": 2, "SAST": 2, "EAT": 3, "PKT": 5, "WIB": 7, "WITA": 8, "WIT": 9, "PHT": 8, "ICT": 7, "HKT": 8, "SGT": 8, "AWST": 8,
    "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "BRT": -3, "ART": -3,
    "EDT": -4, "EST": -5, "CDT": -5, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8, "AKDT": -8, "AKST": -9, "HST": -10,
}  # fmt: skip
_SHARED = frozenset(("IST", "BST", "CST", "GST", "AST", "ECT", "AMT"))
"""Abbreviations of several zones: IST is India, Ireland, Israel; BST Britain, Bangladesh; CST Chicago, China, Cuba."""
_NAMED = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
    "Indian Standard Time": "Asia/Kolkata",
}  # fmt: skip


def resolve_zone(name: str | None, moment: datetime, default: str | None) -> tzinfo | None:
    """The zone of the naive ``moment``, from the zone's ``name`` in a text and the page's zone ``default``, an IANA name.

    An abbreviation that several zones share counts only if it is one of ``default``; otherwise the time has no zone.
    Without a name, or with an unknown one, the result is ``default``.
    """
    name = (name or "").strip()
    fallback = find_named_zone(default)
    if name in _SHARED:
        return fallback if fallback is not None and fallback.tzname(moment) == name else None
    if match := _OFFSET.fullmatch(name):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return timezone(offset if match[1] == "+" else -offset) if offset <= _MAX_OFFSET else fallback
    if name in _HOURS:
        return timezone(timedelta(hours=_HOURS[name]))
    return find_named_zone(_NAMED.get(name)) or fallback


def is_zone(name: str) -> bool:
    """Whether ``name`` is an abbreviation of one or more zones."""
    return name.strip() in {*_SHARED, *_HOURS, *_NAMED}


def find_named_zone(name: str | None) -> ZoneInfo | None:
    """The IANA zone ``name``; None if it is unknown or missing."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
