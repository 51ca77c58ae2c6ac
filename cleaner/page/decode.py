"""From bytes to a page: which characters, and which of the two shapes."""

from __future__ import annotations

import codecs
import re
from datetime import date
from hashlib import blake2b

from cleaner.errors import PageError
from cleaner.model import Kind, Page

MAX_SIZE = 10_000_000
"""Bytes or characters. Ten times the largest article page we have met; what is larger is a dump of something else."""

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
# As browsers read them (WHATWG Encoding Standard, labels).
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_WESTERN = frozenset({"cp1252", "iso8859-15"})
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{4,}")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
# Bad bytes in UTF-8, a character beyond ASCII: a few in a text that was cut or pasted together.
_MOST_BAD = 0.1
_SNIFFED = 1024
# Shares of the bytes of a text in UTF-16: zeros, in a Chinese one with next to no spaces; printable ASCII.
_FEWEST_ZEROS = 0.002
_MOST_PLAIN = 0.9
_PLAIN = frozenset(range(0x20, 0x7F))
# More control characters than this share of a text mean that it is no text.
_MOST_CONTROLS = 0.02
_CONTROLS = bytes([*range(9), *range(14, 32)])

# What has matched is not tried again in another way: the time would double with each comment.
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
_MAY_STAY_OPEN = frozenset("body html li p td th tr".split())
_SAMPLE = 50_000
_CHARACTERS_A_BREAK = 1_000
# Characters before the first tag; an article about HTML names its first tag later than that.
_LONGEST_LEAD = 200


def read_page(  # noqa: PLR0913  all that a transport may know of a page
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
        data: HTML or a flattened dump; told apart by content.
        url: where it came from.
        source: what to call it in messages; the url, or ``<page>``, if left empty.
        folder: what it belongs to where its site is unknown.
        name: an id that is stable from run to run; by default a digest of the url, else of the content.
        charset: what the transport said, if anything.
        fetched: the day of its download, which tells rules of which layout it is.

    Raises:
        PageError: empty, larger than :data:`MAX_SIZE`, or not text.
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
    """The characters of ``data``: by byte order mark, ``charset``, UTF-8, the page's own word, then detection.

    Raises :class:`PageError` as :func:`read_page` does. Single bad bytes become U+FFFD.
    """
    if len(data) > MAX_SIZE:
        raise PageError(source, f"{len(data):,} bytes, over the limit of {MAX_SIZE:,}")
    content = data.removeprefix("\ufeff") if isinstance(data, str) else _decode_bytes(data, source, charset)
    if not content.strip():
        raise PageError(source, "empty: nothing but whitespace")
    raw = content.encode("utf-8", "replace")
    if len(raw) - len(raw.translate(None, _CONTROLS)) > _MOST_CONTROLS * len(content):
        raise PageError(source, "not a text: full of control characters")
    return content


def detect_kind(content: str) -> Kind:
    """Whether ``content`` is HTML or a flattened dump.

    A dump may quote tags, show code, or hold the leftovers of a widget; in HTML the text stands inside elements.
    """
    if _DOCUMENT.match(content):
        return Kind.HTML
    sample = content.lstrip()[:_SAMPLE]
    breaks = sum(1 for _ in _LINE_BREAK.finditer(sample))
    if breaks >= max(2, len(sample) / _CHARACTERS_A_BREAK) or _mostly_inside_elements(sample):
        return Kind.HTML
    return Kind.TEXT


def _mostly_inside_elements(sample: str) -> bool:
    inside = depth = opened = closed = at = 0
    first = _TAG.search(sample)
    if first is None or len(_ANY_TAG.sub("", sample[: first.start()]).strip()) > _LONGEST_LEAD:
        return False
    for tag in _TAG.finditer(sample):
        inside += tag.start() - at if depth else 0
        at = tag.end()
        must_close = tag.group(2).lower() not in _MAY_STAY_OPEN
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
    if wide := _decode_utf16_or_32(data):
        return data.decode(wide, "replace")
    declared = _META_CHARSET.search(data, 0, _SNIFFED * 4)
    named = declared.group(1).decode("ascii") if declared else None
    content = _try_decode(data, charset) or _try_decode(data, "utf-8") or _mostly_utf8(data) or _try_decode(data, named)
    return content or _detect_encoding(data, source, named)


def _decode_utf16_or_32(data: bytes) -> str | None:
    """The UTF-16 that ``data`` is in without a mark, told by the zero bytes of its tags, spaces and Latin letters.

    Other encodings of text hold no zero byte at all, but for strays between plain letters; binary data read as UTF-16
    gives characters that nobody prints.
    """
    sample = data[: _SNIFFED * 2]
    zeros_even, zeros_odd = sample[::2].count(0), sample[1::2].count(0)
    if max(zeros_even, zeros_odd) < max(2, len(sample) * _FEWEST_ZEROS) or zeros_even == zeros_odd:
        return None
    if sum(map(_PLAIN.__contains__, sample)) > len(sample) * _MOST_PLAIN:
        return None
    name = "utf-16-le" if zeros_odd > zeros_even else "utf-16-be"
    shown = "".join(sample.decode(name, "replace").split())
    strange = sum(not character.isprintable() for character in shown)
    return name if strange <= len(shown) * _MOST_CONTROLS else None


def _try_decode(data: bytes, charset: str | None) -> str | None:
    """``data`` read as ``charset``; None where that is unknown, or cannot be what the bytes are in."""
    try:
        name = _read_as(charset or "")
        return None if name in _WESTERN and _is_foreign(data) else data.decode(name)
    except (UnicodeError, LookupError):  # Python's codec "undefined" raises the first, whatever it is given
        return None


def _is_foreign(data: bytes) -> bool:
    """Whether ``data`` is in no Western encoding, though these turn any bytes into some letters.

    In Western languages accented letters stand between plain ones; elsewhere the high bytes come in long runs.
    """
    in_runs = sum(map(len, _HIGH_RUN.findall(data)))
    return in_runs * 2 > len(_HIGH.findall(data))


def _mostly_utf8(data: bytes) -> str | None:
    """``data`` as UTF-8 with its bad bytes marked, if these are few: no other encoding looks like UTF-8 by chance."""
    content = data.decode("utf-8", "replace")
    bad = content.count("\ufffd")
    good = len(_BEYOND_ASCII.findall(content)) - bad
    return content if bad <= good * _MOST_BAD else None


def _read_as(charset: str) -> str:
    name = codecs.lookup(charset.strip()).name
    return _READ_AS.get(name, name)


def _detect_encoding(data: bytes, source: str, named: str | None) -> str:
    """Guess an encoding; where that fails too, what the page names, or UTF-8, with bad bytes marked."""
    from charset_normalizer import from_bytes  # 30 ms to import, and few pages come this far

    if data.count(0) > len(data) / 100:
        raise PageError(source, "not a text: binary data")
    best = from_bytes(data).best()
    if best is not None:
        return str(best)
    try:
        return data.decode(_read_as(named or ""), "replace")
    except (UnicodeError, LookupError):
        return data.decode("utf-8", "replace")
