"""What the audit trail keeps about ratings: attempts that were refused, and who looked at single ones.

Both are bounded: a flood of guesses leaves a few notes, and a page that is opened again leaves none.
"""

from __future__ import annotations

import hmac
import logging
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, cast

from flask import Flask, current_app, g, request
from pydantic import BaseModel, Field, ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from queueing.errors import HallError
from queueing.records import Press
from queueing.store import Desk
from queueing.tries import network_of
from scoring.watch import LOOKED, REFUSED
from web.asking import Asker, who
from web.context import here, the_hall
from web.nul import without_nul
from web.refusals import BadBody, LinkExpired
from web.sessions import real_now, session_mark
from web.tokens import ticket_of

LOG = logging.getLogger(__name__)

NAME = "watching"
RATES = frozenset({"/api/v1/windows/<window>/rating", "/api/v1/t/<token>/rating"})
TELLING = frozenset(
    {
        *("not_by_staff", "not_allowed", "not_signed_in", "not_paired", "password_must_change"),
        *("not_this_pad", "already_rated", "rating_closed", "not_finished", "unknown_ticket"),
        *("unknown_window", "key_reused"),
    }
)
"""Refusals of who asked or of what for; a reason that is missing is none of these."""

EACH, STRANGERS = 5, 60
"""Notes a minute that one guesser and all strangers may leave; beyond it each tenfold number leaves one.

No stranger uses up what is kept for staff and screens.
"""
MOST_LOOKS = 10_000


@dataclass
class Minute:
    """How often each guesser was refused in the present minute."""

    number: int = -1
    counts: dict[str, int] = field(default_factory=dict)
    strangers: int = 0
    lock: Lock = field(default_factory=Lock)

    def one_more(self, guesser: str, minute: int, *, stranger: bool) -> tuple[int, int]:
        """How many it makes of this guesser and, for a stranger, of all of them.

        Strangers beyond counting are counted together; staff and screens are only so many.
        """
        with self.lock:
            if minute != self.number:
                self.number, self.counts, self.strangers = minute, {}, 0
            self.strangers += stranger
            if not stranger or self.strangers <= 2 * STRANGERS or guesser in self.counts:
                self.counts[guesser] = self.counts.get(guesser, 0) + 1
            return self.counts.get(guesser, 0), self.strangers if stranger else 0


class Named(BaseModel):
    """As much of a rating's body as says what it was about; the rest may be anything."""

    ticket: str = Field(max_length=100)


@dataclass
class Looks:
    """What each session has been seen looking at on the present day."""

    day: str = ""
    seen: set[tuple[str, ...]] = field(default_factory=set)

    def is_new(self, day: str, look: tuple[str, ...]) -> bool:
        if day != self.day or len(self.seen) >= MOST_LOOKS:
            self.day, self.seen = day, set()
        if look in self.seen:
            return False
        self.seen.add(look)
        return True


def install(app: Flask) -> None:
    """From now on refused ratings are noted."""
    app.extensions[NAME] = (Minute(), Looks())
    app.after_request(note_refusal)


def note_refusal(answer: Response) -> Response:
    """A change of its own, after the refused one was taken back; it never stands in the answer's way."""
    code = g.get("refused")
    if code in TELLING and request.url_rule is not None and request.url_rule.rule in RATES:
        try:
            note_attempt(code)
        except Exception:
            LOG.exception("Not noted: a rating refused with %s", code)
    return answer


def note_attempt(code: str) -> None:
    times = times_worth_a_note()
    if times is not None:
        note(REFUSED, code=code, **times, **what_was_rated())


def times_worth_a_note() -> dict[str, int] | None:
    """None: enough was noted this minute. Else the count that the note stands for, when it is a flood."""
    minute, _ = current_app.extensions[NAME]
    asker, at = who(), int(real_now().timestamp() // 60)
    own, strangers = minute.one_more(guesser_of(asker), at, stranger=is_stranger(asker))
    if own <= EACH and strangers <= STRANGERS:
        return {}
    flood = strangers if strangers > STRANGERS else own
    return {"times": flood} if is_tenfold(flood) else None


def is_tenfold(n: int) -> bool:
    return n >= 10 and str(n).strip("0") == "1"


def looked(view: str, **what: str) -> None:
    """Notes once for each session and view that somebody looked at single ratings."""
    _, looks = current_app.extensions[NAME]
    day = the_hall().day(the_hall().now())
    if looks.is_new(day, (session_mark() or "", view, *what.values())):
        note(LOOKED, view=view, **what)


def note(action: str, **facts: Any) -> None:
    """Into the audit trail; when that fails the log of the server has it."""
    asker = who()
    if asker.role == "visitor":
        facts["guesser"] = guesser_of(asker)
    by = Press(asker.id, asker.role, clerk=asker.staff, source=asker.source)
    try:
        the_hall().note(action, by, **facts)
    except HallError as refusal:
        LOG.error("Not noted: %s by %s, %s (%s)", action, asker.id, facts, refusal)


def is_stranger(asker: Asker) -> bool:
    return asker.session is None and asker.device is None


def guesser_of(asker: Asker) -> str:
    """Staff and devices by their names; a stranger by a mark of the network that is another one tomorrow."""
    if not is_stranger(asker):
        return asker.id
    place = f"{the_hall().day(the_hall().now())} {network_of(request.remote_addr or '')}"
    return hmac.digest(here().secret, b"guesser:" + place.encode(), "sha256").hex()[:8]


def what_was_rated() -> dict[str, str]:
    """The window and the ticket that the attempt was about, as far as the hall has them."""
    places = request.view_args or {}
    window, key = places.get("window"), key_asked(places.get("token"))
    known = {"window": window} if window in here().hall.plan.reluctances else {}
    number = the_number_of(key) if key else None
    return {**known, "ticket": key, "number": number} if key and number else cast(dict[str, str], known)


def key_asked(token: str | None) -> str | None:
    """Which ticket the link or the body names; a body that can't be read names none."""
    if token is not None:
        try:
            return ticket_of(token)
        except LinkExpired:
            return None
    try:
        return Named.model_validate_json(without_nul(request.get_data())).ticket
    except (ValidationError, HTTPException, BadBody):
        return None


def the_number_of(key: str) -> str | None:
    """None: there is none, or it can't be looked up now; so nothing of what a stranger typed is kept."""

    def look(desk: Desk) -> str:
        return desk.ticket(key).number

    try:
        return here().store.look(look)
    except HallError:
        return None
