"""How often anybody may ask: counted per device, account and ticket, and only strangers by their address.

A hall may share one address, and a stranger's flood comes from it too: what it uses up is the strangers' own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask

from queueing.booking_errors import UnknownBooking
from queueing.house import House
from queueing.tries import network_of
from web.asked import HOSTS_KEPT, Asked, asked
from web.asking import who
from web.booking_links import booking_of
from web.context import EXTENSION as HALL
from web.context import here
from web.counters import COUNTERS, Counters, few, few_together
from web.devices import DEVICE_COOKIE
from web.machine_access import SIGNS
from web.refusals import LinkExpired
from web.sessions import STAFF_COOKIE, cookie_here, known_browser
from web.tokens import ticket_of

SIGN_INS = frozenset({"/api/v1/session", "/api/v1/devices/pair"})
STATIC = 10
"""How much more often files and signs of life may be asked for: they cost next to nothing."""

AT_THE_MACHINE = 10
"""How much more the hall's own machine may ask than one address: all its screens may run in one browser."""

ALTOGETHER = 5
"""How many addresses' worth of sign-ins all unknown browsers share: each takes 32 MB for a moment."""


@dataclass(frozen=True)
class Owner:
    """Whose count it is."""

    kind: str
    name: str = ""


def install(app: Flask) -> None:
    """Count before anything is looked up for the asker."""
    built = app.extensions[HALL]
    queue = built.house.server.queue if built.together.many else ""
    app.extensions[COUNTERS] = Counters(queue, built.house.hall.id)
    app.before_request(lambda: count_request(asked()))


def count_request(asked: Asked) -> None:
    """Refuse who asks more often than makes sense; whoever was counted already hears what came of it."""
    if asked.counted:
        asked.tell_trouble()
        return
    asked.counted = True
    if not asked.looks and asked.path in SIGN_INS:
        _count_sign_in()
        return
    owner, sort = _owner_of(asked), _sort(asked.path)
    most = _most(owner.kind, asked.looks) * (STATIC if sort == "file" else 1)
    few(most, owner.kind, owner.name, "look" if asked.looks else "press", sort)


def owner_here() -> Owner:
    return _owner_of(asked())


def _owner_of(asked: Asked) -> Owner:
    """A stranger is told by the absence of cookies, before the database is asked for anything."""
    if asked.path in SIGNS:
        return Owner("address", network_at(asked.address))
    if "HTTP_COOKIE" in asked.environ and (cookie_here(STAFF_COOKIE) or cookie_here(DEVICE_COOKIE)):
        asker = who()
        if asker.staff:
            return Owner("account", asker.staff)
        if asker.device:
            return Owner("device", asker.device.id)
    holder = _holder(asked.places) if asked.places else None
    return holder or Owner("loopback" if who().loopback else "address", network_at(asked.address))


def _holder(given: Mapping[str, Any]) -> Owner | None:
    """The holder of a link that we signed; a guessed one counts as a stranger's."""
    try:
        if "visit" in given:
            return Owner("ticket", f"booking:{booking_of(given['visit'])}")
        return Owner("ticket", ticket_of(given["token"])) if given.get("token") else None
    except (LinkExpired, UnknownBooking):
        return None


def _most(kind: str, looks: bool) -> int:
    """How often a minute."""
    doors = here().house.doors
    match kind:
        case "account" | "device":
            return doors.looks if looks else doors.presses
        case "ticket":
            return doors.of_ticket
        case "loopback":
            return doors.of_strangers * AT_THE_MACHINE
    return doors.of_strangers


def few_lookups(what: str, most: int) -> None:
    """Refuse who looks up more than anybody has cases and numbers."""
    owner = owner_here()
    times = AT_THE_MACHINE if owner.kind == "loopback" else 1
    few_together(most * times, owner.kind, owner.name, what)


def _count_sign_in() -> None:
    """A browser that somebody has signed in on before never waits behind strangers."""
    most, known = here().house.doors.sign_ins, known_browser()
    if known is not None:
        few_together(most, "sign_in", "known", known)
        return
    if who().loopback:
        few_together(most * AT_THE_MACHINE, "sign_in", "loopback")
        return
    few_together(most, "sign_in", "address", network_at(asked().address))
    few_together(most * ALTOGETHER, "sign_in", "everybody")


def _sort(path: str) -> str:
    return "file" if path.startswith("/static/") or path in SIGNS else "hall"


@lru_cache(maxsize=HOSTS_KEPT)
def network_at(address: str) -> str:
    """The same few addresses ask again and again."""
    return network_of(address)


def sockets_for(owner: Owner, house: House) -> int:
    """How many sockets this owner may have open at once."""
    if owner.kind in ("address", "loopback"):
        return house.doors.sockets_of_strangers * (AT_THE_MACHINE if owner.kind == "loopback" else 1)
    return house.doors.sockets
