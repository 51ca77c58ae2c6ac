"""Names of sites: their form for comparison, and recognition of phrases that are one."""

from __future__ import annotations

import re
from collections.abc import Collection

_WORD = re.compile(r"\w+")
# Numbers of this module were chosen by reading pages; not measured.
_MAX_SITE_WORDS = 5
"""Words of a phrase that may be a site's name."""
_MIN_CONTAINED_CHARS = 6
"""Characters of a site name that is searched for inside phrases; shorter ones appear in other words."""
_MAX_LENGTH_RATIO = 2
"""Length of a phrase around a site's name, in lengths of the name; longer phrases are headlines that mention it."""


def site_name_key(name: str) -> str:
    """A site's name for comparison: case-folded letters and digits, without "the" at its start."""
    return "".join(_WORD.findall(name.casefold())).removeprefix("the")


def is_site_name(text: str, names: Collection[str]) -> bool:
    """Whether ``text`` is one of the site's ``names`` (keys), or a short phrase that contains a long one of them."""
    key = site_name_key(text)
    if not key or key in names:
        return key in names
    if len(text.split()) > _MAX_SITE_WORDS:
        return False
    return any(
        len(name) >= _MIN_CONTAINED_CHARS and name in key and len(key) <= _MAX_LENGTH_RATIO * len(name)
        for name in names
    )
