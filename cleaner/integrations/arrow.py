"""Tables of pages to tables of articles: one function for every engine that uses Arrow (Ray Data, Spark, datasets)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from cleaner.batch import parquet_tables, rows
from cleaner.batch.records import InputDocument, Outcome
from cleaner.batch.rows import FieldNames, InputRow
from cleaner.integrations import isolated
from cleaner.model import Lean
from cleaner.storage.run_files import Failure
from cleaner.worker_pool import WorkLimits

Batch = TypeVar("Batch")
"""A ``pyarrow.RecordBatch`` or a ``pyarrow.Table``; the result has the type of the argument."""


def schema() -> Any:
    """The ``pyarrow.Schema`` of what :func:`clean` returns: columns of ``articles.parquet``, then those of a failure.

    ``error`` and ``message`` are null for an article; for a page that cannot be cleaned they give the reason, and all
    other columns except ``id``, ``path`` and ``url`` are null. Raises :class:`cleaner.errors.ExtraError` without
    pyarrow.
    """
    articles = parquet_tables.article_schema()
    text = articles.field("text")
    return articles.append(text.with_name("error")).append(text.with_name("message"))


def clean(
    batch: Batch,
    *,
    rules: Sequence[str | Path] = (),
    lean: str = Lean.BALANCED,
    fields: FieldNames | None = None,
    limits: WorkLimits | None = None,
) -> Batch:
    """One row for each row of ``batch``, in its order, with the columns of :func:`schema`.

    Pages are read from the column ``html`` or ``text`` (strings or bytes), and ``url``, ``id``, ``fetched`` and
    ``path`` if present; other columns are ignored. The id of a page without one is its url, or else a digest of its
    content. Pages are cleaned in a separate process that is kept for later batches, so the calling process must be
    allowed to start children. A batch should have a hundred to a thousand rows: all of it is held in memory.

    Args:
        batch: pages, a ``pyarrow.RecordBatch`` or ``pyarrow.Table``.
        rules: folders of rules applied on top of the built-in ones, at the same paths on every machine.
        lean: ``recall``, ``balanced`` or ``precision``.
        fields: the names of the columns, if they differ from those above.
        limits: time and memory for one page; by default as in ``cleaner clean``.

    Raises:
        ValueError: the batch has no column with pages, or ``lean`` is unknown.
        RuleError: a rule file is invalid.
    """
    settings = isolated.make_settings(rules, lean, limits)
    pages = [_ColumnRow(**row) for row in _read_rows(batch, fields or FieldNames())]
    outcomes = isolated.clean_batch([page.to_document() for page in pages], settings)
    table = [page.make_result(outcome) for page, outcome in zip(pages, outcomes, strict=True)]
    result: Batch = type(batch).from_pylist(table, schema=schema())  # type: ignore[attr-defined]
    return result


def _read_rows(batch: Any, fields: FieldNames) -> list[dict[str, Any]]:
    """The rows of ``batch`` with the attribute names of :class:`FieldNames` as keys."""
    theirs = {**msgspec.structs.asdict(fields), "path": "path"}
    present = {ours: name for ours, name in theirs.items() if name in batch.schema.names}
    if not present.keys() & {"html", "text"}:
        raise ValueError(f"no column is named {fields.html} or {fields.text}; fields=FieldNames(html=NAME) names it")
    columns = [batch.column(name).to_pylist() for name in present.values()]
    return [dict(zip(present, values, strict=True)) for values in zip(*columns, strict=True)]


class _ColumnRow(InputRow):
    """A row of a batch."""

    path: str | None = None

    def __post_init__(self) -> None:
        if self.id is None:
            self.id = self.url or _content_digest(self.html or self.text or "")

    def to_document(self) -> InputDocument | Failure:
        """The page in the row."""
        return rows.make_document(self, self.path or str(self.id))

    def make_result(self, outcome: Outcome) -> dict[str, Any]:
        """The row of the result for ``outcome``."""
        if not isinstance(outcome, Failure):
            return parquet_tables.make_table_row(msgspec.json.decode(outcome.article))
        return {"id": str(self.id), "url": self.url, **msgspec.structs.asdict(outcome)}


def _content_digest(content: str | bytes) -> str:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    return blake2b(data, digest_size=8).hexdigest()
