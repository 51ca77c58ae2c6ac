"""The kinds of rule files there are, by name."""

from __future__ import annotations

from enum import StrEnum


class FileKind(StrEnum):
    """Whose file it is."""

    SITE = "site"
    NETWORK = "network"
    EVERYWHERE = "everywhere"
