"""Staff sessions: the cookie of a signed-in browser, the row behind it, and whom the browser knows."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import cast

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from queueing.change import Change
from queueing.clock import Clock, Instant, RealClock, instant
from queueing.people import PeopleRows, SignedIn, fingerprint, new_token, session_ends
from queueing.records import Press
from queueing.store import Desk
from web.asked import asked
from web.context import here, now, the_hall

STAFF_COOKIE = "staff"
KNOWN_COOKIE = "known"
KNOWN_FOR = timedelta(days=400)
MOST_KNOWN = 12
"""People whom one browser remembers: those who share a counter, and a cookie that stays small."""

REAL_CLOCK = "real-clock"
"""The extension under which a test puts a clock of its own."""


def rows(desk: Desk) -> PeopleRows:
    """The desk, seen as the keeper of people and devices."""
    return cast(PeopleRows, desk)


def real_now() -> datetime:
    """The real time: delays and codes don't run faster in a hall on a simulated clock."""
    clock: Clock = current_app.extensions.setdefault(REAL_CLOCK, RealClock())
    return clock.now().astimezone(UTC)


def by_the_door(actor: str) -> Press:
    """A change without a stored answer: such answers hold secrets."""
    return Press(actor=actor, role="door")


def new_session() -> tuple[str, Instant, Instant]:
    """A new session's token, its beginning and its end; its row will hold only the fingerprint."""
    at = now()
    return new_token(), instant(at), instant(session_ends(at, here().house.hall.timezone))


def signed_in() -> SignedIn | None:
    """Who is signed in on the browser that asks."""
    mark = session_mark()
    if mark is None:
        return None
    at = instant(now())
    return here().store.look(lambda desk: rows(desk).signed_in(mark, at))


def session_mark() -> str | None:
    """The fingerprint of the request's session cookie."""
    token = cookie_here(STAFF_COOKIE)
    return fingerprint(token) if token else None


def known_here(staff: str) -> str | None:
    """The browser's mark for somebody who has signed in on it before; nobody else can make one."""
    return _known().get(staff)


def known_browser() -> str | None:
    """A mark of the browser, if anybody has ever signed in on it."""
    return next(iter(_known().values()), None)


def remember(staff: str) -> None:
    """From now on the browser is known to be one of theirs."""
    marks = [(name, mark) for name, mark in _known().items() if name != staff]
    marks.append((staff, known_here(staff) or secrets.token_hex(8)))
    send_cookie(KNOWN_COOKIE, _signer().dumps(marks[-MOST_KNOWN:]), KNOWN_FOR)


def _known() -> dict[str, str]:
    try:
        return dict(_signer().loads(cookie_here(KNOWN_COOKIE)))
    except BadSignature:
        return {}


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(here().secret, salt="known-browser")


def sign_out(staff: str | None) -> None:
    """End the session of the browser that asks, and take its cookie back; open screens ask anew."""
    mark = session_mark()
    if mark is not None and staff is None:
        here().store.change(lambda desk: _ended(desk, mark), by_the_door("session"))
    if mark is not None and staff is not None:
        by = Press(f"staff:{staff}", "door", source=request.remote_addr or "")
        the_hall().change(by, lambda change: _signed_out(change, mark, staff))
        here().push.close_screens_of(staff=staff)
    after_this_request(lambda response: without_cookie(response, STAFF_COOKIE))


def _ended(desk: Desk, mark: str) -> dict[str, object]:
    rows(desk).end_session(mark)
    return {}


def _signed_out(change: Change, mark: str, staff: str) -> dict[str, object]:
    change.note("sign_out", {"staff": staff})
    return _ended(change.desk, mark)


def end_sessions(staff: str, *, by: Press) -> None:
    """Sign a person out everywhere; their open screens ask anew."""
    the_hall().change(by, lambda change: _all_ended(change, [staff]))
    here().push.close_screens_of(staff=staff)


def end_all_sessions(*, by: Press) -> None:
    """Sign everybody out but who asks."""
    others = [each.id for each in here().house.staff if each.id != by.clerk]
    the_hall().change(by, lambda change: _all_ended(change, others))
    for staff in others:
        here().push.close_screens_of(staff=staff)


def open_sessions() -> dict[str, int]:
    """How many sessions each person has open."""
    at = instant(now())
    return here().store.look(lambda desk: rows(desk).sessions_by_staff(at))


def _all_ended(change: Change, people: list[str]) -> dict[str, object]:
    for staff in people:
        rows(change.desk).end_sessions_of(staff)
    change.note("sessions_ended", {"staff": people[0] if len(people) == 1 else "all"})
    return {}


def send_cookie(name: str, value: str, lasts: timedelta | None = None) -> None:
    """Put a cookie that no script can read on the answer to this request."""
    after_this_request(lambda response: with_cookie(response, name, value, lasts))


def cookie_here(name: str) -> str:
    """What the browser keeps under that name; behind TLS only what TLS itself has set."""
    present = asked()
    return present.cookie(_as_sent(name)) if "HTTP_COOKIE" in present.environ else ""


def _as_sent(name: str) -> str:
    """With the prefix a browser takes a cookie by TLS only, and from no neighbouring name.

    Ports don't keep cookies apart: of several halls at one name each has cookies of its own.
    """
    mine = f"{name}{here().cookie_ending}"
    return f"__Host-{mine}" if asked().secure else mine


def with_cookie(response: Response, name: str, value: str, lasts: timedelta | None) -> Response:
    response.set_cookie(
        _as_sent(name), value, max_age=lasts,
        httponly=True, samesite="Lax", secure=request.is_secure, path="/",
    )  # fmt: skip
    return response


def without_cookie(response: Response, name: str) -> Response:
    response.delete_cookie(_as_sent(name), httponly=True, samesite="Lax", secure=request.is_secure, path="/")
    return response
