"""Reading the pages that commands for rules work on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cleaner.batch.sources import Inputs
from cleaner.batch.worker import load_page
from cleaner.errors import PageError
from cleaner.model import Page
from cleaner.storage.run_files import Failure, Skipped


def read_pages(path: Path, skip: Path | None, failed: list[Failure]) -> Iterator[Page]:
    """The pages at ``path``; what cannot be read is added to ``failed``."""
    for document, _ in Inputs([path], skip=skip).documents():
        if isinstance(document, Skipped):
            continue
        if isinstance(document, Failure):
            failed.append(document)
            continue
        try:
            yield load_page(document)
        except PageError as error:
            failed.append(Failure(document.path, "PageError", error.problem))
