"""What a screen may say over its socket: join, and catch up on what it missed."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from flask_socketio import ConnectionRefusedError, SocketIO
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from queueing.errors import HallError
from queueing.records import Json
from queueing.store import Desk
from web.admission import ask_for_event, ask_for_screen
from web.asked import asked
from web.asking import who
from web.closing import GATE, Gate
from web.context import here, the_hall
from web.errors import bad_body, described, problem
from web.feeds import Feed, heard_by, messages
from web.metrics import CATCH_UPS, JOINS
from web.nul import without_nul
from web.push import ANNOUNCING, WITHOUT_EVENTS, Screen
from web.rates import owner_here, sockets_for
from web.refusals import BadBody, NotFound
from web.snapshots import PICTURES, Join, picture
from web.speaking import Speak, Speaker
from web.tokens import ticket_of
from web.watching import looked

LOG = logging.getLogger(__name__)

MOST_MISSED = 500
"""Events that a screen may catch up on; one that missed more joins again."""

LAST_SEQ = 2**53
"""Beyond this a browser can't count."""

FEED_OF: Mapping[str, Feed] = {"terminal": "staff", "guide": "staff", "office": "office"}
SPEAKS = frozenset({"announcer", "board"})
WITH_ANNOUNCEMENTS = SPEAKS | {"office"}
WITH_LINES = frozenset({"board", "kiosk", "office", "terminal", "guide", "start"})


class CatchUp(BaseModel):
    """The last seq that the screen knows."""

    model_config = ConfigDict(extra="forbid")

    since: int = Field(ge=0, le=LAST_SEQ, strict=True)


def open_sockets(sockets: SocketIO) -> None:
    """The events that the server listens to; each has a line in the access table."""
    sockets.on_event("connect", connected)
    sockets.on_event("disconnect", gone)
    sockets.on_event("join", politely("join", joined))
    sockets.on_event("catch_up", politely("catch_up", caught_up))
    sockets.on_event("speak", politely("speak", spoke))


def connected(auth: object = None) -> None:
    try:
        ask_for_event("connect")
        owner = owner_here()
        most = sockets_for(owner, here().house)
        _must_be_on_the_line()
        here().push.crowd.enter(_sid(), f"{owner.kind} {owner.name}", most)
    except HallError as error:
        raise ConnectionRefusedError(error.code) from error


def gone(reason: object = None) -> None:
    here().push.crowd.leave(_sid())
    here().push.left(_sid())


def politely(event: str, handler: Callable[[Any], Json]) -> Callable[[Any], Json]:
    """Answers a refusal as the API does, instead of breaking the socket."""

    def answered(message: Any = None, *more: Any) -> Json:
        try:
            ask_for_event(event)
            if more:
                raise BadBody(where=event, problem="takes one message")
            without_nul(json.dumps(message).encode())
            return handler(message)
        except ValidationError as error:
            return {"ok": False, "problem": problem(bad_body(error))}
        except HallError as error:
            return {"ok": False, "problem": problem(error)}
        except Exception:
            LOG.exception("The socket event %s failed", event)
            return {"ok": False, "problem": described(500, "failed", "failed")}

    return answered


def joined(message: Any) -> Json:
    """Into the rooms first, then the picture: what happens in between arrives twice, never not at all."""
    _take_a_turn()
    wish = Join.model_validate(message)
    if wish.screen not in PICTURES:
        raise NotFound
    ask_for_screen(wish.screen, area=wish.area, window=wish.window)
    ticket = ticket_of(wish.token or "") if wish.screen == "phone" else None
    asker = who()
    screen = Screen(
        wish.screen, _feed(wish.screen), wish.window, wish.area, ticket, asker.staff, _device(),
        asker.by_loopback_alone, asker.session.ends_at if asker.session else None,
    )  # fmt: skip
    _must_be_there()
    if ticket is not None:
        here().push.crowd.enter(_sid(), f"ticket {ticket}", here().house.doors.sockets)
    _enter_rooms(screen)
    JOINS.labels(here().house.hall.id, wish.screen).inc()
    seen = picture(screen, wish.area)
    if screen.feed == "office":
        looked("office", day=the_hall().day(seen["now"]))
    return {"ok": True} | seen


def _take_a_turn() -> None:
    """A crowd that comes back at once joins one by one; who has gone or was signed out meanwhile doesn't."""
    gate: Gate | None = request.environ.get(GATE)
    if gate is not None:
        gate.looks.pass_through()
        asked().asker = None
        _must_be_there()


def _must_be_there() -> None:
    """Who has gone while the database was asked is counted no more, and enters no room."""
    if not here().sockets.server.manager.is_connected(_sid(), "/"):
        raise NotFound


def _must_be_on_the_line() -> None:
    """Nobody says later that they left whose line was cut while they were let in."""
    server = here().sockets.server
    if server.manager.eio_sid_from_sid(_sid(), "/") not in server.environ:
        raise NotFound


def _feed(screen: str) -> Feed | None:
    """The start page is open to all: a stranger there learns how long the lines are, and no events."""
    if screen == "start" and who().staff is None:
        return None
    return FEED_OF.get(screen, "public")


def _enter_rooms(screen: Screen) -> None:
    """Out of the rooms of an earlier join, into those of this one."""
    here().push.joined(_sid(), screen, rooms_of(screen))


def rooms_of(screen: Screen) -> set[str]:
    """Where a screen hears what it may hear."""
    rooms: set[str] = {screen.feed or WITHOUT_EVENTS}
    if screen.kind in WITH_LINES:
        rooms.add("lines")
    if screen.kind == "board":
        rooms.add("boards")
    if screen.kind in WITH_ANNOUNCEMENTS:
        rooms.add(ANNOUNCING)
    if screen.kind == "terminal":
        rooms.add(f"staff:{screen.staff}")
    if screen.kind == "pad":
        rooms.add(f"pad:{screen.window}")
    if screen.ticket:
        key = screen.ticket
        rooms.add(f"ticket:{key}")
        rooms.add("line:" + here().store.look(lambda desk: desk.ticket(key).service))
    return rooms


def caught_up(message: Any) -> Json:
    """The events after the last one that the screen knows; not ok: too many, join again."""
    since = CatchUp.model_validate(message).since
    events = _since(since, here().push.screens.get(_sid()))
    CATCH_UPS.labels(here().house.hall.id, "told" if events is not None else "join_again").inc()
    return {"ok": False} if events is None else {"ok": True, "events": events}


def _since(since: int, screen: Screen | None) -> list[Json] | None:
    """What the screen may hear of the events after that one; none: too many, or it hasn't joined."""
    if screen is None or screen.feed is None:
        return None
    missed = here().store.look(lambda desk: _missed(desk, since))
    return heard_by(screen.feed, missed, screen.staff) if len(missed) <= MOST_MISSED else None


def _missed(desk: Desk, since: int) -> list[Json]:
    return messages(the_hall(), desk, desk.events_after(since, MOST_MISSED + 1))


def spoke(message: Any) -> Json:
    """A machine's sign of life, answered with whether it speaks for its area, and what it shall say."""
    wish = Speak.model_validate(message)
    screen = here().push.screens.get(_sid())
    area = spoken_for(screen) if screen and not is_looked_at(screen) else None
    if screen is None or area is None:
        return {"ok": False}
    speaker = Speaker(_sid(), wish.machine, wish.able, screen.device or "loopback", screen.kind)
    return {"ok": True} | here().push.loudspeakers.ask(area, speaker, wish)


def spoken_for(screen: Screen) -> str | None:
    """The area that an announcer or a board may speak for: its own, or the hall's only one."""
    areas = [area.id for area in here().house.areas]
    if screen.kind not in SPEAKS:
        return None
    return screen.area if screen.area in areas else areas[0] if len(areas) == 1 and not screen.area else None


def is_looked_at(screen: Screen) -> bool:
    """A board in the browser of somebody who is signed in is there to be seen; one that is paired speaks."""
    if screen.kind != "board" or screen.staff is None:
        return False
    device = who().device
    return device is None or device.kind != "board"


def _device() -> str | None:
    device = who().device
    return device.id if device else None


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]
