"""Keeps one controller's strips true: connects, shows everything, then changes; begins anew when cut."""

from __future__ import annotations

import threading

from queueing.signal_rules import LedController
from signals.faults import FAULT, Faults
from signals.led.driver import Driver, NoStrip, Shown, drivers
from signals.led.picture import pictures
from signals.ours import LOOK_SECONDS
from web.context import Built

ALIVE_SECONDS = 5.0
"""How often something is said when nothing changes; hours are looked at as often."""

LONGEST_PAUSE = 8.0


class Strips:
    """One controller's own loop."""

    def __init__(self, built: Built, rules: LedController) -> None:
        self._built, self.rules = built, rules
        self._driver: Driver = drivers()[rules.driver](rules, built.in_thread)
        self._wake, self._faults = threading.Event(), Faults(f"Lighting the strips of {rules.id}")
        self._known: dict[str, Shown] = {}
        self.trouble = "not connected"

    def start(self) -> None:
        self._built.sockets.start_background_task(self._again_and_again)

    def wake(self) -> None:
        self._wake.set()

    def _again_and_again(self) -> None:
        pause = 1.0
        while True:
            if not self._built.together.leads:
                self._built.sockets.sleep(LOOK_SECONDS)
                continue
            try:
                self._connected()
            except NoStrip as trouble:
                pause = 1.0 if not self.trouble else min(pause * 2, LONGEST_PAUSE)
                self.trouble = str(trouble)
            except Exception as error:  # noqa: BLE001 - logged by Faults
                pause, self.trouble = self._faults.pause(error), FAULT
            self._driver.close()
            self._built.sockets.sleep(pause)

    def _connected(self) -> None:
        """From a fresh connection, which knows nothing, until it breaks."""
        self._known = {}
        self._driver.open()
        while self._built.together.leads:
            self._wake.clear()
            if not self._shown_what_changed():
                self._driver.alive()
            self.trouble = ""
            self._faults.over()
            self._wake.wait(ALIVE_SECONDS)

    def _shown_what_changed(self) -> bool:
        wanted = self._built.store.look(lambda desk: pictures(self._built.hall, desk, self.rules.windows))
        fresh = {window: shown for window, shown in wanted.items() if self._known.get(window) != shown}
        for window, shown in fresh.items():
            self._driver.show(window, shown)
            self._known[window] = shown
        return bool(fresh)
