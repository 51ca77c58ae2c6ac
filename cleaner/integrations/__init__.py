"""Cleaner as a step of other systems. Each module needs its host system to be installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cleaner.errors import ExtraError


@contextmanager
def require_host(name: str) -> Iterator[None]:
    """Context for imports of the host that the extra ``name`` installs; raises :class:`ExtraError` if it is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise ExtraError(f"cleaner.integrations.{name}", name, str(error)) from error
