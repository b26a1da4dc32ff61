"""The command `whatif`: a day of any log with changes and without, from files alone."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from upkeep.files_of_a_past import past_in_files
from web.starting import CannotStart

if TYPE_CHECKING:
    from forecast.history import Rules
    from forecast.logs import Stretch, Visit

Told = Mapping[str, Any]
MOVED = "Where people has two numbers, others are counted there with the changes: nothing is compared."



def asked_whatif(options: argparse.Namespace) -> str:
    """What the command prints; CannotStart says what is wrong with a file, a day or a change."""
    from forecast.changes import ChangeError
    from forecast.logs import LogError

    try:
        told = answered(options)
    except (ChangeError, LogError) as error:
        raise CannotStart(str(error)) from None
    return json.dumps(told, ensure_ascii=False) if options.json else table(told)


def answered(options: argparse.Namespace) -> Told:
    from forecast.asking import Question, answer
    from forecast.change_words import all_parsed
    from forecast.changes import minutes

    if options.replay and options.at:
        raise CannotStart("A replay plays a whole day that is over: leave out --at, or --replay.")
    rules, zone = rules_of(options.config) if options.config else (None, None)
    changes = all_parsed(options.change)
    at = minutes(options.at) if options.at else None
    visits, plan = past_in_files(options, zone, rules.minutes if rules else None)
    day = wanted_day(options.day, visits, plan)
    question = Question(day, tuple(changes), at, options.replay, options.plays, options.seed)
    return answer(question, visits, plan, rules)


def wanted_day(text: str | None, visits: Iterable[Visit], plan: Iterable[Stretch]) -> str:
    """The day that is asked for, or the last of the log; one without a plan can't be played."""
    days = sorted({visit.day for visit in visits})
    if not days:
        raise CannotStart("The log has no visits: there is nothing to learn from.")
    day = text or days[-1]
    try:
        date.fromisoformat(day)
    except ValueError:
        raise CannotStart(f"--day is {day!r}; it should be a date such as {days[-1]}.") from None
    planned = sorted({stretch.day for stretch in plan})
    if day not in planned:
        near = ", ".join(planned[-3:]) or "none"
        raise CannotStart(f"The plan has no row for {day}; add its stretches, or ask for one of: … {near}.")
    return day


def rules_of(config: Path) -> tuple[Rules, str]:
    """Classes, reluctances and configured minutes of a hall's file, and its time zone."""
    from forecast.history import Rules
    from forecast.situations import TurnFigures
    from queueing.plan import Plan
    from web.starting import house_of

    house = house_of(config)
    classes = {name: TurnFigures(each.head_start, each.rate) for name, each in house.classes.items()}
    minutes = {service.id: service.minutes for service in house.services}
    return Rules(classes, Plan(house).reluctances, minutes), house.hall.timezone


def table(told: Told) -> str:
    """The same for people: a line for all, each class and each service."""
    lines = [
        f"{told['day']}{since(told)}: mean wait in minutes; in 8 of 10 plays it lies within the brackets",
        f"{'':24}{'people':>12}{'without':>24}{'with':>24}{'saved':>26}",
        line_of("all", told["without"], told["with"], told["saving"]),
        *[line for part in ("by_class", "by_service") for line in lines_of(told, part)],
    ]
    if told["no_effect"]:
        lines.append("The changes change nothing on that day: nobody waits a minute more or less.")
    if any(told["moved"].values()):
        lines.append(MOVED)
    if "was" in told:
        lines.append(f"As it was: {told['was']:.1f} minutes.")
    return "\n".join(lines)


def since(told: Told) -> str:
    return f" from {told['at']} on" if told["at"] else ""


def lines_of(told: Told, part: str) -> Iterator[str]:
    """Each class or service; who is counted elsewhere with the changes isn't compared."""
    one, two, saved = (told[name][part] for name in ("without", "with", "saving"))
    for name in {**one, **two}:
        others = name in told["moved"][part]
        gain = None if others else saved.get(name)
        yield line_of(name, one.get(name), two.get(name), gain, others=others)


def line_of(
    name: str, one: Told | None, two: Told | None, saved: Told | None, *, others: bool = False
) -> str:
    first, second = (each["n"] if each else 0.0 for each in (one, two))
    people = f"{first:.0f} → {second:.0f}" if others else f"{first:.0f}"
    bands = f"{told_band(one):>24}{told_band(two):>24}{told_band(saved, '+'):>26}"
    return f"{name[:23]:24}{people:>12}{bands}"


def told_band(band: Told | None, sign: str = "") -> str:
    if band is None or band["mean"] is None:
        return "–"
    mean, low, high = (format(band[name], f"{sign}.1f") for name in ("mean", "low", "high"))
    return f"{mean} ({low} to {high})"
