"""Rules by time of day and by length of line: what they look at, what they change, and when they are on.

    when = "wait of residence-permit exceeds 30 min"
    then = "windows 5, 6 help with residence-permit after 5 min"
    until = "wait of residence-permit is below 15 min"

The lines are read by `queueing.rule_grammar`; here is what they mean. Everything is a pure function over
one look at the hall, so the running hall and a dry run over a past day can't differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from queueing.clock import Instant
from queueing.records import Json
from queueing.text import STRICT, Text

AT_LEAST_MINUTES = 5.0


@dataclass(frozen=True)
class RuleLine:
    """A rule as the hall's file writes it. Without `until` it ends when `when` holds no longer."""

    __pydantic_config__: ClassVar[dict[str, Any]] = STRICT
    when: str
    then: str
    until: str = ""
    id: str = ""
    name: Text | None = None
    at_least_minutes: float = AT_LEAST_MINUTES


@dataclass(frozen=True)
class HallNow:
    """All that rules look at: per service how many wait and the longest wait so far in minutes; the wall.

    `minute` is the minute of the hall's day, `weekday` one of mon to sun.
    """

    waiting: Mapping[str, int]
    longest: Mapping[str, float]
    minute: float
    weekday: str


@dataclass(frozen=True)
class OfLine:
    """How long a line is: minutes that its longest waiting has waited, or people in it."""

    what: Literal["wait", "line"]
    service: str
    above: bool
    limit: float

    def now(self, hall: HallNow) -> float:
        found = hall.longest if self.what == "wait" else hall.waiting
        return float(found.get(self.service, 0.0))

    def holds(self, hall: HallNow) -> bool:
        return self.now(hall) > self.limit if self.above else self.now(hall) < self.limit

    def seen(self, hall: HallNow) -> Json:
        """Why it holds or doesn't, for the log: ids and figures."""
        named = {"what": self.what, "service": self.service, "above": self.above, "limit": self.limit}
        return named | {"now": round(self.now(hall), 1)}


@dataclass(frozen=True)
class OfTime:
    """A stretch of the day, in minutes since midnight; its last minute is no longer in it."""

    starts: int
    ends: int

    def holds(self, hall: HallNow) -> bool:
        return self.starts <= hall.minute < self.ends

    def seen(self, hall: HallNow) -> Json:
        return {"what": "time", "starts": self.starts, "ends": self.ends}


@dataclass(frozen=True)
class OfDay:
    """Some days of the week."""

    days: tuple[str, ...]

    def holds(self, hall: HallNow) -> bool:
        return hall.weekday in self.days

    def seen(self, hall: HallNow) -> Json:
        return {"what": "day", "days": list(self.days)}


Condition = OfLine | OfTime | OfDay


@dataclass(frozen=True)
class Helping:
    """These windows take that service too, with that reluctance in minutes."""

    windows: tuple[str, ...]
    service: str
    reluctance: float = 0.0


@dataclass(frozen=True)
class ClassFigure:
    """A class has another figure in the turn rule."""

    ticket_class: str
    figure: Literal["head_start", "rate"]
    value: float


@dataclass(frozen=True)
class NoNumbers:
    """A service gives no numbers; who has one is served."""

    service: str


Effect = Helping | ClassFigure | NoNumbers


@dataclass(frozen=True)
class Rule:
    """A rule as it is understood; `effect` is its line, by which the log knows what held."""

    id: str
    when: tuple[Condition, ...]
    then: tuple[Effect, ...]
    until: tuple[Condition, ...]
    line: RuleLine

    @property
    def effect(self) -> str:
        return self.line.then

    @property
    def services(self) -> frozenset[str]:
        """Every service that its conditions look at."""
        return frozenset(each.service for each in (*self.when, *self.until) if isinstance(each, OfLine))

    @property
    def helpers(self) -> dict[str, tuple[str, ...]]:
        """Per window that helps: the services that it helps with."""
        found: dict[str, tuple[str, ...]] = {}
        for effect in (each for each in self.then if isinstance(each, Helping)):
            for window in effect.windows:
                found[window] = (*found.get(window, ()), effect.service)
        return found


@dataclass(frozen=True)
class InForce:
    """A rule that is on: since when, and what was seen that switched it on."""

    rule: str
    effect: str
    since: Instant
    because: list[Json] = field(default_factory=list)


def holds(conditions: tuple[Condition, ...], hall: HallNow) -> bool:
    """Whether all of them hold; of none at all nothing does."""
    return bool(conditions) and all(each.holds(hall) for each in conditions)


def is_wanted(rule: Rule, hall: HallNow, on_for: float | None) -> bool:
    """Whether the rule should be on. `on_for`: the minutes that it has been, None while it is off."""
    if on_for is None:
        return holds(rule.when, hall)
    if on_for < rule.line.at_least_minutes:
        return True
    return not holds(rule.until, hall) if rule.until else holds(rule.when, hall)


def seen(conditions: tuple[Condition, ...], hall: HallNow) -> list[Json]:
    """What was seen of them, for the log."""
    return [each.seen(hall) for each in conditions]
