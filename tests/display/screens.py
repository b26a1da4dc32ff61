"""Browsers for the tests of screens: one Chromium, pages of the size of a real screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

import tests.chromium

SPEAKS_UNASKED = "--autoplay-policy=no-user-gesture-required"
TELEVISION = (1920, 1080)

WATCH = """
window.SEEN = {};
const CALLS = "[data-hero] [data-number], [data-list] [data-number]";
window.shownCalls = () => [...document.querySelectorAll(CALLS)].filter((call) => call.offsetParent);
window.seenUntilNow = () => Object.fromEntries(Object.entries(SEEN)
  .map(([number, seen]) => [number, { first: seen.first, last: seen.gone ?? Date.now() }]));
function look() {
  const now = Date.now();
  const shown = new Set(shownCalls().map((call) => call.dataset.number));
  for (const number of shown) SEEN[number] ??= { first: now, gone: null };
  for (const [number, seen] of Object.entries(SEEN)) if (!shown.has(number)) seen.gone ??= now;
  if (document.querySelector(".lost:not([hidden])")) window.LOST ??= now;
}
addEventListener("DOMContentLoaded", () => new MutationObserver(look)
  .observe(document.body, { subtree: true, childList: true, attributes: true }));
"""
"""Notes in the page when each call was first and last on the screen, and when the hall was lost."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """One on a screen that nobody touches before it may sound."""
    with tests.chromium.chromium(SPEAKS_UNASKED) as browser:
        yield browser


class Screens:
    """Opens pages and fails the test when one of them made a mistake."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[Any] = []
        self.mistakes: list[str] = []

    def open(
        self,
        address: str,
        size: tuple[int, int] = TELEVISION,
        before: str = "",
        wait: bool = True,
        known: Any = None,
        mangle: Any = None,
        **look: Any,
    ) -> Page:
        """A page in a browser of its own; `before` runs ahead of its scripts, `known` are its cookies.

        `mangle` stands between its sockets and the hall.
        """
        context = self._browser.new_context(viewport={"width": size[0], "height": size[1]}, **look)
        self._contexts.append(context)
        context.add_cookies(known or [])
        page = context.new_page()
        if mangle:
            page.route_web_socket("**/socket.io/**", mangle)
        page.on("pageerror", lambda fault: self.mistakes.append(str(fault)))
        if before:
            page.add_init_script(before)
        page.goto(address)
        if wait:
            page.wait_for_selector("main[data-live=yes]")
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        assert self.mistakes == []
