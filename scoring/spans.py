"""Stretches of time as sets: put together, taken from each other, measured."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

Span = tuple[datetime, datetime]
"""From then up to then, the end not included."""


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time without overlaps, in order; empty ones fall away."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if begins >= ends:
            continue
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


def within(spans: Iterable[Span], frame: Span) -> list[Span]:
    """What lies in the frame."""
    return merged((max(begins, frame[0]), min(ends, frame[1])) for begins, ends in spans)


def without(frame: Span, spans: Iterable[Span]) -> list[Span]:
    """What is left of the frame."""
    left, at = [], frame[0]
    for begins, ends in within(spans, frame):
        left.append((at, begins))
        at = ends
    return merged([*left, (at, frame[1])])


def minutes(spans: Iterable[Span]) -> float:
    """How long they are together; they mustn't overlap."""
    return sum((ends - begins).total_seconds() for begins, ends in spans) / 60.0


def shared(spans: Iterable[Span]) -> list[Span]:
    """The time that at least two of them have in common."""
    found: list[Span] = []
    edges = sorted(edge for begins, ends in spans if begins < ends for edge in ((begins, 1), (ends, -1)))
    inside = 0
    for (at, step), (following, _) in pairwise(edges):
        inside += step
        if inside >= 2:
            found.append((at, following))
    return merged(found)
