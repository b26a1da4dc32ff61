"""What a hall's file says of complaints and call-backs; part of the records in `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

STRICT: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True)
class ComplaintRules:
    """How fast a complaint is passed on, solved and asked after, and how long its words stay."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    pass_on_hours: float = 1.0
    solve_hours: float = 24.0
    solve_major_hours: float = 48.0
    ask_days: float = 7.0
    warn_share: float = 0.25
    per_ticket: int = 3
    per_hour: int = 30
    contact_days: float = 30.0
    keep_days: float = 365.0


@dataclass(frozen=True)
class CallbackRules:
    """How many finished visits a week are drawn and called back, and how long the words stay."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    per_week: int = 5
    keep_days: float = 365.0
