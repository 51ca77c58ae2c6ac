"""Raised and lowered digits, and plain forms of superscripts that have no characters of their own."""

from __future__ import annotations

_PLAIN = "0123456789+-=()"
_RAISED, _LOWERED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎"
_RAISE = str.maketrans({**dict(zip(_PLAIN, _RAISED, strict=True)), "−": "⁻", "–": "⁻"})
_LOWER = str.maketrans({**dict(zip(_PLAIN, _LOWERED, strict=True)), "−": "₋", "–": "₋"})
_RESTORE = str.maketrans(_RAISED + _LOWERED, _PLAIN * 2)


def raise_digits(text: str) -> str:
    """``text`` with raised digits, signs and brackets."""
    return text.translate(_RAISE)


def lower_digits(text: str) -> str:
    """``text`` with lowered digits, signs and brackets."""
    return text.translate(_LOWER)


def write_power(text: str) -> str:
    """A superscript without characters of its own: ``^n``, or ``^(n+1)``."""
    return f"^{text}" if text.isalnum() else f"^({text})"


def restore_script(text: str) -> str:
    """The text of a superscript or subscript element from its form in the line.

    >>> restore_script("⁶"), restore_script("^(n+1)"), restore_script("th")
    ('6', 'n+1', 'th')
    """
    if text.startswith("^"):
        return text[2:-1] if text.startswith("^(") else text[1:]
    return text.translate(_RESTORE)
