"""A document transformer for LangChain: web pages become articles before they are split and embedded."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from cleaner.errors import PageError
from cleaner.integrations import require_host
from cleaner.library import Cleaner
from cleaner.model import Lean

with require_host("langchain"):
    from langchain_core.documents import BaseDocumentTransformer, Document

_log = logging.getLogger(__name__)
# LangChain works in threads; the libraries that cleaner uses must not be called by two at once.
_cleaning_lock = Lock()


class CleanerTransformer(BaseDocumentTransformer):
    """Turns each page into its article: the text as content, the other fields added to the metadata.

    The url is the ``source`` that loaders write to the metadata. A page that cannot be cleaned is left out with a
    warning in the log. Arguments are those of :class:`cleaner.Cleaner`.
    """

    def __init__(self, rules: Sequence[str | Path] = (), *, lean: str = Lean.BALANCED) -> None:
        self._cleaner = Cleaner(rules, lean=lean)

    def transform_documents(self, documents: Sequence[Document], **_: Any) -> Sequence[Document]:
        """The articles of ``documents``, in their order."""
        with _cleaning_lock:
            return [article for document in documents if (article := self._make_article(document))]

    def _make_article(self, document: Document) -> Document | None:
        source = str(document.metadata.get("source", ""))
        try:
            row = self._cleaner.clean(document.page_content, url=source if "://" in source else None).to_dict()
        except PageError as error:
            _log.warning("left out: %s", error)
            return None
        text, id_ = row.pop("text"), document.id or row["id"]
        metadata = {key: value for key, value in row.items() if value is not None}
        return Document(page_content=text, id=id_, metadata=document.metadata | metadata)
