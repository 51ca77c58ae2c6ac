"""CSS selectors for the elements around blocks, derived from the blocks' paths."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAMES = re.compile(r"([#.])([^#.]+)")
_STABLE_NAME = re.compile(r"[a-z][a-z_-]{2,}", re.IGNORECASE)
"""A name that other pages have too: one with digits is the number of a page or made by a build tool."""
_PLAIN_TAG = re.compile(r"[a-z][a-z0-9-]*")
"""A tag that CSS can name: that of `<fb:like>` would be read as a pseudo-class."""
_PAGE_ELEMENTS = ("html", "body")


def list_selectors(path: str) -> Iterator[str]:
    """Yield a selector for each stable id and class on ``path``, from the outermost element to the innermost.

    >>> list(list_selectors("html/body.home/div#main.col-8/p.byline"))
    ['div#main', 'p.byline']
    """
    for step in path.split("/"):
        tag = step.partition("#")[0].partition(".")[0]
        if _PLAIN_TAG.fullmatch(tag) and tag not in _PAGE_ELEMENTS:
            yield from (f"{tag}{mark}{name}" for mark, name in _NAMES.findall(step) if _STABLE_NAME.fullmatch(name))
