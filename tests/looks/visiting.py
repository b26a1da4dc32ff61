"""One Chromium that visits every page of the list, in any language, theme and size."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.looks.pages import State
from tests.looks.stage import Stage

LANGUAGES = ("zh_Hans", "zh_Hant", "en")
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")

PATIENCE = 15_000
REMEMBER = """{
    const looks = %s;
    const isOurs = location.protocol !== "about:";
    if (isOurs) for (const [look, value] of Object.entries(looks)) localStorage[`hall.${look}`] = value;
}"""
WEAR = """async (theme) => {
    const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    document.documentElement.dataset.theme = theme;
    await painted();
    const ends = (motion) => motion.effect.getComputedTiming().endTime < Infinity;
    for (let round = 0; round < 20; round += 1) {
        const moving = document.getAnimations().filter(ends);
        if (!moving.length) break;
        for (const motion of moving) motion.finish();
        await painted();
    }
}"""
"""Also lets what moves come to rest: a colour on its way is neither, and inner elements follow outer ones."""


@dataclass
class Tour:
    """Opens the pages one after the other; a script that fails on one of them is a fault of the tour."""

    browser: Browser
    stage: Stage
    faults: list[str] = field(default_factory=list)
    _desks: dict[tuple[str, tuple[str, ...]], Page] = field(default_factory=dict)

    def page_of(self, state: State) -> Page:
        """The browser of whoever looks at this state, not yet on the page; the same for all they look at."""
        desk = (state.who, state.looks)
        if desk not in self._desks:
            self._desks[desk] = self.new_page(state)
        width, height = state.size
        self._desks[desk].set_viewport_size({"width": width, "height": height})
        return self._desks[desk]

    def new_page(self, state: State) -> Page:
        """In a browser that has never seen the hall."""
        width, height = state.size
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        self._sign_in(context, state)
        context.add_init_script(REMEMBER % json.dumps(dict(look.split("=") for look in state.looks)))
        page = context.new_page()
        page.on("pageerror", lambda fault: self.faults.append(f"{page.url}: {fault}"))
        return page

    def _sign_in(self, context: BrowserContext, state: State) -> None:
        person = self.stage.person(state.who)
        url = self.stage.hall.url
        for cookie in person.session.cookies if person else ():
            context.add_cookies([{"name": cookie.name, "value": cookie.value or "", "url": url}])

    def reach(self, page: Page, state: State, language: str, theme: Theme = "light") -> None:
        """Goes to the page and does there what the list says."""
        address = self.address(state, language)
        if address.partition("#")[0] == page.url.partition("#")[0]:
            page.goto("about:blank")  # else nothing would be loaded again
        page.emulate_media(color_scheme=theme)
        page.goto(address)
        expect(page.locator(state.ready).first).to_be_visible(timeout=PATIENCE)
        if state.steps:
            state.steps(page, self.stage)
        wear(page, theme)

    def address(self, state: State, language: str) -> str:
        path = self.stage.link(state.path[1:-1]) if state.path.startswith("{") else state.path
        path, _, view = path.partition("#")
        return f"{self.stage.hall.url}{path}?lang={language}{'#' + view if view else ''}"


def wear(page: Page, theme: Theme) -> None:
    """Both ways in which a page learns its theme: what the device asks for and what somebody chose on it."""
    page.emulate_media(color_scheme=theme)
    page.evaluate(WEAR, theme)
