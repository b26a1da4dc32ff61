"""The command `rules`: what the hall's rules are, and with --dry-run what they would have done on a day."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import timedelta

from queueing.clock import business_day, day_written, local
from queueing.hall import Hall
from queueing.help_rules import Rule
from queueing.records import Json
from queueing.rule_grammar import rules_of
from queueing.rule_replay import tried
from upkeep.looking import hall_to_look_at
from web.starting import CannotStart, house_of


def ruled(options: argparse.Namespace) -> str:
    """What the command prints: one JSON object, or lines to read."""
    house = house_of(options.hall)
    rules = rules_of(house)
    if not options.dry_run:
        return json.dumps(listed(rules), ensure_ascii=False) if options.json else "\n".join(lines_of(rules))
    with hall_to_look_at(options, house) as hall:
        day = wanted_day(options.day, hall)
        found, known = tried(hall, day), bool(hall.store.look(lambda desk: desk.issued_numbers(day)))
        if options.json:
            return json.dumps({"day": day, "known": known, "rules": found}, ensure_ascii=False)
        if not known:
            return f"{day}: no number was given out, so nothing can be said of that day."
        return "\n".join(told(day, found, house.hall.timezone))


def wanted_day(text: str | None, hall: Hall) -> str:
    """The day asked for, or yesterday."""
    if text is None:
        today = business_day(hall.now(), hall.house.hall.timezone)
        return (today - timedelta(days=1)).isoformat()
    try:
        return day_written(text).isoformat()
    except ValueError:
        raise CannotStart(f"A day is written like 2026-11-20, not {text!r}.") from None


def listed(rules: Sequence[Rule]) -> Json:
    names = ("when", "then", "until")
    return {"rules": [{"rule": r.id} | {name: getattr(r.line, name) for name in names} for r in rules]}


def lines_of(rules: Sequence[Rule]) -> Iterator[str]:
    for rule in rules:
        yield from head(rule.id, {"when": rule.line.when, "then": rule.line.then, "until": rule.line.until})
    if not rules:
        yield "This hall has no rules. docs/rules.md says how one is written."


def head(name: str, lines: Json) -> Iterator[str]:
    yield name
    yield from (f"  {key:5} {lines[key]}" for key in ("when", "then", "until") if lines[key])


def told(day: str, found: Sequence[Json], zone: str) -> Iterator[str]:
    yield f"{day}, as the log has it:"
    if not found:
        yield "This hall has no rules. docs/rules.md says how one is written."
    for each in found:
        yield ""
        yield from head(each["rule"], each)
        yield from stretches("would have been on", each["would"], each["would_minutes"], zone)
        yield from (of_line(line) for line in each["lines"] if each["would"])
        if each["was"]:
            yield from stretches("was on", each["was"], each["was_minutes"], zone)
            yield f"    its windows called {each['helped']} of those they helped"


def stretches(verb: str, found: Sequence[Json], minutes: float, zone: str) -> Iterator[str]:
    if not found:
        yield f"  {verb.replace('would have been', 'would not have been')}"
        return
    times = ", ".join(f"{clock(each['since'], zone)}-{clock(each['until'], zone)}" for each in found)
    yield f"  {verb} {times} ({minutes:g} min in all)"


def clock(at: str, zone: str) -> str:
    return f"{local(at, zone):%H:%M}"


def of_line(line: Json) -> str:
    longer = "" if line["longer"] is None else f", {line['longer']} of them longer than the limit"
    return f"    {line['waited']} waited for {line['service']} then{longer}; longest {line['longest']:g} min"
