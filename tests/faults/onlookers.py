"""Every kind of screen of one hall behind one wire; each notes when it was live and when it knew the news."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Error, Page

from tests.display.screens import WATCH, Screens
from tests.display.test_announcer import HASTY, VOICE
from tests.faults.mangling import Mangler
from tests.running import Json, Person, RunningHall
from tests.window.terminals import cookies

NOTES = """
window.STATES = [];
window.isLost = () => Boolean(document.querySelector(".lost, p.live")?.checkVisibility());
window.reach = (goal) => {
  clearInterval(window.REACHING);
  window.REACHED = null;
  const isTrue = new Function("return " + goal);
  const look = () => { if (!isLost() && isTrue()) { REACHED ??= Date.now(); clearInterval(REACHING); } };
  window.REACHING = setInterval(look, 20);
};
setInterval(() => {
  if (!document.body) return;
  const lost = isLost();
  if (STATES.at(-1)?.lost !== lost) STATES.push({ lost, at: Date.now() });
}, 20);
"""
"""When the page said that it isn't live, and when it first showed what a test waits for."""

GOALS = {
    "board": "shownCalls().map((call) => call.dataset.number).filter((one) => {calls}.includes(one)).join()"
    " === {newest_first}.join()",
    "panel": "document.querySelector('main').dataset.number === {here}"
    " && document.querySelector('main').dataset.mode === 'called'",
    "announcer": "document.querySelector('[data-now]').dataset.number === {there}",
    "terminal": "document.querySelector('[data-fill=number]').textContent === {here}"
    " && [...document.querySelectorAll('[data-list=no_show] .number')]"
    ".some((one) => one.textContent === {missed})",
    "pad": "document.body.dataset.at === 'ask'"
    " && document.querySelector('[data-fill=number]').textContent === {finished}",
    "phone": "document.body.dataset.at === 'called'",
    "kiosk": "!document.body.classList.contains('is-not-live')",
}


@dataclass
class Meanwhile:
    """What was done at the windows while the screens heard nothing."""

    calls: list[str]
    missed: str
    finished: str
    here: str
    there: str

    def words(self) -> Json:
        """As the pages' goals name them."""
        return {
            "calls": self.calls, "newest_first": self.calls[::-1], "missed": self.missed,
            "finished": self.finished, "here": self.here, "there": self.there,
        }  # fmt: skip


def digits(number: str) -> str:
    """As the announcer says it in Chinese."""
    return number[0] + " " + "".join("零幺二三四五六七八九"[int(digit)] for digit in number[1:])


@dataclass
class Windows:
    """Li and Wang at windows 1 and 2, who go on working whatever the screens hear."""

    hall: RunningHall
    li: Person
    wang: Person
    holder: Json = field(default_factory=dict)

    def prepare(self) -> str:
        """One more visitor, whose phone is among the screens; the link of the ticket."""
        self.holder = self.li.take("household")
        return str(self.holder["link"])

    def work(self) -> Meanwhile:
        """Missed, finished and called at window 1, called at window 2."""
        calls = [self._call(self.li, "1", self.li.take())]
        self.li.press("mark_no_show", "1")
        calls.append(self._call(self.li, "1", self.li.take()))
        self.li.press("serve", "1")
        self.li.press("finish", "1")
        calls.append(self._call(self.wang, "2", self.wang.take()))
        calls.append(self._call(self.li, "1", self.holder))
        return Meanwhile(calls, calls[0], calls[1], calls[3], calls[2])

    def send_away(self) -> None:
        self.li.press("mark_no_show", "1")
        self.wang.press("mark_no_show", "2")

    def _call(self, clerk: Person, window: str, ticket: Json) -> str:
        called = clerk.press("call", window, ticket=ticket["ticket"]["ticket"])
        return str(called["ticket"]["number"])


class Onlookers:
    """Seven pages at one address, that may not make mistakes."""

    def __init__(self, screens: Screens, url: str, windows: Windows, mangler: Mangler | None = None) -> None:
        self._screens, self._url, self._mangler = screens, url, mangler
        self.windows = windows
        self.pages: dict[str, Page] = {}
        for name, path, before in (
            ("board", "/board?lang=en", WATCH),
            ("panel", "/panel/1?lang=en", ""),
            ("announcer", "/announcer/main?lang=zh_Hans", VOICE + HASTY),
            ("pad", "/pad/1?lang=en", ""),
            ("kiosk", "/kiosk?lang=en", ""),
        ):
            self._open(name, path, before)
        self._open("terminal", "/terminal", "", cookies(windows.li, "en"))
        self.follow(windows.prepare())

    def follow(self, link: str) -> None:
        """The phone of another visitor."""
        if "phone" in self.pages:
            self._reach(self.pages["phone"], f"{self._url}{link}?lang=en")
        else:
            self._open("phone", f"{link}?lang=en", "")
        self.pages["phone"].wait_for_function("() => document.body.dataset.at === 'waiting'")

    @staticmethod
    def _reach(page: Page, address: str) -> None:
        """Once more, as anybody would, where the browser finds with this request that its line was cut."""
        try:
            page.goto(address)
        except Error as trouble:
            if "net::ERR_SOCKET_NOT_CONNECTED" not in trouble.message:
                raise
            page.goto(address)

    def _open(self, name: str, path: str, before: str, known: Any = None) -> None:
        mangle = self._mangler.between if self._mangler else None
        page = self._screens.open(
            f"{self._url}{path}", (1366, 900), NOTES + before, wait=False, known=known, mangle=mangle
        )
        if name == "terminal":
            page.wait_for_selector("[data-action=primary][aria-disabled=false]")
        self.pages[name] = page

    def say_that_they_are_not_live(self, patience: float = 6.5) -> dict[str, float]:
        """How long after the fault each page said so, once all have."""
        for page in self.pages.values():
            page.wait_for_function("() => isLost()", timeout=patience * 1000)
        return {name: self._last(page, lost=True) for name, page in self.pages.items()}

    def _last(self, page: Page, lost: bool) -> float:
        last: float = page.evaluate("lost => STATES.findLast((state) => state.lost === lost).at / 1000", lost)
        return last

    def expect(self, done: Meanwhile) -> None:
        """From now on each page notes when it shows all that."""
        for name, page in self.pages.items():
            page.evaluate("goal => reach(goal)", filled(GOALS[name], done.words()))

    def know(self, since: float, patience: float = 15) -> dict[str, float]:
        """Seconds from `since` until each page was live and showed it."""
        for page in self.pages.values():
            page.wait_for_function("() => REACHED !== null", timeout=patience * 1000)
        return {name: page.evaluate("REACHED") / 1000 - since for name, page in self.pages.items()}

    def said(self) -> list[str]:
        """The first sentence of each announcement; its other languages and repetitions left out."""
        said: list[str] = self.pages["announcer"].evaluate(
            "SAID.filter((text, at) => REFS[at].endsWith(' zh_Hans 1'))"
        )
        return said

    def wait_until_said(self, numbers: list[str]) -> None:
        for number in numbers:
            said = "words => SAID.some((sentence) => sentence.includes(words))"
            self.pages["announcer"].wait_for_function(said, arg=digits(number))
        self.pages["announcer"].wait_for_selector("[data-now].said")


def filled(goal: str, words: Json) -> str:
    for name, value in words.items():
        goal = goal.replace("{" + name + "}", json.dumps(value, ensure_ascii=False))
    return goal


def now() -> float:
    """The browser's clock is the machine's."""
    return time.time()
