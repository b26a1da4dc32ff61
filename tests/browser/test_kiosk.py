"""The kiosk in a real browser: a visitor takes a number by touching, typing or in a hurry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from queueing.told import told_as
from tests.chromium import chromium
from tests.running import RunningHall, running_hall

PORTRAIT = {"width": 1080, "height": 1920}
NUMBER = re.compile(r"^[A-E]\d{3}$")
OVER_NOON = "2026-10-12T12:30"
BEFORE_OPENING = "2026-10-12T08:20"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A visitor's own page, which may not say anything to the console that isn't meant."""
    context = browser.new_context(viewport=PORTRAIT)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    yield opened
    context.close()
    assert faults == []


def open_kiosk(page: Page, hall: RunningHall, language: str = "zh_Hans", view: str = "") -> None:
    """The kiosk as it stands in the hall, with its lines already known."""
    page.goto(f"{hall.url}/kiosk?lang={language}#/{view}")
    expect(page.locator("[data-clock] time")).not_to_be_empty()


def shown_number(page: Page) -> str:
    number = page.locator(".ticket .number")
    expect(number).to_have_text(NUMBER)
    return number.inner_text()


def next_number(hall: RunningHall, service: str) -> int:
    """What the next visitor is given: numbers have no holes, so it tells how many were taken."""
    number: str = hall.somebody().take(service)["ticket"]["number"]
    return int(number[1:])


def test_a_common_service_takes_two_taps(page: Page, server: RunningHall) -> None:
    open_kiosk(page, server)
    page.get_by_role("button", name="居民身份证办理").click()
    expect(page.locator(".materials li")).to_have_text(["户口簿", "旧身份证（换领时）"])
    page.get_by_role("button", name="取号", exact=True).click()
    assert shown_number(page).startswith("A")
    expect(page.locator(".ticket-where")).to_contain_text("1–2 号窗口")


def test_the_long_way_leads_through_the_office(page: Page, server: RunningHall) -> None:
    open_kiosk(page, server, "en")
    page.get_by_role("button", name="Human Resources and Social Security Bureau").click()
    page.get_by_role("button", name="Pension claim").click()
    expect(page.locator(".facts")).to_contain_text("Within 20 working days")
    page.get_by_role("button", name="Take my number").click()
    assert shown_number(page).startswith("D")
    picture = page.locator(".qr")
    assert picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth }") > 0


def test_everybody_sees_who_waits_before_the_tap(page: Page, server: RunningHall) -> None:
    open_kiosk(page, server, "en", "d/social")
    card = page.get_by_role("button", name="Unemployment registration")
    expect(card).to_contain_text("Nobody waiting")
    server.somebody().take("job-seeker")
    expect(card).to_contain_text("1 waiting")


def test_pinyin_initials_find_a_service(page: Page, server: RunningHall) -> None:
    open_kiosk(page, server)
    page.get_by_role("button", name="按名称查找").click()
    for letter in "JZZ":
        page.locator(".keyboard").get_by_role("button", name=letter, exact=True).click()
    expect(page.locator(".services .service strong")).to_have_text(["居住证办理"])
    page.locator(".services .service").click()
    expect(page.get_by_role("heading", name="居住证办理")).to_be_visible()


def test_a_keyboard_is_enough(page: Page, server: RunningHall) -> None:
    open_kiosk(page, server, "en")
    page.keyboard.type("pens")
    expect(page.locator(".find-field")).to_have_value("pens")
    page.keyboard.press("Tab")
    expect(page.locator(".service:focus")).to_contain_text("Pension claim")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Pension claim")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".find-field")).to_have_value("pens")


def test_a_double_tap_takes_one_number(page: Page, server: RunningHall) -> None:
    open_kiosk(page, server, "en", "s/household")
    before = next_number(server, "household")
    page.locator(".take").dblclick()
    shown_number(page)
    assert next_number(server, "household") == before + 2


def test_a_lost_answer_takes_one_number(page: Page, server: RunningHall) -> None:
    open_kiosk(page, server, "en", "s/household")
    before = next_number(server, "household")
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().json()["ticket"]["number"])
            route.abort()

    page.route("**/api/v1/tickets", lose_the_first_answer)
    page.locator(".take").click()
    assert [shown_number(page)] == lost
    assert next_number(server, "household") == before + 2


def test_a_hasty_second_tap_does_nothing_on_the_next_view(page: Page, server: RunningHall) -> None:
    open_kiosk(page, server, "en", "d/police")
    page.locator(".service").last.dblclick()
    expect(page.get_by_role("heading", name="Residence permit")).to_be_visible()
    page.locator(".back").click()
    expect(page.get_by_role("heading", name="Police Bureau")).to_be_visible()


def test_a_ground_makes_a_priority_ticket(page: Page, server: RunningHall) -> None:
    open_kiosk(page, server, "en", "s/id-card")
    page.get_by_role("button", name="Pregnant").click()
    expect(page.get_by_role("button", name="Pregnant")).to_have_attribute("aria-pressed", "true")
    page.locator(".take").click()
    shown_number(page)
    expect(page.locator(".ticket")).to_contain_text("You will be called earlier")


def test_the_language_changes_where_the_visitor_stands(page: Page, server: RunningHall) -> None:
    open_kiosk(page, server, "zh_Hans", "s/id-card")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="Resident ID card")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="繁體中文").click()
    expect(page.get_by_role("heading", name="居民身份證辦理")).to_be_visible()


def test_a_number_stays_in_sight_in_another_language(page: Page, server: RunningHall) -> None:
    open_kiosk(page, server, "zh_Hans", "s/id-card")
    page.locator(".take").click()
    number = shown_number(page)
    page.get_by_role("link", name="English").click()
    expect(page.locator(".ticket")).to_contain_text("People before you")
    assert shown_number(page) == number


def test_the_ticket_leaves_by_itself(page: Page, server: RunningHall) -> None:
    open_kiosk(page, server, "en", "s/id-card")
    page.clock.install()
    page.locator(".take").click()
    shown_number(page)
    page.clock.run_for(46_000)
    expect(page.get_by_role("heading", name="您要办什么事？")).to_be_visible()
    assert page.evaluate("sessionStorage.getItem('kiosk.ticket')") is None


def test_somebody_who_walks_away_is_asked_and_then_forgotten(page: Page, server: RunningHall) -> None:
    page.clock.install()
    open_kiosk(page, server, "zh_Hans", "s/id-card")
    page.get_by_role("button", name="大字").click()
    page.clock.run_for(121_000)
    expect(page.get_by_role("dialog")).to_contain_text("您还在吗？")
    page.get_by_role("button", name="我还需要时间").click()
    expect(page.get_by_role("heading", name="居民身份证办理")).to_be_visible()
    page.clock.run_for(121_000)
    page.clock.run_for(56_000)
    expect(page.get_by_role("heading", name="居民身份证办理")).to_be_visible()
    page.clock.run_for(5_000)
    expect(page.get_by_role("heading", name="您要办什么事？")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.size ?? ''") == ""


def test_without_hall_and_reserve_it_says_so_and_takes_nothing(page: Page, tmp_path: Path) -> None:
    page.route("**/api/v1/blocks", lambda route: route.abort())
    with running_hall(tmp_path / "data") as hall:
        open_kiosk(page, hall, "en", "s/id-card")
        expect(page.locator(".take")).to_be_enabled()
    expect(page.locator("[data-live]")).to_be_visible(timeout=10_000)
    expect(page.locator("[data-live]")).to_contain_text("ask the guide at the desk")
    expect(page.locator(".take")).to_be_disabled()


def test_a_closed_service_says_when_it_opens_and_stays_readable(page: Page, tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", clock=OVER_NOON) as hall:
        open_kiosk(page, hall, "en")
        expect(page.locator(".all-shut")).to_contain_text("Opens today at 14:00")
        card = page.get_by_role("button", name="Resident ID card")
        expect(card).to_contain_text("Opens today at 14:00")
        card.click()
        expect(page.locator(".shut")).to_contain_text("Closed now")
        expect(page.locator(".materials li").first).to_have_text("Household register")
        expect(page.locator(".take")).to_be_hidden()


def test_before_opening_a_tile_says_when_it_opens_not_that_nobody_waits(page: Page, tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", clock=BEFORE_OPENING) as hall:
        open_kiosk(page, hall, "en", "d/social")
        card = page.get_by_role("button", name="Unemployment registration")
        expect(card).to_contain_text("Opens today at 08:30")
        expect(card).not_to_contain_text("Nobody waiting")
        hall.somebody().take("job-seeker")
        expect(card).to_contain_text("1 waiting")
        expect(card).to_contain_text("Opens today at 08:30")


def test_a_device_with_a_printer_prints_one_slip(page: Page, server: RunningHall) -> None:
    page.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1; }")
    page.goto(f"{server.url}/kiosk?lang=en&print=1#/s/id-card")
    page.locator(".take").click()
    number = shown_number(page)
    page.wait_for_function("() => window.printed === 1")
    expect(page.locator("#slip .slip-number")).to_have_text(number)
    size = page.evaluate("document.adoptedStyleSheets[0].cssRules[0].cssText")
    assert re.search(r"size: 80mm \d+mm", size)


def test_a_wait_is_told_as_people_say_it(page: Page, server: RunningHall) -> None:
    """The page's own choice of the sentence is the hall's."""
    open_kiosk(page, server)
    waits = [(None, None), (0, 0), (0, 5), (0, 15), (15, 25), (45, 75), (60, 90), (120, 180), (150, 240)]
    told = page.evaluate(
        """async (waits) => {
            const { waitSentence } = await import("/static/shared/page.js");
            return waits.map(([low, high]) => waitSentence(low, high));
        }""",
        waits,
    )
    said = [(key, {name: str(value) for name, value in values.items()}) for key, values in told]
    assert said == [told_as(low, high) for low, high in waits]
