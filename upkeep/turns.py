"""The command `turns`: a log's days under other turn rules, from files alone."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from upkeep.files_of_a_past import past_in_files
from web.starting import CannotStart

if TYPE_CHECKING:
    from forecast.logs import Visit
    from forecast.situations import TurnFigures
    from forecast.turn_rules import TurnRule

    Figures = Mapping[str, TurnFigures]

Told = Mapping[str, Any]


def asked_turns(options: argparse.Namespace) -> str:
    """What the command prints; CannotStart says what is wrong with a file or a rule."""
    from forecast.logs import LogError
    from forecast.turn_rules import RuleError

    try:
        told = answered(options)
    except (LogError, RuleError) as error:
        raise CannotStart(str(error)) from None
    return json.dumps(told, ensure_ascii=False) if options.json else table(told)


def answered(options: argparse.Namespace) -> Told:
    from forecast.history import USUAL
    from forecast.replay import replays_of
    from forecast.turn_rules import SHIPPED
    from forecast.turn_table import compared
    from upkeep.whatif import rules_of

    given = rules_of(options.config) if options.config else None
    usual, zone = given or (USUAL, None)
    visits, plan = past_in_files(options, zone, usual.minutes if given else None)
    rules = rules_said(options.rule or ["default"], visits, usual.classes if given else SHIPPED)
    replays = replays_of(visits, plan, usual)
    if not replays:
        raise CannotStart(
            "No day of the log has a row in the plan: add the windows' stretches of those days."
        )
    rows = compared(replays, rules)
    return {"days": [each.day for each in replays], "rules": rows}


def rules_said(words: Sequence[str], visits: Sequence[Visit], default: Figures) -> list[TurnRule]:
    """The rules that somebody asked for, each once."""
    from forecast.turn_rules import rule_of

    classes = sorted({visit.ticket_class for visit in visits} | set(default))
    return [rule_of(each, classes, default) for each in dict.fromkeys(words)]


def table(told: Told) -> str:
    """The same for people."""
    rows = told["rules"]
    classes = list(rows[0]["by_class"])
    days = told["days"]
    lines = [
        f"{len(days)} days, {days[0]} to {days[-1]}. Minutes; half, 9 and 99 of 100 waited no longer.",
        f"{'':28}"
        + "".join(f"{each:>22}" for each in classes)
        + f"{'mean':>8}{'w. rms':>8}{'extra p95/p99':>16}",
        *[line_of(row, classes) for row in rows],
        "w. rms: root mean square, a walk-in's wait counts once, anybody else's three times.",
        "extra: what a walk-in waits more than under first come first served (fcfs).",
    ]
    lost = [f"{row['rule']} {row['not_called']}" for row in rows if row["not_called"]]
    return "\n".join([*lines, *([f"Never called, and in no figure: {', '.join(lost)}."] if lost else [])])


def line_of(row: Told, classes: Sequence[str]) -> str:
    cells = [" / ".join(minutes(row["by_class"][each][q]) for q in ("p50", "p90", "p99")) for each in classes]
    extra = f"{minutes(row['extra']['p95'])}/{minutes(row['extra']['p99'])}"
    figures = f"{minutes(row['mean']):>8}{minutes(row['weighted_rms']):>8}{extra:>16}"
    return f"{row['rule'][:27]:28}" + "".join(f"{each:>22}" for each in cells) + figures


def minutes(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
