"""Leaving in order: whoever is being answered gets the answer, and nobody is told no for good.

The server lets nobody new in, answers the requests under way and what still comes over connections that are
kept open, and ends. Screens hear no goodbye: a lost line is what they come back from by themselves.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.wsgi import ClosingIterator

from web.machine_access import SIGNS
from web.turnstile import Turnstile

LEAVE_WITHIN = 8.0
"""Seconds that requests under way have; systemd and container engines wait longer."""

LAST_SECONDS = 2.0
"""Of those seconds the last, in which nobody new goes in however many still ask."""

QUIET = 0.2
"""Seconds without a request after which nobody waits: what was on its way has come."""

GATE = "hall.gate"
"""In a request's environment: the gate that it came through."""

SOCKETS = "/socket.io/"
"""These requests last as long as the screens; they end with the server."""

LOOKS = frozenset({"GET", "HEAD"})

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Whole(list[bytes]):
    """An answer that is there as a whole, and what is done when it has left."""

    def __init__(self, said: list[bytes], left: Callable[[], Any]) -> None:
        super().__init__(said)
        self.close = left


class Gate:
    """Counts who is being answered; all that one process serves goes through the same."""

    def __init__(self, give_way: Callable[[], Any] = lambda: None) -> None:
        """`give_way` lets everybody go on whose request has arrived."""
        self._inside = list[None]()  # longer by one for each, at once and whole, so nobody needs a lock
        self.looks = Turnstile(give_way)
        """Where everybody waits a moment who asks for more than a sign of life and presses nothing."""

        self.is_leaving = False
        """Whether the server is about to end."""

        self._shut, self._last = False, 0.0

    def around(self, app: App) -> App:
        """The same app, with everybody counted who goes in and comes out."""

        def passed(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            environ[GATE] = self
            if environ["PATH_INFO"].startswith(SOCKETS):
                self.looks.pass_through()
                return app(environ, start_response)
            if not self._goes_in():
                return come_again(start_response)
            try:
                if environ["REQUEST_METHOD"] in LOOKS and environ["PATH_INFO"] not in SIGNS:
                    self.looks.pass_through()
                said = app(environ, start_response)
                if isinstance(said, list):
                    return Whole(said, self._comes_out)
                return ClosingIterator(said, self._comes_out)
            except BaseException:
                self._comes_out()
                raise

        return passed

    @property
    def inside(self) -> int:
        """How many requests are under way."""
        return len(self._inside)

    def leave(self, seconds: float = LEAVE_WITHIN) -> bool:
        """Back when nobody is inside any more, or after that long; whether all were answered.

        Whoever never stops asking is sent elsewhere, or again, before what they ask could not be kept.
        """
        self.is_leaving, self._last, until = True, time.monotonic(), time.monotonic() + seconds
        while not self._is_quiet() and time.monotonic() < until - LAST_SECONDS:
            time.sleep(QUIET / 10)
        self._shut = True
        while self.inside and time.monotonic() < until:
            time.sleep(QUIET / 10)
        return not self.inside

    def _is_quiet(self) -> bool:
        """Shut from then on: what comes later is sent elsewhere, or again; `leave` waits for the last."""
        self._shut = not self.inside and time.monotonic() - self._last >= QUIET
        return self._shut

    def _goes_in(self) -> bool:
        """Counted first: whoever shuts the gate and then finds nobody inside has missed nobody."""
        self._inside.append(None)
        if self._shut:
            self._inside.pop()
            return False
        return True

    def _comes_out(self) -> None:
        if self.is_leaving:
            self._last = time.monotonic()
        self._inside.pop()


def come_again(start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Without a code of ours: pages take it for a broken line and send the press again, under its key.

    A proxy asks the next process: 502 says that this one is gone, which no refusal of the hall's does. A
    person without a proxy before the hall has the page again a moment later.
    """
    start_response("502 Bad Gateway", [("Retry-After", "1"), ("Refresh", "1"), ("Content-Length", "0")])
    return []
