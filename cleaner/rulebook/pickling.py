"""Pickling of frozen values that are sent to other processes."""

from __future__ import annotations

from dataclasses import fields
from typing import Any


class PickledByFields:
    """A frozen value that pickles its fields only: compiled patterns cannot be pickled, and are compiled again."""

    def __getstate__(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]
