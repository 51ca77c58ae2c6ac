"""The settings of a studio, and its limits."""

from __future__ import annotations

from pathlib import Path

import msgspec

from cleaner.batch import limits
from cleaner.page.decode import MAX_SIZE
from cleaner.worker_pool import WorkLimits

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names under which a browser on the same machine reaches the server."""
DEFAULT_PORT = 8717
MAX_BODY_BYTES = MAX_SIZE + 100_000
"""Bytes of the largest request: a page of the largest size, and the JSON around it."""
BODY_SECONDS = 30.0
"""Time in which a request must arrive; chosen."""
HEAD_SECONDS = 10.0
"""Time in which the head of a request must arrive, from the connection or from its first byte; chosen."""
KEEP_ALIVE_SECONDS = 15
"""Whole seconds after which a connection without a further request is closed; chosen."""
MAX_PAGES = 5_000
"""Pages that a studio holds in memory; it says so if there are more. Chosen for about 1 GB of usual pages."""
MAX_SITE_PAGES = 200
"""Pages of a site on which changes are tried, the first in order; more would not be looked through by a person."""
MAX_WAITING = 64
"""Requests that may wait for a process; more are refused with 503. Chosen."""


class StudioSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What a studio serves, and to whom."""

    token: str
    """What a client must know; every request but those for the app's own files and ``/health`` needs it."""
    rules: Path | None = None
    """The folder that rules are saved to; without it nothing is written."""
    host: str = LOOPBACK[0]
    port: int = DEFAULT_PORT
    allowed_hosts: tuple[str, ...] = ()
    """Names of the server besides those of loopback, as in the Host header."""
    api_only: bool = False
    jobs: int = 2
    """Processes that clean pages."""
    limits: WorkLimits = WorkLimits(limits.SECONDS, limits.MEGABYTES)
    """Time and memory for one page."""

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of rules in force besides the built-in ones."""
        return (self.rules,) if self.rules and self.rules.is_dir() else ()
