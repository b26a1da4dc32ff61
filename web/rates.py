"""How often anybody may ask: counted per device, account and ticket, and only strangers by their address.

A hall may share one address, and a stranger's flood comes from it too: what it uses up is the strangers' own.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request

from queueing.booking_errors import UnknownBooking
from queueing.house import House
from queueing.tries import network_of
from web.asking import who
from web.booking_links import booking_of
from web.context import EXTENSION as HALL
from web.context import here
from web.counters import COUNTERS, Counters, few, few_together
from web.devices import DEVICE_COOKIE
from web.machine_access import SIGNS
from web.refusals import LinkExpired
from web.security import LOOKS
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
    app.before_request(count_request)


def count_request() -> None:
    """Refuse who asks more often than makes sense."""
    if request.method not in LOOKS and request.path in SIGN_INS:
        _count_sign_in()
        return
    owner = owner_here()
    few(_most(owner), owner.kind, owner.name, "look" if request.method in LOOKS else "press", _sort())


def owner_here() -> Owner:
    """A stranger is told by the absence of cookies, before the database is asked for anything."""
    if request.path in SIGNS:
        return Owner("address", _network())
    if cookie_here(STAFF_COOKIE) or cookie_here(DEVICE_COOKIE):
        asker = who()
        if asker.staff:
            return Owner("account", asker.staff)
        if asker.device:
            return Owner("device", asker.device.id)
    return _ticket_here() or Owner("loopback" if who().loopback else "address", _network())


def _ticket_here() -> Owner | None:
    """The holder of a link that we signed; a guessed one counts as a stranger's."""
    given = request.view_args or {}
    try:
        if "visit" in given:
            return Owner("ticket", f"booking:{booking_of(given['visit'])}")
        return Owner("ticket", ticket_of(given["token"])) if given.get("token") else None
    except (LinkExpired, UnknownBooking):
        return None


def _most(owner: Owner) -> int:
    """How often a minute."""
    doors, looks = here().house.doors, request.method in LOOKS
    by_kind = {
        "account": doors.looks if looks else doors.presses,
        "device": doors.looks if looks else doors.presses,
        "ticket": doors.of_ticket,
        "address": doors.of_strangers,
        "loopback": doors.of_strangers * AT_THE_MACHINE,
    }
    return by_kind[owner.kind] * (STATIC if _sort() == "file" else 1)


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
    few_together(most, "sign_in", "address", _network())
    few_together(most * ALTOGETHER, "sign_in", "everybody")


def _sort() -> str:
    return "file" if request.path.startswith("/static/") or request.path in SIGNS else "hall"


def _network() -> str:
    return network_of(request.remote_addr or "")


def sockets_for(owner: Owner, house: House) -> int:
    """How many sockets this owner may have open at once."""
    if owner.kind in ("address", "loopback"):
        return house.doors.sockets_of_strangers * (AT_THE_MACHINE if owner.kind == "loopback" else 1)
    return house.doors.sockets
