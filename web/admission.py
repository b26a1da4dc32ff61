"""Lets in whom the table of `web.access` names, and sends everybody else to the right door."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

from flask import Flask, current_app, redirect, request
from werkzeug.wrappers import Response

from queueing.errors import HallError
from queueing.people import Device, NotAllowed, NotPaired, NotSignedIn, PasswordMustChange
from web.access import ACCESS, ANYONE, ROLES, STANDS_AT, Who
from web.asked import Asked, asked
from web.asking import SCREENS, Asker, who
from web.city_access import DOORS_OF_THE_CITY
from web.context import here
from web.devices import renew_cookie
from web.errors import FOR_PROGRAMS
from web.machine_access import SIGNS
from web.refusals import NotFound

Places = Mapping[str, str | None]
DOORS_KEPT = 2048
"""Doors whose line of the table is remembered; there are a few hundred."""

LONGEST_WAY_BACK = 1024
"""Letters of the address to which a browser comes back after signing in; heads of answers are short."""

DOORS: Mapping[type[HallError], str] = {
    NotSignedIn: "/login",
    PasswordMustChange: "/password",
    NotPaired: "/pair",
}
"""Where a page sends a browser that may not come in yet."""


def install(app: Flask) -> None:
    """Ask before every request, and open the pages where strangers are sent."""
    from web.doors import blueprint

    app.before_request(lambda: ask_at_the_door(asked()))
    app.after_request(keep_nothing)
    app.register_blueprint(blueprint)


def ask_at_the_door(asked: Asked) -> Response | None:
    """Let the request in, send a browser to the right door, or refuse."""
    try:
        let_in(asked)
    except (NotSignedIn, PasswordMustChange, NotPaired) as refusal:
        if not _is_page(asked):
            raise
        back = quote(request.full_path.rstrip("?"))
        return redirect(DOORS[type(refusal)] + (f"?next={back}" if len(back) <= LONGEST_WAY_BACK else ""))
    if asked.rule is not None and _is_page(asked) and asked.asker and asked.asker.device is not None:
        renew_cookie()
    return None


def let_in(asked: Asked) -> None:
    """Refuse whom the table doesn't name."""
    if asked.rule is None or asked.method == "OPTIONS" or is_sign(asked.rule):
        return
    method = "GET" if asked.method == "HEAD" else asked.method
    _refuse(f"{method} {asked.rule}", asked.places)


def is_sign(rule: str) -> bool:
    """Answered whoever asks, so nobody is looked up: they are asked most when nothing can be read."""
    return rule in SIGNS and is_door(door := f"GET {rule}") and line_of(door) == ANYONE


def keep_nothing(answer: Response) -> Response:
    """What only staff may see isn't kept by a browser that others use after them."""
    if is_kept_by_nobody(asked().rule):
        answer.headers.setdefault("Cache-Control", "no-store")
    return answer


@lru_cache(maxsize=DOORS_KEPT)
def is_kept_by_nobody(rule: str | None) -> bool:
    return rule is not None and bool((line_of(f"GET {rule}") or ANYONE) & ROLES)


def ask_for_event(event: str) -> None:
    """Refuse a socket event that its sender may not send."""
    _refuse(f"socket:{event}", {})


def ask_for_screen(screen: str, *, area: str | None = None, window: str | None = None) -> None:
    """Refuse to show a screen to a stranger, or another window's pad."""
    _refuse(f"screen:{screen}", {"area": area, "window": window})


def line_of(door: str) -> Who | None:
    """The table's line; what the path's variables are called doesn't matter."""
    return _LINES.get(plain(door))


@lru_cache(maxsize=DOORS_KEPT)
def plain(door: str) -> str:
    """A route without the names of its variables."""
    return re.sub(r"<[^>]+>", "<>", door)


def is_door(door: str) -> bool:
    """Whether there is such a door here: the city's own office has few."""
    return here().city is None or plain(door) in _OF_THE_CITY


_OF_THE_CITY = frozenset(map(plain, DOORS_OF_THE_CITY))
_LINES = {plain(door): line for door, line in ACCESS.items()}


def _refuse(door: str, places: Places) -> None:
    line = line_of(door)
    if not is_door(door):
        raise NotFound
    if line is None:
        current_app.logger.error("No line in the access table for %s: refused.", door)
        raise NotAllowed
    asker = who()
    if not _is_in(line, asker, places):
        raise _refusal(door, line, asker)


def _is_in(line: Who, asker: Asker, places: Places) -> bool:
    """Screens that were paired for one place are let in there only."""
    fitting = line & asker.may_be
    if fitting - SCREENS or asker.loopback:
        return bool(fitting)
    return bool(fitting) and _stands_there(asker.device, places)


def _stands_there(device: Device | None, places: Places) -> bool:
    """An area is compared with an area and a window with a window, even where both are called 1."""
    if device is None:
        return False
    wanted = places.get(STANDS_AT.get(device.kind, ""))
    return device.place is None or wanted is None or device.place == wanted


def _refusal(door: str, line: Who, asker: Asker) -> HallError:
    """What is missing, so that the person can do something about it."""
    if asker.role == "newcomer" and line & ROLES:
        return PasswordMustChange()
    if line & SCREENS and not asker.staff and (asker.device or door.startswith("screen:")):
        return NotAllowed() if asker.device else NotPaired()
    if line & ROLES:
        return NotAllowed() if asker.staff else NotSignedIn()
    return NotAllowed() if asker.device else NotPaired()


def _is_page(asked: Asked) -> bool:
    return asked.method in ("GET", "HEAD") and not asked.path.startswith(FOR_PROGRAMS)
