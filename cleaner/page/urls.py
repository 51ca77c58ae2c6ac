"""Hosts of URLs: of the site that published a page, whichever archive, cache or proxy served this copy of it."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from cleaner.data import load_data
from cleaner.data.input_types import Proxies

_DATA = load_data(Proxies)
_BEFORE_ADDRESS = {
    host: re.compile(f"/{proxy.between[0]}(?=[a-z]|%)", re.IGNORECASE)
    for proxy in _DATA.before_address
    for host in proxy.hosts
}
_IN_QUERY = {host: (proxy.names, re.compile(proxy.between[0])) for proxy in _DATA.in_query for host in proxy.hosts}
_ENDINGS = tuple(ending for proxy in _DATA.rewritten_host for ending in proxy.endings)
# Library proxies (EZproxy) and institutes write www-example-com.proxy.university.example, or keep the dots.
MAX_HOST_CHARS = 253
"""Characters of the longest name of a host (RFC 1035)."""
_LIBRARY = re.compile(r"(?P<host>[\w.-]+?)\.(?:ezproxy|ezp|eproxy|libproxy|proxy\d?)\.[\w.-]+")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?(?=[/?#]|$)", re.ASCII)
_ADDRESS = re.compile(r"(?:https?|ftp):/{1,2}(?=[^/])", re.IGNORECASE)
_MAX_LAYERS = 3
_COPY_LABELS = frozenset({"www", "m", "mobile", "wap", "amp", "print"})
"""First labels of hosts with other forms of the same pages."""
_ARCHIVES = frozenset({"web.archive.org", "archive.org", "archive.today", "archive.ph", "archive.is", "archive.li"})
_REMEMBERED = 64
"""Addresses whose hosts are remembered: several stages ask for that of a page, and many links are of one site."""
_CAPTURE = re.compile(r"/(?:web/)?(\d{4})(?:[.-]?(\d{2})[.-]?(\d{2}))?[\d.-]*(?:[a-z]{2}_)?/(?=\w)")


@lru_cache(maxsize=_REMEMBERED)
def host_of(url: str | None) -> str | None:
    """The host of the site that published the page at ``url``; None if it has none or is invalid.

    Copies count as the site's own: of an archive, cache or proxy, and on its hosts for phones, AMP or print.

    >>> host_of("https://www.example.org/a")
    'example.org'
    >>> host_of("https://web.archive.org/web/20190412083000/https://m.example.org/a")
    'example.org'
    """
    return _strip_copy_labels(name) if (name := full_host_of(url)) else None


@lru_cache(maxsize=_REMEMBERED)
def full_host_of(url: str | None) -> str | None:
    """As :func:`host_of`, with the label of a host for phones, AMP or print.

    >>> full_host_of("https://web.archive.org/web/20190412083000/https://m.example.org/a")
    'm.example.org'
    """
    split = _split(find_original(url))
    name = split.hostname if split else None
    return name.rstrip(".").removeprefix("www.") or None if name else None


def find_capture_day(url: str | None) -> date | None:
    """The day on which an archive saved the page, from the address of its copy; None if it is no such address.

    >>> find_capture_day("https://web.archive.org/web/20190412083000/https://example.org/a")
    datetime.date(2019, 4, 12)
    """
    split = _split(url)
    if split is None or (split.hostname or "").removeprefix("www.") not in _ARCHIVES:
        return None
    found = _CAPTURE.match(split.path)
    try:
        return date(*map(int, found.groups())) if found and found[2] else None
    except ValueError:
        return None


def find_original(url: str | None) -> str | None:
    """The address of the page that ``url`` shows: behind archives, caches and proxies that of the original, else ``url``.

    >>> find_original("https://web.archive.org/web/20240501000000id_/https://tea.example/a?b=1")
    'https://tea.example/a?b=1'
    """
    if not url:
        return url
    url = url.removeprefix("<").removesuffix(">").removeprefix("view-source:")
    for _ in range(_MAX_LAYERS):
        original = _unwrap(url)
        if original is None:
            break
        url = original
    return url


def _unwrap(url: str) -> str | None:
    split = _split(url)
    if split is None or not split.hostname:
        return None
    host = split.hostname.removeprefix("www.")
    if host.startswith("google."):
        host = "google.com"
    return _find_behind(url, split, host) or _find_in_query(split, host) or _restore_host(split, host)


def _find_behind(url: str, split: SplitResult, host: str) -> str | None:
    """The original's address that follows that of an archive."""
    between = _BEFORE_ADDRESS.get(host) or (_BEFORE_ADDRESS["cdn.ampproject.org"] if host.endswith(_ENDINGS) else None)
    start = url.find(split.netloc) + len(split.netloc)
    match = between.match(url, start) if between else None
    return _complete(url[match.end() :], secure=match[0].endswith("/s/")) if match else None


def _find_in_query(split: SplitResult, host: str) -> str | None:
    names, between = _IN_QUERY.get(host, ((), None))
    query = parse_qs(split.query) if names else {}
    for name in names:
        for value in query.get(name, ()):
            match = between.match(value) if between else None
            if match and (found := _complete(value[match.end() :])):
                return found
    return None


def _complete(text: str, *, secure: bool = False) -> str | None:
    """``text`` as an address, if it is one or begins with a host."""
    text = unquote(text) if text[:12].lower().startswith(("http%3a", "https%3a")) else text
    if match := _ADDRESS.match(text):
        scheme = match[0].partition(":")[0].lower()
        return f"{scheme}://{text[match.end() :]}"
    return f"{'https' if secure else 'http'}://{text}" if _HOST.match(text) else None


def _restore_host(split: SplitResult, host: str) -> str | None:
    """The address with the host that a proxy put in front of its own: hyphens for dots, two for a hyphen."""
    library = _LIBRARY.fullmatch(host) if len(host) <= MAX_HOST_CHARS else None
    inner = next(
        (host.removesuffix(ending) for ending in _ENDINGS if host.endswith(ending)), library and library["host"]
    )
    if not inner or ("." not in inner and "-" not in inner):
        return None
    if "." not in inner:
        inner = inner.replace("--", "\0").replace("-", ".").replace("\0", "-")
    query = "&".join(pair for pair in split.query.split("&") if not pair.startswith("_x_tr_"))
    return split._replace(netloc=inner, query=query).geturl()


def _split(url: str | None) -> SplitResult | None:
    try:
        split = urlsplit(url or "")
        split.hostname  # noqa: B018  some invalid hosts are noticed only here
    except ValueError:
        return None
    return split


def _strip_copy_labels(host: str) -> str:
    """``host`` without the labels of copies at its front, as of ``m.example.org`` and ``en.m.example.org``."""
    first, _, rest = host.partition(".")
    if first in _COPY_LABELS and "." in rest:
        return _strip_copy_labels(rest)
    if rest.startswith("m.") and rest.count(".") > 1:
        return f"{first}.{rest.removeprefix('m.')}"
    return host
