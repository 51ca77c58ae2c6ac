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
# LangChain works in threads; the libraries under cleaner must not be called by two at once.
_one_at_a_time = Lock()


class CleanerTransformer(BaseDocumentTransformer):
    """Gives for each page its article: the text as content, what is known of it as metadata, beside what was there.

    The address is the ``source`` that loaders leave in the metadata. A page that cannot be cleaned is left out with a
    warning in the log. Arguments are those of :class:`cleaner.Cleaner`.
    """

    def __init__(self, rules: Sequence[str | Path] = (), *, lean: str = Lean.BALANCED) -> None:
        self._cleaner = Cleaner(rules, lean=lean)

    def transform_documents(self, documents: Sequence[Document], **_: Any) -> Sequence[Document]:
        """The articles of ``documents``, in their order."""
        with _one_at_a_time:
            return [article for document in documents if (article := self._article(document))]

    def _article(self, document: Document) -> Document | None:
        source = str(document.metadata.get("source", ""))
        try:
            row = self._cleaner.clean(document.page_content, url=source if "://" in source else None).to_dict()
        except PageError as error:
            _log.warning("left out: %s", error)
            return None
        text, name = row.pop("text"), document.id or row["id"]
        known = {key: value for key, value in row.items() if value is not None}
        return Document(page_content=text, id=name, metadata=document.metadata | known)
