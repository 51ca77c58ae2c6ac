"""Writing lines that a flattener cut at inline elements as one text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.page.notation.joining import join_texts
from cleaner.page.notation.pieces import Piece, SourceLine
from cleaner.page.notation.plain import read_marks


def join_run(run: Sequence[SourceLine]) -> Piece:
    """The piece that lines make which were one."""
    return read_marks(run[0]._replace(text=write_run(run)))


def write_run(run: Iterable[SourceLine]) -> str:
    """The lines as one text, without spaces before stops and behind brackets that open."""
    texts: list[str] = []
    quotes = 0
    for line in run:
        text = line.text
        if texts and (_closes(text, quotes) or _keeps_open(texts[-1], quotes)):
            texts[-1] += text
        else:
            texts.append(text)
        quotes += text.count('"')
    return join_texts(texts)


def _closes(text: str, quotes: int) -> bool:
    """Whether a text begins with a sign that follows a word without a space."""
    if text[0] == '"':
        return bool(quotes % 2)
    return text[0] in ",;.!?)]”’»…%" or (text[0] == ":" and len(text) > 1) or (text[0] in "'-" and text[1:2].isalpha())


def _keeps_open(before: str, quotes: int) -> bool:
    if before[-1] == '"':
        return bool(quotes % 2)
    return before[-1] in "([“‘„" or (len(before) == 1 and before.isupper() and before not in "AIOEYÀ")
