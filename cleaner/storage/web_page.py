"""One page from the web: for a person who looks at it, not for crawling."""

from __future__ import annotations

import time
from http.client import HTTPResponse
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

_CHUNK = 1 << 16
_PAGE_TYPES = ("text/", "application/xhtml", "application/xml", "application/json", "application/octet-stream")


class WebPage(NamedTuple):
    """A page as a server sent it."""

    content: bytes
    url: str
    """Its address after redirections."""
    charset: str | None
    """The encoding that the server declared."""


def is_web_address(address: object) -> bool:
    """Whether ``address`` is one that :func:`fetch_page` can read."""
    return isinstance(address, str) and address.lower().startswith(("http://", "https://"))


def fetch_page(url: str, *, agent: str, seconds: float, limit: int) -> WebPage:
    """The page at ``url``, http or https, through redirections; at most ``limit`` + 1 bytes in at most ``seconds``.

    Raises :class:`OSError`, with a message for a person as its ``strerror``.
    """
    if not is_web_address(url):
        raise OSError(0, "not an address that starts with http:// or https://")
    deadline = time.monotonic() + seconds
    request = Request(url, headers={"User-Agent": agent, "Accept": "text/html,*/*;q=0.5"})  # noqa: S310  checked above
    try:
        with urlopen(request, timeout=seconds) as answer:  # noqa: S310  likewise
            content = _read_body(answer, limit, deadline)
            return WebPage(content, answer.url, answer.headers.get_content_charset())
    except HTTPError as error:
        raise OSError(0, f"the server answered {error.code} {error.reason}") from error
    except URLError as error:
        raise OSError(0, f"cannot be reached: {error.reason}") from error
    except TimeoutError as error:
        raise OSError(0, error.strerror or f"no answer in {seconds:g} seconds") from error


def _read_body(answer: HTTPResponse, limit: int, deadline: float) -> bytes:
    kind = answer.headers.get_content_type()
    if not kind.startswith(_PAGE_TYPES):
        raise OSError(0, f"the server sent {kind}, which is no page")
    content = b""
    while len(content) <= limit and (piece := answer.read1(_CHUNK)):
        content += piece
        if time.monotonic() > deadline:
            raise TimeoutError(0, "the page takes too long to arrive")
    return content[: limit + 1]
