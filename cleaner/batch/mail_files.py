"""Documents from mail: saved messages (.eml), and pages that a browser saved as one file (.mhtml)."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime

from cleaner.batch.records import InputDocument
from cleaner.storage.run_files import Failure

_PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")


def read_mail(data: bytes, display_name: str) -> InputDocument | Failure:
    """The page in a message: its first part of HTML, else its first part of plain text."""
    message = message_from_bytes(data)
    part = next((found for kind in _PAGE_TYPES if (found := _find_part(message, kind))), None)
    if part is None:
        return Failure(display_name, "PageError", "a message without a part of HTML or plain text")
    content = part.get_payload(decode=True)
    url = part["Content-Location"] or message["Snapshot-Content-Location"] or message["Content-Location"]
    return InputDocument(
        id=display_name,
        path=display_name,
        content=content if isinstance(content, bytes) else b"",
        url=_clean_address(url),
        charset=part.get_content_charset(),
        fetched=_parse_day(message["Date"]),
    )


def _find_part(message: Message, kind: str) -> Message | None:
    """The first part of a type; in a page saved as one file, the one that its header names as the start."""
    parts = [
        part
        for part in message.walk()
        if part.get_content_type() == kind
        and not part.is_multipart()
        and part.get_content_disposition() != "attachment"
    ]
    address = _clean_address(message["Snapshot-Content-Location"])
    return next(
        (part for part in parts if address and _clean_address(part["Content-Location"]) == address), None
    ) or next(iter(parts), None)


def _clean_address(value: object) -> str | None:
    text = "".join(str(value or "").split())
    return text if text.startswith(("http://", "https://")) else None


def _parse_day(value: object) -> date | None:
    try:
        return parsedate_to_datetime(str(value)).date() if value else None
    except (ValueError, IndexError, TypeError):
        return None
