"""Writes a made-up hall as files: python -m forecast.made_files --hall county --days 30 --seed 7 --out DIR"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from forecast.logs import LOG_COLUMNS, PLAN_COLUMNS
from forecast.made import CLASSES, KINDS, Day, Truth, days
from forecast.playing import play
from forecast.scenes import NEVER, Calls, Scene

FIRST_DAY = date(2026, 3, 2)
Row = dict[str, str]


def working_day(number: int) -> date:
    """The so manyth Monday to Friday."""
    return FIRST_DAY + timedelta(days=number // 5 * 7 + number % 5)


def at(day: date, minutes: float) -> str:
    """The ISO wall-clock time; empty for never."""
    if minutes == NEVER:
        return ""
    return (datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)).isoformat(
        timespec="seconds"
    )


def visits(truth: Truth, made: Day, scene: Scene, calls: Calls, day: date) -> Iterator[Row]:
    """The log's rows of one day."""
    for i in range(len(made.joined)):
        yield visit(truth, made, scene, calls, day, i)


def visit(truth: Truth, made: Day, scene: Scene, calls: Calls, day: date, i: int) -> Row:
    called, k = float(calls.called_at[0, i]), int(calls.stretch[0, i])
    window = int(scene.staffing.window[k]) if k >= 0 else -1
    there = k >= 0 and not made.absent[i]
    started = called + float(made.walk[i]) if there else NEVER
    ended = started + float(made.work[i] * truth.slowness[window]) if there else NEVER
    booked = made.of_class[i] == 2
    outcome = "done" if there else "no_show" if k >= 0 else "abandoned"
    return {
        "ticket": f"{day.isoformat()}-{i:04d}", "service": f"s{int(made.service[i]):02d}",
        "class": CLASSES[int(made.of_class[i])],
        "joined": at(day, float(made.joined[i])), "called": at(day, called),
        "window": str(window + 1) if k >= 0 else "", "started": at(day, started), "finished": at(day, ended),
        "outcome": outcome, "clerk": f"c{window + 1}" if k >= 0 else "",
        "slot": at(day, round(float(made.line_at[i]) / 15) * 15) if booked else "",
        "line_at": at(day, float(made.line_at[i])) if booked else "",
    }  # fmt: skip


def stretches(truth: Truth, made: Day, day: date) -> Iterator[Row]:
    """The plan's rows of one day."""
    for window, opens, closes in sorted(made.plan):
        served = [f"s{s:02d}" for s in range(truth.kind.services) if truth.group[s] in truth.skills[window]]
        yield {
            "day": day.isoformat(), "window": str(window + 1), "clerk": f"c{window + 1}",
            "services": " ".join(served), "opens": at(day, opens), "closes": at(day, closes),
        }  # fmt: skip


def write(
    folder: Path, kind: str, seed: int, count: int, load: float, drift: bool, priority: float | None = None
) -> None:
    """Writes tickets.csv and windows.csv into the folder; `priority` is the share of people who have it."""
    folder.mkdir(parents=True, exist_ok=True)
    log: list[Row] = []
    plan: list[Row] = []
    outline = replace(KINDS[kind], load=load, drift=drift)
    if priority is not None:
        outline = replace(outline, priority=priority)
    for number, (truth, made, scene) in enumerate(days(outline, seed, count)):
        day = working_day(number)
        log += visits(truth, made, scene, play(scene), day)
        plan += stretches(truth, made, day)
    write_rows(folder / "tickets.csv", (*LOG_COLUMNS, "clerk", "slot", "line_at"), log)
    write_rows(folder / "windows.csv", PLAN_COLUMNS, plan)


def write_rows(path: Path, columns: tuple[str, ...], rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hall", choices=tuple(KINDS), default="county")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--load", type=float, default=1.0)
    parser.add_argument(
        "--drift", action="store_true", help="the second half is slower, and turns are skipped"
    )
    parser.add_argument("--priority", type=float, help="the share of people who have it, 0.12 if not said")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    write(asked.out, asked.hall, asked.seed, asked.days, asked.load, asked.drift, asked.priority)


if __name__ == "__main__":
    main()
