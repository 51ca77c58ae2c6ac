"""The pictures of an article: their real addresses, captions and credits, without placeholders, trackers and ornaments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from cleaner import data
from cleaner.data.markup_types import Pictures
from cleaner.data.word_types import LineWords
from cleaner.labels import Label
from cleaner.language.characters import contains_any, make_alternation, normalize_line
from cleaner.model import Block, Blocks, Role
from cleaner.page.boxes import Box, PageMarkup, Picture
from cleaner.page.dom import Element
from cleaner.page.links import LinkResolver
from cleaner.structure import Image

_NAMES = data.load_data(Pictures)
_SETS, _SOURCES = (*_NAMES.late_sets, "srcset"), (*_NAMES.late_sources, "src")
_ORNAMENT = re.compile(rf"(?:^|[^a-z])(?:{'|'.join(map(re.escape, _NAMES.ornaments))})(?:$|[^a-z])", re.IGNORECASE)
_CREDIT_CLASS = re.compile("|".join(map(re.escape, _NAMES.credits)), re.IGNORECASE)
_CREDIT_PROPERTIES = frozenset({"copyrightHolder", "creator"})
MAX_CREDIT_CHARS = 120
"""Characters at the end of a caption in which its credit begins."""
_CREDIT = re.compile(
    rf"(?:^|(?<=[.!?。)\]»”\"'|/,–—-])\s*|\s*[(\[])(?:(?:{make_alternation(data.load_data(LineWords).caption.before_colon)}"
    r"|photograph|fotos?|photos|fotografía|写真|图片来源|фото)\s*[:：]|©|\(c\))\s*(?P<name>[^.:]{2,80}?)[)\].]?$",
    re.IGNORECASE,
)
# The candidates of a srcset: an address without blanks, and its width or density.
_CANDIDATE = re.compile(r"\s*,*\s*(\S*[^\s,])(?:\s+([\d.]+)([wx])(?:\s+\d+h)?)?\s*(?:,|$)")
_PIXELS = re.compile(r"\s*(\d+)(?:px)?\s*")
_MAX_SEARCHED = 500
"""Characters of an address that are searched; those of pictures inside the page have a million."""
_MIN_SIDE = 50
"""Pixels of the sides of a picture that its element gives; smaller ones are icons. Chosen by reading pages."""
_ABOUT_LABELS = frozenset({Label.TITLE, Label.DESCRIPTION, Label.CAPTION})


def find_images(blocks: Blocks, markup: PageMarkup, url: str | None) -> tuple[Image, ...]:
    """The pictures of the article: those in elements whose text is kept, or is its headline or a caption. ``url`` is the page's."""
    resolver = LinkResolver(url, markup.dom.base)
    parts = _ArticleParts(blocks, markup.boxes)
    images: dict[str, Image] = {}
    pending: Element | None = None
    for picture in markup.pictures:
        element = picture.element
        if not parts.contains(picture):
            continue
        in_noscript = _find_ancestor(element, "noscript") is not None
        if picture.box.hidden and not in_noscript:
            continue
        if in_noscript and pending is None and _is_twin(element):
            continue
        sources = [one for address in list_sources(element) if (one := resolver.resolve(address))]
        if not sources:
            pending = element
            continue
        pending = None
        if is_ornament(element, sources[0]):
            continue
        image = _make_image(sources[0], picture, parts)
        images.setdefault(image.url, image)
    return tuple(images.values())


def list_sources(element: Element) -> Iterator[str]:
    """The addresses of the picture of an ``img`` element, the best first; no placeholders.

    As in browsers, the largest of a ``srcset`` is better than ``src``; what a script loads later is better than both.
    The sources of a ``picture`` element come last, as they may be in formats that few programs read.
    """
    written = dict(element.items())  # few of the names that it may have
    for name in _SETS:
        if name in written:
            yield from _list_set(written[name])
    for name in _SOURCES:
        address = written[name].strip() if name in written else ""
        if address and not _is_placeholder(address) and not address.startswith(("{", "[", "<")):
            yield address
    picture = _find_ancestor(element, "picture")
    # libxml2 does not know that source elements are empty: the img element may be in one of them.
    for source in picture.iter("source") if picture is not None else ():
        for name in _SETS:
            yield from _list_set(source.get(name))


def split_credit(caption: str) -> tuple[str, str | None]:
    """A caption, and the credit at its end.

    >>> split_credit("The bridge at dawn. Photo: Ann Lee")
    ('The bridge at dawn.', 'Ann Lee')
    """
    found = _CREDIT.search(caption, max(0, len(caption) - MAX_CREDIT_CHARS))
    return (caption[: found.start()].strip(), found["name"].strip()) if found else (caption, None)


class _ArticleParts:
    """Which parts of a page belong to the article, by the verdicts on the blocks in them."""

    def __init__(self, blocks: Blocks, boxes: Sequence[Box]) -> None:
        self._blocks = sorted(zip((box.number for box in boxes), blocks, strict=True), key=lambda one: one[0])
        self._numbers = [number for number, _ in self._blocks]
        self._of_article = [0, *accumulate(_is_of_article(block) for _, block in self._blocks)]
        kept = [block.index for block in blocks if block.kept]
        self._last = kept[-1] if kept else -1

    def list_blocks(self, box: Box) -> list[Block]:
        """The blocks in ``box``."""
        return [self._blocks[place][1] for place in self._find_places(box)]

    def _find_places(self, box: Box) -> range:
        start = bisect_left(self._numbers, box.number)
        return range(start, bisect_left(self._numbers, box.end, start))

    def contains(self, picture: Picture) -> bool:
        """Whether the smallest box around ``picture`` that has text has text of the article, or its headline or a caption."""
        box: Box | None = picture.box
        while box is not None:
            places = self._find_places(box)
            if count := len(places):
                of_article = self._of_article[places.stop] - self._of_article[places.start]
                return of_article > 0 and picture.after <= self._last + count
            box = box.parent
        return False

    def list_captions(self, picture: Picture) -> list[Block]:
        """The captions beside ``picture``: in its figure, or in the smallest box with text if that has no other text."""
        box: Box | None = picture.box
        while box is not None:
            blocks = self.list_blocks(box)
            if box.element.tag == "figure" or blocks:
                is_small = box.element.tag == "figure" or all(_is_caption(block) for block in blocks)
                return [block for block in blocks if is_small and _is_caption(block)]
            box = box.parent
        return []


def _is_of_article(block: Block) -> bool:
    return block.kept or (block.verdict is not None and block.verdict.label in _ABOUT_LABELS)


def _is_caption(block: Block) -> bool:
    return block.role is Role.CAPTION or (block.verdict is not None and block.verdict.label is Label.CAPTION)


def _make_image(source: str, picture: Picture, parts: _ArticleParts) -> Image:
    captions = parts.list_captions(picture)
    text = " ".join(block.text for block in captions) or None
    credit = _find_credit(picture.box)
    if text and credit and text.endswith(credit):
        text = text.removesuffix(credit).rstrip(" |/–—-(") or None
    elif text:
        text, found = split_credit(text)
        credit = credit or found
    if credit:
        credit = split_credit(credit)[1] or credit
    alt = normalize_line(picture.element.get("alt") or "")
    return Image(url=source, alt=alt, caption=text or None, credit=credit or None, after=picture.after)


def _find_credit(box: Box) -> str | None:
    figure: Box | None = box
    while figure is not None and figure.element.tag != "figure":
        figure = figure.parent
    for element in figure.element.iterdescendants() if figure is not None else ():
        if _CREDIT_CLASS.search(element.get("class") or "") or element.get("itemprop") in (
            "copyrightHolder",
            "creator",
        ):
            return normalize_line(" ".join(element.itertext())) or None
    return None


def is_credit(element: Element) -> bool:
    """Whether ``element`` contains the credit of a picture."""
    return bool(_CREDIT_CLASS.search(element.get("class") or "")) or element.get("itemprop") in _CREDIT_PROPERTIES


def _list_set(srcset: str | None) -> list[str]:
    """The addresses of a ``srcset``, the largest first."""
    found = [] if not srcset or srcset.lstrip().startswith("data:") else _CANDIDATE.findall(srcset)
    ranked = sorted(found, key=lambda one: -_read_size(one[1]))
    return [address for address, _, _ in ranked if not _is_placeholder(address)]


def _is_placeholder(address: str) -> bool:
    return contains_any(address[:_MAX_SEARCHED].casefold(), _NAMES.placeholders)


def _read_size(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0


def is_ornament(element: Element, source: str) -> bool:
    """Whether a picture is an icon, a logo, an advertisement or a tracking pixel."""
    for side in ("width", "height"):
        size = _PIXELS.fullmatch(element.get(side) or "")
        if size and int(size[1]) < _MIN_SIDE:
            return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    file_name = source.partition("?")[0].rpartition("/")[2]
    if contains_any(source.casefold(), _NAMES.trackers) or _ORNAMENT.search(names):
        return True
    # In a figure, a picture whose file is called "logo" is a picture of one.
    return _ORNAMENT.search(file_name.rpartition(".")[0]) is not None and _find_ancestor(element, "figure") is None


def _is_twin(element: Element) -> bool:
    """Whether a picture of a ``noscript`` element repeats the one before it, which has an address of its own."""
    noscript = _find_ancestor(element, "noscript")
    before = None if noscript is None else noscript.getprevious()
    return before is not None and next(before.iter("img", "amp-img"), None) is not None


def _find_ancestor(element: Element, tag: str) -> Element | None:
    return next(element.iterancestors(tag), None)
