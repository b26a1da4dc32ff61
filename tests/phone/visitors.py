"""Visitors: their phones and the pads in front of them, as pages of that size in one Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from playwright.sync_api import Browser, BrowserContext, Page, WebSocketRoute, expect

import tests.chromium
from tests.running import Json, Person, RunningHall

PHONE = {"width": 390, "height": 844}
PAD = {"width": 1280, "height": 800}
SMALL_PAD = {"width": 1024, "height": 600}
LONGER_THAN_THE_GUARD = 450


FAR = "hall.test"
"""The hall by a name that isn't this machine's: without HTTPS a browser then trusts the page with less."""

NAMED = f"--host-resolver-rules=MAP {FAR} 127.0.0.1"


@contextmanager
def chromium() -> Iterator[Browser]:
    """One that knows the name."""
    with tests.chromium.chromium(NAMED) as browser:
        yield browser


class Visitors:
    """Opens pages of one hall; a page that makes a mistake fails the test."""

    def __init__(self, browser: Browser, hall: RunningHall) -> None:
        self.browser, self.hall = browser, hall
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def phone(self, ticket: Json, language: str = "en", wire: Wire | None = None) -> Page:
        return self.open(f"{ticket['link']}?lang={language}", PHONE, wire)

    def pad(self, window: str = "1", language: str = "en", size: Any = PAD) -> Page:
        return self.open(f"/pad/{window}?lang={language}", size)

    def open(self, path: str, size: Any, wire: Carrier | None = None) -> Page:
        context = self.browser.new_context(viewport=size)
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        if wire is not None:
            page.route_web_socket("**/socket.io/**", wire.carry)
        page.goto(f"{self.hall.url}{path}")
        return page

    def leave(self) -> None:
        for context in self.contexts:
            context.close()
        assert self.faults == []


class Carrier(Protocol):
    """What stands between a page's socket and the hall."""

    def carry(self, page: WebSocketRoute) -> None: ...


class Wire:
    """The line between one page and the hall; while it is cut, nothing comes through and nobody is told."""

    def __init__(self) -> None:
        self.is_cut = False

    def carry(self, page: WebSocketRoute) -> None:
        hall = page.connect_to_server()
        page.on_message(lambda message: self._pass_on(hall, message))
        hall.on_message(lambda message: self._pass_on(page, message))

    def _pass_on(self, to: WebSocketRoute, message: str | bytes) -> None:
        if not self.is_cut:
            to.send(message)


READ = """(text) => {
    const how = { bubbles: true, cancelable: true };
    for (const key of [...text, "Enter"]) {
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, ...how }));
    }
}"""


def hold_to_reader(page: Page, text: str) -> None:
    """A reader of codes types it within a moment, however busy this machine is, and ends it with Enter."""
    page.evaluate(READ, text)


def at(page: Page, scene: str) -> None:
    """Waits until the page shows that scene."""
    expect(page.locator("body")).to_have_attribute("data-at", scene)


def key_of(ticket: Json) -> str:
    return str(ticket["ticket"]["ticket"])


def number_of(ticket: Json) -> str:
    return str(ticket["ticket"]["number"])


def call(clerk: Person, ticket: Json, window: str = "1") -> None:
    clerk.press("call", window, ticket=key_of(ticket))


def serve(clerk: Person, ticket: Json, window: str = "1") -> None:
    call(clerk, ticket, window)
    clerk.press("serve", window)


def finish(clerk: Person, ticket: Json, window: str = "1") -> None:
    """The whole service of one ticket."""
    serve(clerk, ticket, window)
    clerk.press("finish", window)


def clear(hall: RunningHall, clerk: Person, window: str = "1") -> None:
    """Nobody and no question is left at the window for the next test to stumble over."""
    state = seen_by_pad(hall, window)["window"]["ticket_state"]
    if state is not None:
        clerk.press("mark_no_show" if state == "called" else "finish", window)
    asked = seen_by_pad(hall, window)["rating"]
    if asked is not None:
        rating = {"ticket": asked["ticket"], "level": "satisfied"}
        hall.somebody().post(f"/api/v1/windows/{window}/rating", rating)


def seen_by_pad(hall: RunningHall, window: str) -> Json:
    snapshot: Json = hall.screen(screen="pad", window=window).joined["snapshot"]
    return snapshot


def choose(page: Page, level: str) -> None:
    """Taps a level as a person does: after having seen the question."""
    button = page.locator(f"[data-level={level}]")
    expect(button).to_be_visible()
    page.wait_for_timeout(LONGER_THAN_THE_GUARD)
    button.click()
