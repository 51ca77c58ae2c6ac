"""Tables of pages to tables of articles: one function for every engine that speaks Arrow (Ray Data, Spark, datasets)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from cleaner.batch import jsonl, parquet_tables
from cleaner.batch.jsonl import FieldNames, InputRow
from cleaner.batch.records import InputDocument, Outcome
from cleaner.integrations import isolated
from cleaner.model import Lean
from cleaner.storage.run_files import Failure
from cleaner.worker_pool import WorkLimits

Batch = TypeVar("Batch")
"""A ``pyarrow.RecordBatch`` or a ``pyarrow.Table``; a function that takes the one gives the same."""


def output_schema() -> Any:
    """What :func:`clean` gives, as a ``pyarrow.Schema``: the columns of ``articles.parquet``, then those of a failure.

    ``error`` and ``message`` are null for an article; for a page that cannot be cleaned they say what is the matter,
    and all other columns but ``id``, ``path`` and ``url`` are null. Raises :class:`cleaner.errors.ExtraError` without
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
    """One row for each row of ``batch``, in its order, with the columns of :func:`output_schema`.

    Pages are taken from the columns ``html`` or ``text`` (strings or bytes) with ``url``, ``id``, ``fetched`` and
    ``path`` where there are such; other columns are passed over. A page without an id is named by its url, or else by
    a digest of its content. Pages are cleaned by a process apart that is kept for later batches, so the one that calls
    must be allowed to have children. A hundred to a thousand rows make a good batch: all of it is held in memory.

    Args:
        batch: pages, a ``pyarrow.RecordBatch`` or ``pyarrow.Table``.
        rules: folders of rules laid over the built-in ones, under the same paths on every machine.
        lean: ``recall``, ``balanced`` or ``precision``.
        fields: the names of the columns, where they differ from the above.
        limits: what one page may cost; by default as much as in ``cleaner clean``.

    Raises:
        ValueError: the batch has no column with pages, or there is no such ``lean``.
        RuleError: rules that cannot be used.
    """
    settings = isolated.make_settings(rules, lean, limits)
    pages = [_InputColumns(**given) for given in _clean_rows(batch, fields or FieldNames())]
    found = isolated.clean_batch([page.document() for page in pages], settings)
    table = [page.row(outcome) for page, outcome in zip(pages, found, strict=True)]
    made: Batch = type(batch).from_pylist(table, schema=output_schema())  # type: ignore[attr-defined]
    return made


def _clean_rows(batch: Any, fields: FieldNames) -> list[dict[str, Any]]:
    """The rows of ``batch`` under our own names of columns."""
    theirs = {**msgspec.structs.asdict(fields), "path": "path"}
    present = {ours: name for ours, name in theirs.items() if name in batch.schema.names}
    if not present.keys() & {"html", "text"}:
        raise ValueError(
            f"no column is named {fields.html} or {fields.text}; fields=Fields(html=NAME) names the pages'"
        )
    columns = [batch.column(name).to_pylist() for name in present.values()]
    return [dict(zip(present, values, strict=True)) for values in zip(*columns, strict=True)]


class _InputColumns(InputRow):
    """A row of a batch."""

    path: str | None = None

    def __post_init__(self) -> None:
        if self.id is None:
            self.id = self.url or _content_digest(self.html or self.text or "")

    def document(self) -> InputDocument | Failure:
        """The page in it."""
        return jsonl.document_of_row(self, self.path or str(self.id))

    def row(self, outcome: Outcome) -> dict[str, Any]:
        """What is told of it after ``outcome``."""
        if not isinstance(outcome, Failure):
            return parquet_tables.article_row(msgspec.json.decode(outcome.article))
        return {"id": str(self.id), "url": self.url, **msgspec.structs.asdict(outcome)}


def _content_digest(content: str | bytes) -> str:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    return blake2b(data, digest_size=8).hexdigest()
