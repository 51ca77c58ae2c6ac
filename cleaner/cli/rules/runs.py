"""The figures of a run, from its folder or from where they were kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.authoring import figures as numbers
from cleaner.authoring.figures import FIELDS, Figures

if TYPE_CHECKING:
    from cleaner.report.read import Document


def figures(path: Path) -> Figures:
    """Those of the run in the folder ``path``, or those in the file that ``cleaner rules stats --save`` wrote.

    Raises :class:`~cleaner.errors.RunError` where there are none.
    """
    import msgspec

    from cleaner.errors import RunError
    from cleaner.report.read import open_run

    if path.is_dir():
        return numbers.collect(map(_looked_at, open_run(path).documents()))
    try:
        return msgspec.json.decode(path.read_bytes(), type=Figures)
    except OSError as error:
        raise RunError(str(path), f"cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        problem = "neither the folder of a run nor what `cleaner rules stats --save` writes"
        raise RunError(str(path), f"{problem}: {error}") from error


def _looked_at(document: Document) -> numbers.Document:
    row = document.row
    return numbers.Document(
        id=row.id,
        site=row.site,
        text=row.text,
        kept_share=row.kept_share,
        flags=row.flags,
        given=frozenset(field for field in FIELDS if getattr(row, field)),
        dropped=[numbers.Dropped(one.label, one.judge, one.rule, one.why, len(one.text)) for one in document.dropped],
    )
