"""The host a page comes from."""

from __future__ import annotations

from urllib.parse import urlsplit


def host_of(url: str | None) -> str | None:
    """The host of ``url`` without ``www.``, or None where it has none.

    >>> host_of("https://www.example.org/a")
    'example.org'
    """
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return name.rstrip(".").removeprefix("www.") or None if name else None
