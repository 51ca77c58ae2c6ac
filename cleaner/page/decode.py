"""From bytes to a :class:`Page`: its encoding, and whether it is HTML or a dump."""

from __future__ import annotations

import codecs
import re
from datetime import date
from hashlib import blake2b

from cleaner.errors import PageError
from cleaner.model import Kind, Page

MAX_SIZE = 10_000_000
"""Bytes or characters. Ten times the largest article page seen; a larger file is not a page."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = {
    b"%PDF-": "a PDF file",
    b"\x89PNG": "a PNG image",
    b"GIF8": "a GIF image",
    b"\xff\xd8\xff": "a JPEG image",
    b"PK\x03\x04": "a zip archive or office document",
    b"\x1f\x8b": "gzip-compressed",
    b"\x28\xb5\x2f\xfd": "zstd-compressed",
}
_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:-]+)", re.IGNORECASE)
# As in browsers (WHATWG Encoding Standard, labels).
_ENCODING_OF_LABEL = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_WESTERN = frozenset({"cp1252", "iso8859-15"})
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{4,}")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
# Invalid bytes in UTF-8 for each character beyond ASCII: a text that was cut or concatenated has a few. This and the other
# numbers of this module were chosen by reading pages; not measured.
_MAX_BAD_SHARE = 0.1
_SNIFFED_BYTES = 1024
# Bytes of a text in UTF-16: minimum share of zeros, for a Chinese text with few spaces; maximum share of printable ASCII.
_MIN_ZERO_SHARE = 0.002
_MAX_PLAIN_SHARE = 0.9
_PLAIN = frozenset(range(0x20, 0x7F))
# A larger share of control characters means binary data.
_MAX_CONTROL_SHARE = 0.02
_CONTROLS = bytes([*range(9), *range(14, 32)])

# Atomic groups: with backtracking, the time would double with each comment.
_DOCUMENT = re.compile(
    r"\s*+(?>(?><!--.*?-->|<\?xml[^>]*>)\s*+)*+<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(
    r"<(/?)(a|article|aside|b|blockquote|body|div|em|figure|footer|h[1-6]|head|header|html|i|li|main|nav|ol|p|script|"
    r"section|span|strong|style|table|tbody|td|th|title|tr|ul)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<[^<>]*>")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_OPTIONAL_END_TAGS = frozenset("body html li p td th tr".split())
_SAMPLE_CHARS = 50_000
_CHARS_PER_BREAK = 1_000
# Characters before the first tag; an article about HTML names its first tag later than that.
_MAX_LEAD_CHARS = 200


def read_page(  # noqa: PLR0913  everything that a source may know about a page
    data: str | bytes,
    url: str | None = None,
    *,
    source: str = "",
    folder: str = "",
    name: str | None = None,
    charset: str | None = None,
    fetched: date | None = None,
) -> Page:
    """The page in ``data``.

    >>> read_page("Tea is picked by hand.", "https://tea.example/1").kind.value
    'text'

    Args:
        data: HTML or a flattened dump, distinguished by content.
        url: where it came from.
        source: its name in messages; if empty, the url, or ``<page>``.
        folder: its group for counting repeats if its site is unknown.
        name: its id, stable from run to run; by default a digest of the url, else of the content.
        charset: the encoding that the transport meta_tag, if any.
        fetched: the day of its download, by which rules for a period are chosen.

    Raises:
        PageError: if it is empty, larger than :data:`MAX_SIZE`, or not text.
    """
    source = source or url or "<page>"
    content = decode_page(data, source=source, charset=charset)
    stable = (
        name if name is not None else blake2b((url or content).encode("utf-8", "replace"), digest_size=8).hexdigest()
    )
    return Page(
        id=stable,
        source=source,
        folder=folder,
        content=content,
        kind=detect_kind(content),
        url=url,
        fetched=fetched,
    )


def decode_page(data: str | bytes, *, source: str, charset: str | None = None) -> str:
    """``data`` as text: by byte order mark, ``charset``, UTF-8, the page's own declaration, then detection.

    Raises :class:`PageError` as :func:`read_page` does. Single invalid bytes become U+FFFD.
    """
    if len(data) > MAX_SIZE:
        raise PageError(source, f"{len(data):,} bytes, over the limit of {MAX_SIZE:,}")
    content = data.removeprefix("\ufeff") if isinstance(data, str) else _decode_bytes(data, source, charset)
    if not content.strip():
        raise PageError(source, "empty: nothing but whitespace")
    raw = content.encode("utf-8", "replace")
    if len(raw) - len(raw.translate(None, _CONTROLS)) > _MAX_CONTROL_SHARE * len(content):
        raise PageError(source, "not a text: full of control characters")
    return content


def detect_kind(content: str) -> Kind:
    """Whether ``content`` is HTML or a flattened dump.

    A dump may quote tags, contain code, or remains of a widget; in HTML most text is inside elements.
    """
    if _DOCUMENT.match(content):
        return Kind.HTML
    sample = content.lstrip()[:_SAMPLE_CHARS]
    breaks = sum(1 for _ in _LINE_BREAK.finditer(sample))
    if breaks >= max(2, len(sample) / _CHARS_PER_BREAK) or _is_mostly_inside_elements(sample):
        return Kind.HTML
    return Kind.TEXT


def _is_mostly_inside_elements(sample: str) -> bool:
    inside = depth = opened = closed = at = 0
    first = _TAG.search(sample)
    if first is None or len(_ANY_TAG.sub("", sample[: first.start()]).strip()) > _MAX_LEAD_CHARS:
        return False
    for tag in _TAG.finditer(sample):
        inside += tag.start() - at if depth else 0
        at = tag.end()
        must_close = tag.group(2).lower() not in _OPTIONAL_END_TAGS
        if tag.group(1):
            depth = max(depth - 1, 0)
            closed += must_close
        else:
            depth += 1
            opened += must_close
    inside += len(sample) - at if depth else 0
    text = len(_TAG.sub("", sample))
    return 2 * closed >= opened and 2 * inside > text


def _decode_bytes(data: bytes, source: str, charset: str | None) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for magic, name in _FORMATS.items():
        if data.startswith(magic):
            raise PageError(source, f"not a text: {name}")
    if wide := _detect_utf16(data):
        return data.decode(wide, "replace")
    meta_tag = _META_CHARSET.search(data, 0, _SNIFFED_BYTES * 4)
    declared = meta_tag.group(1).decode("ascii") if meta_tag else None
    content = (
        _try_decode(data, charset)
        or _try_decode(data, "utf-8")
        or _decode_damaged_utf8(data)
        or _try_decode(data, declared)
    )
    return content or _detect_encoding(data, source, declared)


def _detect_utf16(data: bytes) -> str | None:
    """The kind of UTF-16 of ``data`` without a byte order mark, recognised by the zero bytes of ASCII characters.

    Other encodings of text contain no zero bytes, except strays between ASCII letters; binary data decoded as UTF-16
    gives unprintable characters.
    """
    sample = data[: _SNIFFED_BYTES * 2]
    zeros_even, zeros_odd = sample[::2].count(0), sample[1::2].count(0)
    if max(zeros_even, zeros_odd) < max(2, len(sample) * _MIN_ZERO_SHARE) or zeros_even == zeros_odd:
        return None
    if sum(map(_PLAIN.__contains__, sample)) > len(sample) * _MAX_PLAIN_SHARE:
        return None
    name = "utf-16-le" if zeros_odd > zeros_even else "utf-16-be"
    shown = "".join(sample.decode(name, "replace").split())
    unprintable = sum(not character.isprintable() for character in shown)
    return name if unprintable <= len(shown) * _MAX_CONTROL_SHARE else None


def _try_decode(data: bytes, charset: str | None) -> str | None:
    """``data`` decoded as ``charset``; None if that is unknown or does not fit the bytes."""
    try:
        name = _resolve_label(charset or "")
        return None if name in _WESTERN and _is_not_western(data) else data.decode(name)
    except (UnicodeError, LookupError):  # Python's codec "undefined" always raises the first
        return None


def _is_not_western(data: bytes) -> bool:
    """Whether ``data`` is not in a Western encoding, although these decode any bytes.

    In Western languages accented letters appear between ASCII letters; in others high bytes appear in long runs.
    """
    in_runs = sum(map(len, _HIGH_RUN.findall(data)))
    return in_runs * 2 > len(_HIGH.findall(data))


def _decode_damaged_utf8(data: bytes) -> str | None:
    """``data`` as UTF-8 with invalid bytes replaced, if they are few: no other encoding looks like UTF-8 by chance."""
    content = data.decode("utf-8", "replace")
    bad = content.count("\ufffd")
    good = len(_BEYOND_ASCII.findall(content)) - bad
    return content if bad <= good * _MAX_BAD_SHARE else None


def _resolve_label(charset: str) -> str:
    name = codecs.lookup(charset.strip()).name
    return _ENCODING_OF_LABEL.get(name, name)


def _detect_encoding(data: bytes, source: str, declared: str | None) -> str:
    """Detect the encoding; if that fails, use the page's declaration or UTF-8 and replace invalid bytes."""
    from charset_normalizer import from_bytes  # 30 ms to import, and few pages need it

    if data.count(0) > len(data) / 100:
        raise PageError(source, "not a text: binary data")
    best = from_bytes(data).best()
    if best is not None:
        return str(best)
    try:
        return data.decode(_resolve_label(declared or ""), "replace")
    except (UnicodeError, LookupError):
        return data.decode("utf-8", "replace")
