"""The hall's own hand: switches rules on and off by what it sees, and writes down why.

Which rules are on is the hall's state, kept and recorded like any other: an event `rule_on` or `rule_off`
by the hall itself, with what was seen. So a press, an estimate and a receipt always know which held. A
supervisor may switch a rule off for the day. Each business day begins with none on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from queueing.change import Change
from queueing.clock import Instant, business_day, day_written, instant, local, minutes_between
from queueing.errors import HallError
from queueing.help_rules import HallNow, InForce, Rule, is_wanted, seen
from queueing.hours import WEEKDAYS
from queueing.plan import Plan
from queueing.records import Event, Json, Press, Waiting
from queueing.rule_grammar import rules_of
from queueing.store import Desk
from queueing.views import spoken

if TYPE_CHECKING:
    from queueing.hall import Hall

ITSELF = Press(actor="hall")
RULE_NOTES = ("rule_on", "rule_off")


class UnknownRule(HallError):
    code = "unknown_rule"
    sentence = "This hall has no rule {rule!r}."


class Switch(NamedTuple):
    """A rule that has to be switched, and what was seen."""

    rule: str
    effect: str
    on: bool
    because: list[Json]


class Ruling:
    """The rules of one hall at work."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self.rules = {rule.id: rule for rule in rules_of(hall.house)}

    def is_due(self) -> bool:
        """Whether something has to be switched: a look, which writes nothing."""
        at = self._hall.now()
        return bool(self._hall.store.look(lambda desk: self._due(desk, at)))

    def apply(self) -> list[Switch]:
        """Switches what has to be; nothing is written while nothing changes. What was switched."""
        if not self.is_due():
            return []
        done: list[Switch] = []

        def work(change: Change) -> Json:
            done[:] = self._due(change.desk, change.at)
            for switch in done:
                turn(change, switch)
            return {"seq": change.desk.seq()}

        self._hall.change(ITSELF, work)
        return done

    def switch_off(self, *, rule: str, by: Press) -> Json:
        """Off for the rest of the day, whatever happens. UnknownRule."""

        def work(change: Change) -> Json:
            self._known(rule)
            change.desk.keep_rule_off(rule, change.day)
            on = change.desk.rules_on().get(rule)
            if on:
                turn(change, Switch(rule, on.effect, False, [{"what": "person"}]))
            change.note("rule_stopped", {"rule": rule})
            return {"seq": change.desk.seq()}

        return self._hall.change(by, work)

    def switch_back(self, *, rule: str, by: Press) -> Json:
        """The rule may work again today. UnknownRule."""

        def work(change: Change) -> Json:
            self._known(rule)
            change.desk.let_rule_work(rule)
            return {"seq": change.note("rule_allowed", {"rule": rule}).seq}

        return self._hall.change(by, work)

    def picture(self, desk: Desk, at: Instant) -> list[Json]:
        """Every rule: its lines, whether it is on, since when and because of what."""
        on, off = desk.rules_on(), desk.rules_off(self._hall.day(at))
        now = self._seen(desk, at)
        return [self._told(rule, on.get(rule.id), rule.id in off, now) for rule in self.rules.values()]

    def helped_by(self, desk: Desk, window: str) -> list[Json]:
        """What rules make this window help with now."""
        rules = ((each, self.rules.get(each.rule)) for each in desk.rules_on().values())
        return [
            {"service": service, "since": on.since}
            for on, rule in rules
            for service in (rule.helpers.get(window, ()) if rule else ())
        ]

    def _known(self, rule: str) -> None:
        if rule not in self.rules:
            raise UnknownRule(rule=rule)

    def _told(self, rule: Rule, on: InForce | None, is_off: bool, now: HallNow) -> Json:
        state = "off_today" if is_off else "on" if on else "waiting"
        why = on.because if on else seen(rule.when, now)
        lines = {"when": rule.line.when, "then": rule.line.then, "until": rule.line.until}
        name = spoken(rule.line.name) if rule.line.name else None
        return {
            "rule": rule.id,
            "name": name,
            **lines,
            "state": state,
            "since": on.since if on else None,
            "because": why,
        }

    def _due(self, desk: Desk, at: Instant) -> list[Switch]:
        """Every switch that the moment asks for; a rule that the file has no longer goes off."""
        on, off = desk.rules_on(), desk.rules_off(self._hall.day(at))
        now = self._seen(desk, at)
        gone = [
            Switch(each.rule, each.effect, False, [{"what": "file"}])
            for each in on.values()
            if each.rule not in self.rules or self.rules[each.rule].effect != each.effect
        ]
        return gone + due(
            [rule for rule in self.rules.values() if rule.id not in off],
            {each.rule: each.since for each in on.values() if each.rule not in {g.rule for g in gone}},
            now,
            at,
        )

    def _seen(self, desk: Desk, at: Instant) -> HallNow:
        wanted = sorted({service for rule in self.rules.values() for service in rule.services})
        waiting = desk.waiting(wanted) if wanted else []
        return hall_now(waiting, at, self._hall.house.hall.timezone)


def due(rules: Sequence[Rule], on: Mapping[str, Instant], now: HallNow, at: Instant) -> list[Switch]:
    """The switches of one moment; `on` says since when rules are on. Shared with the dry run."""
    found = []
    for rule in rules:
        since = on.get(rule.id)
        wanted = is_wanted(rule, now, minutes_between(since, at) if since else None)
        if wanted != (since is not None):
            found.append(Switch(rule.id, rule.effect, wanted, reason(rule, wanted, now)))
    return found


def reason(rule: Rule, on: bool, now: HallNow) -> list[Json]:
    """What was seen: of `when` as it goes on, of what ends it as it goes off."""
    return seen(rule.when if on or not rule.until else rule.until, now)


def hall_now(waiting: Sequence[Waiting], at: Instant, timezone: str) -> HallNow:
    """The lines at an instant. Who asked for more time and is away counts for neither."""
    count: dict[str, int] = {}
    oldest: dict[str, Instant] = {}
    for ticket in waiting:
        if (ticket.not_before or "") <= at:
            count[ticket.service] = count.get(ticket.service, 0) + 1
            oldest[ticket.service] = min(ticket.line_at, oldest.get(ticket.service, at))
    longest = {service: minutes_between(line_at, at) for service, line_at in oldest.items()}
    wall = local(at, timezone)
    minute = 60 * wall.hour + wall.minute + wall.second / 60
    return HallNow(count, longest, minute, WEEKDAYS[wall.weekday()])


def turn(change: Change, switch: Switch) -> None:
    """Records and keeps one switch."""
    facts = {"rule": switch.rule, "effect": switch.effect, "because": switch.because}
    change.note("rule_on" if switch.on else "rule_off", facts)
    if switch.on:
        change.desk.put_rule_on(InForce(switch.rule, switch.effect, change.at, switch.because))
    else:
        change.desk.take_rule_off(switch.rule)


def end_of_day(change: Change) -> None:
    """A new day begins with no rule on."""
    for each in change.desk.rules_on().values():
        turn(change, Switch(each.rule, each.effect, False, [{"what": "day_over"}]))


def rule_notes(desk: Desk, joined_at: Instant, timezone: str) -> list[Event]:
    """All switches of a ticket's day, so that it can be said which rules held when."""
    return desk.notes_since(start_of_day(joined_at, timezone), RULE_NOTES)


def start_of_day(at: Instant, timezone: str) -> Instant:
    return instant(datetime.combine(business_day(at, timezone), time(), ZoneInfo(timezone)))


def day_of(text: str, timezone: str) -> tuple[Instant, Instant]:
    """The instants between which a business day lies; ValueError for what is no day of a hall."""
    first = datetime.combine(day_written(text), time(), ZoneInfo(timezone))
    return instant(first), instant(first + timedelta(days=1))


def plan_at(plan: Plan, notes: Sequence[Event], seq: int) -> Plan:
    """The plan as it was in force when the event of that number happened."""
    on: dict[str, str] = {}
    for note in notes:
        if note.seq >= seq:
            break
        if note.action == "rule_on":
            on[note.after["rule"]] = note.after["effect"]
        else:
            on.pop(note.after["rule"], None)
    return plan.in_force(tuple(on[rule] for rule in sorted(on)))
