from collections.abc import Callable

def join_paragraphs(
    texts: list[str | None], links: list[bool], normalize: Callable[[str], str], *, keep_lines: bool
) -> list[tuple[str, float]]: ...
