"""Formulas: one plain text of what a page gives as MathML, TeX, markup and picture, often all at once."""

from __future__ import annotations

from collections.abc import Callable

from cleaner.language.characters import normalize_line
from cleaner.page.dom import Element

_MAX_DEPTH = 60
"""Nesting of MathML that is read as structure, below it as plain text: a bound on recursion."""
_SUPERSCRIPTS = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_RAISED, _LOWERED = frozenset("0123456789+-−n"), frozenset("0123456789+-−")
_RELATIONS = frozenset("=≠≈≃≅≡<>≤≥≪≫∼∝→←↔⇒⇐⇔⟹⟺⟶∈∉⊂⊆≔")
# Drawn above or below letters, and their combining forms.
_ACCENTS = {
    **dict.fromkeys("¯‾ˉ_−", "\u0305"), **dict.fromkeys("^ˆ", "\u0302"), **dict.fromkeys("~˜", "\u0303"),
    "˙": "\u0307", "¨": "\u0308", "→": "\u20d7", "⃗": "\u20d7", "ˇ": "\u030c",
}  # fmt: skip
_UNREAD = frozenset({"annotation", "annotation-xml", "mphantom", "none", "mprescripts"})


def read_formula(math: Element) -> str:
    """The text of a ``math`` element on one line: ``x²``, ``a_i``, ``(a + b)/2``; its alternative text if it is empty."""
    return normalize_line(_read(math, 0)) or normalize_line(math.get("alttext") or "")


def find_formula(element: Element) -> str | None:
    """The text of the formula in ``element``, which may contain it in several forms, with a space where one is at its ends.

    None if it has no MathML.
    """
    math = next(element.iter("math"), None)
    if math is None:
        return None
    whole = "".join(element.itertext())
    before, behind = ("" if not whole or end == end.strip() else " " for end in (whole[:1], whole[-1:]))
    return f"{before}{read_formula(math)}{behind}"


def _read(element: Element, depth: int) -> str:  # noqa: PLR0911  a form an element
    tag = str(element.tag)
    if tag in _UNREAD:
        return ""
    if depth > _MAX_DEPTH:
        return "".join(element.itertext())
    if not len(element):
        return _read_token(tag, element.text or "")
    parts = [part for child in element if (part := _read(child, depth + 1))]
    form = _FORMS.get(tag) if element.get("linethickness", "1")[:1] != "0" else None
    if form is not None and len(parts) == form[0]:
        return form[1](*parts)
    if tag == "mtable":
        return "; ".join(parts)
    if tag in ("mtr", "mfrac"):
        return " ".join(parts)
    if tag == "mfenced":
        return f"{element.get('open', '(')}{', '.join(parts)}{element.get('close', ')')}"
    if tag == "msqrt":
        return f"√{_group(''.join(parts))}"
    return "".join(parts)


def _read_token(tag: str, text: str) -> str:
    if tag == "mspace":
        return " "
    if tag == "mtext":
        return " ".join(text.replace("\u00a0", " ").split(" "))
    text = text.strip()
    return f" {text} " if tag == "mo" and text in _RELATIONS else text


def _group(text: str) -> str:
    text = text.strip()
    return (
        text
        if len(text) == 1 or text.isalnum() or (text[:1] == "(" and text.find(")") == len(text) - 1)
        else f"({text})"
    )


def _raise(base: str, power: str) -> str:
    power = power.strip()
    if power in {"′", "″", "'", "*", "∗", "†", "°", "∘"}:
        return base + power
    return base + (power.translate(_SUPERSCRIPTS) if _RAISED.issuperset(power) else f"^{_group(power)}")


def _lower(base: str, index: str) -> str:
    index = index.strip()
    return base + (index.translate(_SUBSCRIPTS) if _LOWERED.issuperset(index) else f"_{_group(index)}")


def _mark(base: str, mark: str) -> str:
    accent = _ACCENTS.get(mark.strip())
    return "".join(letter + accent for letter in base.strip()) if accent else _raise(base, mark)


_FORMS: dict[str, tuple[int, Callable[..., str]]] = {
    "msup": (2, _raise),
    "msub": (2, _lower),
    "msubsup": (3, lambda base, index, power: _raise(_lower(base, index), power)),
    "munder": (2, _lower),
    "mover": (2, _mark),
    "munderover": (3, lambda base, index, power: _raise(_lower(base, index), power)),
    "mfrac": (2, lambda over, under: f"{_group(over)}/{_group(under)}"),
    "mroot": (2, lambda base, index: f"{index.translate(_SUPERSCRIPTS)}√{_group(base)}"),
}
"""How elements with a fixed number of children are written."""
