"""Starting the server."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import uvicorn
from msgspec.structs import replace

from cleaner.studio import settings as limits
from cleaner.studio.app import make_app
from cleaner.studio.cleaning import CleaningService
from cleaner.studio.connections import PunctualProtocol
from cleaner.studio.settings import MAX_WAITING, StudioSettings
from cleaner.studio.workspace import Workspace

_SHUTDOWN_SECONDS = 2
_MAX_CONNECTIONS = 4 * MAX_WAITING
_ATTEMPTS = 20
"""Ports that are tried, from the one that was asked for."""


def serve(paths: Sequence[Path], settings: StudioSettings, *, on_start: Callable[[StudioSettings], None]) -> None:
    """Serve until Control-C. ``on_start`` is called with the settings, which have the port in use.

    Raises :class:`OSError` if no port is free.
    """
    prepared = prepare_server(paths, settings)
    on_start(prepared.settings)
    prepared.server.run(sockets=[prepared.listening])


class PreparedServer(NamedTuple):
    """A server that listens and does not answer yet."""

    server: StudioServer
    listening: socket.socket
    settings: StudioSettings


def prepare_server(paths: Sequence[Path], settings: StudioSettings) -> PreparedServer:
    """Return a server for ``settings``, with the port in use. Raises :class:`OSError` if no port is free."""
    listening = _listen(settings.host, settings.port)
    settings = replace(settings, port=listening.getsockname()[1])
    service = CleaningService(jobs=settings.jobs, limits=settings.limits, max_waiting=MAX_WAITING)
    workspace = Workspace(paths, settings, service)
    config = uvicorn.Config(
        make_app(workspace),
        http=PunctualProtocol,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=limits.KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
        limit_concurrency=_MAX_CONNECTIONS,
        ws="none",
    )
    return PreparedServer(StudioServer(config, workspace), listening, settings)


class StudioServer(uvicorn.Server):
    """A server that ends the streams of changes when it is stopped: otherwise it would wait for their clients."""

    def __init__(self, config: uvicorn.Config, workspace: Workspace) -> None:
        super().__init__(config)
        self._workspace = workspace

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop on a signal."""
        self.stop()
        super().handle_exit(sig, frame)

    def stop(self) -> None:
        """Stop soon."""
        self._workspace.close()
        self.should_exit = True


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at ``port``, or at the next one that is free; port 0 is any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for attempt in range(_ATTEMPTS):
        listening = socket.socket(family)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port + attempt if port else 0))
            listening.listen()
        except OSError:
            listening.close()
            if attempt == _ATTEMPTS - 1 or not port:
                raise
        else:
            return listening
    raise AssertionError("unreachable")
