"""What is done with one document: the part of a run that its processes do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from cleaner import decode
from cleaner.batch.formats import Format, encode
from cleaner.batch.records import Cleaned, Document, Failure, Item, Outcome, Removed, failure
from cleaner.errors import PageError
from cleaner.model import Article, Lean, Page
from cleaner.pipeline import Cleaner
from cleaner.tally import Repeats


def cleaning(rules: Sequence[Path], lean: Lean, form: Format, repeats: Repeats | None) -> Callable[[Item], Outcome]:
    """A function that cleans the document of an item; rules are loaded once, not once a page."""
    cleaner = Cleaner(rules, lean=lean, repeats=repeats)
    return lambda item: outcome(item.document, cleaner, form)


def outcome(document: Document | Failure, cleaner: Cleaner, form: Format) -> Outcome:
    """What becomes of ``document``; never raises."""
    if isinstance(document, Failure):
        return document
    try:
        return cleaned(cleaner.clean_page(load(document)), form)
    except PageError as error:
        return Failure(document.path, "PageError", error.problem)
    except MemoryError:
        return Failure(document.path, "MemoryError", "needs more memory than a page may take")
    except Exception as error:  # noqa: BLE001  one page must never end a run over many
        return failure(document.path, error)


def load(document: Document) -> Page:
    """The page of a document. Raises :class:`PageError`, also where its file cannot be read."""
    try:
        content = document.read()
    except OSError as error:
        raise PageError(document.path, f"cannot be read: {error.strerror}") from error
    return decode.read_page(
        content,
        name=document.id,
        source=document.path,
        url=document.url,
        charset=document.charset,
        fetched=document.fetched,
    )


def cleaned(article: Article, form: Format) -> Cleaned:
    """``article`` ready to be written in ``form``."""
    return Cleaned(
        id=article.id,
        article=encode(article, form),
        removed=tuple(_removed(article)),
        characters=sum(len(block.text) for block in article.blocks),
        kept=sum(len(block.text) for block in article.blocks if block.kept),
    )


def _removed(article: Article) -> Iterator[Removed]:
    text, at = article.text, 0
    for block in article.blocks:
        if block.kept:
            at = text.index(block.text, at) + len(block.text)
            continue
        if block.verdict is None:
            raise AssertionError(f"no judge spoke about block {block.index}")
        yield Removed(
            id=article.id,
            index=block.index,
            label=block.verdict.label.value,
            judge=block.verdict.judge,
            rule=block.verdict.rule,
            why=block.verdict.why,
            score=block.verdict.score,
            at=at,
            text=block.text,
        )
