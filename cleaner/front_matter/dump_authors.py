"""The authors of the article in a dump: of all lines with names the likeliest, if they are likely enough."""

from __future__ import annotations

from collections.abc import Collection

from cleaner import data
from cleaner.data.weight_types import AuthorLineWeights
from cleaner.front_matter.author_evidence import EVIDENCE, AuthorLine, list_author_lines, measure_authors
from cleaner.front_matter.findings import BELIEVED
from cleaner.front_matter.line_choice import choose_line, score_rows
from cleaner.front_matter.line_places import Places
from cleaner.language.person_names import unique_names

_FILE = data.load_data(AuthorLineWeights)
_WEIGHTS = tuple(_FILE.weights[name] for name in EVIDENCE)
_MAX_BLOCKS_BETWEEN, _MAX_LEAD = 2, 1.0
"""Blocks from the likeliest line to others with authors of the same article, and how much less likely (of logarithm) they are."""


def find_dump_authors(places: Places, found: Collection[int], site: str | None) -> tuple[str, ...]:
    """The people named as authors; none if no line is likely enough.

    ``found`` are the blocks that a finding calls a byline, ``site`` is the host of the page. The weights of the evidence are
    learned by ``tools/fit_lines.py``.
    """
    lines = list_author_lines(places)
    if not lines:
        return ()
    scores = score_rows(measure_authors(places, lines, found, site), _WEIGHTS, _FILE.bias)
    at, chance = choose_line([line.key for line in lines], scores)
    return join_names(lines, scores, at) if chance >= BELIEVED else ()


def join_names(lines: list[AuthorLine], scores: list[float], at: int) -> tuple[str, ...]:
    """The names of the line at position ``at``, and of lines beside it that name people in the same form."""
    chosen = lines[at]
    beside = (
        line
        for line, score in zip(lines, scores, strict=True)
        if line.form is chosen.form
        and 0 < abs(line.block.index - chosen.block.index) <= _MAX_BLOCKS_BETWEEN
        and score >= scores[at] - _MAX_LEAD
    )
    return unique_names(name for line in sorted((chosen, *beside), key=_get_index) for name in line.names)


def _get_index(line: AuthorLine) -> int:
    return line.block.index
