"""What a hall's file says of ratings and their reasons; part of the records in `queueing.house`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from queueing.text import STRICT, Text


@dataclass(frozen=True)
class Reason:
    """A coded reason for a rating; the first digit of a national code names its level."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    code: str
    name: Text


@dataclass(frozen=True)
class RatingRules:
    """How a served person is asked."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    pad_seconds: float = 30.0
    answer_seconds: float = 120.0
    phone_days: float = 7.0
    clerk_batch: int = 5
    fewest: int = 10
    flag_at_once_seconds: float = 1.0
    flag_run_of_best: int = 20
    flag_same_timing: int = 6
    flag_short_service_seconds: float = 15.0
    reasons: tuple[Reason, ...] = ()
