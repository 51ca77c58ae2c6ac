"""A page as its namer sees it: all that is worked out of its blocks once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from cleaner.classifier.labelling import line_evidence
from cleaner.classifier.labelling.container_hints import ContainerHint, find_container_hints
from cleaner.classifier.labelling.keyword_index import pad_words
from cleaner.classifier.labelling.line_evidence import LineEvidence
from cleaner.classifier.labelling.line_types import LineType
from cleaner.labels import Label
from cleaner.language import person_names
from cleaner.model import Block, Blocks, Metadata, Role
from cleaner.page.dom import PageMarkup

# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
LINKED = 0.6
"""Share of its characters in links from which a block is taken for a link."""
HEADING = 60
"""Characters of the longest line that is taken for a heading of a section or for a few telling words."""
REPEATED = 25
"""Characters; shorter lines turn up twice without being repetitions."""
_STAMPS = 3
"""Lines with date and time that a thread of comments has at least."""
_SPACED = 8
"""Blocks from one such line to the next on average, at most."""
_MARGIN = 0.03
"""Share of the characters kept that may lie above, and below, what is taken to be the article: strays that were kept."""


class DroppedBlock(NamedTuple):
    """A block that is to be named, with what its text and the elements around it say."""

    block: Block
    line: LineEvidence
    place: ContainerHint


@dataclass(frozen=True)
class LabelledPage:
    """A page of which some blocks are to be named; sequences hold an item for each of its blocks."""

    blocks: Blocks
    claims: Metadata
    """What the head of an HTML page says."""
    dropped: Mapping[int, DroppedBlock]
    kept: Sequence[bool]
    """Whether a block stays in the text."""
    labels: Sequence[Label | None]
    """What other judges have said of a block."""
    shapes: Sequence[LineType]
    """What is kept is taken to be prose."""
    texts: Mapping[str, Role]
    """The kept blocks' texts, those long enough to be repeated, each with its role."""
    body: range
    """From the first to the last block of the article, but for strays that were kept far from it."""

    @cached_property
    def headline(self) -> Block | None:
        """The block that another judge has found to be the headline."""
        return self.blocks[self.labels.index(Label.TITLE)] if Label.TITLE in self.labels else None

    @cached_property
    def top(self) -> int:
        """Index of the headline, or else of the article's first block."""
        return self.headline.index if self.headline is not None else self.body.start

    @cached_property
    def title(self) -> str:
        """The headline's words."""
        return pad_words(self.headline.text if self.headline else self.claims.title or "")

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """Names of the authors, from the page's head or its bylines."""
        bylines = (b.text for b, label in zip(self.blocks, self.labels, strict=True) if label is Label.BYLINE)
        return self.claims.authors or tuple(author for line in bylines for author in person_names.split_names(line))

    @cached_property
    def thread(self) -> range:
        """In a dump, from the first to the last of readers' comments: lines that bear date and time, with sentences between."""
        bare = [index for index, item in self.dropped.items() if not item.block.path and index >= self.body.start]
        stamps = [at for at in bare if self.dropped[at].line.is_stamped]
        if len(stamps) < _STAMPS:
            return range(0)
        run = range(max(0, stamps[0] - 1), min(stamps[-1] + 3, len(self.blocks)))
        sentences = sum(self.shapes[at] is LineType.PROSE for at in bare if at in run)
        return run if _STAMPS * sentences > len(stamps) and len(run) < _SPACED * len(stamps) else range(0)

    def is_menu(self, start: int, stop: int) -> bool:
        """Whether all blocks from ``start`` to before ``stop`` are there and short lines."""
        return self.shapes[max(start, 0) : stop].count(LineType.SHORT) == stop - start


def build_labelled_page(
    blocks: Blocks, indices: frozenset[int], markup: PageMarkup | None, claims: Metadata
) -> LabelledPage:
    """The page of which the blocks at ``indices`` are to be named."""
    kept = [b.index not in indices and (b.verdict is None or b.verdict.keep) for b in blocks]
    read = [None if stays else line_evidence.read_line_evidence(b.text) for b, stays in zip(blocks, kept, strict=True)]
    stay = [block for block, stays in zip(blocks, kept, strict=True) if stays]
    where = find_container_hints(blocks, indices, stay, markup.boxes if markup else ())
    return LabelledPage(
        blocks=blocks,
        claims=claims,
        dropped={
            index: DroppedBlock(blocks[index], line, where[index])
            for index, line in enumerate(read)
            if line is not None and index in indices
        },
        kept=kept,
        labels=[block.verdict.label if block.verdict is not None else None for block in blocks],
        shapes=[LineType.PROSE if line is None else line.shape for line in read],
        texts={block.text: block.role for block in stay if len(block.text) >= REPEATED},
        body=_body_range(stay),
    )


def _body_range(kept: Sequence[Block]) -> range:
    """From the first to the last of ``kept``, but for up to :data:`_MARGIN` of the characters at either end."""
    sizes = [len(block.text) for block in kept]
    start, end = _trim_range(sizes, _MARGIN * sum(sizes))
    return range(kept[start].index, kept[end - 1].index + 1) if start < end else range(0)


def _trim_range(sizes: Sequence[int], margin: float) -> tuple[int, int]:
    """The range of ``sizes`` that is left when up to ``margin`` is cut at either end."""
    start, end = 0, len(sizes)
    cut = 0
    while start < end and cut + sizes[start] < margin:
        cut += sizes[start]
        start += 1
    cut = 0
    while end > start and cut + sizes[end - 1] < margin:
        end -= 1
        cut += sizes[end]
    return start, end
