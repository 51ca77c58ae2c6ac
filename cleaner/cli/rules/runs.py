"""The statistics of a run, from its folder or from a saved file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.analysis import run_statistics as numbers
from cleaner.analysis.run_statistics import FIELDS, RunStatistics

if TYPE_CHECKING:
    from cleaner.analysis.run_reader import RunDocument


def collect_figures(path: Path) -> RunStatistics:
    """The statistics of the run in the folder ``path``, or those in a file that ``cleaner rules stats --save`` wrote.

    Raises :class:`~cleaner.errors.RunError` if there are none.
    """
    import msgspec

    from cleaner.analysis.run_reader import open_run
    from cleaner.errors import RunError

    if path.is_dir():
        return numbers.collect_statistics(map(_select_fields, open_run(path).documents()))
    try:
        return msgspec.json.decode(path.read_bytes(), type=RunStatistics)
    except OSError as error:
        raise RunError(str(path), f"cannot be read: {error.strerror}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        problem = "neither the folder of a run nor what `cleaner rules stats --save` writes"
        raise RunError(str(path), f"{problem}: {error}") from error


def _select_fields(document: RunDocument) -> numbers.StatisticsDocument:
    row = document.row
    return numbers.StatisticsDocument(
        id=row.id,
        site=row.site,
        text=row.text,
        kept_share=row.kept_share,
        flags=row.flags,
        suspect_rules=row.suspect_rules,
        filled_fields=frozenset(field for field in FIELDS if getattr(row, field)),
        dropped=[
            numbers.StatisticsDropped(one.label, one.judge, one.rule, one.why, len(one.text))
            for one in document.dropped
        ],
    )
