"""From bytes to text: the encoding of a page, checked against its bytes before it is believed."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from cleaner.compiled import serve_compiled
from cleaner.errors import PageError
from cleaner.page import encoding_evidence, file_kinds

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PACKED = {
    b"PK\x03\x04": "a zip archive or office document",
    b"\x1f\x8b": "gzip-compressed",
    b"\x28\xb5\x2f\xfd": "zstd-compressed",
    b"\xfd7zXZ\x00": "xz-compressed",
    b"BZh": "bzip2-compressed",
}
_PDF = "PDF file"
_META_CHARSET = re.compile(rb"<meta[^<>]+charset\s*+=\s*+[\"']?+\s*+([a-zA-Z0-9_:-]+)", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"\s*<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([a-zA-Z0-9_:-]+)", re.IGNORECASE)
# As in browsers (WHATWG Encoding Standard, labels).
_ENCODING_OF_LABEL = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8", "euc_kr": "cp949", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874", "big5": "big5hkscs",
}  # fmt: skip
_WESTERN = frozenset({"cp1252", "iso8859-15"})
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{4,}")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
# Encodings in which every byte is ASCII, by an escape that nothing else contains; in HZ, pairs between "~{" and "~}".
_SEVEN_BIT = (
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"\x1b(?:\$[@B]|\$\([@BDOPQ]|\([JI])"), "iso2022_jp_ext"),
    (re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}"), "hz"),
)
# Invalid bytes for each character beyond ASCII in UTF-8 that was cut, or that has a part in another encoding. By chance,
# bytes of other encodings are valid UTF-8 far more rarely. This and the other numbers of this module were chosen by reading
# pages; not measured.
_MAX_BAD_SHARE = 1.0
_SNIFFED_BYTES = 1024
HEAD_BYTES = 16 * _SNIFFED_BYTES
# Bytes of a text in UTF-16: minimum share of zeros, for a Chinese text with few spaces; maximum share of printable ASCII.
_MIN_ZERO_SHARE = 0.002
_MAX_PLAIN_SHARE = 0.9
_PLAIN = frozenset(range(0x20, 0x7F))
# A larger share of control characters means binary data.
_MAX_CONTROL_SHARE = 0.02
_CONTROLS = bytes([*range(9), *range(14, 32)])


class NotTextError(ValueError):
    """Data that is no text."""


class Decoded(NamedTuple):
    """The text of a page."""

    text: str
    mixed: bool = False
    """Whether some bytes are in another encoding than the rest, and were read in that."""


def decode_bytes(data: bytes, source: str, charset: str | None = None, url: str | None = None) -> Decoded:
    """``data`` as text. Each claim of an encoding has to fit the bytes, and bytes that are valid UTF-8 are UTF-8.

    Order: byte order mark, UTF-16 by its zeros, 7-bit encodings by their escapes, UTF-8, ``charset``, the page's own
    declaration, then letters and words. Raises :class:`PageError` for data that is no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding, "replace"))
    if name := _name_binary(data):
        raise PageError(source, f"not a text: {name}")
    if wide := _detect_utf16(data):
        return Decoded(data.decode(wide, "replace"))
    if seven := _decode_seven_bit(data):
        return Decoded(seven)
    if text := _try_decode(data, "utf-8") or "":
        return Decoded(text)
    if mixed := _decode_damaged_utf8(data):
        return mixed
    return Decoded(_decode_by_claims(data, source, charset, url))


def find_stream_encoding(head: bytes) -> str:
    """The encoding of a text of which only the beginning is known: by byte order mark, zeros, and whether it is UTF-8."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    if wide := _detect_utf16(head):
        return wide
    if seven := next((name for escape, name in _SEVEN_BIT if head.isascii() and escape.search(head)), None):
        return seven
    bad = head.decode("utf-8", "replace").count("\ufffd")
    if head.isascii() or bad <= 1 + len(_BEYOND_ASCII.findall(head.decode("utf-8", "replace"))) / 2:
        return "utf-8"
    guess = encoding_evidence.guess_encoding(head)
    return guess.encoding if guess else "cp1252"


def decode_head(head: bytes) -> str:
    """The text of the beginning of a file. Raises :class:`NotTextError` if it is none."""
    text = head.decode(find_stream_encoding(head), "replace").removeprefix("\ufeff")
    if has_controls(text) or head.count(0) > max(len(head) / 4 * 3, 1):
        raise NotTextError
    return text


def find_declared(data: bytes) -> str | None:
    """The encoding that a page declares in a ``meta`` element or an XML declaration."""
    found = _META_CHARSET.search(data, 0, HEAD_BYTES) or _XML_CHARSET.match(data, 0, _SNIFFED_BYTES)
    return found[1].decode("ascii") if found else None


def has_controls(text: str) -> bool:
    """Whether ``text`` has so many control characters that it is binary data."""
    return count_controls(text, _CONTROLS) > _MAX_CONTROL_SHARE * len(text)


@serve_compiled("page_text")
def count_controls(text: str, listed: bytes) -> int:
    """How many characters of ``text`` are ``listed`` control characters, which are those below the blank."""
    raw = text.encode("utf-8", "replace")
    return len(raw) - len(raw.translate(None, listed))


def _name_binary(data: bytes) -> str | None:
    packed = next((name for magic, name in _PACKED.items() if data.startswith(magic)), None)
    head = data[:_SNIFFED_BYTES]
    kind = file_kinds.find_binary_kind(head)
    is_text = head[:4].isascii() and b"\0" not in head and kind != _PDF  # source code may be a dump
    return packed or (f"a {kind}" if kind and not is_text else None)


def _decode_by_claims(data: bytes, source: str, charset: str | None, url: str | None) -> str:
    declared = find_declared(data)
    claims = [charset, declared]
    if _resolve(charset) in _WESTERN and _resolve(declared) not in {*_WESTERN, None, "utf-8"}:
        claims.reverse()  # a server's default against the page's own word
    lang = encoding_evidence.find_lang(data)
    for claim in claims:
        name = _resolve(claim)
        if name in _WESTERN and not _is_western_language(lang):
            continue
        if text := _try_decode(data, claim):
            return text
    return _detect_encoding(data, source, declared, url)


def _is_western_language(lang: str | None) -> bool:
    encodings = encoding_evidence.list_encodings(lang)
    return not encodings or not _WESTERN.isdisjoint(encodings)


def _decode_seven_bit(data: bytes) -> str | None:
    """``data`` in an encoding of Japanese, Korean or Chinese in which all bytes are ASCII; None if it is in none."""
    if not data.isascii() or (b"\x1b" not in data and b"~{" not in data):
        return None
    for escape, name in _SEVEN_BIT:
        if escape.search(data):
            text = data.decode(name, "replace")
            if any(character > "\u2e80" for character in text) and "\ufffd" not in text[:-1]:
                return text
    return None


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
    name = _resolve(charset)
    try:
        return None if name is None or (name in _WESTERN and _is_not_western(data)) else data.decode(name)
    except (UnicodeError, LookupError):  # Python's codec "undefined" always raises the first
        return None


def _is_not_western(data: bytes) -> bool:
    """Whether ``data`` is not in a Western encoding, although these decode any bytes.

    In Western languages accented letters appear between ASCII letters; in others high bytes appear in long runs.
    """
    in_runs = sum(map(len, _HIGH_RUN.findall(data)))
    return in_runs * 2 > len(_HIGH.findall(data))


def _decode_damaged_utf8(data: bytes) -> Decoded | None:
    """``data`` as UTF-8, if few bytes are not: a page that was cut, or one with a part in Windows-1252."""
    replaced = data.decode("utf-8", "replace")
    bad = replaced.count("\ufffd")
    good = len(_BEYOND_ASCII.findall(replaced)) - bad
    if bad > good * _MAX_BAD_SHARE:
        return None
    text = data.decode("utf-8", _FOREIGN_BYTES)
    return Decoded(text, mixed=text != replaced)


def _read_foreign_byte(error: UnicodeError) -> tuple[str, int]:
    """Read a lone byte between ASCII as Windows-1252; other invalid bytes become U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    data, start, end = error.object, error.start, error.end
    is_lone = end - start == 1 and data[max(start - 1, 0)] < 0x80 and start > 0 and data[end : end + 1].isascii()  # noqa: PLR2004
    if not is_lone or end == len(data):
        return "\ufffd", end
    return data[start:end].decode("cp1252", "replace"), end


_FOREIGN_BYTES = "cleaner.foreign_bytes"
codecs.register_error(_FOREIGN_BYTES, _read_foreign_byte)


def _resolve(charset: str | None) -> str | None:
    """The Python codec that browsers use for the label; None if it is unknown."""
    try:
        name = codecs.lookup((charset or "").strip()).name
    except (LookupError, ValueError):
        return None
    return _ENCODING_OF_LABEL.get(name, name)


def _detect_encoding(data: bytes, source: str, declared: str | None, url: str | None) -> str:
    """Detect the encoding; if that fails, use the page's declaration or UTF-8 and replace invalid bytes."""
    if data.count(0) > len(data) / 100:
        raise PageError(source, "not a text: binary data")
    if guess := encoding_evidence.guess_encoding(data, url):
        return data.decode(guess.encoding, "replace")
    from charset_normalizer import from_bytes  # 30 ms to import, and few pages need it

    best = from_bytes(data).best()
    if best is not None:
        return str(best)
    return data.decode(_resolve(declared) or "utf-8", "replace")
