"""An assessment scheme as data: what the file in `schemes/` says, and nothing that it doesn't."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from queueing.house import STRICT, Text


@dataclass(frozen=True)
class Verdict:
    """An overall verdict (综合反映) and the points it gives; reached from `at_least` upwards."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    code: Literal["good", "fairly_good", "average", "poor"]
    name: Text
    at_least: float
    points: float


@dataclass(frozen=True)
class RatingRule:
    """How a period's ratings become one verdict: by share positive (0 to 1) or mean level (1 to 5)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    measure: Literal["positive", "mean_level"]
    fewest: int
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class Scheme:
    """One scheme: where scores start, how far they go, what the ratings add."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    version: int
    name: Text
    source: str
    base: float
    floor: float
    ceiling: float
    rating: RatingRule
