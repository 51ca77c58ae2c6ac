"""What the elements around a dropped block say it is, by their tags, classes, ids, roles and labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from cleaner import data
from cleaner.classifier.labelling.keyword_index import KeywordIndex
from cleaner.data.file_types import ElementNames
from cleaner.labels import Label
from cleaner.language.characters import make_alternation
from cleaner.model import Block
from cleaner.page.dom import Box

_ELEMENTS = data.load_data(ElementNames)
_NAMES = KeywordIndex(_ELEMENTS.labels)
"""Words of the classes, ids and names of elements; of several kinds that an element's names speak of, the first counts."""
_TAGS = {tag: label for label, tags in _ELEMENTS.tags.items() for tag in tags}
_ROLES = {role: label for label, roles in _ELEMENTS.roles.items() for role in roles}
_OUTLYING_TAGS = frozenset(_ELEMENTS.outlying.tags)
_OUTLYING_ROLES = frozenset(_ELEMENTS.outlying.roles)
_OUTLYING = re.compile(rf" {make_alternation(_ELEMENTS.outlying.words)}\w* ")
# Of no weight inside one of the other kinds: a comment's date is a part of the comments.
_SMALL = frozenset(
    {
        Label.TITLE,
        Label.BYLINE,
        Label.TIMESTAMP,
        Label.TAGS,
        Label.CAPTION,
        Label.DESCRIPTION,
        Label.AUTHOR_BIO,
        Label.NAVIGATION,
        Label.PROMO,
    }
)
# Called so for their looks or their site's trade, whatever is in them.
_LOOSE = frozenset({Label.NAVIGATION, Label.PROMO})
# Whatever stands inside one of these belongs to it.
WHOLE = frozenset({Label.COMMENTS, Label.CONSENT})
# Numbers of this module were chosen by reading pages; where one was measured, its note says so.
_WRAPPER = 0.3
"""Share of the characters kept from which an element holds the article, whatever it is called."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GAP = re.compile(r"[^a-z0-9äöüéñ]+")


class ContainerHint(NamedTuple):
    """What the elements around a block say."""

    label: Label | None = None
    outlying: bool = False
    """Inside a header, footer, sidebar or the like."""


_NOWHERE = ContainerHint()


def find_container_hints(
    blocks: Sequence[Block], dropped: Iterable[int], kept: Iterable[Block], boxes: Sequence[Box]
) -> dict[int, ContainerHint]:
    """The place of each dropped block. Elements around much of what is kept say nothing of what is dropped."""
    if not blocks[0].path:
        return dict.fromkeys(dropped, _NOWHERE)  # a dump has no elements
    by_path = dict.fromkeys(("", *_body_wrappers(kept)), _NOWHERE)
    by_box: dict[int, ContainerHint] = {}
    found = {}
    for index in dropped:
        place = _by_path(blocks[index].path, by_path)
        if place.label is None and boxes:
            place = _combine_hints(place, _by_attributes(boxes[index], by_box))
        found[index] = place
    return found


def _body_wrappers(kept: Iterable[Block]) -> frozenset[str]:
    """Paths of the elements that hold a good share of the characters kept."""
    sizes: Counter[str] = Counter()
    for block in kept:
        sizes[block.path] += len(block.text)
    total = sum(sizes.values())
    around: Counter[str] = Counter()
    for path, size in sizes.items():
        around.update(dict.fromkeys(_outer_paths(path), size))
    return frozenset(path for path, size in around.items() if size >= _WRAPPER * total)


def _outer_paths(path: str) -> Iterator[str]:
    """``path`` and the paths of all elements around it."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def _by_path(path: str, known: dict[str, ContainerHint]) -> ContainerHint:
    place = known.get(path)
    if place is None:
        outer, _, step = path.rpartition("/")
        place = known[path] = _combine_hints(_by_path(outer, known), _of_step(step))
    return place


def _by_attributes(box: Box, known: dict[int, ContainerHint]) -> ContainerHint:
    place = known.get(box.number)
    if place is None:
        place = _NOWHERE if box.parent is None else _by_attributes(box.parent, known)
        role, aria_label = box.element.get("role"), box.element.get("aria-label")
        if (role or aria_label) and box.element.tag not in ("body", "html"):
            place = _combine_hints(place, _of_attributes(role or "", aria_label or ""))
        known[box.number] = place
    return place


def _combine_hints(outer: ContainerHint, inner: ContainerHint) -> ContainerHint:
    """An element's place, from the place of the one around it and from what its own names say."""
    if inner == _NOWHERE:
        return outer
    outlying = outer.outlying or inner.outlying
    if outer.label is None or inner.label is None:
        return ContainerHint(outer.label or inner.label, outlying)
    stays = outer.label in WHOLE or (inner.label in _SMALL and outer.label not in _LOOSE)
    if outer.label is Label.NAVIGATION:
        stays = inner.label in _SMALL
    return ContainerHint(outer.label if stays else inner.label, outlying)


@lru_cache(maxsize=1 << 16)
def _of_step(step: str) -> ContainerHint:
    tag = step.partition("#")[0].partition(".")[0]
    if tag in ("html", "body", "main"):
        return _NOWHERE
    names = _split_names(step[len(tag) :])
    outlying = tag in _OUTLYING_TAGS or _OUTLYING.search(names) is not None
    return ContainerHint(_TAGS.get(tag) or _NAMES.find(names), outlying)


@lru_cache(maxsize=1 << 12)
def _of_attributes(role: str, aria_label: str) -> ContainerHint:
    return ContainerHint(
        _ROLES.get(role) or (_NAMES.find(_split_names(aria_label)) if aria_label else None), role in _OUTLYING_ROLES
    )


def _split_names(names: str) -> str:
    if not names.islower():
        names = _CAMEL.sub(" ", names).lower()
    return f" {_GAP.sub(' ', names).strip()} "
