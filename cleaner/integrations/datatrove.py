"""Steps of a datatrove pipeline: WARC files to pages, pages to articles, articles to rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from itertools import tee
from pathlib import Path
from typing import Any

import msgspec

from cleaner.batch import parquet_tables, records, rows, warc_files
from cleaner.batch.records import CleanedDocument, Outcome
from cleaner.errors import PageError
from cleaner.fields import FIELDS
from cleaner.integrations import isolated, require_host
from cleaner.model import Lean
from cleaner.page import decode
from cleaner.storage.run_files import Failure
from cleaner.worker_pool import WorkLimits

with require_host("datatrove"):
    from datatrove.data import Document
    from datatrove.pipeline.base import PipelineStep
    from datatrove.pipeline.readers.base import BaseDiskReader
    from datatrove.pipeline.writers.disk_base import DiskWriter

_START = (0, 0)


class ReadWarc(BaseDiskReader):
    """Pages from WARC and WET files, compressed or not, selected and decoded as by ``cleaner clean``.

    Its arguments are those of datatrove's own readers. A record that cannot be read becomes a document without text
    whose metadata has ``error`` and ``message``; :class:`Clean` counts it and writes it to its ``failures``.
    """

    name = "cleaner: pages of web archives"

    def read_file(self, filepath: str) -> Iterator[Document]:
        """The pages of one file."""
        with self.data_folder.open(filepath, "rb") as stream:
            for record, _ in warc_files.read_warc(stream, filepath, _START):
                page = _decode_record(record)
                if isinstance(page, Failure):
                    yield Document(text="", id=page.path, metadata=msgspec.structs.asdict(page))
                elif document := self.get_document_from_dict(page, filepath, record.path):
                    yield document


class Clean(PipelineStep):
    """Turns each page into its article: the text, and the other fields of ``articles.jsonl`` in the metadata.

    The page is the document's text; ``url``, ``path`` and ``date`` (of the download) are read from its metadata. Its
    other metadata is kept. Pages are cleaned in a separate process: one that hangs or crashes affects no other. A page
    that cannot be cleaned is written to ``failures`` unchanged, with ``error`` and ``message`` in its metadata.

    Statistics: ``total``, ``forwarded``, ``failed`` and ``failed_ERROR`` by kind of error, ``removed_LABEL`` blocks by
    label, and the ``characters`` of pages with ``kept_characters`` of them.

    Args:
        rules: folders of rules applied on top of the built-in ones, at the same paths on every machine.
        lean: ``recall``, ``balanced`` or ``precision``.
        limits: time and memory for one page; by default as in ``cleaner clean``.
        failures: a writer for the pages that could not be cleaned. Without one, they are only counted.

    Raises:
        ValueError: ``lean`` is unknown.
    """

    type = "🧹 - CLEANER"
    name = "cleaner: articles"

    def __init__(
        self,
        rules: Sequence[str | Path] = (),
        *,
        lean: str = Lean.BALANCED,
        limits: WorkLimits | None = None,
        failures: DiskWriter | None = None,
    ) -> None:
        super().__init__()
        self.settings = isolated.make_settings(rules, lean, limits)
        self.failures = failures

    def run(self, data: Iterable[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:  # noqa: ARG002
        """The articles in ``data``. Raises :class:`cleaner.RuleError` for an invalid rule file."""
        pages, copies = tee(data)
        outcomes = isolated.clean_isolated(map(_make_page, copies), self.settings)
        with self.failures or nullcontext() as failures:
            for outcome, page in zip(self._track_time(outcomes), pages, strict=False):
                self.stat_update("total")
                if not isinstance(outcome, Failure):
                    yield self._make_article(page, outcome)
                    continue
                self.stat_update("failed", f"failed_{outcome.error}")
                if failures:
                    error = {"error": outcome.error, "message": outcome.message}
                    failures.write(replace(page, metadata=page.metadata | error), rank)

    def _track_time(self, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
        while True:
            with self.track_time():
                outcome = next(outcomes, None)
            if outcome is None:
                return
            yield outcome

    def _make_article(self, page: Document, cleaned: CleanedDocument) -> Document:
        fields: dict[str, Any] = msgspec.json.decode(cleaned.article)
        article = replace(page, text=fields.pop("text"), id=fields.pop("id"), metadata=page.metadata | fields)
        self.stat_update("forwarded")
        for label, count in fields["removed"].items():
            self.stat_update(f"removed_{label}", value=count)
        self.stat_update("characters", value=cleaned.characters)
        self.stat_update("kept_characters", value=cleaned.kept)
        self.update_doc_stats(article)
        return article


def row(_writer: DiskWriter, document: Document) -> dict[str, Any]:
    """An ``adapter`` for writers: an article as a row of ``articles.jsonl``, with its fields in order."""
    values = {**document.metadata, "id": document.id, "text": document.text}
    return {name: values[name] for name in (field.name for field in FIELDS)}


def table_row(writer: DiskWriter, document: Document) -> dict[str, Any]:
    """The same for a ``ParquetWriter`` with ``schema=cleaner.batch.parquet_tables.article_schema()``: a row of ``articles.parquet``."""
    return parquet_tables.make_table_row(row(writer, document))


def _decode_record(record: records.InputDocument | Failure) -> dict[str, Any] | Failure:
    """A page in the form that readers pass to their adapters."""
    if isinstance(record, Failure):
        return record
    try:
        text = decode.decode_page(record.read(), source=record.path, charset=record.charset)
    except PageError as error:
        return Failure(record.path, "PageError", error.problem)
    day = record.fetched.isoformat() if record.fetched else None
    return {"text": text, "id": record.id, "path": record.path, "url": record.url, "date": day}


def _make_page(document: Document) -> records.InputDocument | Failure:
    metadata = document.metadata
    path = metadata.get("path") or document.id
    if "error" in metadata:
        return Failure(path, metadata["error"], metadata["message"])
    page = rows.InputRow(text=document.text, url=metadata.get("url"), id=document.id, fetched=metadata.get("date"))
    return rows.make_document(page, path)
