"""Wrong tries at the doors: how long the next one has to wait, and for whom."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from ipaddress import IPv4Address, ip_address, ip_network

from queueing.clock import instant, moment
from queueing.errors import HallError
from queueing.people import PeopleRows


@dataclass(frozen=True)
class Patience:
    """How many wrong tries cost nothing, and how the wait grows after them."""

    free: int
    first: timedelta
    longest: timedelta


STRICT = Patience(free=3, first=timedelta(seconds=5), longest=timedelta(minutes=5))
"""For one guesser: an address, or a browser that is known."""

SOFT = Patience(free=20, first=timedelta(seconds=1), longest=timedelta(seconds=10))
"""For one account over all addresses, and for pairing codes: guessing is slow, and locks nobody else out."""


def delay_after(wrong: int, patience: Patience) -> timedelta:
    """How long nobody may try after so many wrong answers in a row: the first few cost nothing."""
    if wrong <= patience.free:
        return timedelta(0)
    return min(patience.first * (1 << min(wrong - patience.free - 1, 16)), patience.longest)


def guesser_at(account: str, place: str) -> str:
    """Under which tries at an account from one place are counted."""
    return f"{account} {place}"


@lru_cache(maxsize=1024)
def network_of(address: str) -> str:
    """Whom an address stands for: with IPv6 everyone has a whole /64 of them."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ip_network((found, 64), strict=False))


def take_try(rows: PeopleRows, door: str, who: str, at: datetime, patience: Patience = STRICT) -> None:
    """Count a try as wrong before it is looked at, so that many at once find the door shut too."""
    wrong, blocked_until = rows.wrong_tries(door, who)
    if blocked_until > instant(at):
        left = moment(blocked_until) - at
        raise Throttled(seconds=math.ceil(left.total_seconds()))
    blocked = instant(at + delay_after(wrong + 1, patience))
    rows.note_try(door, who, wrong=wrong + 1, blocked_until=blocked, at=instant(at))


class Throttled(HallError):
    code = "throttled"
    status = 429
    sentence = "Too many wrong tries; wait {seconds} seconds."
