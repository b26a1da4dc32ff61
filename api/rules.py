"""Rules by time and line: how they stand, off for today and back, and what they would have done on a day."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from api.blueprint import blueprint
from api.shapes import Instant, Words
from queueing.rule_replay import tried
from web.context import here, the_hall
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, Nothing, endpoint

DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


class RuleNow(Answer):
    """A rule: its lines, how it stands, and what is or was seen of its conditions."""

    rule: str
    name: Words | None
    when: str
    then: str
    until: str
    state: Literal["on", "waiting", "off_today"]
    since: Instant | None
    because: list[dict[str, Any]] = Field(description="Ids and figures; of a rule that waits, those of now")


class RulesNow(Answer):
    """All rules in the order of the hall's file."""

    rules: list[RuleNow]


class RuleStretch(Answer):
    """A time for which a rule is on."""

    since: Instant
    until: Instant
    minutes: float
    because: list[dict[str, Any]]


class RuleLineMet(Answer):
    """Who stood in a line that the rule looks at, while it would have been on."""

    service: str
    waited: int
    longer: int | None = Field(description="How many of them longer than the limit")
    longest: float


class RuleTried(Answer):
    """What a rule would have done on the day, and what it did if it was there then."""

    rule: str
    when: str
    then: str
    until: str
    would: list[RuleStretch]
    would_minutes: float
    lines: list[RuleLineMet]
    was: list[RuleStretch]
    was_minutes: float
    helped: int = Field(description="Calls that the helping windows made of what they helped with")


class RulesTried(Answer):
    """A day, replayed out of the log."""

    day: str
    rules: list[RuleTried]


class TriedOn(Body):
    """Which day; today until now."""

    day: str = Field(pattern=DAY)


class Switched(Answer):
    """The event that recorded it."""

    seq: int


@endpoint(blueprint, "GET", "/rules", gives=RulesNow)
def rules() -> Answered:
    """How the hall's rules by time and line stand now."""
    hall = the_hall()
    return {"rules": hall.store.look(lambda desk: hall.ruling.picture(desk, hall.now()))}


@endpoint(blueprint, "GET", "/rules/dry_run", gives=RulesTried, query=TriedOn, refuses=("bad_request",))
def try_rules(query: TriedOn) -> Answered:
    """When the rules would have been on that day, out of the log."""
    hall = the_hall()
    return {"day": query.day, "rules": here().in_thread(lambda: tried(hall, query.day))}


@endpoint(
    blueprint, "POST", "/rules/<rule>/off", takes=Nothing, gives=Switched, refuses=("unknown_rule",)
)  # fmt: skip
def switch_rule_off(rule: str, body: Nothing) -> Answered:
    """Off for the rest of the day."""
    return the_hall().ruling.switch_off(rule=rule, by=the_press())


@endpoint(
    blueprint, "POST", "/rules/<rule>/on", takes=Nothing, gives=Switched, refuses=("unknown_rule",)
)  # fmt: skip
def let_rule_work(rule: str, body: Nothing) -> Answered:
    """A rule that was switched off may work again."""
    return the_hall().ruling.switch_back(rule=rule, by=the_press())
