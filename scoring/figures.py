"""Figures of reports: computed from counts, never entered; the one list of columns that every view shows."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from scoring.levels import LEVELS, NEGATIVE

By = Literal["hall", "department", "window", "clerk", "service"]
VIEWS: tuple[By, ...] = get_args(By)

Group = Literal["flow", "times", "judged"]
GROUPS: tuple[Group, ...] = get_args(Group)
Value = int | float | None
Values = dict[str, Value]


@dataclass(frozen=True)
class Column:
    """One figure: shares lie between 0 and 1, minutes have a tenth, None is "can't be said"."""

    code: str
    group: Group
    kind: Literal["count", "share", "minutes"]


def _columns(group: Group, **kinds: Literal["count", "share", "minutes"]) -> tuple[Column, ...]:
    return tuple(Column(code, group, kind) for code, kind in kinds.items())


COLUMNS: tuple[Column, ...] = (
    *_columns(
        "flow", received="count", finished="count", finished_rate="share", done="count", at_once="count",
        at_once_rate="share", no_shows="count", abandoned="count", unclosed="count", transferred="count",
    ),
    *_columns(
        "times", waits="count", wait_mean="minutes", wait_p50="minutes", wait_p90="minutes",
        wait_kept="share", service_mean="minutes", service_p50="minutes", service_p90="minutes",
    ),
    *_columns("judged", ratings="count", response_rate="share", positive="share"),
    *(Column(level, "judged", "count") for level in LEVELS),
    *_columns("judged", set_aside="count", complaints="count", overdue="count", limits_kept="share"),
)  # fmt: skip
"""In the order in which they stand on every page and paper."""


@dataclass
class Sums:
    """What is added up of one hall, department, window, clerk or service; times are in seconds, ascending."""

    counts: Counter[str] = field(default_factory=Counter)
    waits: array[float] = field(default_factory=lambda: array("d"))
    services: array[float] = field(default_factory=lambda: array("d"))
    told: bool = True
    """Whether complaints and overdue cases can be told apart here."""


def values_of(sums: Sums) -> Values:
    """Every column's figure."""
    n = sums.counts
    rated = sum(n[level] for level in LEVELS)
    return {
        **{column.code: n[column.code] for column in COLUMNS if column.kind == "count"},
        "finished_rate": share(n["finished"], n["received"]),
        "at_once_rate": share(n["at_once"], n["received"]),
        "waits": len(sums.waits),
        **_spread("wait", sums.waits),
        "wait_kept": share(n["wait_kept"], n["wait_promised"]),
        **_spread("service", sums.services),
        "ratings": rated,
        "response_rate": share(rated, n["finished"]),
        "positive": share(rated - sum(n[level] for level in NEGATIVE), rated),
        **_limits(sums),
    }


def _limits(sums: Sums) -> Values:
    """Nobody says of which service a complaint or an overdue case is: then nothing is said."""
    if not sums.told:
        return {"complaints": None, "overdue": None, "limits_kept": None}
    n = sums.counts
    return {"limits_kept": share(max(0, n["limited"] - n["overdue"]), n["limited"])}


def _spread(name: str, seconds: Sequence[float]) -> Values:
    return {
        f"{name}_mean": minutes(sum(seconds) / len(seconds) if seconds else None),
        f"{name}_p50": minutes(ranked(seconds, 5)),
        f"{name}_p90": minutes(ranked(seconds, 9)),
    }


def ranked(ascending: Sequence[float], tenths: int) -> float | None:
    """The nearest rank: the smallest value that so many tenths of all don't exceed."""
    return ascending[(tenths * len(ascending) + 9) // 10 - 1] if ascending else None


def share(part: int, whole: int) -> float | None:
    """To a hundredth of a per cent; None of nothing."""
    return round(part / whole, 4) if whole else None


def minutes(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 60.0, 1)
