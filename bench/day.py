"""Plays a day in a hall, through its public API and sockets, as citizens, clerks and raters would.

    python -m bench.day                                   a day in the hall of config.toml
    python -m bench.day --hall halls/longquanyi.toml      a large hall, 6,000 visitors
    python -m bench.day --quick                           the first half hour
    ADMIN_PASSWORD=... python -m bench.day --url http://127.0.0.1:8000     a hall that runs on CLOCK=...

Exits with 1 if anything went wrong or a screen was not live.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import aiohttp

from bench.day_demand import Stretch, window_stretches
from bench.day_door import Refused
from bench.day_hall import HallDidNotStart, Place, own_hall, running_hall
from bench.day_people import seats
from bench.day_play import play
from bench.day_screens import JoinRefused
from bench.day_stage import NotForPlaying
from queueing.house import House
from settings import HallFileError, load_house

REASONS_TO_STOP = (
    HallFileError, HallDidNotStart, NotForPlaying, Refused, JoinRefused, aiohttp.ClientConnectionError,
)  # fmt: skip
"""What the person at the command line can do something about."""

MONDAY = date(2026, 10, 12)
QUICK = timedelta(minutes=30)
SET_UP_SECONDS, SIGN_IN_SECONDS = 5.0, 0.35
"""Real seconds for pairing the screens and for each clerk's sign-in: the clock starts so much earlier."""


@dataclass(frozen=True)
class Options:
    """What the command line says."""

    hall: Path
    speed: float
    visitors: int | None
    url: str
    password: str
    seed: int
    until: str
    quick: bool


def options(arguments: list[str]) -> Options:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--hall", type=Path, default=Path("config.toml"), help="the hall's file")
    parser.add_argument("--speed", type=float, default=60.0, help="hall seconds per real second")
    parser.add_argument("--visitors", type=int, help="how many come in a whole day")
    parser.add_argument("--url", default="", help="a running hall to play on")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another day")
    parser.add_argument("--until", default="", metavar="HH:MM", help="stop at that time of the hall's day")
    parser.add_argument("--quick", action="store_true", help="only the first half hour")
    found = parser.parse_args(arguments)
    return Options(password=os.environ.get("ADMIN_PASSWORD", ""), **vars(found))


def first_opening(house: House, day: date) -> datetime:
    """When the first window opens that day."""
    return min(opens for stretches in open_on(house, day).values() for opens, _ in stretches)


def open_on(house: House, day: date) -> dict[str, list[Stretch]]:
    return {window: stretches for window, stretches in window_stretches(house, day).items() if stretches}


def starts(house: House, speed: float) -> datetime:
    """The clock of the own hall at its start: before the opening, with time for everybody to come in."""
    coming_in = (SET_UP_SECONDS + SIGN_IN_SECONDS * len(seats(house))) * speed
    return (first_opening(house, MONDAY) - timedelta(seconds=coming_in)).replace(second=0)


def ends(house: House, now: datetime, wish: Options) -> datetime | None:
    """When the player is told to stop, seen from the moment it begins; None plays to the end of the day."""
    if wish.quick:
        return max(first_opening(house, now.date()), now) + QUICK
    if not wish.until:
        return None
    return datetime.combine(now.date(), datetime.strptime(wish.until, "%H:%M").time(), now.tzinfo)


def hall_of(house: House, wish: Options) -> AbstractAsyncContextManager[Place]:
    """The hall to play on."""
    if wish.url:
        return running_hall(wish.url, wish.password)
    return own_hall(wish.hall, starts(house, wish.speed), wish.speed)


async def run(wish: Options) -> int:
    """Plays the day; the exit code."""
    house = load_house(wish.hall)
    async with hall_of(house, wish) as place:
        good = await play(house, place, wish.seed, wish.visitors, lambda now: ends(house, now, wish))
    return 0 if good else 1


def main() -> None:
    """The command line."""
    wish = options(sys.argv[1:])
    if wish.url and not wish.password:
        sys.exit("Set ADMIN_PASSWORD to the administrator's password of the hall at that address.")
    try:
        sys.exit(asyncio.run(run(wish)))
    except REASONS_TO_STOP as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
