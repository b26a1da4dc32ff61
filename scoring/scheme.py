"""An assessment scheme as data: what the file in `schemes/` says, and nothing that it doesn't.

docs/schemes.md explains every key; settings/schemes.py reads and checks the files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal

from queueing.house import STRICT, Text
from scoring.scheme_rules import (
    AnnualRule,
    Bar,
    Conversion,
    Grade,
    LevelPoints,
    RankingRule,
    RatingRule,
    TakingPart,
    Winners,
)
from scoring.scheme_rules import Verdict as Verdict

Subject = Literal["window", "clerk"]
Per = Literal[
    "time",
    "person",
    "case",
    "day",
    "half_day",
    "percentage_point",
    "score",
    "share_positive",
    "level_points",
]
MEASURES: frozenset[str] = frozenset({"score", "share_positive", "level_points"})
"""Items that measure the score of their part instead of adding to it or taking from it."""
BONUS, MALUS = "bonus", "malus"
ON_TOP = (BONUS, MALUS)
"""Instead of a part: what comes on top of all parts and knows no part's limits."""
ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True)
class Part:
    """A part of the score; deductions in it stop at its floor, additions at its maximum."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    code: str
    name: Text
    maximum: Decimal | None = None
    floor: Decimal = ZERO
    weight: Decimal | None = None


@dataclass(frozen=True)
class Group:
    """Items that together give or take at most so much."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    code: str
    name: Text
    at_most: Decimal


@dataclass(frozen=True)
class Item:
    """One figure of the rules: what it is for, its points, how often and up to where they count.

    With `up_to`, whoever enters a fact chooses points between `points`, the mildest, and `up_to`. `counts`
    names the kinds of facts that count beside those entered by the item's code; `rated:dissatisfied` is
    narrower than `rated`.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    code: str
    part: str
    text: Text
    points: Decimal = ZERO
    up_to: Decimal | None = None
    how: Literal["each", "once"] = "each"
    per: Per = "time"
    cap: Decimal | None = None
    group: str = ""
    counts: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    more_than: Decimal | None = None
    over: Decimal | None = None
    target: Decimal = HUNDRED
    fewest: int = 1

    @property
    def measures(self) -> bool:
        return self.per in MEASURES


@dataclass(frozen=True)
class Scheme:
    """One version of one scheme."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    id: str
    version: int
    valid_from: date
    subject: Subject
    name: Text
    source: str
    base: Decimal
    floor: Decimal | None = None
    ceiling: Decimal | None = None
    round_to: Decimal = Decimal("0.01")
    passing: Decimal | None = None
    parts: tuple[Part, ...] = ()
    groups: tuple[Group, ...] = ()
    items: tuple[Item, ...] = ()
    rating: RatingRule | None = None
    second_rating: Literal["beside", "instead"] = "beside"
    levels: LevelPoints | None = None
    grades: tuple[Grade, ...] = ()
    bars: tuple[Bar, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    taking_part: TakingPart = field(default_factory=TakingPart)
    winners: Winners = field(default_factory=Winners)
    ranking: RankingRule = field(default_factory=RankingRule)
    annual: AnnualRule = field(default_factory=AnnualRule)

    def item(self, code: str) -> Item | None:
        return next((each for each in self.items if each.code == code), None)

    def part(self, code: str) -> Part | None:
        return next((each for each in self.parts if each.code == code), None)
