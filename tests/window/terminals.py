"""Clerks at their terminals in a real browser, for every test that needs some."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.running import Person, RunningHall

OFFICE_PC = {"width": 1366, "height": 768}


class Terminal:
    """One terminal's page, with the words of its buttons."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.main = page.locator("[data-action=primary]")
        self.number = page.locator("[data-fill=number]")
        self.trouble = page.locator("[data-trouble]")
        self.news = page.locator("[data-news]")

    def sit(self, window: str) -> None:
        self.page.locator(f"[data-sit='{window}']").first.click()
        self.rests()

    def button(self, action: str) -> Locator:
        return self.page.locator(f"[data-action={action}]:visible")

    def rests(self) -> None:
        """Waits until a press would count: none under way, and the buttons have had their moment."""
        expect(self.main).to_have_attribute("aria-disabled", "false")

    def press(self, action: str = "primary") -> None:
        self.rests()
        self.button(action).first.click()

    def key(self, *keys: str) -> None:
        for key in keys:
            self.rests()
            self.page.keyboard.press(key)

    def choose(self, name: str) -> None:
        """A button of the dialog that is open."""
        self.page.locator("dialog[open]").get_by_role("button", name=name).click()

    def says(self, main: str, number: str) -> None:
        """What stands on the big button, and whose number above it."""
        expect(self.main).to_contain_text(main)
        expect(self.number).to_have_text(number)
        self.rests()

    def waiting(self) -> Locator:
        return self.page.locator("[data-list=waiting] .number")

    def held(self) -> Locator:
        return self.page.locator("[data-list=held] .number")

    def missed(self) -> Locator:
        return self.page.locator("[data-list=no_show] .number")


@dataclass
class Cast:
    """The hall, its visitors and the clerks' browsers; afterwards the hall is as empty as before."""

    hall: RunningHall
    browser: Browser
    keys: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def visitor(self, service: str = "id-card", **wish: str) -> str:
        """Somebody takes a number; which one."""
        ticket = self.hall.somebody().take(service, **wish)["ticket"]
        self.keys.append(ticket["ticket"])
        return str(ticket["number"])

    def page(self, clerk: str, language: str = "en") -> Page:
        context = self.browser.new_context(viewport=OFFICE_PC)
        context.add_cookies(cookies(self.hall.clerk(clerk), language))
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        return page

    def terminal(self, clerk: str = "li", window: str = "1", language: str = "en") -> Terminal:
        """The clerk's terminal, sitting at the window."""
        page = self.page(clerk, language)
        page.goto(f"{self.hall.url}/terminal")
        terminal = Terminal(page)
        if page.locator("[data-face=choose]").is_visible():
            terminal.sit(window)
        terminal.rests()
        return terminal

    def window(self, window: str = "1") -> dict[str, object]:
        view: dict[str, object] = self.hall.somebody().get(f"/api/v1/windows/{window}")["view"]
        return view

    def events(self) -> list[dict[str, object]]:
        """Everything that has happened, as staff see it."""
        screen = self.hall.screen(self.hall.clerk("li"), screen="terminal", window="1")
        return list(screen.ask("catch_up", {"since": 0})["events"])

    def leave(self) -> None:
        """Everybody goes home, so that the next test begins in an empty hall."""
        for context in self.contexts:
            context.close()
        chen = self.hall.clerk("chen")
        for window in ("1", "2", "3"):
            self._empty(chen, window)
        for key in self.keys:
            chen.send(f"/api/v1/tickets/{key}/abandon", {}, {"Idempotency-Key": f"home-{key}"})
        assert self.faults == []

    def _empty(self, chen: Person, window: str) -> None:
        view = self.window(window)
        if view["ticket"]:
            chen.press("finish" if view["ticket_state"] == "serving" else "mark_no_show", window)
        if view["state"] != "closed":
            chen.press("leave", window)


def cookies(person: Person, language: str) -> list[dict[str, str]]:
    """The person's session and the language of the page, for a browser."""
    own = {each.name: str(each.value) for each in person.session.cookies} | {"lang": language}
    return [{"name": name, "value": value, "url": person.url} for name, value in own.items()]
