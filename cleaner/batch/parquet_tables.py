"""Parquet: pages from its rows, and the table of articles. The only module of a run that imports pyarrow."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from cleaner.batch import csv_tables, rows
from cleaner.batch.jsonl import MarkedDocuments, ReadMark
from cleaner.batch.records import InputDocument
from cleaner.batch.rows import FieldNames, RowError
from cleaner.fields import COLUMNS, FIELDS, Column, ValueType
from cleaner.storage import streams
from cleaner.storage.run_files import Failure

_PURPOSE = "reading and writing Parquet"
_BATCH_ROWS = 64
"""Rows decoded at once. Chosen so that pages of up to ten megabytes fit in memory; not measured."""
_MAX_GROUP_ROWS = 10_000
_MAX_GROUP_BYTES = 64_000_000
"""A row group ends at this many rows or bytes of JSON, whichever comes first, and is held in memory. Not measured."""


def article_schema(columns: Collection[Column] = ()) -> Any:
    """The columns of ``articles.parquet``, which are the fields of ``articles.jsonl``, as a ``pyarrow.Schema``.

    ``columns`` are the optional ones.

    Raises :class:`ExtraError` if pyarrow is missing.
    """
    arrow = _import_arrow()
    kinds = {
        ValueType.STRING: arrow.string(),
        ValueType.NUMBER: arrow.float64(),
        ValueType.STRINGS: arrow.list_(arrow.string()),
        # Not a map, which some readers, such as datasets, do not support.
        ValueType.COUNTS: arrow.list_(arrow.struct([("label", arrow.string()), ("count", arrow.int32())])),
        ValueType.IMAGES: arrow.list_(
            arrow.struct(
                [
                    *((name, arrow.string()) for name in ("url", "alt", "caption", "credit")),
                    ("after", arrow.int32()),
                ]
            )
        ),
        ValueType.COMMENTS: arrow.list_(arrow.struct([("text", arrow.string()), ("depth", arrow.int32())])),
    }
    present = (*FIELDS, *(field for field in COLUMNS if field.name in columns))
    return arrow.schema([(field.name, kinds[field.type]) for field in present])


def make_table_row(article: dict[str, Any]) -> dict[str, Any]:
    """Convert a row of ``articles.jsonl`` to a row of the table: ``removed`` becomes a list of label and count."""
    return article | {"removed": [{"label": label, "count": count} for label, count in article["removed"].items()]}


def read_parquet(stream: BinaryIO, display_name: str, start: ReadMark, fields: FieldNames) -> MarkedDocuments:
    """The rows of ``stream`` after the position ``start``. Raises pyarrow's errors for a damaged file."""
    file = _import_parquet().ParquetFile(stream)
    columns = file.schema_arrow.names
    if problem := csv_tables.check_columns(columns, fields, display_name):
        yield problem, start
        return
    wanted = {name for ours in fields.__struct_fields__ for name in fields.candidates(ours)}
    read = [name for name in columns if name in wanted or any(given.startswith(f"{name}.") for given in wanted)]
    group, before = _find_row_group(file, start[0])
    number = before
    for batch in file.iter_batches(
        _BATCH_ROWS, row_groups=range(group, file.num_row_groups), columns=read, use_threads=False
    ):
        values = [_list_values(batch.column(name)) for name in batch.schema.names]
        for row in zip(*values, strict=True):
            number += 1
            if number > start[0]:
                place = f"{display_name}:{number}"
                yield _make_document(dict(zip(batch.schema.names, row, strict=True)), fields, place), (number, number)


def _make_document(row: dict[str, Any], fields: FieldNames, place: str) -> InputDocument | Failure:
    try:
        return rows.make_document(rows.select_fields(row, fields), place, row)
    except RowError as error:
        return Failure(place, "PageError", str(error))


def _list_values(column: Any) -> list[Any]:
    """The values of a column; those for which Python has no type as text or bytes, else as nothing."""
    arrow = _import_arrow()
    for kind in (None, arrow.string(), arrow.binary()):
        # pyarrow raises errors of many kinds: for times out of range, strings that are no UTF-8, types without a cast.
        with suppress(Exception):
            values: list[Any] = (column if kind is None else column.cast(kind)).to_pylist()
            return values
    return [None] * len(column)


def pack_parquet(source: Path, target: Path, columns: Collection[Column] = ()) -> None:
    """Write the rows of JSON in the file ``source`` to ``target``, one row group at a time. Raises OSError."""
    schema = article_schema(columns)
    with source.open("rb") as lines, target.open("wb") as file:
        with _import_parquet().ParquetWriter(file, schema, compression="zstd") as writer:
            for group in _row_groups(lines):
                writer.write_table(_import_arrow().Table.from_pylist(group, schema=schema), row_group_size=len(group))
        os.fsync(file.fileno())


def _row_groups(lines: BinaryIO) -> Iterator[list[dict[str, Any]]]:
    group: list[dict[str, Any]] = []
    size = 0
    for line in lines:
        group.append(make_table_row(msgspec.json.decode(line)))
        size += len(line)
        if len(group) == _MAX_GROUP_ROWS or size >= _MAX_GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _find_row_group(file: Any, row: int) -> tuple[int, int]:
    """The row group that contains the row after number ``row``, and the number of rows before the group."""
    before = group = 0
    while group < file.num_row_groups and before + file.metadata.row_group(group).num_rows <= row:
        before += file.metadata.row_group(group).num_rows
        group += 1
    return group, before


def _import_arrow() -> Any:
    return streams.import_optional("pyarrow", "parquet", _PURPOSE)


def _import_parquet() -> Any:
    return streams.import_optional("pyarrow.parquet", "parquet", _PURPOSE)
