"""What a hall's file says of reports: when they are written, and from when on a figure is pointed out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

Every = Literal["week", "month", "quarter", "year"]


@dataclass(frozen=True)
class ReportRules:
    """Figures that can't be right are pointed out and left in; a limit of 0 points nothing out."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}
    write: tuple[Every, ...] = ("week", "month", "quarter", "year")
    keep_days: float = 1100.0
    pile_visits: int = 5
    pile_seconds: float = 30.0
    quiet_minutes: float = 60.0
    together_visits: int = 3
    together_seconds: float = 30.0
    short_seconds: float = 15.0
    long_minutes: float = 120.0
    behind_sign_minutes: float = 10.0
    many_times: float = 5.0
    jump_times: float = 10.0
    jump_least: int = 20
