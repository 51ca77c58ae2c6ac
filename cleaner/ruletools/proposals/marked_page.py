"""A marked page as the case of a rule file, and as a labelled page for training and measuring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from cleaner.article import Article
from cleaner.labels import Group, Label
from cleaner.model import Block, Page
from cleaner.rulebook import Case
from cleaner.ruletools.learn.page_cases import PageCase, make_case_files, quote_line

BODY = "body"
"""The label of all blocks of the article's text in a labelled page, except the standfirst."""
_MIN_PROSE_CHARS = 80
"""Characters of a kept block that a case quotes if no text was marked; chosen."""


def make_marked_case(
    path: str, page: Page, article: Article, marks: Mapping[int, Label], fields: Sequence[str] = ()
) -> PageCase:
    """Return a case at ``path`` that expects what ``marks`` say of the blocks of ``page``.

    ``article`` is the page cleaned with the new rules; it is the golden. A text counts as dropped only if it is nowhere in
    the article's text. ``fields`` of its metadata are expected as they come out. Without a mark of the body, the first and last long paragraphs must be kept, so that a case never
    only asks for less.
    """
    text = " ".join(article.text.split())
    body = [article.blocks[index] for index, label in marks.items() if label.group is Group.BODY]
    gone = [article.blocks[index] for index, label in marks.items() if label.group is not Group.BODY]
    kept = [block for block in body if block.kept] or _find_ends([block for block in article.blocks if block.kept])
    case = Case(
        input=path,
        url=page.url,
        fetched=page.fetched,
        title=article.title,
        must_keep=_quote(kept),
        must_drop=tuple(quote for quote in _quote(gone) if quote not in text),
    )
    row = article.to_dict()
    expected = {name: tuple(row[name]) if isinstance(row[name], list) else row[name] for name in fields if row[name]}
    case = msgspec.structs.replace(case, **expected)
    return PageCase(case, make_case_files(path, page, article))


def _find_ends(kept: Sequence[Block]) -> list[Block]:
    prose = [block for block in kept if len(block.text) >= _MIN_PROSE_CHARS] or list(kept)
    return [*prose[:1], *prose[-1:]]


def _quote(blocks: Iterable[Block]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(quote_line, blocks))))


def make_labelled_page(page: Page, article: Article, marks: Mapping[int, Label]) -> dict[str, Any]:
    """Return the row of a labelled page: ``blocks`` has a label and the text of each block, in page order.

    A block without a mark has the label of its verdict, so a person should have looked at all of them.
    """
    labels = [
        marks.get(block.index) or (block.verdict.label if block.verdict else Label.OTHER) for block in article.blocks
    ]
    kept = [block.text for block, label in zip(article.blocks, labels, strict=True) if label.group is Group.BODY]
    row = {"id": page.id, "url": page.url, "lang": article.language, page.kind.value: page.content}
    return {
        **{key: value for key, value in row.items() if value},
        "gold": "\n".join(kept),
        "gold_by": "labels",
        "blocks": [[_name(label), block.text] for label, block in zip(labels, article.blocks, strict=True)],
        "marked": sorted(marks),
    }


def _name(label: Label) -> str:
    return BODY if label.group is Group.BODY and label is not Label.DESCRIPTION else label.value
