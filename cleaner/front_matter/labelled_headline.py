"""The headline of a dump, chosen again when the classifier has labelled its lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import log
from typing import NamedTuple

from cleaner import data
from cleaner.data.weight_types import LabelledHeadlineWeights
from cleaner.front_matter import headline_evidence
from cleaner.front_matter.dump_headline import Headline, can_be_headline, continues_below, name_site
from cleaner.front_matter.dump_view import DumpView, find_opening
from cleaner.front_matter.headline_evidence import measure_headlines, split_content_words, squeeze
from cleaner.front_matter.headline_texts import read_headlines
from cleaner.front_matter.line_choice import choose_line, score_rows
from cleaner.front_matter.repeated_title import RepeatedTitle, find_repeated_title
from cleaner.front_matter.titles import strip_site_name
from cleaner.model import Block, Blocks

# Numbers of this module were chosen by reading pages; the weights of the evidence are learned.
_TOP_LINES = 3
"""Lines at the top that may be the page's title, however far above the text."""
_MIN_TITLE = 0.05
"""Probability of the label from which a line may be the headline wherever it is."""
_FLOOR = 0.003
"""Added to a probability before its logarithm is taken."""
_SURE, _MIN_TEXT_CHARS = 0.5, 40
"""Probability from which a line is text, and its characters; with the words of such lines, headlines are compared."""
_BLOCKS_ABOVE, _BLOCKS_BELOW = 40, 2
"""Blocks above the first paragraph, and from it on, that are searched for the headline; and below a line that are looked at."""

EVIDENCE = (
    *headline_evidence.EVIDENCE, "page_title", "page_title_line", "as_title", "as_text", "as_standfirst", "as_other_story", "as_boilerplate",
    "as_stamp", "as_tags", "above_stamp", "above_standfirst", "above_text", "at_top", "at_top_and_below", "words_in_text",
    "most_words_in_text", "most_as_title", "continues_below",
)  # fmt: skip
"""Names of what :func:`measure_labelled` measures."""
_FILE = data.load_data(LabelledHeadlineWeights)
_WEIGHTS = tuple(_FILE.weights[name] for name in EVIDENCE)


class LineChances(NamedTuple):
    """The probabilities of labels, line by line."""

    title: Sequence[float]
    text: Sequence[float]
    standfirst: Sequence[float]
    other_story: Sequence[float]
    boilerplate: Sequence[float]
    stamp: Sequence[float]
    """Of a byline or date line."""
    tags: Sequence[float]


class Candidates(NamedTuple):
    """The lines that may be the headline, what each says as one, and the letters and digits of that."""

    lines: Sequence[Block]
    texts: Sequence[str]
    keys: Sequence[str]
    title: RepeatedTitle | None
    """The title that the dump begins with and shows again."""


def find_labelled_headline(page: DumpView, chances: LineChances, url: str | None) -> Headline | None:
    """The likeliest headline, however unlikely; None if no line can be one.

    The weights of the evidence are learned by ``tools/fit_labelled_headlines.py``.
    """
    found = find_candidates(page, chances)
    if not found.lines:
        return None
    scores = score_rows(measure_labelled(page, found, chances, url), _WEIGHTS, _FILE.bias)
    at, chance = choose_line(found.keys, scores)
    return Headline(found.lines[at], name_headline(found, at, url), chance)


def name_headline(found: Candidates, at: int, url: str | None) -> str:
    """The text of the candidate at position ``at`` without the name of the site."""
    text = found.texts[at]
    shown = [other.text for other in found.lines if other.text != text]
    return strip_site_name(text, shown, name_site(found.lines[at], url))


def find_text_opening(blocks: Blocks, chances: LineChances) -> int | None:
    """Index of the line that opens the text that the classifier sees, of whatever length if none is long; None without one."""
    sure = [block for block in blocks if chances.text[block.index] >= _SURE and not block.dropped]
    opening = find_opening([block for block in sure if _is_sure(block, chances)])
    return opening if opening is not None or not sure else sure[0].index


def _is_sure(block: Block, chances: LineChances) -> bool:
    return chances.text[block.index] >= _SURE and len(block.text) >= _MIN_TEXT_CHARS


def find_candidates(page: DumpView, chances: LineChances) -> Candidates:
    """The lines around the opening, at the top, and labelled as the headline."""
    title = find_repeated_title(page.blocks)
    near = range(page.opening - _BLOCKS_ABOVE, page.opening + _BLOCKS_BELOW)
    lines = [
        block
        for block in page.blocks
        if (
            (block.index in near or block.index < _TOP_LINES or chances.title[block.index] >= _MIN_TITLE)
            and can_be_headline(page, block)
        )
        or (block.index == 0 and title is not None and page.is_unclassified(block))
    ]
    texts = read_headlines(page.blocks, lines, title)
    return Candidates(lines, texts, list(map(squeeze, texts)), title)


def measure_labelled(
    page: DumpView, found: Candidates, chances: LineChances, url: str | None
) -> list[tuple[float, ...]]:
    """For each of the candidates ``found`` the numbers of :data:`EVIDENCE`."""
    body = split_content_words(" ".join(block.text for block in page.blocks if _is_sure(block, chances)))
    shared = [_share_words(text, body) for text in found.texts]
    as_title: defaultdict[str, float] = defaultdict(float)
    for line, key in zip(found.lines, found.keys, strict=True):
        as_title[key] += chances.title[line.index]
    most_shared, most_as_title = max(shared), max(as_title.values())
    rows = measure_headlines(page, found.lines, url)
    return [
        (
            *row,
            *_measure(line, key, found, chances),
            share,
            0 < share == most_shared,
            as_title[key] == most_as_title,
            continues_below(page.blocks, line),
        )
        for row, line, key, share in zip(rows, found.lines, found.keys, shared, strict=True)
    ]


def _measure(line: Block, key: str, found: Candidates, chances: LineChances) -> tuple[float, ...]:
    at, title = line.index, found.title
    is_title = title is not None and key == title.key
    below = range(at + 1, min(at + 1 + _BLOCKS_BELOW, len(chances.title)))
    is_top = at < _TOP_LINES
    return (
        is_title and title is not None and title.parted,
        is_title and title is not None and not title.parted,
        *(log(chance[at] + _FLOOR) for chance in chances),
        *(
            max((log(chance[next_one] + _FLOOR) for next_one in below), default=log(_FLOOR))
            for chance in (chances.stamp, chances.standfirst, chances.text)
        ),
        is_top,
        is_top and found.keys.count(key) > 1,
    )


def _share_words(text: str, body: frozenset[str]) -> float:
    words = split_content_words(text)
    return len(words & body) / len(words) if len(words) > 1 else 0.0
