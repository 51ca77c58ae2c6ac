"""Documents from tables as text: CSV, TSV and their kin."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from cleaner.batch import formats, rows
from cleaner.batch.records import InputDocument
from cleaner.batch.rows import FieldNames, RowError
from cleaner.page import encoding
from cleaner.page.decode import MAX_SIZE
from cleaner.storage.run_files import Failure, Skipped

_SAMPLE_BYTES = 1 << 16


def read_table(
    stream: BinaryIO, display_name: str, head: bytes, fields: FieldNames
) -> Iterator[InputDocument | Failure | Skipped]:
    """The rows of ``stream``, whose first line has the names of the columns; ``head`` is its beginning."""
    csv.field_size_limit(MAX_SIZE)  # of the whole process: the default would end at a page of 128 kB
    name = encoding.find_stream_encoding(head[:_SAMPLE_BYTES])
    text = io.TextIOWrapper(stream, name, errors="replace", newline="")
    try:
        yield from _read_rows(text, display_name, fields)
    finally:
        text.detach()  # the stream is closed by those who opened it


def _read_rows(
    text: io.TextIOWrapper, display_name: str, fields: FieldNames
) -> Iterator[InputDocument | Failure | Skipped]:
    header = text.readline()
    delimiter = formats.find_delimiter(header)
    columns = [column.strip().lstrip("\ufeff") for column in next(csv.reader([header], delimiter=delimiter), [])]
    if problem := check_columns(columns, fields, display_name):
        yield problem
        return
    reader = csv.reader(text, delimiter=delimiter)
    number = 0
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield Failure(f"{display_name}:{number}", "PageError", f"not a row of the table: {error}")
            continue
        if values:
            number += 1
            yield _make_document(columns, values, fields, f"{display_name}:{number}")


def _make_document(columns: list[str], values: list[str], fields: FieldNames, place: str) -> InputDocument | Failure:
    row = dict(zip(columns, values, strict=False))
    try:
        return rows.make_document(rows.select_fields(row, fields), place, columns)
    except RowError as error:
        return Failure(place, "PageError", str(error))


def check_columns(columns: list[str], fields: FieldNames, display_name: str) -> Failure | Skipped | None:
    """What is wrong with a table of these columns: a failure if one is missing that the user named; None if it has pages."""
    named = [name for ours in ("html", "text") if fields.is_named(ours) for name in fields.candidates(ours)]
    missing = [name for name in named if name not in columns and name.partition(".")[0] not in columns]
    if missing:
        problem = f"no column is named {' or '.join(missing)}; {rows.describe_names(columns)}"
        return Failure(display_name, "PageError", problem)
    if not any(name in columns or name.partition(".")[0] in columns for name in fields.page_columns):
        return Skipped(display_name, "table", f"no column has pages; {rows.describe_names(columns)}")
    return None
