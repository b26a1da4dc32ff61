"""Who may do what: one table, asked before every request and every socket event."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from flask import Flask, current_app, redirect, request
from werkzeug.wrappers import Response

from queueing.errors import HallError
from queueing.people import Device, NotAllowed, NotPaired, NotSignedIn, PasswordMustChange
from web.asking import SCREENS, Asker, who
from web.devices import renew_cookie
from web.errors import FOR_PROGRAMS

__all__ = ["ACCESS", "ask_for_event", "ask_for_screen", "install", "line_of", "plain", "who"]

Who = frozenset[str]
Places = Mapping[str, str | None]

ANYONE: Who = frozenset({"anyone"})
HOLDER = ANYONE
"""Holders of a ticket's link: the link itself is checked by the page that it opens."""

ROLES: Who = frozenset({"clerk", "guide", "supervisor", "inspector", "administrator"})
STAFF = ROLES | {"newcomer"}
"""Newcomers have signed in with a one-time password that they must replace first."""

CLERKS: Who = frozenset({"clerk", "supervisor", "administrator"})
GUIDES: Who = frozenset({"guide", "supervisor", "administrator"})
OFFICE: Who = frozenset({"supervisor", "inspector", "administrator"})
ADMINISTRATOR: Who = frozenset({"administrator"})
COMPOSERS: Who = frozenset({"supervisor", "administrator"})
"""Those who decide what boards show; they see a board as it would be."""

KIOSK: Who = frozenset({"kiosk"})
BOARD: Who = frozenset({"board"})
PANEL: Who = frozenset({"panel"})
PAD: Who = frozenset({"pad"})
ANNOUNCER: Who = frozenset({"announcer", "board"})

PRESSES: tuple[str, ...] = (
    *("call_next", "call", "recall", "serve", "finish", "finish_and_next", "mark_no_show"),
    *("hold", "resume", "transfer", "postpone", "reinstate", "undo"),
    *("sit", "leave", "pause", "open"),
)

ACCESS: dict[str, Who] = {
    # pages
    "GET /": ANYONE,
    "GET /healthz": ANYONE,
    "GET /qr/<screen>.svg": ANYONE,
    "GET /static/<path:filename>": ANYONE,
    "GET /login": ANYONE,
    "GET /password": STAFF,
    "GET /pair": ANYONE,
    "GET /kiosk": KIOSK,
    "GET /board": BOARD,
    "GET /board/<area>": BOARD,
    "GET /boards/shown": BOARD | COMPOSERS,
    "GET /boards/preview": COMPOSERS,
    "GET /boards/preview/<area>": COMPOSERS,
    "GET /media/<media>": BOARD | OFFICE,
    "GET /panel/<window>": PANEL,
    "GET /pad/<window>": PAD,
    "GET /announcer/<area>": ANNOUNCER,
    "GET /terminal": CLERKS,
    "GET /office": OFFICE,
    "GET /guide": GUIDES,
    "GET /guide/slips": GUIDES,
    "GET /t/<token>": HOLDER,
    "GET /t/<token>/qr.svg": HOLDER,
    # what is heard
    "GET /office/sound": OFFICE,
    "GET /api/v1/voice": OFFICE,
    "POST /api/v1/voice/packs/<language>": ADMINISTRATOR,
    "POST /api/v1/voice/packs/<language>/remove": ADMINISTRATOR,
    "GET /voice/call.wav": ANNOUNCER | OFFICE,
    "GET /voice/text.wav": KIOSK,
    "GET /voice/languages": ANNOUNCER | OFFICE,
    # the hall, as everybody may see it
    "GET /api/v1/openapi.json": ANYONE,
    "GET /api/v1/hall": ANYONE,
    "GET /api/v1/services": ANYONE,
    "GET /api/v1/windows": ANYONE,
    "GET /api/v1/windows/<window>": ANYONE,
    "GET /api/v1/reasons": ANYONE,
    # tickets
    "POST /api/v1/tickets": KIOSK | GUIDES,
    "GET /api/v1/tickets": GUIDES,
    "POST /api/v1/tickets/paper": GUIDES,
    "POST /api/v1/blocks": KIOSK,
    "POST /api/v1/blocks/tickets": KIOSK,
    "POST /api/v1/tickets/<key>/abandon": frozenset({"guide", "supervisor", "administrator"}),
    "POST /api/v1/tickets/<key>/reinstate": frozenset({"guide", "kiosk", "supervisor", "administrator"}),
    "GET /api/v1/tickets/<key>/identity": CLERKS | {"guide"},
    "POST /api/v1/identities/look": GUIDES,
    "POST /api/v1/identities/lift": GUIDES,
    "GET /api/v1/t/<token>": HOLDER,
    "POST /api/v1/t/<token>/abandon": HOLDER,
    "POST /api/v1/t/<token>/postpone": HOLDER,
    "POST /api/v1/t/<token>/rejoin": HOLDER,
    "GET /api/v1/t/<token>/receipt": HOLDER,
    "POST /api/v1/t/<token>/rating": HOLDER,
    # windows; that clerks press at their own is the hall's rule
    **{f"POST /api/v1/windows/<window>/{press}": CLERKS for press in PRESSES},
    "POST /api/v1/windows/<window>/rating": PAD,
    # single ratings, and what looks odd about them; who looks is recorded
    "GET /api/v1/ratings": OFFICE,
    "GET /api/v1/ratings/flags": OFFICE,
    "GET /api/v1/ratings/refused": OFFICE,
    # scores
    "GET /api/v1/scores": OFFICE,
    "GET /api/v1/scores/mine": ROLES,
    # people and devices
    "GET /api/v1/session": ANYONE,
    "POST /api/v1/session": ANYONE,
    "POST /api/v1/session/end": ANYONE,
    "POST /api/v1/session/password": STAFF,
    "GET /api/v1/staff": ADMINISTRATOR,
    "POST /api/v1/staff/<staff>/one_time_password": ADMINISTRATOR,
    "POST /api/v1/staff/<staff>/sessions/end": ADMINISTRATOR,
    "POST /api/v1/sessions/end": ADMINISTRATOR,
    "GET /api/v1/doors": OFFICE,
    "POST /api/v1/doors/loopback": ADMINISTRATOR,
    "GET /api/v1/devices": OFFICE,
    "POST /api/v1/devices/codes": ADMINISTRATOR,
    "POST /api/v1/devices/pair": ANYONE,
    "POST /api/v1/devices/<device>/revoke": ADMINISTRATOR,
    # what boards show
    "GET /api/v1/boards": OFFICE,
    "POST /api/v1/boards/<board>": COMPOSERS,
    "POST /api/v1/media": COMPOSERS,
    "POST /api/v1/media/<media>/pieces": COMPOSERS,
    "POST /api/v1/media/<media>/remove": COMPOSERS,
    # the data and the log
    "GET /api/v1/upkeep": OFFICE,
    "POST /api/v1/backups": ADMINISTRATOR,
    "GET /api/v1/log": OFFICE,
    # sockets: an event may be sent by anyone, a screen joined only by its own kind
    "socket:connect": ANYONE,
    "socket:disconnect": ANYONE,
    "socket:join": ANYONE,
    "socket:catch_up": ANYONE,
    "socket:speak": ANYONE,
    "screen:start": ANYONE,
    "screen:phone": HOLDER,
    "screen:kiosk": KIOSK,
    "screen:board": BOARD | COMPOSERS,
    "screen:panel": PANEL,
    "screen:pad": PAD,
    "screen:announcer": ANNOUNCER,
    "screen:terminal": CLERKS,
    "screen:guide": GUIDES,
    "screen:office": OFFICE,
}

STANDS_AT: Mapping[str, str] = {"board": "area", "announcer": "area", "panel": "window", "pad": "window"}
"""What the place of a paired screen is, by its kind."""

DOORS: Mapping[type[HallError], str] = {
    NotSignedIn: "/login",
    PasswordMustChange: "/password",
    NotPaired: "/pair",
}
"""Where a page sends a browser that may not come in yet."""


def install(app: Flask) -> None:
    """Ask before every request, and open the pages where strangers are sent."""
    from web.doors import blueprint

    app.before_request(ask_at_the_door)
    app.after_request(keep_nothing)
    app.register_blueprint(blueprint)


def ask_at_the_door() -> Response | None:
    """Let the request in, send a browser to the right door, or refuse."""
    if request.url_rule is None or request.method == "OPTIONS":
        return None
    method = "GET" if request.method == "HEAD" else request.method
    try:
        _refuse(f"{method} {request.url_rule.rule}", request.view_args or {})
    except (NotSignedIn, PasswordMustChange, NotPaired) as refusal:
        if not _is_page():
            raise
        return redirect(f"{DOORS[type(refusal)]}?next={quote(request.full_path.rstrip('?'))}")
    if _is_page() and who().device is not None:
        renew_cookie()
    return None


def keep_nothing(answer: Response) -> Response:
    """What only staff may see isn't kept by a browser that others use after them."""
    if request.url_rule is not None and (line_of(f"GET {request.url_rule.rule}") or ANYONE) & ROLES:
        answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def ask_for_event(event: str) -> None:
    """Refuse a socket event that its sender may not send."""
    _refuse(f"socket:{event}", {})


def ask_for_screen(screen: str, *, area: str | None = None, window: str | None = None) -> None:
    """Refuse to show a screen to a stranger, or another window's pad."""
    _refuse(f"screen:{screen}", {"area": area, "window": window})


def line_of(door: str) -> Who | None:
    """The table's line; what the path's variables are called doesn't matter."""
    return _LINES.get(plain(door))


def plain(door: str) -> str:
    """A route without the names of its variables."""
    return re.sub(r"<[^>]+>", "<>", door)


_LINES = {plain(door): line for door, line in ACCESS.items()}


def _refuse(door: str, places: Places) -> None:
    line = line_of(door)
    if line is None:
        current_app.logger.error("No line in the access table for %s: refused.", door)
        raise NotAllowed
    asker = who()
    if not _is_in(line, asker, places):
        raise _refusal(line, asker)


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


def _refusal(line: Who, asker: Asker) -> HallError:
    """What is missing, so that the person can do something about it."""
    if asker.role == "newcomer" and line & ROLES:
        return PasswordMustChange()
    if line & ROLES:
        return NotAllowed() if asker.staff else NotSignedIn()
    return NotAllowed() if asker.device else NotPaired()


def _is_page() -> bool:
    return request.method in ("GET", "HEAD") and not request.path.startswith(FOR_PROGRAMS)
