"""Features of the blocks of an HTML page: their text, their position in the tree, and the names of elements."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from cleaner.article import Metadata
from cleaner.classifier import keyword_features, page_features, position_features, text_features, window
from cleaner.classifier.box_tree import KINDS, TAGS, BoxTree, get_ancestor_values
from cleaner.classifier.feature_arrays import Matrix, Numbers, join_columns, measure_distances, stack_columns
from cleaner.classifier.shared_words import count_shared
from cleaner.model import Block, Blocks, Role

_BIT_NUMBERS = np.arange(len(TAGS) + 2 * len(KINDS))
_ROLES = tuple(Role)
_ROLE_NUMBERS = {role: number for number, role in enumerate(_ROLES)}
# The weights were trained with the numbers of this module: a change of one needs new weights.
_LEVELS = 4
"""Number of elements around a block that are measured."""
# Share of a block's prose that counts for its element, the element around that, and so on outwards.
_PROSE_SHARES = (0.5, 1.0, 0.5, 1 / 3)
_MIN_TITLE_SIMILARITY = 0.6
"""Product of the shares of common words in a block and in the title, from which the block is the headline."""

FEATURES = (
    *text_features.FEATURES,
    *(f"role_{role}" for role in _ROLES),
    "link_share", "hidden", "depth",
    *(f"inside_{tag}" for tag in TAGS),
    *(f"inside_called_{name}" for name in KINDS),
    *(f"near_called_{name}" for name in KINDS),
    "above_main", "below_main", "in_main",
    *(f"{what}_{level}" for level in range(_LEVELS) for what in ("prose_share", "link_share", "words_a_block", "blocks")),
    "alike", "words_of_alike", "links_of_alike", "prose_of_alike",
    "in_title", "of_title", "in_description", "of_description",
    "repeated", "seen_before",
    *position_features.POSITION,
    "title_back", "title_ahead", "after_title",
    "copied_before", "copied_elsewhere",
    *page_features.FEATURES,
    *keyword_features.FEATURES,
)  # fmt: skip


COLUMNS = window.name_columns(FEATURES)
"""The columns of :func:`measure_html`: the features, then those of the blocks around."""


def measure_html(
    blocks: Blocks, tree: BoxTree, box_of_block: NDArray[np.intp], claims: Metadata, copied: Matrix
) -> Matrix:
    """The features of each block; shape (blocks, :data:`COLUMNS`).

    ``box_of_block`` are numbers of boxes in ``tree``, ``claims`` is the metadata of the page's head, and ``copied`` is what
    :func:`cleaner.classifier.text_tokens.measure_copies` returns.
    """
    shapes, words, prose = text_features.measure_text(blocks)
    links = np.array([block.link_share for block in blocks], dtype=np.float32)
    hidden = np.array([block.hidden for block in blocks], dtype=np.float32)
    prose = prose * (1 - links) * (1 - 0.7 * hidden)
    near = tree.names | get_ancestor_values(tree.names, tree, 1) | get_ancestor_values(tree.names, tree, 2)
    likeness = _measure_title_similarity(blocks, claims.title, claims.description)
    is_title = (likeness[:, 0] * likeness[:, 1]) > _MIN_TITLE_SIMILARITY
    titles = stack_columns([*measure_distances(is_title).T, np.cumsum(is_title) > 0])
    parts = [
        shapes,
        np.eye(len(_ROLES), dtype=np.float32)[[_ROLE_NUMBERS[block.role] for block in blocks]],
        stack_columns([links, hidden, tree.depth[box_of_block]]),
        _unpack_bits(tree.tags | tree.inside << len(TAGS) | near << len(TAGS) + len(KINDS), box_of_block),
        _measure_relation_to_main(tree, box_of_block, prose),
        _measure_containers(tree, box_of_block, np.stack([prose, words, words * links, np.ones_like(words)], 1)),
        _measure_same_path(blocks, words, prose, links),
        likeness,
        position_features.measure_repeats(blocks),
        position_features.measure_position(words, prose),
        titles,
        copied,
        page_features.measure_article_place(blocks, tree, box_of_block, prose, is_title, claims),
        keyword_features.measure_keywords(blocks),
    ]
    return window.widen_window(join_columns(parts), FEATURES)


def _unpack_bits(masks: NDArray[np.int64], box_of_block: NDArray[np.intp]) -> Matrix:
    """The bits of each block's box, one column a bit."""
    return ((masks[:, None] >> _BIT_NUMBERS) & 1).astype(np.float32)[box_of_block]


def _measure_relation_to_main(tree: BoxTree, box_of_block: NDArray[np.intp], prose: Numbers) -> Matrix:
    """Steps up and then down from each block to the box with most of the prose, and whether the block is in it."""
    size = len(tree.parent)
    score, weight = np.zeros(size + 1), np.bincount(box_of_block, prose, size + 1)
    up = np.append(tree.parent, size)
    at = np.arange(size + 1)
    for share in _PROSE_SHARES:
        score += np.bincount(at, weight * share, size + 1)
        at = up[at]
    main = int(score[:size].argmax())
    chain = [main]
    while tree.parent[chain[-1]] < size:
        chain.append(int(tree.parent[chain[-1]]))
    shared = np.zeros(
        len(box_of_block), dtype=np.float32
    )  # boxes on the main box's path, itself included, that contain the block
    for box in chain:
        shared += (box_of_block >= box) & (box_of_block < tree.end[box])
    return stack_columns([tree.depth[box_of_block] + 1 - shared, len(chain) - shared, shared == len(chain)])


def _measure_containers(tree: BoxTree, box_of_block: NDArray[np.intp], sums: Numbers) -> Matrix:
    """For the boxes around each block: share of the page's prose, link density, words a block, number of blocks.

    ``sums`` are prose, words, linked words and 1 for each block. The boxes inside a box follow it directly, so its sum is
    the difference of two running sums.
    """
    running = np.zeros((len(tree.parent) + 1, sums.shape[1]))
    for column, values in enumerate(sums.T):
        np.cumsum(np.bincount(box_of_block, values, len(tree.parent)), out=running[1:, column])
    prose, words, linked, blocks = (running[tree.end] - running[:-1]).T
    total = prose[0] or 1.0
    measured = [
        prose / total,
        linked / np.maximum(words, 1e-6),
        np.log1p(words / np.maximum(blocks, 1)),
        np.log1p(blocks),
    ]
    at, rows = box_of_block, []
    beyond_root = [1.0, 0.0, 0.0, 0.0]
    columns = [np.append(values, none) for values, none in zip(measured, beyond_root, strict=True)]
    up = np.append(tree.parent, len(tree.parent))
    for _ in range(_LEVELS):
        at = up[at]
        rows += [column[at] for column in columns]
    return stack_columns(rows)


def _measure_same_path(blocks: Iterable[Block], words: Numbers, prose: Numbers, links: Numbers) -> Matrix:
    """For the blocks with the same path: their number, mean words, mean link share, and share of prose."""
    places: dict[str, int] = {}
    group = np.array([places.setdefault(block.path, len(places)) for block in blocks])
    count = np.bincount(group)
    means = [np.bincount(group, weights=values) / count for values in (words, links, prose > 0)]
    columns = [np.log1p(count), np.log1p(means[0]), means[1], means[2]]
    return stack_columns([column[group] for column in columns])


def _measure_title_similarity(blocks: Blocks, title: str | None, description: str | None) -> Matrix:
    """For title, then description: share of the block's words that it contains, and share of its words in the block."""
    first, second = (frozenset((text or "").casefold().split()) for text in (title, description))
    # A text much longer than both is neither; this saves time.
    max_chars = 3 * max(len(title or ""), len(description or "")) + 20
    texts = [block.text if len(block.text) <= max_chars else "" for block in blocks]
    words, *common = count_shared(texts, (first, second)).astype(np.float32)
    words = np.maximum(words, 1)
    titled, described = common
    shares = (titled / words, titled / max(len(first), 1), described / words, described / max(len(second), 1))
    return stack_columns(shares)
