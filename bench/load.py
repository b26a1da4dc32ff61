"""A load on a hall, or on twenty: kiosks, windows, boards and phones with think times, by Locust.

    python -m bench.load --profile street                  12 windows, a minute at 60 times the hall's speed
    python -m bench.load --profile district --minutes 3    151 windows, 6,000 visitors a day, 1,000 phones
    ADMIN_PASSWORD=… python -m bench.load --profile county --url http://127.0.0.1:8000 --speed 1

Ends with 1 when a request failed, a screen was dropped, or missed an event, had one twice or out of order.
The hall's file of the profile must be the one that a hall at `--url` was started with.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import gevent
import psutil
from locust.env import Environment  # patches the process for gevent, before anything else of ours

from bench.load_halls import OwnHalls, Target, running
from bench.load_plan import PROFILES, Plan, Profile
from bench.load_report import Line, Result, pushes_of, wrongs_of
from bench.load_users import RUN, Board, Clerk, Kiosk, Phone

SPAWN_A_SECOND, CATCH_UP_SECONDS = 100, 5.0


Halls = tuple[list[Target], OwnHalls | None]


@contextmanager
def halls(profile: Profile, speed: float, options: argparse.Namespace) -> Iterator[Halls]:
    """Own ones, or the one that is named."""
    if options.url:
        plan = Plan(profile, speed, options.seed)
        yield [running(options.url, plan, os.environ["ADMIN_PASSWORD"])], None
        return
    own = OwnHalls(profile, speed, options.seed)
    try:
        yield own.targets, own
    finally:
        own.close()


def play(profile: Profile, targets: list[Target], seconds: float) -> Result:
    """Everybody comes, and stays for so long."""
    counts = {Kiosk: profile.kiosks, Board: profile.boards, Phone: profile.phones}
    counts[Clerk] = sum(len(target.windows) for target in targets)
    for user, n in counts.items():
        user.fixed_count = n
    environment = Environment(user_classes=[user for user, n in counts.items() if n])
    RUN.begin(targets, seconds)
    began, used, own = time.monotonic(), cpu(targets), psutil.Process().cpu_times()
    environment.create_local_runner().start(sum(counts.values()), SPAWN_A_SECOND)
    gevent.sleep(seconds)
    took, lines = time.monotonic() - began, lines_of(environment, time.monotonic() - began)
    busy, memory = (cpu(targets) - used) / took, sum(target.megabytes() for target in targets)
    player = (sum(psutil.Process().cpu_times()[:2]) - sum(own[:2])) / took
    tickets = sum(len(target.links) for target in targets)
    note = (
        f"Halls: {len(targets)}, one server: {busy:.2f} cores, {memory:.0f} MB. This player: {player:.2f} "
        f"cores. Load of the machine: {psutil.getloadavg()[0]:.1f}. {len(RUN.screens)} screens open, "
        f"{tickets} tickets, {took:.0f} s."
    )
    end(environment)
    failed = [
        f"{each.name}, {each.occurrences} times: {each.error}" for each in environment.stats.errors.values()
    ]
    return Result("", [*lines, pushes_of(targets, took)], wrongs_of(targets), [note, *failed])


def cpu(targets: list[Target]) -> float:
    return sum(target.used() for target in targets)


def end(environment: Environment) -> None:
    """No press any more; every screen gets its time to hear the last one; what it hasn't then is missed."""
    RUN.over = True
    environment.runner.stop_users({user.__name__: user.fixed_count for user in (Kiosk, Clerk)})
    until = time.monotonic() + CATCH_UP_SECONDS
    while time.monotonic() < until and any(s.seq < t.last_seq for t, s in RUN.screens):
        gevent.sleep(0.05)
    for target, screen in RUN.screens:
        target.pushes.wrong["missed"] += max(0, target.last_seq - screen.seq)
        screen.close()
    environment.runner.quit()


def lines_of(environment: Environment, seconds: float) -> list[Line]:
    return [
        Line(
            name, each.num_requests, each.num_requests / seconds,
            *(each.get_response_time_percentile(q) or 0.0 for q in (0.5, 0.99)), each.num_failures,
        )
        for (name, _), each in sorted(environment.stats.entries.items())
    ]  # fmt: skip


def asked(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__.splitlines()[0])
    parser.add_argument("--profile", choices=PROFILES, default="street")
    parser.add_argument("--speed", type=float, help="hall seconds per real second; as usual for the profile")
    parser.add_argument("--minutes", type=float, default=1.0, help="real minutes")
    parser.add_argument("--url", default="", help="a hall that runs already, with ADMIN_PASSWORD")
    parser.add_argument("--phones", type=int, help="instead of the profile's")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="where load.md, load.csv and load.svg go")
    return parser.parse_args(words)


def run(options: argparse.Namespace) -> Result:
    profile: Profile = PROFILES[options.profile]
    if options.phones is not None:
        profile = replace(profile, phones=options.phones)
    speed = options.speed or profile.speed
    with halls(profile, speed, options) as (targets, own):
        result = play(profile, targets, 60 * options.minutes)
        logs = own.logs() if own else []
    title = f"Load: {options.profile}, {60 * options.minutes:g} s at {speed:g} × speed"
    wrong = result.wrong + Counter({"errors in a server's log": len(logs)})
    return replace(result, title=title, wrong=wrong, notes=[*result.notes, *logs])


def main() -> int:
    options = asked(sys.argv[1:])
    result = run(options)
    folder = options.out or Path(tempfile.mkdtemp(prefix="hall-load-"))
    result.write(folder)
    print(result.markdown())
    print(f"\n{folder}/load.md, load.csv, load.svg")
    return 0 if result.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
