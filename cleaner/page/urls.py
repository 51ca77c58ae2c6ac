"""Hosts of URLs: of the site that published a page, whichever host served this copy of it."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import SplitResult, urlsplit

_COPY_LABELS = frozenset({"www", "m", "mobile", "wap", "amp", "print"})
"""First labels of hosts with other forms of the same pages."""
_ARCHIVES = frozenset({"web.archive.org", "archive.org", "archive.today", "archive.ph", "archive.is", "archive.li"})
_CAPTURE = re.compile(r"/(?:web/)?(\d{4})(?:[.-]?(\d{2})[.-]?(\d{2}))?[\d.-]*(?:[a-z]{2}_)?/(?=\w)")
_AMP_CACHE = re.compile(r"(?:^|\.)cdn\.ampproject\.org$|^google\.[a-z.]+$")
_AMP_PATH = re.compile(r"/(?:amp|[a-z])/(?:s/)?(?=[\w-]+\.)")
_TRANSLATED = ".translate.goog"


def host_of(url: str | None) -> str | None:
    """The host of the site that published the page at ``url``; None if it has none or is invalid.

    Copies count as the site's own: of an archive, of an AMP cache, and on its hosts for phones, AMP or print.

    >>> host_of("https://www.example.org/a")
    'example.org'
    >>> host_of("https://web.archive.org/web/20190412083000/https://m.example.org/a")
    'example.org'
    """
    return _strip_copy_labels(name) if (name := full_host_of(url)) else None


def full_host_of(url: str | None) -> str | None:
    """As :func:`host_of`, with the label of a host for phones, AMP or print.

    >>> full_host_of("https://web.archive.org/web/20190412083000/https://m.example.org/a")
    'm.example.org'
    """
    parts = _split(url)
    name = (_find_original(parts) or parts).hostname if parts else None
    return name.rstrip(".").removeprefix("www.") or None if name else None


def find_capture_day(url: str | None) -> date | None:
    """The day on which an archive saved the page, from the address of its copy; None if it is no such address.

    >>> find_capture_day("https://web.archive.org/web/20190412083000/https://example.org/a")
    datetime.date(2019, 4, 12)
    """
    parts = _split(url)
    found = _CAPTURE.match(parts.path) if parts and _bare(parts) in _ARCHIVES else None
    try:
        return date(*map(int, found.groups())) if found and found[2] else None
    except ValueError:
        return None


def _split(url: str | None) -> SplitResult | None:
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return parts if parts.hostname else None


def _bare(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")


def _find_original(parts: SplitResult) -> SplitResult | None:
    """The address whose copy this is, if an archive, a cache or a translator serves it."""
    host = _bare(parts)
    if host in _ARCHIVES and (capture := _CAPTURE.match(parts.path)):
        inner = parts.path[capture.end() :]
    elif _AMP_CACHE.search(host) and (prefix := _AMP_PATH.match(parts.path)):
        inner = parts.path[prefix.end() :]
    elif host.endswith(_TRANSLATED):
        inner = host.removesuffix(_TRANSLATED).replace("--", "\0").replace("-", ".").replace("\0", "-")
    else:
        return None
    # Some servers squeeze the two slashes of an address inside a path.
    return _split("//" + re.sub(r"^https?:/+", "", inner))


def _strip_copy_labels(host: str) -> str:
    """``host`` without the labels of copies at its front, as of ``m.example.org`` and ``en.m.example.org``."""
    first, _, rest = host.partition(".")
    if first in _COPY_LABELS and "." in rest:
        return _strip_copy_labels(rest)
    if rest.startswith("m.") and rest.count(".") > 1:
        return f"{first}.{rest.removeprefix('m.')}"
    return host
