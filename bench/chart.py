"""Charts as SVG: bars, and curves on logarithmic scales."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

OURS = "cleaner"
_ROW, _LABELS, _BAR, _FIGURES, _TOP, _MARGIN = 24, 160, 240, 60, 40, 16
"""Pixels: height of a row; widths of names, of the longest bar and of the figure after it; heading and margin."""
_CHART, _AXIS = 240, 64
"""Pixels: sides of a chart of curves, and the names of its powers."""
_CURVES = ("#c2410c", "#64748b")
"""Colours."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart with one bar per name, on a common scale from zero."""

    title: str
    values: Mapping[str, float]
    form: str = "{:.3f}"
    """Format of a value for ``str.format``."""


@dataclass(frozen=True, slots=True)
class Curves:
    """A chart with one curve per name, both scales logarithmic."""

    title: str
    x_name: str
    y_name: str
    lines: Mapping[str, Sequence[tuple[float, float]]]
    """Points, all above zero."""


def draw_curves(charts: Sequence[Curves]) -> str:
    """An SVG image of ``charts`` side by side, with a line at every power of ten."""
    body = "".join(
        f'<g transform="translate({_MARGIN + number * (_CHART + _AXIS + _MARGIN) + _AXIS} {_TOP})">\n{_draw_curves(chart)}</g>\n'
        for number, chart in enumerate(charts)
    )
    return _draw_image(2 * _MARGIN + len(charts) * (_CHART + _AXIS + _MARGIN), _TOP + _CHART + 3 * _MARGIN, body)


def _draw_curves(chart: Curves) -> str:
    points = [point for line in chart.lines.values() for point in line]
    x_range, y_range = (_fit_powers([point[axis] for point in points]) for axis in (0, 1))
    parts = [f'<text y="-16" font-weight="bold">{html.escape(chart.title)}</text>\n']
    for power in range(x_range[0], x_range[1] + 1):
        at = _place(10.0**power, x_range)
        parts.append(f'<path d="M{at:.1f} 0V{_CHART}" stroke="#e2e8f0"/>\n')
        parts.append(f'<text x="{at:.1f}" y="{_CHART + 18}" text-anchor="middle">{_format_power(power)}</text>\n')
    for power in range(y_range[0], y_range[1] + 1):
        at = _CHART - _place(10.0**power, y_range)
        parts.append(f'<path d="M0 {at:.1f}H{_CHART}" stroke="#e2e8f0"/>\n')
        parts.append(f'<text x="-8" y="{at + 4:.1f}" text-anchor="end">{_format_power(power)} {chart.y_name}</text>\n')
    parts.append(f'<text x="{_CHART / 2}" y="{_CHART + 36}" text-anchor="middle">{html.escape(chart.x_name)}</text>\n')
    for number, (name, line) in enumerate(chart.lines.items()):
        colour = _CURVES[number % len(_CURVES)]
        path = " ".join(f"{_place(x, x_range):.1f},{_CHART - _place(y, y_range):.1f}" for x, y in line)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>\n')
        parts.append(f'<text x="8" y="{16 + 18 * number}" fill="{colour}">{html.escape(name)}</text>\n')
    return "".join(parts)


def _fit_powers(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten around ``values``."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _place(value: float, powers: tuple[int, int]) -> float:
    return (math.log10(value) - powers[0]) / (powers[1] - powers[0]) * _CHART


def _format_power(power: int) -> str:
    """A power of ten, short enough to be beside the next.

    >>> [_format_power(power) for power in (-2, 0, 4, 6)]
    ['0.01', '1', '10 k', '1 M']
    """
    if power < 0:
        return f"{10.0**power:.{-power}f}"
    thousands, rest = divmod(power, 3)
    return f"{10**rest} {'kMG'[thousands - 1]}" if thousands else str(10**rest)


def draw_bars(panels: Sequence[Panel]) -> str:
    """An SVG image of ``panels`` side by side, shortest bar on top, that of cleaner in another colour."""
    width = _MARGIN + len(panels) * (_LABELS + _BAR + _FIGURES + _MARGIN)
    height = _TOP + _ROW * max(len(panel.values) for panel in panels) + _MARGIN
    body = "".join(
        f'<g transform="translate({_MARGIN + number * (_LABELS + _BAR + _FIGURES + _MARGIN)} 0)">\n{_draw_panel(panel)}</g>\n'
        for number, panel in enumerate(panels)
    )
    return _draw_image(width, height, body)


def _draw_image(width: int, height: int, body: str) -> str:
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
