"""Hosts of URLs."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str | None) -> str | None:
    """The host of ``url`` without ``www.``; None if it has none or is invalid.

    >>> host_of("https://www.example.org/a")
    'example.org'
    """
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return name.rstrip(".").removeprefix("www.") or None if name else None
