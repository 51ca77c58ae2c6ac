"""Paragraphs of the pieces of text between elements; a piece that is None is a line break."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cleaner.compiled import serve_compiled


@serve_compiled("paragraphs")
def join_paragraphs(
    texts: list[str | None], links: list[bool], normalize: Callable[[str], str], *, keep_lines: bool
) -> list[tuple[str, float]]:
    """The text of each paragraph in ``texts``, and the share of its characters in links.

    ``normalize`` is :func:`normalize_line`.
    """
    return [
        (
            _join_texts(texts[start:end], normalize, keep_lines=keep_lines),
            _measure_links(texts, links, range(start, end)),
        )
        for start, end in _split_paragraphs(texts)
    ]


def _split_paragraphs(texts: list[str | None]) -> Iterable[tuple[int, int]]:
    """Start and end of the paragraphs in ``texts``, which are separated by two or more line breaks."""
    if None not in texts:
        return ((0, len(texts)),)
    cuts = []
    start = end = breaks = 0
    for position, text in enumerate(texts):
        if text is None:
            breaks += 1
        elif not breaks or text.strip():
            if breaks > 1:
                cuts.append((start, end))
                start = position
            breaks, end = 0, position + 1
    return (*cuts, (start, end))


def _join_texts(texts: list[str | None], normalize: Callable[[str], str], *, keep_lines: bool) -> str:
    if keep_lines:
        return "".join("\n" if text is None else text for text in texts).strip("\n").rstrip()
    if None not in texts:
        return normalize("".join(texts))  # type: ignore[arg-type]  # none is None
    rows: list[list[str]] = [[]]
    for text in texts:
        if text is None:
            rows.append([])
        else:
            rows[-1].append(text)
    return "\n".join(filter(None, (normalize("".join(row)) for row in rows)))


def _measure_links(texts: list[str | None], links: list[bool], positions: range) -> float:
    if True not in links:
        return 0.0
    if False not in links:
        return 1.0 if any((texts[position] or "").strip() for position in positions) else 0.0
    linked = total = 0
    for position in positions:
        size = len((texts[position] or "").strip())
        total += size
        linked += size if links[position] else 0
    return linked / total if total else 0.0
