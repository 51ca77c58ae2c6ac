"""Watching the rule files: what is changed in an editor takes effect within a second."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from cleaner.rulebook.rule_files import NETWORKS
from cleaner.studio.workspace import Workspace

_SECONDS = 0.7
"""Time between two looks at the folder; a look takes a millisecond for a thousand files."""


async def watch_rules(workspace: Workspace) -> None:
    """Read the rules again whenever a file of the folder is added, removed or written."""
    folder = workspace.settings.rules
    if folder is None:
        return
    seen = _read_stamps(folder)
    while True:
        await asyncio.sleep(_SECONDS)
        now = await run_in_threadpool(_read_stamps, folder)
        if now != seen:
            seen = now
            await run_in_threadpool(workspace.reload_rules)


def _read_stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return time and size of each rule file in ``folder`` and in its folder of networks."""
    return dict(_list_stamps(folder)) | dict(_list_stamps(folder / NETWORKS))


def _list_stamps(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".toml"):
                    stamp = entry.stat()
                    yield entry.path, (stamp.st_mtime_ns, stamp.st_size)
    except OSError:
        return  # no folder yet, or a file that vanished: the next look sees it
