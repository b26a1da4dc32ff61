"""The command `backtest --log`: what would have been told to everybody of a log of visits, and what came."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from queueing.plan import Plan
from upkeep.files_of_a_past import past_in_files
from upkeep.looking import hall_to_look_at
from web.starting import CannotStart, house_of

if TYPE_CHECKING:
    from forecast.backtest import Backtest, Row, Rules

HEADING = ("ticket", "at", "estimate", "low", "high", "actual")


def run_log(options: argparse.Namespace) -> None:
    """Replays log and plan; rows go to --out, the summary to the standard output.

    Without --out and --json the rows go to the standard output and the summary to the standard error.
    """
    from forecast.logs import LogError

    try:
        test = test_of(options)
        rows = list(test.rows())
    except LogError as error:
        raise CannotStart(str(error)) from None
    tell(options, rows, test)


def test_of(options: argparse.Namespace) -> Backtest:
    """The backtest of the files that are named, or of the hall's own data."""
    from forecast.backtest import Backtest, Rules

    if options.log is None:
        return own_test(options)
    if options.staffing is None:
        raise CannotStart("A log needs the plan of its windows: --staffing windows.csv.")
    rules, zone = rules_of(options.config) if options.config else (Rules(), None)
    visits, plan = past_in_files(options, zone, rules.minutes if options.config else None)
    if not visits:
        raise CannotStart("The log has no visits: there is nothing to learn from.")
    return Backtest(visits, plan, rules, options.renew)


def own_test(options: argparse.Namespace) -> Backtest:
    """The backtest of the hall's own past, read beside a server that may be running."""
    from forecast.backtest import Backtest
    from upkeep.own_past import own_past

    with hall_to_look_at(options, house_of(options.hall)) as hall:
        visits, plan = own_past(hall)
    return Backtest(visits, plan, rules_of(options.hall)[0], options.renew)


def rules_of(file: Path) -> tuple[Rules, str]:
    """A hall's turn figures, reluctances and service minutes, and its time zone."""
    from forecast.backtest import Rules
    from forecast.situations import TurnFigures

    house = house_of(file)
    classes = {name: TurnFigures(each.head_start, each.rate) for name, each in house.classes.items()}
    minutes = {each.id: each.minutes for each in house.services}
    return Rules(classes, Plan(house).reluctances, minutes), house.hall.timezone


def tell(options: argparse.Namespace, rows: list[Row], test: Backtest) -> None:
    """Rows and summary, each where it was asked for."""
    from forecast.summing import lines, summary_of

    summary = summary_of(rows, never_called=test.never_called)
    said = json.dumps(summary) if options.json else "\n".join(lines(summary))
    if options.out:
        write(options.out, csv_of(rows))
    elif not options.json:
        sys.stdout.write(csv_of(rows))
    (sys.stdout if options.out or options.json else sys.stderr).write(said + "\n")


def csv_of(rows: Iterable[Row]) -> str:
    """A row for each estimate, in the order in which they were told."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADING)
    for row in sorted(rows, key=lambda each: (each.day, each.at)):
        minutes = (row.told.estimate, row.told.low, row.told.high, row.actual)
        writer.writerow((row.ticket, moment(row.day, row.at), *(f"{each:.3f}" for each in minutes)))
    return text.getvalue()


def moment(day: str, minutes: float) -> str:
    """The ISO wall-clock time."""
    at = datetime.fromisoformat(day) + timedelta(minutes=minutes)
    return at.isoformat(timespec="seconds")


def write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotStart(f"{path}: can't be written: {error.strerror}. Name another file.") from None
