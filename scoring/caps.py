"""Caps: what is asked for beyond them is cut from the last line backwards, and every line says its share."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from scoring.assessment import Line

ZERO = Decimal(0)


def trim(lines: Sequence[Line], low: Decimal | None, high: Decimal | None, why: str) -> Decimal:
    """Brings the sum of the lines between the two; gives what was cut."""
    total = sum((line.points for line in lines), ZERO)
    excess = total - within(total, low, high)
    left = excess
    for line in reversed(lines):
        if left * line.points > 0:
            away = line.points if abs(line.points) < abs(left) else left
            line.cut(away, why)
            left -= away
    return abs(excess)


def within(value: Decimal, low: Decimal | None, high: Decimal | None) -> Decimal:
    """The value, or the limit that it has passed."""
    if low is not None and value < low:
        return low
    return high if high is not None and value > high else value


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """To the nearest step; halves go up in size."""
    return (value / step).to_integral_value(ROUND_HALF_UP) * step
