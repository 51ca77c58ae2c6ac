"""Absolute forms of the addresses of links and pictures."""

from __future__ import annotations

import re
from urllib.parse import urljoin

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
# Browsers remove these from an address, wherever they are.
_REMOVED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\t\r\n]+")
# An address to which no base adds anything, and of which urljoin changes nothing: it parses both each time.
_ABSOLUTE = re.compile(r"https?://[a-zA-Z0-9.:-]+/[!$-.0-9:@-Z_a-z~/]*(?:\?[!$-:=@-Z_a-z~/]+)?")
_SAFE_SCHEMES = frozenset({"http", "https", "mailto"})


class LinkResolver:
    """Makes addresses absolute by the ``url`` of the page and the ``base`` element in its head, if they are known."""

    def __init__(self, url: str | None, base: str | None = None) -> None:
        self._page = url or ""
        self._base = _join(self._page, base.strip()) if base else self._page

    def resolve(self, address: str) -> str | None:
        """The absolute form of ``address``; relative if that of the page is unknown.

        None if it is empty, within the page, invalid, or of a scheme other than http, https and mailto.
        """
        address = _REMOVED.sub("", address).strip().replace(" ", "%20")
        scheme = _SCHEME.match(address)
        if not address or address.startswith("#") or (scheme and scheme[1].lower() not in _SAFE_SCHEMES):
            return None
        joined = address if _ABSOLUTE.fullmatch(address) else _join(self._base, address)
        if joined is None or (
            "#" in joined and self._page and joined.partition("#")[0] == self._page.partition("#")[0]
        ):
            return None
        if joined.startswith("//"):
            return f"https:{joined}"
        found = _SCHEME.match(joined)
        return None if found and found[1].lower() not in _SAFE_SCHEMES else joined


def _join(base: str | None, address: str) -> str | None:
    try:
        return urljoin(base or "", address)
    except ValueError:
        return None
