"""How elements are read when a page is cut into blocks, by their tags."""

from __future__ import annotations

from cleaner.model import Role

# Never shown as text by any browser; or shown above the text, as the pronunciation of a word in East Asian scripts (rt,
# and the brackets around it, rp): within the line it would split the word it belongs to.
NEVER_TEXT = frozenset("head script style template svg iframe canvas map datalist rp rt rtc".split())
# Shown only by browsers that cannot show something else instead.
FALLBACK_TAGS = frozenset("noscript object video audio noframes".split())
ROLES: dict[object, Role] = {
    **dict.fromkeys("h1 h2 h3 h4 h5 h6".split(), Role.HEADING),
    **dict.fromkeys("li dt dd".split(), Role.LIST_ITEM),
    **dict.fromkeys("figcaption caption".split(), Role.CAPTION),
    **dict.fromkeys("button select option optgroup textarea".split(), Role.CONTROL),
    "blockquote": Role.QUOTE,
    "pre": Role.CODE,
    "tr": Role.TABLE,
}
BLOCK_TAGS: frozenset[str] = frozenset(map(str, ROLES)) | frozenset(
    "address article aside body center details dialog dir div dl fieldset figure footer form frameset header hgroup hr "
    "html legend main menu nav ol p search section summary table tbody td tfoot th thead ul".split()
)
BLOCK, FALLBACK, SKIPPED, BREAK = range(4)
KINDS: dict[object, int] = {
    **dict.fromkeys(BLOCK_TAGS, BLOCK),
    **dict.fromkeys(FALLBACK_TAGS, FALLBACK),
    **dict.fromkeys(NEVER_TEXT, SKIPPED),
    "br": BREAK,
}
"""How an element is read; one that is not listed is part of the text around it."""
