"""From bytes to a :class:`Page`: its encoding, and whether it is HTML or a dump."""

from __future__ import annotations

import re
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from cleaner.compiled import serve_compiled
from cleaner.errors import PageError
from cleaner.model import Kind, Page
from cleaner.page import encoding, markdown_files, mending, urls
from cleaner.page.bare_pages import find_bare_text
from cleaner.page.notation.joined_lines import is_joined_by_breaks

MAX_SIZE = 10_000_000
"""Bytes or characters. Ten times the largest article page seen; a larger file is not a page."""

# Atomic groups: with backtracking, the time would double with each comment.
_MAX_PATH_CHARS = 1_000
_PAGE_SUFFIX = r"\.(?:x?html?|txt|md|jsonl?|warc|pdf|eml|mht|mhtml)(?:\.(?:gz|zst))?"
# One word that is an address, begins as a path, or ends as the name of a file.
_PATH = re.compile(
    r"\s*(?:(?:https?|file|s3|gs)://\S+|(?:~|\.{1,2})?/[^\s<>]+|[a-zA-Z]:[\\/][^\n<>]+|[^\s<>]+"
    rf"{_PAGE_SUFFIX})\s*",
    re.IGNORECASE,
)
_SPACED_PATH = re.compile(rf"[^\n<>]+{_PAGE_SUFFIX}", re.IGNORECASE)
_INSTEAD = (
    "pass its content, as in clean(Path('page.html').read_bytes()); "
    "files, folders and addresses are read by the command cleaner clean"
)
_DOCUMENT = re.compile(
    r"\s*+(?>(?><!--.*?-->|<\?xml[^>]*>)\s*+)*+<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(
    r"<(/?)(a|article|aside|b|blockquote|body|div|em|figure|footer|h[1-6]|head|header|html|i|li|main|nav|ol|p|script|"
    r"section|span|strong|style|table|tbody|td|th|title|tr|ul)(?:\s[^<>]*)?>",
    re.IGNORECASE,
)
_TEXT_TAG = re.compile(r"<(?:a|h[1-6]|li|p|td)[\s>]", re.IGNORECASE)
_MARKDOWN = re.compile(r"^(?:\#{1,6}[ \t]+\S|[*+-][ \t]+\[)|\]\((?:https?:|data:|[/#])", re.MULTILINE)
_MIN_MARKDOWN = 3
"""Marks of headings, lists and links of a page in Markdown, more than its tags of them: pandoc writes the rest as tags."""
_ANY_TAG = re.compile(r"<[^<>]*>")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_OPTIONAL_END_TAGS = frozenset("body html li p td th tr".split())
_SAMPLE_CHARS = 50_000
_CHARS_PER_BREAK = 1_000
# Characters before the first tag; an article about HTML names its first tag later than that.
_MAX_LEAD_CHARS = 200


class _DecodedText(NamedTuple):
    """The text of a page, and whether it had to be mended."""

    content: str
    mended: bool


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
        data: HTML or a flattened dump, as bytes if its encoding is unknown.
        url: its address, by which a site's rules are found; of an archive or a proxy, the original's is used.
        source: name of the page in messages.
        folder: group for counting repeats of pages of unknown sites.
        name: stable name for golden files; by default a digest of the url, else of the content.
        charset: the encoding that the transport declared, if any.
        fetched: the day of its download, by which rules for a period are chosen.

    Raises:
        PageError: if it is empty, larger than :data:`MAX_SIZE`, not text, or the path of a file instead of its content.
        TypeError: if ``data`` is neither text nor bytes.
    """
    source = source or url or "<page>"
    if name is None:
        _refuse_path(data, source)  # whoever knows a name knows what is a page
    text = _read_text(data, source, charset, url)
    content = text.content
    stable = (
        name if name is not None else blake2b((url or content).encode("utf-8", "replace"), digest_size=8).hexdigest()
    )
    written = markdown_files.convert(content, stable)
    kind = Kind.HTML if written else detect_kind(content)
    bare = find_bare_text(content) if kind is Kind.HTML and not written else None
    return Page(
        id=stable,
        source=source,
        folder=folder,
        content=written or bare or content,
        kind=Kind.TEXT if bare else kind,
        url=urls.find_original(url),
        fetched=fetched or urls.find_capture_day(url),
        mended=text.mended,
        authored=written is not None,
    )


def decode_page(data: str | bytes, *, source: str, charset: str | None = None, url: str | None = None) -> str:
    """``data`` as text, see :func:`cleaner.page.encoding.decode_bytes`; what was encoded twice is mended.

    Raises :class:`PageError` as :func:`read_page` does. Single invalid bytes become U+FFFD.
    """
    return _read_text(data, source, charset, url).content


def _read_text(data: str | bytes, source: str, charset: str | None, url: str | None) -> _DecodedText:
    data = _check_type(data)
    if len(data) > MAX_SIZE:
        raise PageError(source, f"{len(data):,} bytes, over the limit of {MAX_SIZE:,}")
    if isinstance(data, str):
        text, mixed = _join_surrogates(data.removeprefix("\ufeff")), False
    else:
        text, mixed = encoding.decode_bytes(data, source, charset, url)
    if not text or text.isspace():
        raise PageError(source, "empty: nothing but whitespace")
    if encoding.has_controls(text):
        raise PageError(source, "not a text: full of control characters")
    mended = mending.mend_text(text)
    return _DecodedText(mended, mixed or mended != text)


def _check_type(data: object) -> str | bytes:
    """``data``, if it is text or bytes; another type gets a message that says what to pass instead."""
    if isinstance(data, (bytearray, memoryview)):
        return bytes(data)
    if isinstance(data, (str, bytes)):
        return data
    raise TypeError(f"a page is text or bytes, not {type(data).__name__}: {_INSTEAD}")


def _refuse_path(data: object, source: str) -> None:
    """Raise :class:`PageError` for a path or an address, which some pass in place of the page."""
    if not isinstance(data, (str, bytes)) or len(data) > _MAX_PATH_CHARS:
        return
    if _is_path(data if isinstance(data, str) else data.decode("latin-1")):
        raise PageError(source, f"{data!r} is a path or an address, not a page: {_INSTEAD}")


def _is_path(text: str) -> bool:
    """Whether a text is a path or an address; several words are only if they are the path of a file that is there."""
    return bool(_PATH.fullmatch(text)) or bool(
        _SPACED_PATH.fullmatch(text) and "\0" not in text and Path(text).exists()
    )


def _join_surrogates(text: str) -> str:
    """``text`` with pairs of surrogates joined, and lone ones replaced."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if has_surrogates(text) else text


@serve_compiled("page_text")
def has_surrogates(text: str) -> bool:
    """Whether ``text`` contains surrogates, which are no characters."""
    try:
        text.encode()  # a tenth of the time of a search
    except UnicodeEncodeError:
        return True
    return False


def detect_kind(content: str) -> Kind:
    """Whether ``content`` is HTML or a flattened dump.

    A dump may quote tags, contain code, or remains of a widget; in HTML most text is inside elements, and so are its headings
    and links, which Markdown has marks for.
    """
    if _DOCUMENT.match(content):
        return Kind.HTML
    sample = content.lstrip()[:_SAMPLE_CHARS]
    breaks = sum(1 for _ in _LINE_BREAK.finditer(sample))
    if breaks >= max(2, len(sample) / _CHARS_PER_BREAK) or _is_mostly_inside_elements(sample):
        return Kind.TEXT if _is_markdown(sample) or is_joined_by_breaks(content) else Kind.HTML
    return Kind.TEXT


def _is_markdown(sample: str) -> bool:
    marks = len(_MARKDOWN.findall(sample))
    return marks >= _MIN_MARKDOWN and marks > len(_TEXT_TAG.findall(sample))


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
