"""What a judge may look at besides the blocks, and the shape every judge has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from cleaner.dom import Dom, Element
from cleaner.model import Blocks, Lean, Metadata, Page, Verdicts
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
    elements: tuple[Element, ...] = ()
    """The element each block came from, by block index; empty for a dump."""
    lean: Lean = Lean.BALANCED


Judge: TypeAlias = Callable[[Blocks, Context], Verdicts]
"""Looks at all blocks, speaks about some. It returns verdicts and nothing else, so it cannot change a page."""
