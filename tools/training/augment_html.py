"""Copies of HTML pages in which some of their own boilerplate is removed and some of other pages' planted."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from lxml import etree

from cleaner.page.blocks_html import SegmentedPage
from cleaner.page.dom import Element
from training.augment import (
    BODY,
    JUNK,
    STORY,
    TEASERS,
    Targets,
    take_sentence,
)

_MARK = "data-training"
_LARGEST_GRAFT = 40
_STRUCTURE = frozenset("html body table tbody thead tr td th".split())


def junk_elements(segmented: SegmentedPage, targets: Targets) -> list[Element]:
    """The elements of a page that hold boilerplate and nothing else, outermost first."""
    blocks: dict[Element, int] = {}
    body: dict[Element, int] = {}
    for box, target in zip(segmented.boxes, targets, strict=True):
        around: Element | None = box.element
        while around is not None:
            blocks[around] = blocks.get(around, 0) + 1
            body[around] = body.get(around, 0) + (target >= JUNK)
            around = around.getparent()
    found = [e for e, count in blocks.items() if not body[e] and count <= _LARGEST_GRAFT and e.tag not in _STRUCTURE]
    return sorted(found, key=lambda element: sum(1 for _ in element.iterancestors()))


class Material(NamedTuple):
    """What pages are changed with, taken from others."""

    elements: list[Element]
    """Elements that hold boilerplate, marked with their labels."""
    lines: list[tuple[str, int]]
    """Short texts that publishers put among the paragraphs, with the numbers of their labels."""
    stories: list[list[str]]
    """The first paragraphs of other articles, below their headlines."""


def change_page(segmented: SegmentedPage, targets: Targets, material: Material, random: Random) -> bool:
    """Change the page's tree: some of its boilerplate goes, some of other pages' comes. False if it has no article."""
    body = [box.element for box, target in zip(segmented.boxes, targets, strict=True) if target >= BODY]
    if not body:
        return False
    if random.random() < 0.6:
        for element in junk_elements(segmented, targets):
            if element.getparent() is not None and random.random() < 0.2:
                element.drop_tree()
    body = [element for element in dict.fromkeys(body) if element.getparent() is not None]
    if random.random() < 0.05:
        body = _shorten(body, random.choice((1, 2, 3)))
    if body:
        _plant_material(material, body, random)
    if body and random.random() < 0.3:
        _hash_names(body[0].getroottree().getroot(), random)
    return bool(body)


def _plant_material(material: Material, body: Sequence[Element], random: Random) -> None:
    """Put elements, lines and an article of other pages among and around the blocks of the body."""
    for _ in range(random.choice((1, 2, 3, 4))):
        graft = copy.deepcopy(random.choice(material.elements))
        if random.random() < 0.5:
            _hash_names(graft, random)
        _plant(graft, body, random)
    if random.random() < 0.3:
        for _ in range(random.choice((1, 2, 3))):
            _plant_line(*random.choice(material.lines), body, random)
    if random.random() < 0.08:
        _plant_story(random.choice(material.stories), body, random)
    if random.random() < 0.08:
        _plant_teasers(random.sample(material.stories, random.choice(TEASERS)), body, random)


def _shorten(body: list[Element], keep: int) -> list[Element]:
    """The first blocks of an article, as of a news flash; those after them are removed."""
    for element in body[keep:]:
        if element.getparent() is not None and not any(element in kept.iterancestors() for kept in body[:keep]):
            element.drop_tree()
    return body[:keep]


def _plant_line(text: str, label: int, body: Sequence[Element], random: Random) -> None:
    """Put a line of boilerplate among the paragraphs, in an element like theirs: only its words say what it is."""
    place = random.choice(body)
    if place.tag in ("td", "th", "li", "body"):
        return
    line = _copy_shell(place)
    inner = etree.SubElement(line, random.choice(("em", "strong", "a"))) if random.random() < 0.5 else line
    inner.text = text
    mark_element(line, [(text, label, 0.0)])
    place.addnext(line)


def _plant_story(story: Sequence[str], body: Sequence[Element], random: Random) -> None:
    """Put another article below that of the page, with the same markup."""
    around = body[-1].getparent()
    if around is None or around.getparent() is None or around.tag in _STRUCTURE:
        return
    box = _copy_shell(around)
    for number, text in enumerate(story):
        part = etree.SubElement(box, random.choice(("h1", "h2")) if number == 0 else "p")
        if number and body[-1].tag == "p":
            part.attrib.update(body[-1].attrib)
        part.text = text
        mark_element(part, [(text, STORY, 0.0)])
    around.addnext(box)


def _plant_teasers(stories: Sequence[Sequence[str]], body: Sequence[Element], random: Random) -> None:
    """Put headlines of other articles, each with the first sentence below it, beneath the article: as below news flashes."""
    around = body[-1].getparent()
    if around is None or body[-1].tag in _STRUCTURE or body[-1].tag == "li":
        return
    box = around.makeelement(random.choice(("div", "section", "aside")))
    tags = random.choice((("h2", "p"), ("h3", "p"), ("h3", "div"), ("p", "p"), ("h4", "p")))
    for headline, lead, *_ in stories:
        item = etree.SubElement(box, "div")
        for number, (tag, text) in enumerate(zip(tags, (headline, take_sentence(lead)), strict=True)):
            part = etree.SubElement(item, tag)
            inner = etree.SubElement(part, "a", href="#") if number == 0 and random.random() < 0.7 else part
            inner.text = text
            for element in (part, inner):
                mark_element(element, [(text, STORY, 0.0)])
    if random.random() < 0.5 and around.getparent() is not None and around.tag not in _STRUCTURE:
        around.addnext(box)
    else:
        body[-1].addnext(box)


def _copy_shell(element: Element) -> Element:
    """An empty element with the tag and the names of ``element``."""
    shell = copy.deepcopy(element)  # lxml makes no element with a tag like "cms:block", which pages have
    del shell[:]
    shell.text = shell.tail = None
    shell.attrib.pop(_MARK, None)
    return shell


def mark_element(element: Element, entries: Sequence[tuple[str, int, float]]) -> None:
    """Write onto an element the text, the label and the share in the gold of its blocks, so that a copy takes them along."""
    element.set(_MARK, json.dumps(entries))


def read_marks(element: Element) -> dict[str, tuple[int, float]]:
    """What :func:`mark_element` wrote, by text."""
    return {text: (label, share) for text, label, share in json.loads(element.get(_MARK, "[]"))}


def _hash_names(root: Element, random: Random) -> None:
    """Classes and ids that say nothing, as many build tools write them."""
    for element in root.iter():
        for attribute in ("class", "id", "itemprop", "role", "data-component", "data-testid"):
            if attribute in element.attrib:
                element.set(attribute, f"x{random.getrandbits(32):x}")


def _plant(graft: Element, body: Sequence[Element], random: Random) -> None:
    """Put ``graft`` beside a block of the article, or beside an element around it: mostly after its end."""
    graft.tail = None
    at = random.choice((body[-1], body[-1], random.choice(body), random.choice(body), body[0]))
    place = at
    for _ in range(random.choice((0, 0, 0, 1, 1, 2))):
        around = place.getparent()
        if around is not None and around.getparent() is not None and around.tag not in _STRUCTURE:
            place = around
    if at is body[0]:
        place.addprevious(graft)
    else:
        place.addnext(graft)
