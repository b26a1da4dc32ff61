"""A dry run: when would these rules have been on, on a day that is over? Read out of the log.

The log says who waited when; the rules are asked, by the very functions that the running hall asks, at every
moment at which an answer can change: when somebody joins or leaves a line, when a wait reaches a limit, when
a time of day comes, when a rule has been on for long enough. What it can't say: a rule that had really been
on would have shortened its line, so the stretches are those of the day as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from queueing.clock import Instant, minutes_between, shifted
from queueing.errors import BadRequest
from queueing.help_rules import Condition, OfLine, OfTime, Rule
from queueing.records import Event, Json, Waiting
from queueing.ruling import day_of, due, hall_now

if TYPE_CHECKING:
    from queueing.hall import Hall

A_MOMENT = 1.0
"""Seconds after a limit is reached at which it is exceeded."""


@dataclass(frozen=True)
class Stretch:
    """A time for which a rule is on, and what was seen as it went on."""

    since: Instant
    until: Instant
    because: list[Json] = field(default_factory=list)

    @property
    def minutes(self) -> float:
        return round(minutes_between(self.since, self.until), 1)

    def plain(self) -> Json:
        named = {"since": self.since, "until": self.until, "minutes": self.minutes}
        return named | {"because": self.because}


@dataclass(frozen=True)
class InLine:
    """One ticket's time in one line."""

    service: str
    joined: Instant
    left: Instant

    @property
    def waited(self) -> float:
        return minutes_between(self.joined, self.left)

    def during(self, stretches: Sequence[Stretch]) -> bool:
        return any(each.since < self.left and self.joined < each.until for each in stretches)


class Replay:
    """One day played again, event by event."""

    def __init__(self, rules: Sequence[Rule], timezone: str, first: Instant, last: Instant) -> None:
        self._rules, self._timezone = rules, timezone
        self._first, self._last = first, last
        self._services = frozenset(service for rule in rules for service in rule.services)
        self._waiting: dict[str, Waiting] = {}
        self._on: dict[str, tuple[Instant, list[Json]]] = {}
        self._moments: list[Instant] = []
        self.stretches: dict[str, list[Stretch]] = {rule.id: [] for rule in rules}
        self.stays: list[InLine] = []
        self._times()

    def play(self, events: Sequence[Event]) -> None:
        """All events of the day in their order; then the day ends."""
        for event in events:
            if event.ticket is not None:
                self._until(event.at)
                self._hear(event)
        self._until(self._last)
        for rule in list(self._on):
            self._off(rule, self._last)
        for key in list(self._waiting):
            self._leave(key, self._last)

    def _times(self) -> None:
        """Times of day that rules name are moments to look."""
        for part in (part for rule in self._rules for part in (*rule.when, *rule.until)):
            for minute in (part.starts, part.ends) if isinstance(part, OfTime) else ():
                self._look_at(shifted(self._first, minutes=minute))

    def _look_at(self, at: Instant) -> None:
        heappush(self._moments, at)

    def _until(self, at: Instant) -> None:
        while self._moments and self._moments[0] <= at:
            self._switch(heappop(self._moments))

    def _hear(self, event: Event) -> None:
        """Where the ticket stands after the event."""
        key, shown = event.ticket or "", event.shown
        self._leave(key, event.at)
        if shown["service"] not in self._services:
            return
        if shown["state"] == "waiting":
            self._waiting[key] = Waiting(
                key, shown["service"], shown["ticket_class"], shown["line_at"], shown["tie"],
                shown["direct_window"], shown.get("not_before"),
            )  # fmt: skip
            for at in self._crossings(self._waiting[key]):
                self._look_at(max(at, event.at))
        self._look_at(event.at)

    def _leave(self, key: str, at: Instant) -> None:
        was = self._waiting.pop(key, None)
        if was is not None:
            self.stays.append(InLine(was.service, min(was.line_at, at), at))

    def _crossings(self, ticket: Waiting) -> Iterator[Instant]:
        """When this ticket's wait reaches a limit of some rule, and when its holder is back."""
        for part in self._limits(ticket.service):
            yield shifted(ticket.line_at, minutes=part.limit, seconds=A_MOMENT)
        if ticket.not_before:
            yield ticket.not_before

    def _limits(self, service: str) -> Iterator[OfLine]:
        for part in (part for rule in self._rules for part in (*rule.when, *rule.until)):
            if is_wait(part, service):
                assert isinstance(part, OfLine)
                yield part

    def _switch(self, at: Instant) -> None:
        now = hall_now(list(self._waiting.values()), at, self._timezone)
        on = {rule: since for rule, (since, _) in self._on.items()}
        for switch in due(self._rules, on, now, at):
            if switch.on:
                self._on[switch.rule] = (at, switch.because)
                self._look_at(shifted(at, minutes=self._at_least(switch.rule)))
            else:
                self._off(switch.rule, at)

    def _at_least(self, rule: str) -> float:
        return next(each.line.at_least_minutes for each in self._rules if each.id == rule)

    def _off(self, rule: str, at: Instant) -> None:
        since, because = self._on.pop(rule)
        self.stretches[rule].append(Stretch(since, at, because))


def is_wait(part: Condition, service: str) -> bool:
    return isinstance(part, OfLine) and part.what == "wait" and part.service == service


def tried(hall: Hall, day: str) -> list[Json]:
    """A day of the hall's log; one that still runs goes until now. BadRequest for no day at all."""
    zone = hall.house.hall.timezone
    try:
        first, end = day_of(day, zone)
    except ValueError:
        raise BadRequest(message=f"{day!r} is no day.") from None
    last = max(first, min(end, hall.now()))
    events = hall.store.look(lambda desk: desk.events_between(first, last))
    return dry_run(list(hall.ruling.rules.values()), events, zone, first, last)


def dry_run(
    rules: Sequence[Rule], events: Sequence[Event], timezone: str, first: Instant, last: Instant
) -> list[Json]:
    """Per rule: when it would have been on, whom that met, and what the rule did if it existed then."""
    replay = Replay(rules, timezone, first, last)
    replay.play(events)
    return [told(rule, replay, events, last) for rule in rules]


def told(rule: Rule, replay: Replay, events: Sequence[Event], last: Instant) -> Json:
    would, was = replay.stretches[rule.id], really_on(rule.id, events, last)
    lines = {"rule": rule.id, "when": rule.line.when, "then": rule.line.then, "until": rule.line.until}
    return lines | {
        "would": [each.plain() for each in would],
        "would_minutes": round(sum(each.minutes for each in would), 1),
        "lines": [of_line(part, replay.stays, would) for part in rule.when if isinstance(part, OfLine)],
        "was": [each.plain() for each in was],
        "was_minutes": round(sum(each.minutes for each in was), 1),
        "helped": helped(rule, events, was),
    }


def of_line(part: OfLine, stays: Sequence[InLine], would: Sequence[Stretch]) -> Json:
    """Who stood in the line while the rule would have been on, and how many of them longer than the limit."""
    met = [stay for stay in stays if stay.service == part.service and stay.during(would)]
    over = sum(stay.waited > part.limit for stay in met) if part.what == "wait" else None
    longest = max((stay.waited for stay in met), default=0.0)
    return {"service": part.service, "waited": len(met), "longer": over, "longest": round(longest, 1)}


def really_on(rule: str, events: Sequence[Event], last: Instant) -> list[Stretch]:
    """When the log says that it was on."""
    found: list[Stretch] = []
    since: Event | None = None
    for event in events:
        if event.after.get("rule") != rule:
            continue
        if event.action == "rule_on":
            since = event
        elif event.action == "rule_off" and since is not None:
            found.append(Stretch(since.at, event.at, since.after["because"]))
            since = None
    return [*found, Stretch(since.at, last, since.after["because"])] if since else found


def helped(rule: Rule, events: Sequence[Event], was: Sequence[Stretch]) -> int:
    """How many calls the helping windows made of what they helped with, while it was on."""
    helpers = rule.helpers
    return sum(
        event.action == "call"
        and event.shown["service"] in helpers.get(event.window or "", ())
        and any(each.since <= event.at <= each.until for each in was)
        for event in events
        if event.ticket is not None
    )
