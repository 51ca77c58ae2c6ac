"""Labels of pages that nobody has read: what the HTML classifier says of the blocks that their golds leave out.

Dumps show none of a page's markup, so the HTML classifier knows more of a page than that of dumps can see. Half of the pages
with golds have no labels; theirs teach what the words of sites look like that no reader of pages has come to.
"""

from __future__ import annotations

import numpy as np

from cleaner.classifier import label_model, page_input
from cleaner.classifier.label_model import KEPT
from cleaner.front_matter import html_metadata
from cleaner.model import Kind
from cleaner.page import blocks_html, dom
from cleaner.page.boxes import PageMarkup
from cleaner.page.link_runs import join_links
from training import labels
from training.augment import BODY, JUNK
from training.corpora import Row

_MIN_SHARE = 0.6
"""Chance from which on the classifier's label counts."""


def teach(row: Row) -> list[tuple[int, str]]:
    """The label and the text of each block of a page; -1 where the classifier is unsure, or the gold is."""
    tree = dom.parse_html(row["html"])
    if tree is None:
        return []
    found = blocks_html.segment_html(tree.root)
    if not found.blocks:
        return []
    blocks, markup, _, _ = join_links(found.blocks, PageMarkup(tree, found.boxes), {})
    claims = html_metadata.read_html_metadata(tree, row.get("url"), blocks=found.blocks)
    page = page_input.measure_html_page(blocks, markup, claims)
    rows = [block.index for block in blocks for _ in range(block.items)]
    shares = label_model.load_model(Kind.HTML).predict(page).shares[rows]
    texts = [block.text for block in found.blocks]
    in_gold = labels.of_gold(texts, row["gold"])
    dropped = shares[:, KEPT:] / np.maximum(shares[:, KEPT:].sum(1, keepdims=True), 1e-9)
    sure = (in_gold < JUNK) & (dropped.max(1) >= _MIN_SHARE)
    said = np.where(sure, dropped.argmax(1) + KEPT, np.where(in_gold >= BODY, shares[:, :KEPT].argmax(1), -1))
    return list(zip(said.tolist(), texts, strict=True))
