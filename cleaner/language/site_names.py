"""Names of sites: as they are compared, and where a phrase is one."""

from __future__ import annotations

import re
from collections.abc import Collection

_WORD = re.compile(r"\w+")
_MAX_SITE_WORDS = 5
"""Words of the longest phrase that is taken for a site's name."""
_TELLING = 6
"""Characters of a site name that is looked for inside longer names; shorter ones turn up in other words."""
_ROOM = 3
"""How many times as long as a site's name a phrase around it may be: longer ones are headlines that mention it."""


def site_name_key(name: str) -> str:
    """A site's name as it is compared: letters and digits only."""
    return "".join(_WORD.findall(name.casefold())).removeprefix("the")


def is_site_name(text: str, names: Collection[str]) -> bool:
    """Whether ``text`` is a name of the site, or a short phrase around the longest word of its address."""
    own = site_name_key(text)
    if not own or own in names:
        return own in names
    if len(text.split()) > _MAX_SITE_WORDS:
        return False
    return any(len(name) >= _TELLING and name in own and len(own) <= _ROOM * len(name) for name in names)
