"""Between a page and the hall, message by message: events come twice, in the wrong order, or not at all."""

from __future__ import annotations

import random

from playwright.sync_api import WebSocketRoute

EVENTS = '42["events"'


class Mangler:
    """Passes every message on; once switched on, it plays with those that hold events."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self.on = False
        self.doubled = self.swapped = self.dropped = 0

    def between(self, page: WebSocketRoute) -> None:
        """For `page.route_web_socket`."""
        hall, held = page.connect_to_server(), list[str | bytes]()
        page.on_message(hall.send)
        hall.on_message(lambda message: self._hand_on(page, message, held))

    def _hand_on(self, page: WebSocketRoute, message: str | bytes, held: list[str | bytes]) -> None:
        if not self.on or not str(message).startswith(EVENTS):
            return page.send(message)
        what = self._dice.choice(("double", "swap", "drop", "pass"))
        if what == "drop":
            self.dropped += 1
        elif what == "swap" and not held:
            self.swapped += 1
            held.append(message)
        else:
            self._say(page, message, held, twice=what == "double")
        return None

    def _say(self, page: WebSocketRoute, message: str | bytes, held: list[str | bytes], twice: bool) -> None:
        """What was held back comes after what came later; all of it again if it is to come twice."""
        self.doubled += twice
        for each in [message, *held] * (2 if twice else 1):
            page.send(each)
        held.clear()
