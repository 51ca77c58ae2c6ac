"""Bar charts as SVG."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

OURS = "cleaner"
_ROW, _LABELS, _BAR, _FIGURES, _TOP, _MARGIN = 24, 160, 240, 60, 40, 16
"""Pixels: height of a row; widths of names, of the longest bar and of the figure after it; heading and margin."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart with one bar per name, on a common scale from zero."""

    title: str
    values: Mapping[str, float]
    form: str = "{:.3f}"
    """Format of a value for ``str.format``."""


def draw_bars(panels: Sequence[Panel]) -> str:
    """An SVG image of ``panels`` side by side, shortest bar on top, that of cleaner in another colour."""
    width = _MARGIN + len(panels) * (_LABELS + _BAR + _FIGURES + _MARGIN)
    height = _TOP + _ROW * max(len(panel.values) for panel in panels) + _MARGIN
    body = "".join(
        f'<g transform="translate({_MARGIN + number * (_LABELS + _BAR + _FIGURES + _MARGIN)} 0)">\n{_draw_panel(panel)}</g>\n'
        for number, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="sans-serif" font-size="13">\n<rect width="100%" height="100%" fill="#fff"/>\n{body}</svg>\n'
    )


def _draw_panel(panel: Panel) -> str:
    longest = max(panel.values.values(), default=0.0) or 1.0
    lines = [f'<text y="{_TOP - 16}" font-weight="bold">{html.escape(panel.title)}</text>\n']
    for number, (name, value) in enumerate(sorted(panel.values.items(), key=lambda item: item[1])):
        top, length = _TOP + number * _ROW, value / longest * _BAR
        colour = "#c2410c" if name == OURS else "#94a3b8"
        lines += [
            f'<text x="{_LABELS - 8}" y="{top + 13}" text-anchor="end">{html.escape(name)}</text>\n',
            f'<rect x="{_LABELS}" y="{top}" width="{length:.1f}" height="{_ROW - 6}" fill="{colour}"/>\n',
            f'<text x="{_LABELS + length + 6:.1f}" y="{top + 13}">{panel.form.format(value)}</text>\n',
        ]
    return "".join(lines)
