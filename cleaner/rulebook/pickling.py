"""Frozen values that travel to other processes."""

from __future__ import annotations

from dataclasses import fields
from typing import Any


class Portable:
    """A frozen value that pickles its fields only: what was compiled for it cannot travel, and is compiled anew."""

    def __getstate__(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]
