"""HTTP responses out of web archives: whether one is a page, and its content without encodings, whether true or not."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from datetime import date
from typing import NamedTuple, cast

from cleaner.batch.records import InputDocument
from cleaner.page.decode import MAX_SIZE
from cleaner.storage import compression, streams
from cleaner.storage.run_files import Failure

MAX_HEADER_BYTES = 65_536
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_VAGUE_TYPES = frozenset({"", "application/octet-stream", "application/xml", "text/xml", "unknown/unknown"})
_DOCUMENT = re.compile(
    rb"[\xef\xbb\xbf\s]*+(?>(?><\?xml[^>]*+>|<!--.*?-->)\s*+)*+<(?:!doctype\s++html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_SUCCESS_STATUSES = range(200, 300)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]+)", re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_CHUNK_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


class HttpResponse(NamedTuple):
    """An HTTP response out of an archive."""

    status: int
    headers: dict[str, str]
    """Names in small letters; values of repeated ones joined by commas."""
    body: bytes

    @property
    def content_type(self) -> str:
        """The type without parameters, in small letters; empty if there is none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server declared."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found[1] if found else None


def parse_response(content: bytes) -> HttpResponse:
    """The HTTP response in ``content``; without a status line, all of it is the body."""
    if not content.startswith(b"HTTP/"):
        return HttpResponse(200, {}, content)
    end = _HEAD_END.search(content, 0, MAX_HEADER_BYTES)
    head, body = (content[: end.start()], content[end.end() :]) if end else (content, b"")
    first, *lines = head.decode("latin-1").splitlines()
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        key = name.strip().lower()
        if colon:
            headers[key] = f"{headers[key]},{value.strip()}" if key in headers else value.strip()
    parts = first.split()
    return HttpResponse(int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 200, headers, body)


def is_page(status: int, content_type: str, body: bytes) -> bool:
    """Whether a response is a page: one that went well, of HTML or plain text by its type, or by its content if that is vague."""
    kind = content_type.partition(";")[0].strip().lower()
    return status in _SUCCESS_STATUSES and (
        kind in _PAGE_TYPES or (kind in _VAGUE_TYPES and (not kind or _DOCUMENT.match(body) is not None))
    )


def make_document(
    response: HttpResponse, *, url: str | None, place: str, id_: str | None, fetched: date | None
) -> InputDocument | Failure:
    """The page in the body of a response, decoded."""
    encodings = [response.headers.get(name, "") for name in ("content-encoding", "transfer-encoding")]
    try:
        content = decode_payload(response.body, ",".join(encodings))
    except PayloadError as error:
        return Failure(place, "PageError", f"its transfer or content encoding is damaged: {error}")
    if len(content) > MAX_SIZE:
        return Failure(place, "PageError", f"over the limit of {MAX_SIZE:,} bytes")
    return InputDocument(
        id=id_ or url or place, path=place, content=content, url=url, charset=response.charset, fetched=fetched
    )


class PayloadError(ValueError):
    """A payload whose encoding is damaged."""


def decode_payload(content: bytes, encodings: str) -> bytes:
    """``content`` decoded, up to one byte over the limit of a page.

    ``encodings`` are the values of Content-Encoding and Transfer-Encoding, in this order, joined by commas. Some crawlers
    store a payload decoded under the headers of the encoded one: what is not in the encoding is as it should be.

    Raises:
        PayloadError: it is damaged.
        ExtraError: the library for Brotli is missing.
    """
    for name in reversed([name.strip().lower() for name in encodings.split(",")]):
        if decode := _DECODERS.get(name):
            content = decode(content)
    return content


def _decode_chunked(content: bytes) -> bytes:
    pieces, at, total = [], 0, 0
    while match := _CHUNK_SIZE.match(content, at):
        size = int(match[1], 16)
        pieces.append(content[match.end() : match.end() + size])
        total += size
        at = match.end() + size
        if not size or total > MAX_SIZE:
            break
    # Without a valid first chunk it is stored decoded; behind a damaged one, what was read is what there is.
    return b"".join(pieces) if pieces else content


def _decode_packed(content: bytes) -> bytes:
    unpack = compression.find_unpacker(content)
    if unpack is None:
        return content
    stream = cast("io.BufferedReader", unpack(io.BytesIO(content)))
    pieces: list[bytes] = []
    try:
        while sum(map(len, pieces)) <= MAX_SIZE and (piece := stream.read1(MAX_SIZE + 1)):
            pieces.append(piece)
    except EOFError:
        pass  # of one that was cut off, what is there
    except (*compression.DAMAGED, OSError) as error:
        raise PayloadError(str(error)) from error
    return b"".join(pieces)


def _decode_deflate(content: bytes) -> bytes:
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(bits).decompress(content, MAX_SIZE + 1)
        except zlib.error:
            continue
    return content


def _decode_brotli(content: bytes) -> bytes:
    if _is_markup(content):
        return content
    stream_io = streams.import_optional("fastwarc.stream_io", "warc", "reading Brotli in web archives")
    try:
        unpacked: bytes = stream_io.BrotliReader(io.BytesIO(content)).read(MAX_SIZE + 1)
    except OSError as error:
        raise PayloadError(str(error)) from error
    return unpacked


def _is_markup(content: bytes) -> bool:
    """Brotli has no mark: what begins as HTML and is text is not packed."""
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"<") and b"\0" not in start


_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "chunked": _decode_chunked,
    "gzip": _decode_packed,
    "x-gzip": _decode_packed,
    "zstd": _decode_packed,
    "deflate": _decode_deflate,
    "br": _decode_brotli,
}
