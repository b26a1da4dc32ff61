"""What the hall does by itself: its heartbeat, pictures redrawn once a second, the end of the day."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from functools import partial

from flask_socketio import SocketIO

from queueing.errors import StorageFailed
from queueing.records import Event, Json
from queueing.store import Desk
from scoring.reviews import PUT_BACK, SET_ASIDE
from web.agreeing import AGREE_SECONDS, Agreeing
from web.context import Built
from web.feeds import FEEDS
from web.looking_after import EVERY_SECONDS as BOOKINGS_SECONDS
from web.looking_after import look_after_bookings
from web.loudspeakers import EVERY_SECONDS
from web.push import WITHOUT_EVENTS
from web.snapshots import Look, figures, scores
from web.trial import is_open

LOG = logging.getLogger(__name__)

BEAT_SECONDS = 1.5
REDRAW_SECONDS = 1.0
RULE_SECONDS = 4.0
"""How often the hall looks whether its rules by time and line hold; in real time, like the other rounds."""
LONGEST_WAIT, BETWEEN_LOOKS = 12 * 3600.0, 10.0
"""How long what may wait does so for the windows to close, and how often that is looked at; real seconds."""

REVIEWED = frozenset({SET_ASIDE, PUT_BACK})
AT_LEAST_SECONDS = 15.0
"""Waits change as time passes, so the lines are redrawn now and then when nothing happened, too."""


class Ticker:
    """Loops that run as long as the server."""

    def __init__(self, built: Built, sockets: SocketIO) -> None:
        self._built, self._sockets = built, sockets
        self._day = self._night = ""
        self._redrawn = 0.0

    def start(self) -> None:
        loudspeakers = self._built.push.loudspeakers
        rounds: list[tuple[Callable[[], None], float]] = [
            (self.beat, BEAT_SECONDS),
            (self.redraw, REDRAW_SECONDS),
            (loudspeakers.look_after, EVERY_SECONDS),
            (self.rule, RULE_SECONDS),
            (self.look_after_bookings, BOOKINGS_SECONDS),
        ]
        if self._built.together.many:
            rounds.append((Agreeing(self._built).agree, AGREE_SECONDS))
        for work, seconds in rounds:
            self._sockets.start_background_task(self._again_and_again, work, seconds)

    def _again_and_again(self, work: Callable[[], None], seconds: float) -> None:
        """A failure is logged and doesn't stop the next round."""
        while True:
            try:
                work()
            except StorageFailed as error:  # the store has told the operator
                LOG.info("%s: %s", work.__name__, error)
            except Exception:
                LOG.exception("%s failed", work.__name__)
            self._sockets.sleep(seconds)

    def beat(self) -> None:
        """Says that the hall lives, and notices a new day."""
        hall, push = self._built.hall, self._built.push
        at = hall.now()
        seq = self._built.store.look(lambda desk: desk.seq())
        if self._built.together.many:
            push.hear_of(seq)
        push.emit("beat", {"seq": seq, "now": at}, list(FEEDS))
        push.emit("beat", {"now": at}, WITHOUT_EVENTS)
        push.drop_slow()
        push.drop_ended(at)
        if self._built.store.trouble:
            return self._built.store.try_again()
        hall.note_jump()
        day = hall.day(at)
        if self._built.together.leads and day != self._night:
            self._begin_the_night(day)
        if day != self._day:
            self._turn_the_day(day)
        return None

    def look_after_bookings(self) -> None:
        """Reminders that are due, and appointments that nobody came to."""
        if self._built.together.leads:
            look_after_bookings(self._built)

    def _turn_the_day(self, day: str) -> None:
        """Service times are learned before a press asks for them, staff sign in anew."""
        self._built.in_thread(self._learn)
        if self._day:
            self._built.push.close_screens_of_staff()
        self._day = day

    def _begin_the_night(self, day: str) -> None:
        """Yesterday's tickets end, and what is done once a day begins; a new lead does it again."""
        self._built.hall.close_day()
        self._night = day
        self._sockets.start_background_task(self._work_the_night, day)

    def _learn(self) -> None:
        hall = self._built.hall
        hall.store.look(lambda desk: hall.learned(desk, hall.now()))

    def _work_the_night(self, day: str) -> None:
        """What is quick at once, what computes for long when nobody is served; a newer night does both."""
        self._do(self._built.nightly, day)
        waits_until = time.monotonic() + LONGEST_WAIT
        while is_open(self._built.hall) and time.monotonic() < waits_until and self._day == day:
            self._sockets.sleep(BETWEEN_LOOKS)
        if self._day == day:
            self._do(self._built.after_hours, day)

    def _do(self, works: Sequence[Callable[[str], None]], day: str) -> None:
        """One thing after the other; what fails is logged and holds up nothing."""
        for work in works:
            name = getattr(getattr(work, "func", work), "__qualname__", "work")
            try:
                work(day)
            except (StorageFailed, OSError) as error:  # the disk, or no file left: the next night does it
                LOG.warning("Left undone tonight (%s): %s", name, error)
            except Exception:
                LOG.exception("%s failed", name)

    def rule(self) -> None:
        """Switches rules on and off by what the hall sees; it looks beside the event loop."""
        ruling = self._built.hall.ruling
        idle = self._built.store.trouble or not self._built.together.leads
        if not idle and self._built.in_thread(ruling.is_due):
            ruling.apply()

    def redraw(self) -> None:
        """Pictures that follow from the last second's events."""
        fresh = self._built.push.take_fresh()
        now = time.monotonic()
        if not fresh and now - self._redrawn < AT_LEAST_SECONDS:
            return
        self._redrawn = now
        self._redraw_lines()
        self._redraw_figures(fresh)

    def _redraw_lines(self) -> None:
        push = self._built.push
        if not push.is_heard("lines"):
            push.lines.leave()
        elif changed := push.lines.refresh():
            push.emit("lines", {"lines": changed}, "lines")
        watched = push.watched_services()
        for service, places in push.lines.places(watched).items() if watched else ():
            push.emit("places", {"service": service, "places": places}, f"line:{service}")

    def _redraw_figures(self, fresh: Sequence[Event]) -> None:
        """Own figures of the clerks who did something, and for the office the scores after a rating.

        A rating moves no clerk's figures at once: when they move would tell whose it was.
        """
        clerks = {event.shown.get("clerk") for event in fresh if event.action != "rate"} - {None}
        for clerk in clerks & self._built.push.present_staff():
            self._tell("figures", partial(figures, clerk=clerk), f"staff:{clerk}")
        rated = {event.window for event in fresh if event.action == "rate"}
        rated |= {window for event in fresh if event.action in REVIEWED for window in event.after["windows"]}
        if rated and self._built.push.is_heard("office"):
            self._tell("scores", partial(scores, windows=rated), "office")

    def _tell(self, name: str, picture: Callable[[Look], Json], room: str) -> None:
        """Draws beside the event loop and sends."""
        at = self._built.hall.now()

        def look(desk: Desk) -> Json:
            return picture(Look(self._built, desk, at))

        drawn = self._built.in_thread(lambda: self._built.store.look(look))
        self._built.push.emit(name, drawn, room)
