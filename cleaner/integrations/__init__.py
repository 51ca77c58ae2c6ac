"""The same cleaner as a step of other systems. Each module needs its host, and is imported by those who have it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cleaner.errors import ExtraError


@contextmanager
def require_host(name: str) -> Iterator[None]:
    """Around the imports of the host that the extra ``name`` brings; raises :class:`ExtraError` where it is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise ExtraError(f"cleaner.integrations.{name}", name, str(error)) from error
