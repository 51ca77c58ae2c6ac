"""From bytes to a page: which characters, and which of the two shapes."""

from __future__ import annotations

import codecs
import re
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
_READ_AS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_SNIFFED = 1024
# More control characters than this share of a text mean that it is no text.
_MOST_CONTROLS = 0.02
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")

_DOCUMENT = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*\?>\s*)*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
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


def page(
    data: str | bytes, *, source: str = "", name: str | None = None, url: str | None = None, charset: str | None = None
) -> Page:
    """The page in ``data``.

    Args:
        data: HTML or a flattened dump; told apart by content.
        source: what to call it in messages; the url, or ``<page>``, if left empty.
        name: an id that is stable from run to run; by default a digest of the url, else of the content.
        url: where it came from.
        charset: what the transport said, if anything.

    Raises:
        PageError: empty, larger than :data:`MAX_SIZE`, or not text.
    """
    source = source or url or "<page>"
    content = decode(data, source=source, charset=charset)
    stable = (
        name if name is not None else blake2b((url or content).encode("utf-8", "replace"), digest_size=8).hexdigest()
    )
    return Page(id=stable, source=source, content=content, kind=kind(content), url=url)


def decode(data: str | bytes, *, source: str, charset: str | None = None) -> str:
    """The characters of ``data``: by byte order mark, ``charset``, UTF-8, the page's own word, then detection.

    Raises :class:`PageError` as :func:`page` does. Single bad bytes become U+FFFD.
    """
    if len(data) > MAX_SIZE:
        raise PageError(source, f"{len(data):,} bytes, over the limit of {MAX_SIZE:,}")
    content = data.removeprefix("\ufeff") if isinstance(data, str) else _decode_bytes(data, source, charset)
    if not content.strip():
        raise PageError(source, "empty: nothing but whitespace")
    if len(_CONTROLS.findall(content)) > _MOST_CONTROLS * len(content):
        raise PageError(source, "not a text: full of control characters")
    return content


def kind(content: str) -> Kind:
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
    if wide := _wide(data):
        return data.decode(wide, "replace")
    declared = _META_CHARSET.search(data, 0, _SNIFFED * 4)
    named = declared.group(1).decode("ascii") if declared else None
    for candidate in (charset, "utf-8", named):
        content = _try(data, candidate) if candidate else None
        if content is not None:
            return content
    return _detect(data, source, named)


def _wide(data: bytes) -> str | None:
    """The UTF-16 that ``data`` is in without a mark, told by the zero bytes between its Latin letters."""
    sample = data[: _SNIFFED * 2]
    zeros_even, zeros_odd = sample[::2].count(0), sample[1::2].count(0)
    if zeros_odd > len(sample) / 4 and not zeros_even:
        return "utf-16-le"
    if zeros_even > len(sample) / 4 and not zeros_odd:
        return "utf-16-be"
    return None


def _try(data: bytes, charset: str) -> str | None:
    name = charset.strip().lower()
    try:
        return data.decode(_READ_AS.get(name, name))
    except (UnicodeDecodeError, LookupError):
        return None


def _detect(data: bytes, source: str, named: str | None) -> str:
    """Guess an encoding; where that fails too, what the page names, or UTF-8, with bad bytes marked."""
    from charset_normalizer import from_bytes  # 30 ms to import, and few pages come this far

    if data.count(0) > len(data) / 100:
        raise PageError(source, "not a text: binary data")
    mostly = data.decode("utf-8", "replace")
    if mostly.count("\ufffd") < len(mostly) / 200:
        return mostly
    best = from_bytes(data).best()
    if best is not None:
        return str(best)
    try:
        return data.decode(named or "utf-8", "replace")
    except LookupError:
        return mostly
