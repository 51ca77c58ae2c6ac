"""Steps of a datatrove pipeline: WARC files to pages, pages to articles, articles to rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from itertools import tee
from pathlib import Path
from typing import Any

import msgspec

from cleaner.batch import jsonl, parquet_tables, records, warc_files
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
    """Pages out of WARC and WET files, packed or not, chosen and decoded as ``cleaner clean`` does it.

    Its arguments are those of datatrove's own readers. A record that cannot be read comes as a document without text
    whose metadata holds ``error`` and ``message``; :class:`Clean` counts it, and puts it where failures go.
    """

    name = "cleaner: pages of web archives"

    def read_file(self, filepath: str) -> Iterator[Document]:
        """The pages of one file."""
        with self.data_folder.open(filepath, "rb") as stream:
            for found, _ in warc_files.read_warc(stream, filepath, _START):
                page = _decode_record(found)
                if isinstance(page, Failure):
                    yield Document(text="", id=page.path, metadata=msgspec.structs.asdict(page))
                elif document := self.get_document_from_dict(page, filepath, found.path):
                    yield document


class Clean(PipelineStep):
    """Makes of each page the article on it: its text, and all else of a row of ``articles.jsonl`` in the metadata.

    The page is the document's text; ``url``, ``path`` and ``date`` (of the download) are taken from its metadata. What
    other metadata it has stays. Pages are cleaned by a process apart: one that hangs or crashes costs itself only. A
    page that cannot be cleaned goes to ``failures``, as it came, with ``error`` and ``message`` in its metadata.

    Statistics: ``total``, ``forwarded``, ``failed`` and ``failed_ERROR`` by kind of error, ``removed_LABEL`` blocks by
    label, and the ``characters`` of pages with ``kept_characters`` of them.

    Args:
        rules: folders of rules laid over the built-in ones, under the same paths on every machine.
        lean: ``recall``, ``balanced`` or ``precision``.
        limits: what one page may cost; by default as much as in ``cleaner clean``.
        failures: a writer for the pages that could not be cleaned. Without one, they are only counted.

    Raises:
        ValueError: there is no such ``lean``.
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
        """The articles in ``data``. Raises :class:`cleaner.RuleError` for rules that cannot be used."""
        pages, copies = tee(data)
        outcomes = isolated.clean_isolated(map(_page_of, copies), self.settings)
        with self.failures or nullcontext() as failures:
            for outcome, page in zip(self._timed(outcomes), pages, strict=False):
                self.stat_update("total")
                if not isinstance(outcome, Failure):
                    yield self._article(page, outcome)
                    continue
                self.stat_update("failed", f"failed_{outcome.error}")
                if failures:
                    known = {"error": outcome.error, "message": outcome.message}
                    failures.write(replace(page, metadata=page.metadata | known), rank)

    def _timed(self, outcomes: Iterator[Outcome]) -> Iterator[Outcome]:
        while True:
            with self.track_time():
                outcome = next(outcomes, None)
            if outcome is None:
                return
            yield outcome

    def _article(self, page: Document, cleaned: CleanedDocument) -> Document:
        found: dict[str, Any] = msgspec.json.decode(cleaned.article)
        article = replace(page, text=found.pop("text"), id=found.pop("id"), metadata=page.metadata | found)
        self.stat_update("forwarded")
        for label, count in found["removed"].items():
            self.stat_update(f"removed_{label}", value=count)
        self.stat_update("characters", value=cleaned.characters)
        self.stat_update("kept_characters", value=cleaned.kept)
        self.update_doc_stats(article)
        return article


def article_row(_writer: DiskWriter, document: Document) -> dict[str, Any]:
    """An ``adapter`` for writers: of an article, what a row of ``articles.jsonl`` holds, and in its order."""
    known = {**document.metadata, "id": document.id, "text": document.text}
    return {name: known[name] for name in (field.name for field in FIELDS)}


def table_row(writer: DiskWriter, document: Document) -> dict[str, Any]:
    """Likewise for a ``ParquetWriter`` with ``schema=cleaner.batch.parquet_tables.article_schema()``: a row of ``articles.parquet``."""
    return parquet_tables.article_row(article_row(writer, document))


def _decode_record(found: records.InputDocument | Failure) -> dict[str, Any] | Failure:
    """A page as readers give it to their adapters."""
    if isinstance(found, Failure):
        return found
    try:
        text = decode.decode_page(found.read(), source=found.path, charset=found.charset)
    except PageError as error:
        return Failure(found.path, "PageError", error.problem)
    day = found.fetched.isoformat() if found.fetched else None
    return {"text": text, "id": found.id, "path": found.path, "url": found.url, "date": day}


def _page_of(document: Document) -> records.InputDocument | Failure:
    known = document.metadata
    path = known.get("path") or document.id
    if "error" in known:
        return Failure(path, known["error"], known["message"])
    page = jsonl.InputRow(text=document.text, url=known.get("url"), id=document.id, fetched=known.get("date"))
    return jsonl.document_of_row(page, path)
