"""Defaults of options out of ``cleaner.toml`` or ``[tool.cleaner]`` of ``pyproject.toml``; the command line wins."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any

import msgspec

from cleaner.cli.terminal import ExitCode, exit_with_error
from cleaner.model import Lean
from cleaner.render.output_formats import OutputFormat

FILE, PROJECT_FILE = "cleaner.toml", "pyproject.toml"
_AT_LEAST_ONE = msgspec.Meta(ge=1)


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one page may take."""

    timeout: Annotated[float, msgspec.Meta(ge=0.1)] | None = None
    memory: Annotated[int, _AT_LEAST_ONE] | None = None


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The keys of a configuration file, named as the options are."""

    rules: tuple[str, ...] = ()
    """Folders, relative to the file."""
    lean: Lean | None = None
    fields: dict[str, str] = {}
    """``html = "body"`` as in ``--field html=body``."""
    format: OutputFormat | None = None
    limits: Limits = Limits()
    jobs: Annotated[int, _AT_LEAST_ONE] | None = None
    shard_size: Annotated[int, _AT_LEAST_ONE] | None = None
    repeats: bool | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


def find_file(folder: Path) -> Path | None:
    """The configuration file of ``folder``, or of the nearest folder above it that has one."""
    for parent in (folder, *folder.parents):
        if (parent / FILE).is_file():
            return parent / FILE
        if (parent / PROJECT_FILE).is_file() and b"[tool.cleaner" in _read_bytes(parent / PROJECT_FILE):
            return parent / PROJECT_FILE
    return None


def load_defaults() -> dict[str, dict[str, Any]]:
    """The defaults of each command's parameters, from the configuration file of the current folder.

    Prints an error and exits if that is invalid.
    """
    file = find_file(Path.cwd())
    return _make_defaults(_load(file), file) if file else {}


def name_in_use() -> str | None:
    """The name of the configuration file, for ``run.json``; None if there is none."""
    file = find_file(Path.cwd())
    return file.name if file else None


def _load(file: Path) -> Config:
    try:
        content = tomllib.loads(_read_bytes(file).decode())
        table = content.get("tool", {}).get("cleaner", {}) if file.name == PROJECT_FILE else content
        config = msgspec.convert(table, Config)
    except (ValueError, msgspec.ValidationError) as error:
        where = " [tool.cleaner]" if file.name == PROJECT_FILE else ""
        exit_with_error(f"{file}{where}: {error}. The keys are described in docs/cli.md", ExitCode.USAGE)
    for folder in config.rules:
        if not (file.parent / folder).is_dir():
            exit_with_error(
                f"{file}: rules: no folder {file.parent / folder}; paths are relative to the file", ExitCode.USAGE
            )
    return config


def _make_defaults(config: Config, file: Path) -> dict[str, dict[str, Any]]:
    shared: dict[str, Any] = {
        "rules": [str(file.parent / folder) for folder in config.rules],
        "lean": config.lean.value if config.lean else None,
    }
    clean = {
        **shared,
        "form": config.format.value if config.format else None,
        "fields": [f"{ours}={theirs}" for ours, theirs in config.fields.items()],
        "timeout": config.limits.timeout,
        "memory": config.limits.memory,
        "jobs": config.jobs,
        "shard_size": config.shard_size,
        "repeats": config.repeats,
        "include": list(config.include),
        "exclude": list(config.exclude),
    }
    given: dict[str, dict[str, Any]] = {"clean": clean, "explain": shared}
    return {
        name: {key: value for key, value in values.items() if value not in (None, [])} for name, values in given.items()
    }


def _read_bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        exit_with_error(f"{file}: cannot be read: {error.strerror}", ExitCode.USAGE)
