"""One page that a person names: a file, standard input, an address on the web, or a row of a file of many pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleaner.storage.streams import Location

if TYPE_CHECKING:
    from cleaner.batch.records import InputDocument
    from cleaner.batch.rows import FieldNames
    from cleaner.model import Page
    from cleaner.storage.run_files import Failure

WEB_SECONDS = 30.0
"""Time in which a page must arrive from the web. Chosen."""


def read_one_page(location: Location, *, url: str | None = None, id_: str | None = None) -> Page:
    """The page at ``location``, or that with the id ``id_`` in a file of many pages. ``url`` replaces its own address.

    Raises :class:`PageError` if it cannot be read, :class:`InputError` if there is no such page, or no only one.
    """
    import msgspec

    from cleaner.batch import worker
    from cleaner.batch.records import InputDocument
    from cleaner.errors import InputError, PageError

    found: InputDocument | Failure | None = None
    for document in list_documents([location]):
        names = (
            (document.path,) if not isinstance(document, InputDocument) else (document.id, document.url, document.path)
        )
        if id_ is not None and id_ not in names:
            continue
        if found is not None and id_ is None:
            raise InputError(str(location), "contains many pages; choose one by its id with --id ID")
        found = document
        if id_ is not None:
            break
    if found is None:
        raise InputError(str(location), "contains no page" if id_ is None else f"contains no page with the id {id_}")
    if not isinstance(found, InputDocument):
        raise PageError(found.path, found.message)
    return worker.load_page(msgspec.structs.replace(found, url=url or found.url))


def list_documents(locations: list[Location], fields: FieldNames | None = None) -> Iterator[InputDocument | Failure]:
    """The documents at ``locations``; a page on the web is fetched, and a file that is no page is named on standard error."""
    import typer

    from cleaner.batch.sources import Inputs
    from cleaner.cli.terminal import escape_for_terminal
    from cleaner.storage.run_files import Skipped
    from cleaner.storage.web_page import is_web_address

    for location in locations:
        if is_web_address(location):
            yield _fetch_document(str(location))
        else:
            for item in Inputs([location], fields=fields).documents():
                if isinstance(item.document, Skipped):
                    skipped = item.document
                    typer.echo(f"skipped: {escape_for_terminal(skipped.path)}: {skipped.kind}", err=True)
                else:
                    yield item.document


def _fetch_document(url: str) -> InputDocument | Failure:
    from cleaner import __version__
    from cleaner.batch.records import InputDocument, make_failure
    from cleaner.page.decode import MAX_SIZE
    from cleaner.storage.web_page import fetch_page

    try:
        page = fetch_page(url, agent=f"cleaner/{__version__}", seconds=WEB_SECONDS, limit=MAX_SIZE)
    except OSError as error:
        return make_failure(url, error)
    return InputDocument(id=url, path=url, content=page.content, url=page.url, charset=page.charset)
