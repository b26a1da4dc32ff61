"""A real-name service in a real browser: the keypad, a reader that types, and what stays behind (nothing)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.cards import card, real_name_file
from tests.chromium import chromium
from tests.running import SMALL, RunningHall, running_hall
from tests.window.terminals import Cast

PORTRAIT = {"width": 1080, "height": 1920}
NAME = "XU LI"
LEFT = """() => JSON.stringify([
    document.documentElement.outerHTML, document.body.textContent, location.href,
    {...localStorage}, {...sessionStorage},
    [...document.querySelectorAll("input, textarea")].map((field) => field.value),
])"""
"""All that somebody who comes next could find on the screen."""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    folder = tmp_path_factory.mktemp("real")
    with running_hall(folder / "data", real_name_file(folder, SMALL, "household")) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PORTRAIT)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    yield opened
    context.close()
    assert faults == []


def before_the_keypad(page: Page, hall: RunningHall, language: str = "en") -> None:
    """As a visitor gets there: the service, then the button."""
    page.goto(f"{hall.url}/kiosk?lang={language}#/s/household")
    expect(page.locator("[data-clock] time")).not_to_be_empty()
    page.locator(".take").click()
    expect(page.locator(".id-field")).to_be_visible()


def touch(page: Page, signs: str) -> None:
    for sign in signs:
        page.locator(".id-pad").get_by_role("button", name=sign, exact=True).click()


def shows_a_number(page: Page) -> str:
    number = page.locator(".ticket .number")
    expect(number).to_have_text(re.compile(r"^B\d{3}$"))
    return number.inner_text()


def left_behind(page: Page, number: str) -> list[str]:
    found: str = page.evaluate(LEFT)
    return [piece for piece in (number, number[:8], number[-6:], NAME) if piece in found]


def test_a_number_by_the_keypad(page: Page, hall: RunningHall) -> None:
    before_the_keypad(page, hall)
    number = card(1)
    expect(page.locator(".id-why")).to_contain_text("Until 11 November 2026 we keep the last signs")
    touch(page, number[:5])
    expect(page.locator(".id-field")).to_have_text("●●●●" + number[4])
    expect(page.locator(".id-count")).to_have_text("5 of 18 entered")
    page.get_by_role("button", name="Take my number").click()
    expect(page.get_by_role("alert")).to_contain_text("18 digits")
    touch(page, number[5:])
    page.get_by_role("button", name="Show what I typed").click()
    expect(page.locator(".id-field")).to_have_text(number)
    page.get_by_role("button", name="Take my number").click()
    assert shows_a_number(page).startswith("B")
    expect(page.locator(".stored")).to_contain_text("Kept until 11 November 2026")
    expect(page.locator(".stored")).to_contain_text(f"…{number[-3:]}")
    assert left_behind(page, number) == []


def test_a_wrong_digit_is_told_at_once_and_can_be_mended(page: Page, hall: RunningHall) -> None:
    before_the_keypad(page, hall)
    number = card(2)
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    touch(page, wrong)
    expect(page.get_by_role("alert")).to_contain_text("One of the digits isn't right")
    page.get_by_role("button", name="Erase").click()
    expect(page.get_by_role("alert")).to_be_hidden()
    touch(page, number[-1])
    page.get_by_role("button", name="Take my number").click()
    shows_a_number(page)


def test_a_reader_types_and_enters(page: Page, hall: RunningHall) -> None:
    """Name, date and number in one line; the name isn't even sent."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
    before_the_keypad(page, hall, "zh_Hans")
    touch(page, "1")  # somebody has begun by hand, and the focus lies on a key
    page.keyboard.type(f"{NAME},1980-01-01,{card(3)}")
    page.keyboard.press("Enter")
    shows_a_number(page)
    assert any(card(3) in each for each in sent)
    assert not any(NAME in each or "1980-01-01" in each for each in sent)
    assert left_behind(page, card(3)) == []


def test_a_second_number_is_refused_in_a_sentence(page: Page, hall: RunningHall) -> None:
    hall.somebody().take("household", identity={"number": card(4)})
    before_the_keypad(page, hall, "zh_Hans")
    page.keyboard.type(card(4))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("该证件已取过本业务的号")


def test_another_document_is_typed_in_letters(page: Page, hall: RunningHall) -> None:
    before_the_keypad(page, hall)
    page.get_by_role("button", name="Passport or another document").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please enter your document's number")
    for sign in "E1234567":
        page.locator(".keyboard").get_by_role("button", name=sign, exact=True).click()
    page.get_by_role("button", name="Take my number").click()
    shows_a_number(page)
    assert left_behind(page, "E1234567") == []


def test_who_walks_away_leaves_nothing(page: Page, hall: RunningHall) -> None:
    page.clock.install()
    before_the_keypad(page, hall)
    page.keyboard.type(card(5))
    page.get_by_role("button", name="Show what I typed").click()
    assert left_behind(page, card(5))
    page.clock.run_for(61_000)
    expect(page.locator("#still-there")).to_be_visible()
    page.clock.run_for(31_000)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")  # loaded anew for the next one
    expect(page.locator("[data-view=home]")).to_be_visible()
    assert left_behind(page, card(5)) == []
    page.go_back()
    assert left_behind(page, card(5)) == []


def test_the_keys_are_large_and_named(page: Page, hall: RunningHall) -> None:
    before_the_keypad(page, hall)
    for button in page.locator(".k-stage button:visible").all():
        box = button.bounding_box()
        assert box and min(box["width"], box["height"]) >= 76, button.inner_text()
        assert button.inner_text() or button.get_attribute("aria-label")


def test_the_clerk_compares_the_last_signs(browser: Browser, hall: RunningHall) -> None:
    cast = Cast(hall, browser)
    hall.somebody().take("household", identity={"number": card(6)})
    li = cast.terminal()
    identity = li.page.locator("[data-part=identity]")
    for _ in range(20):
        expect(identity).to_be_hidden()
        li.press()
        expect(identity).to_contain_text("Real name: ")
        if card(6)[-3:] in identity.inner_text():
            break
        li.press("mark_no_show")
    expect(identity).to_have_text(f"Real name: ID card …{card(6)[-3:]}")
    cast.leave()


def test_the_guide_lifts_a_block(browser: Browser, hall: RunningHall) -> None:
    cast, li = Cast(hall, browser), hall.clerk("li")
    li.press("sit", "1", take_over=True)
    for _ in range(2):
        ticket = hall.somebody().take("household", identity={"number": card(7)})["ticket"]["ticket"]
        li.press("call", "1", ticket=ticket)
        li.press("mark_no_show", "1", ticket=ticket)
    desk = cast.page("chen")
    desk.goto(f"{hall.url}/guide")
    found = desk.locator("[data-person-found]")
    desk.get_by_label("Number of the document").fill(card(7))
    desk.keyboard.press("Enter")
    expect(found).to_contain_text("Gets no number until the end of 2026-10-19.")
    assert left_behind(desk, card(7)) == []
    desk.get_by_label("Number of the document").fill(card(7))
    desk.get_by_role("button", name="Lift the block").click()
    expect(found).to_contain_text("The block is lifted")
    number = hall.somebody().take("household", identity={"number": card(7)})["ticket"]["number"]
    desk.get_by_label("Number of the document").fill(card(7))
    desk.keyboard.press("Enter")
    expect(found).to_contain_text(f"Open: {number}, Household registration")
    cast.leave()
