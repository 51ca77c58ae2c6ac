"""The kinds of rule files."""

from __future__ import annotations

from enum import StrEnum


class FileKind(StrEnum):
    """What a rule file applies to."""

    SITE = "site"
    NETWORK = "network"
    EVERYWHERE = "everywhere"
