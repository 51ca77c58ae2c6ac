"""What the models see of a page of either kind."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cleaner.article import Metadata
from cleaner.classifier import box_tree, dump_features, html_features, name_tokens, text_tokens
from cleaner.classifier.feature_arrays import Matrix
from cleaner.classifier.name_tokens import NameTokens
from cleaner.classifier.neighbour_labels import NeighbourLayout
from cleaner.classifier.text_tokens import Tokens
from cleaner.model import Blocks, Role
from cleaner.page.boxes import PageMarkup
from cleaner.page.element_kinds import BLOCK_TAGS


class PageInput(NamedTuple):
    """A page as the models see it."""

    features: Matrix
    words: Tokens
    names: NameTokens | None
    """None for a dump."""
    layout: NeighbourLayout | None
    """None for a dump."""


def measure_html_page(blocks: Blocks, markup: PageMarkup, claims: Metadata) -> PageInput:
    """What the models see of an HTML page; ``claims`` is the metadata of its head."""
    grams = text_tokens.hash_texts([block.text for block in blocks])
    tree, box_of_block = box_tree.build_tree(markup.boxes)
    copies = text_tokens.measure_copies(grams.pairs)
    features = html_features.measure_html(blocks, tree, box_of_block, claims, copies)
    places: dict[str, int] = {}
    paths = np.array([places.setdefault(block.path, len(places)) for block in blocks])
    headings = np.array([block.role is Role.HEADING for block in blocks])
    words = np.expm1(features[:, html_features.COLUMNS.index("words")])
    layout = NeighbourLayout(tree.parent, tree.end, box_of_block, paths, headings, words)
    return PageInput(features, grams.tokens, name_tokens.hash_names(markup.boxes, BLOCK_TAGS), layout)


def renew_dump_page(page: PageInput, blocks: Blocks) -> PageInput:
    """What the models see of the dump that ``page`` was measured of, now that ``blocks`` may have other verdicts."""
    features = page.features.copy()
    columns = dump_features.FINDINGS
    features[:, columns.start : columns.stop] = dump_features.measure_findings(blocks)
    return page._replace(features=features)


def measure_dump_page(blocks: Blocks) -> PageInput:
    """What the models see of a dump."""
    grams = text_tokens.hash_texts([block.text for block in blocks])
    measured = dump_features.measure_dump(blocks, text_tokens.measure_copies(grams.pairs))
    return PageInput(measured, grams.tokens, None, None)
