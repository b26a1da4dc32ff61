"""A beginning for a driver of another controller: copy it, fill it in, name it in `driver.drivers`.

Say `driver = "mine"` in `queueing/signal_rules.py`, too. Use plain sockets: the hall's engine makes them wait
without holding up anybody. Whatever goes wrong is a NoStrip; the hall then hangs up, opens again and shows
everything anew, so a driver needs no memory of its own.
"""

from __future__ import annotations

from queueing.signal_rules import LedController
from signals.led.driver import NoStrip, Shown
from web.outside import InThread


class Mine:
    """Speaks to nothing yet, and says so."""

    def __init__(self, rules: LedController, in_thread: InThread) -> None:
        self._rules, self._in_thread = rules, in_thread

    def open(self) -> None:
        raise NoStrip(f"no driver for {self._rules.host} has been written")

    def show(self, window: str, shown: Shown) -> None:
        """Send the text in the controller's own frame and wait for its answer."""
        raise NoStrip("not connected")

    def alive(self) -> None:
        """Send whatever the controller answers without changing its picture."""
        raise NoStrip("not connected")

    def close(self) -> None:
        """Close the socket."""
