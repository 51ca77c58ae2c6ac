"""What a judge may look at besides the blocks, and the shape every judge has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from cleaner.model import Blocks, Lean, Metadata, Page, Verdicts
from cleaner.page.dom import Box, Dom, Element
from cleaner.repeats import Recurring
from cleaner.rulebook import CommonRules, SiteRules


@dataclass(frozen=True, slots=True)
class Context:
    """One page's surroundings, the same for every judge."""

    page: Page
    rules: SiteRules
    common: CommonRules
    metadata: Metadata
    """What the page's structured data says; empty for a dump."""
    dom: Dom | None = None
    boxes: tuple[Box, ...] = ()
    """The box each block stands in, by block index; empty for a dump."""
    lean: Lean = Lean.BALANCED
    repeats: Recurring | None = None
    """What recurs on the page's site; None where a page is cleaned by itself, or too few of its site are at hand."""

    @property
    def elements(self) -> tuple[Element, ...]:
        """The element each block came from, by block index; empty for a dump."""
        return tuple(box.element for box in self.boxes)


Judge: TypeAlias = Callable[[Blocks, Context], Verdicts]
"""Looks at all blocks, speaks about some. It returns verdicts and nothing else, so it cannot change a page."""
