"""What the classes of an element say of how it is read: for screen readers, beside code, as a formula, as a first letter."""

from __future__ import annotations

from functools import lru_cache

from cleaner import data
from cleaner.data.markup_types import UnseenText
from cleaner.page.dom import Element

_CLASSES = data.load_data(UnseenText).classes
# What a class says of its element, as bits: a list of the data file each. Enumerations would take most of the time here.
_LISTS = (
    "screen_reader", "tooltip", "gutter", "back_link", "edit_link", "drop_cap", "formula", "formula_preview", "formula_picture",
    "block", "code",
)  # fmt: skip
(
    SCREEN_READER, TOOLTIP, GUTTER, BACK_LINK, EDIT_LINK, DROP_CAP, FORMULA, FORMULA_PREVIEW, FORMULA_PICTURE, BLOCK, CODE,
) = (1 << number for number in range(len(_LISTS)))  # fmt: skip
UNSEEN = SCREEN_READER | TOOLTIP
_BITS = {end: 1 << number for number, name in enumerate(_LISTS) for end in getattr(_CLASSES, name)}
_ENDS = {end.replace(" ", ""): bit for end, bit in _BITS.items()}
_SIZES = sorted(set(map(len, _ENDS)), reverse=True)
# Most classes end with none of these; a fast test before the others.
_LAST_LETTERS = 4
_LAST = frozenset(end.replace(" ", gap)[-_LAST_LETTERS:] for end in _BITS for gap in ("", "-", "_"))


def classify_element(element: Element) -> int:
    """What the classes of ``element`` say of it, for the functions below; 0 is nothing."""
    class_names = element.get("class")
    return classify_names(class_names) if class_names else 0


@lru_cache(maxsize=16384)
def classify_names(class_names: str) -> int:
    """The same, by the value of its ``class``."""
    found = 0
    for name in class_names.split():
        if name == "block":  # of Tailwind; at the end of other names it is a block of BEM, or "inline-block"
            found |= BLOCK
        elif name[-_LAST_LETTERS:].lower() in _LAST or "__" in name:
            found |= _classify_name(name)
    return found


@lru_cache(maxsize=16384)
def _classify_name(whole: str) -> int:
    """What a class says: the list that has the longest of its ends; what tools add behind two underscores is no part of it."""
    for name in (whole, whole.rpartition("__")[0]):
        if name[-_LAST_LETTERS:].lower() not in _LAST:
            continue
        parts = name.replace("_", "-").split("-")
        letters = "".join(parts).lower()
        for size in _SIZES:
            listed = _ENDS.get(letters[-size:]) if size <= len(letters) else None
            if listed is not None and _begins_word(parts, size):
                return listed
    return 0


def _begins_word(parts: list[str], size: int) -> bool:
    """Whether the last ``size`` letters of a name of several ``parts`` begin with a part, or with a capital."""
    for part in reversed(parts):
        if size <= len(part):
            return size == len(part) or (part[-size].isupper() and part[-size - 1].islower())
        size -= len(part)
    return False
