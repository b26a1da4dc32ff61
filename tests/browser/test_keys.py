"""By keys alone: signing in, the office and the terminal, and at every step one sees where one is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import chromium
from tests.office.pages import Pages, pages_of
from tests.running import OWN_PASSWORD, Person, RunningHall

MOST_TABS = 80
WHERE = """() => {
    const here = document.activeElement, look = getComputedStyle(here), box = here.getBoundingClientRect();
    const ring = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
    const label = here.labels?.[0]?.innerText;
    const said = here.getAttribute("aria-label") ?? label ?? here.innerText ?? "";
    const name = said.replace(/\\s+/g, " ").trim();
    return { name, ring: ring || look.boxShadow !== "none", seen: box.width > 0 && box.height > 0,
        body: here === document.body };
}"""
"""What has the focus: how it is called, whether a ring shows it, whether it is on the page at all."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def pages(browser: Browser, server: RunningHall) -> Iterator[Pages]:
    with pages_of(browser, server) as opened:
        yield opened


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Presses Tab until that has the focus; whatever is met on the way can be seen and has a ring."""
    passed: list[str] = []
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        here = page.evaluate(WHERE)
        if here["body"]:
            continue  # past the last one: on to the browser's own and back to the first
        assert here["ring"] and here["seen"], f"no ring on {here['name']!r}"
        passed.append(here["name"])
        if here["name"].startswith(name):
            return
    raise AssertionError(f"{name!r} isn't among {passed}")


def test_signing_in_and_being_refused(pages: Pages, server: RunningHall) -> None:
    server.clerk("chen")
    page = pages.open("/login?next=/office&lang=en")
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.type("chen")
    page.keyboard.press("Tab")
    page.keyboard.type("not this one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("password")
    tab_to(page, "Password", "Shift+Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(OWN_PASSWORD)
    tab_to(page, "Sign in")
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=hall]")).to_be_visible()


def test_the_office_is_walked_through_and_a_dialog_gives_the_focus_back(
    pages: Pages, server: RunningHall
) -> None:
    visit = rated_at_once(server)
    page = pages.open("/office?lang=en", person=server.clerk("chen"))
    tab_to(page, "Skip to the content")
    tab_to(page, "Scores")
    page.keyboard.press("Enter")
    tab_to(page, "Ratings well read")
    page.keyboard.press("Space")
    expect(page.locator("[data-reading-of='1']")).to_be_visible()
    tab_to(page, "How to read this")
    page.keyboard.press("Enter")
    expect(page.locator(".how dl")).to_be_visible()

    tab_to(page, "Checks")
    page.keyboard.press("Enter")
    expect(page.locator("[data-flag]").first).to_be_visible()
    tab_to(page, "Which tickets")
    page.keyboard.press("Enter")
    tab_to(page, f"Choose {visit}")
    page.keyboard.press("Space")
    tab_to(page, "Set aside …")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox", name="Reason")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate(WHERE)["name"] == "Set aside …"


def rated_at_once(server: RunningHall) -> str:
    kiosk, li = server.somebody(), server.clerk("li")
    ticket = kiosk.take("id-card")["ticket"]
    li.press("sit", "1")
    serve_one(li)
    kiosk.post("/api/v1/windows/1/rating", {"ticket": ticket["ticket"], "level": "very_satisfied"})
    li.press("leave", "1")
    return str(ticket["number"])


def serve_one(clerk: Person) -> None:
    for name in ("call_next", "serve", "finish"):
        clerk.press(name, "1")


def test_a_whole_visit_at_the_terminal_by_tab_and_enter(pages: Pages, server: RunningHall) -> None:
    """The terminal has keys of its own; who doesn't know them gets everywhere all the same."""
    number = server.somebody().take("household")["ticket"]["number"]
    page = pages.open("/terminal?lang=en", person=server.clerk("li"))
    expect(page.locator("[data-own] [data-sit]").first).to_be_visible()
    tab_to(page, "1 ")
    page.keyboard.press("Enter")
    main = page.locator("[data-action=primary]")
    for says, mode in (("Next", "called"), ("Start service", "serving"), ("Finish", "idle")):
        expect(main).to_have_attribute("aria-disabled", "false")
        tab_to(page, says)
        page.keyboard.press("Enter")
        expect(page.locator("[data-now]")).to_have_attribute("data-mode", mode)
    assert server.clerk("chen").get("/api/v1/log", number=number)["entries"]
