"""The last judge for HTML: what trafilatura keeps is the article."""

from __future__ import annotations

from cleaner import extraction
from cleaner.dom import Element
from cleaner.judges.context import Context
from cleaner.judges.site_rules import body_blocks
from cleaner.labels import Label
from cleaner.model import Block, Blocks, Role, Verdict, Verdicts

NAME = "extracted"
_MOSTLY = 0.5
_MENU = 0.6


def judge(blocks: Blocks, context: Context) -> Verdicts:
    """Verdicts on all blocks of an HTML page; silent on dumps.

    The site's ``[body]`` decides where its rule names one that is there, else trafilatura.
    """
    if context.dom is None:
        return {}
    inside = body_blocks(blocks, context)
    if inside is not None:
        return {block.index: _by_body(block, inside=block.index in inside) for block in blocks}
    context.dom.prune(_dropped_whole(blocks, context.elements))
    shares = extraction.evidence(context.dom.root, blocks, context.page.url)
    return {block.index: _by_share(block, share) for block, share in zip(blocks, shares, strict=True)}


def _by_body(block: Block, *, inside: bool) -> Verdict:
    if inside:
        return Verdict(block.role.label, NAME, "inside the body that the site's rule names")
    return Verdict(_kind_of(block), NAME, "outside the body that the site's rule names")


def _by_share(block: Block, share: float) -> Verdict:
    if share >= _MOSTLY:
        return Verdict(block.role.label, NAME, "trafilatura keeps it", score=round(share, 3))
    return Verdict(_kind_of(block), NAME, "trafilatura leaves it out", score=round(share, 3))


def _kind_of(block: Block) -> Label:
    if block.role is Role.CAPTION:
        return Label.CAPTION
    return Label.NAVIGATION if block.link_share > _MENU or block.role is Role.CONTROL else Label.OTHER


def _dropped_whole(blocks: Blocks, elements: tuple[Element, ...]) -> list[Element]:
    """Elements of which every block has been dropped already."""
    kept = {id(element) for block, element in zip(blocks, elements, strict=True) if not _dropped(block)}
    dropped = [element for block, element in zip(blocks, elements, strict=True) if _dropped(block)]
    return [element for element in dropped if not any(id(inner) in kept for inner in element.iter())]


def _dropped(block: Block) -> bool:
    return block.verdict is not None and not block.verdict.keep
