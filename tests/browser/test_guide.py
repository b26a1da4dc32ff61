"""The guide's desk in a real browser: a number taken, looked up, brought back; paper entered."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import chromium
from tests.office.pages import DESK, Pages, pages_of
from tests.running import Json, RunningHall

UPRIGHT = (800, 1280)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def pages(browser: Browser, server: RunningHall) -> Iterator[Pages]:
    with pages_of(browser, server) as opened:
        yield opened


@pytest.fixture
def desk(pages: Pages) -> Page:
    return desk_of(pages)


def desk_of(pages: Pages, path: str = "/guide?lang=en", size: tuple[int, int] = DESK) -> Page:
    page = pages.open(path, size, pages.hall.clerk("chen"))
    expect(page.locator("[data-clock]")).not_to_be_empty()
    return page


def found(hall: RunningHall, number: str) -> Json:
    (ticket,) = hall.clerk("chen").get("/api/v1/tickets", number=number)["tickets"]
    seen: Json = ticket
    return seen


def types(page: Page, *words: str) -> None:
    """As on a keyboard without a mouse: every word, then Enter."""
    for word in words:
        page.keyboard.type(word)
        page.keyboard.press("Enter")


def test_a_number_is_taken_without_a_mouse(server: RunningHall, desk: Page) -> None:
    desk.keyboard.press("F4")
    types(desk, "pens", "")
    number = desk.locator(".taken-ticket .number")
    expect(number).to_have_text(re.compile(r"^D\d{3}$"))
    code = desk.locator(".taken-code")
    assert code.evaluate("async (image) => { await image.decode(); return image.naturalWidth }") > 0
    assert found(server, number.inner_text())["service"] == "pension"
    expect(desk.locator("#take-service")).to_be_focused()
    expect(desk.locator("#take-service")).to_have_value("")


def test_pinyin_and_the_arrows_choose_a_service(server: RunningHall, pages: Pages) -> None:
    desk = desk_of(pages, "/guide?lang=zh_Hans")
    desk.locator("#take-service").fill("jm")
    expect(desk.get_by_role("option", selected=True)).to_contain_text("居民身份证办理")
    desk.locator("#take-service").fill("办理")
    desk.keyboard.press("ArrowDown")
    chosen = desk.get_by_role("option", selected=True).locator("strong").inner_text()
    desk.keyboard.press("Enter")
    expect(desk.locator("#take-service")).to_have_value(chosen)


def test_somebody_with_a_ground_goes_before(server: RunningHall, desk: Page) -> None:
    desk.keyboard.press("F4")
    types(desk, "resid")
    desk.get_by_label("Priority").first.check()
    desk.get_by_role("button", name="Take the number").click()
    number = desk.locator(".taken-ticket .number")
    expect(desk.locator(".taken-ticket")).to_contain_text("Priority")
    assert found(server, number.inner_text())["ticket_class"] == "priority"


def test_a_missed_number_is_brought_back(server: RunningHall, desk: Page) -> None:
    chen = server.clerk("chen")
    taken = server.somebody().take("household")["ticket"]
    chen.press("sit", "2")
    chen.press("call", "2", ticket=taken["ticket"])
    chen.press("mark_no_show", "2")
    row = desk.locator("[data-missed] li").filter(has_text=taken["number"])
    expect(row).to_be_visible()
    desk.keyboard.press("F2")
    types(desk, taken["number"].lower())
    expect(desk.locator(".found-ticket")).to_contain_text("Called to window 2, did not come")
    desk.locator(".found-ticket").get_by_role("button", name="Bring back").click()
    expect(desk.locator(".found-where")).to_have_text("Waiting")
    expect(row).to_have_count(0)
    assert found(server, taken["number"])["state"] == "waiting"


def test_who_has_left_is_taken_out_of_the_line(server: RunningHall, desk: Page) -> None:
    number = server.somebody().take("household")["ticket"]["number"]
    desk.on("dialog", lambda dialog: dialog.accept())
    types(desk, number)
    desk.get_by_role("button", name="Has left").click()
    expect(desk.locator(".found-where")).to_have_text("Left the line")
    assert found(server, number)["state"] == "abandoned"
    types(desk, "Q99")
    expect(desk.locator("[data-found]")).to_contain_text("No number Q99 today.")


def test_paper_is_entered_one_after_the_other(server: RunningHall, desk: Page) -> None:
    desk.keyboard.press("F8")
    types(desk, "7", "0845", "pens", "")
    expect(desk.locator("[data-entered] li").first).to_contain_text("ZP007, Pension claim, since 08:45")
    expect(desk.locator("#paper-number")).to_have_value("ZP008")
    types(desk, "", "847", "unem", "")
    expect(desk.locator("[data-entered] li").first).to_contain_text("ZP008, Unemployment registration")
    assert found(server, "ZP008")["joined_at"] == "2026-10-12T00:47:00.000Z"
    types(desk, "7", "0845", "pens", "")
    expect(desk.locator("[data-fault]")).to_contain_text("ZP007")
    expect(desk.locator("[data-entered] li")).to_have_count(2)


def test_a_wrong_entry_is_undone_and_entered_rightly(server: RunningHall, desk: Page) -> None:
    desk.on("dialog", lambda dialog: dialog.accept())
    desk.keyboard.press("F8")
    types(desk, "20", "0850", "pens", "")
    desk.get_by_role("button", name="Undo this entry").click()
    expect(desk.locator("[data-entered] li")).to_have_count(0)
    assert found(server, "ZP020")["state"] == "abandoned"
    desk.keyboard.press("F8")
    types(desk, "20", "0850", "house", "")
    expect(desk.locator("[data-entered] li")).to_contain_text("ZP020")
    assert found(server, "ZP020")["service"] == "household"


def test_slips_of_the_typing_hand(desk: Page) -> None:
    spelled = desk.evaluate(
        """async () => {
          const { numberOf, timeOf } = await import("/static/office/guide_paper.js");
          const numbers = ["7", "zp7", "ZY012", "x", "0", "12a"].map(numberOf);
          return [numbers, ["915", "0915", "9:15", "9：15", "2400", "7"].map(timeOf)];
        }"""
    )
    assert spelled == [
        ["ZP007", "ZP007", "ZY012", None, None, None],
        ["09:15", "09:15", "09:15", "09:15", None, None],
    ]


def test_nothing_sticks_out_of_a_tablet_held_upright(pages: Pages) -> None:
    for language in ("zh_Hans", "en"):
        desk = desk_of(pages, f"/guide?lang={language}", UPRIGHT)
        wide = desk.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert wide, language
        small = desk.evaluate(
            """() => [...document.querySelectorAll("main button, main input:not([type=checkbox])")]
                .filter((each) => each.checkVisibility() && each.offsetHeight < 44)
                .map((each) => each.outerHTML)"""
        )
        assert small == []


def test_slips_for_the_drawer_fit_their_sheet(pages: Pages) -> None:
    slips = pages.open("/guide/slips?lang=en&first=95&count=18", DESK, pages.hall.clerk("chen"))
    expect(slips.locator(".paper-slip .number")).to_have_count(18)
    expect(slips.locator(".paper-slip .number").last).to_have_text("ZP112")
    paper = slips.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b(?!s)", paper)) == 2, "one sheet of slips, one list"
