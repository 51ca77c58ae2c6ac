"""Selectors of the elements around marked blocks, at several widths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleaner.ruletools.learn.selectors import list_selectors

MAX_SELECTORS = 24
"""Selectors that are tried for one mark; chosen so that 50 pages take less than a second."""
_PLAIN_TAG = re.compile(r"[a-z][a-z0-9]*")
_PAGE_ELEMENTS = frozenset({"html", "body"})


def list_widening_selectors(paths: Sequence[str]) -> list[str]:
    """Return selectors that fit the blocks at all ``paths``, from the innermost element outwards.

    An element without a stable name of its own is described inside the nearest element that has one.

    >>> list_widening_selectors(["html/body/div#main/aside.teaser/p", "html/body/div#main/aside.teaser/p"])
    ['aside.teaser p', 'div#main p', 'aside.teaser', 'div#main']
    """
    found = [list(dict.fromkeys(_list_for_path(path))) for path in paths if path]
    if not found or len(found) < len(paths):
        return []
    others = [set(selectors) for selectors in found[1:]]
    return [one for one in found[0] if all(one in other for other in others)][:MAX_SELECTORS]


def _list_for_path(path: str) -> Iterator[str]:
    steps = path.split("/")
    named = [list(list_selectors(step)) for step in steps]
    innermost = steps[-1].partition("#")[0].partition(".")[0]
    around = [name for names in reversed(named[:-1]) for name in names]
    if _PLAIN_TAG.fullmatch(innermost) and innermost not in _PAGE_ELEMENTS:
        yield from (f"{name} {innermost}" for name in around[:3] if not named[-1])
    if len(named[-1]) > 1:
        tag, names = innermost, [name.removeprefix(innermost) for name in named[-1]]
        yield tag + "".join(names)
    yield from (f"{around[0]} {name}" for name in named[-1] if around)
    for names in reversed(named):
        yield from names
