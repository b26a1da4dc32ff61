"""The rules of a scheme beside its items: verdicts, levels, grades, bars, winners, ties, years."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Literal

from queueing.house import STRICT, Text

Stretch = Literal["month", "quarter", "year"]


@dataclass(frozen=True)
class Verdict:
    """An overall verdict (综合反映) and the points it gives; reached from `at_least` upwards."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    code: Literal["good", "fairly_good", "average", "poor"]
    name: Text
    at_least: Decimal
    points: Decimal


@dataclass(frozen=True)
class RatingRule:
    """How a period's ratings become one verdict: by share positive (0 to 1) or mean level (1 to 5)."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    measure: Literal["positive", "mean_level"]
    fewest: int
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True)
class LevelPoints:
    """What each of the five national levels is worth, for items that are measured by it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    very_satisfied: Decimal
    satisfied: Decimal
    fairly_satisfied: Decimal
    dissatisfied: Decimal
    very_dissatisfied: Decimal


@dataclass(frozen=True)
class Grade:
    """A grade and the score from which it is given."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    code: str
    name: Text
    at_least: Decimal


@dataclass(frozen=True)
class Bar:
    """What keeps from the awards of a month, quarter or year: so many facts of these items or kinds in it."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    code: str
    name: Text
    bars: Stretch
    items: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    at_least: Decimal | None = None
    more_than: Decimal | None = None

    def reached(self, amount: Decimal) -> bool:
        enough = self.at_least is not None and amount >= self.at_least
        return enough or (self.more_than is not None and amount > self.more_than)


@dataclass(frozen=True)
class Conversion:
    """Every so many times of some items make another one, beside what they cost themselves."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    items: tuple[str, ...]
    every: Decimal
    becomes: str
    times: Decimal


@dataclass(frozen=True)
class TakingPart:
    """Months of continuous work without which nobody takes part."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    month: int = 0
    quarter: int = 0
    year: int = 0


@dataclass(frozen=True)
class Winners:
    """How many are named for a month, a quarter and a year; 0: none."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    month: int = 0
    quarter: int = 0
    year: int = 0
    only_passing: bool = False


@dataclass(frozen=True)
class RankingRule:
    """What decides among equal scores, one after the other; who is equal in all shares the place."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    ties: tuple[Literal["share_positive", "fewer_deductions", "more_bonus", "more_ratings"], ...] = (
        "share_positive",
        "fewer_deductions",
    )


@dataclass(frozen=True)
class AnnualRule:
    """How months make a year: the mean of what they are without bonus and malus, those of the year once.

    Or, of scores: the mean of the months' whole scores, and nothing on top. Or, of facts: all that happened
    in the year is assessed at once, as if it were one long month.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    of: Literal["months", "scores", "facts"] = "months"
    bonus: Literal["once", "none"] = "once"
    caps: Literal["year", "month"] = "year"
