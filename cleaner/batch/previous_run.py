"""What an output folder already has: the tables of the run before, or files that a new run would overwrite."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from cleaner.batch.spool import WHOLE_TABLES, TableLayout
from cleaner.errors import OutputError
from cleaner.render.output_formats import OutputFormat
from cleaner.storage.run_files import ARTICLES, MANIFEST, REMOVED

_REMEDY = "choose another folder, or add --overwrite"


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The content of ``run.json`` in ``folder``; None if there is none, or it names no tables."""
    try:
        content = msgspec.json.decode((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and isinstance(content.get("tables"), list) else None


def list_tables(folder: Path) -> list[str]:
    """The tables that the manifest of the finished run in ``folder`` names."""
    manifest = read_manifest(folder) or {"tables": []}
    return [name for name in manifest["tables"] if isinstance(name, str) and (folder / name).parent == folder]


def refuse_foreign(folder: Path, layout: TableLayout) -> None:
    """Raise :class:`OutputError` if ``folder`` has files that no run of this format wrote, and that would be overwritten."""
    manifest = read_manifest(folder)
    if manifest is not None and "rules_digest" in manifest:
        before = _find_format(manifest)
        if before != layout.form.value:
            raise OutputError(str(folder), f"a run with --format {before} is there; {_REMEDY}")
        return
    tables = {ARTICLES, REMOVED, *WHOLE_TABLES}
    try:
        found = [path.name for path in folder.iterdir() if path.name == MANIFEST or _table_of(path.name) in tables]
        if not found and not layout.form.is_table:
            found = [path.relative_to(folder).as_posix() for path in folder.rglob(f"*.{layout.form}")]
    except OSError:
        return  # there is no such folder, or it cannot be read: writing says so
    if found:
        problem = f"it has files that no run of cleaner wrote ({', '.join(sorted(found)[:3])}); {_REMEDY}"
        raise OutputError(str(folder), problem)


def _table_of(name: str) -> str:
    """The table that a file may be a part of: ``articles`` for ``articles-00001.jsonl.zst``."""
    return name.partition(".")[0].partition("-")[0] if name.endswith((".jsonl", ".jsonl.zst", ".parquet")) else ""


def _find_format(manifest: dict[str, Any]) -> str:
    settings = manifest.get("settings")
    if isinstance(settings, dict) and "format" in settings:
        return str(settings["format"])
    articles = next((str(name) for name in manifest["tables"] if str(name).startswith(ARTICLES)), "")
    return articles.partition(".")[2] or OutputFormat.MD.value
