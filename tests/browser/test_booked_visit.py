"""A booked visit in real browsers: booked on the phone, reminded, checked in at the kiosk, called by code.

The hall is started anew where time has to pass. HALL_SCREENSHOTS=1 keeps the pictures in docs/img.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.booked import book, booked_file
from tests.office.pages import Camera, camera
from tests.phone.visitors import PHONE, Visitors, at, chromium, hold_to_reader
from tests.running import OWN_PASSWORD, Json, Person, running_hall, wait_until

NINE, QUARTER_PAST_NINE, AFTER_HALF_PAST = "2026-10-12T09:00", "2026-10-12T09:15", "2026-10-12T09:31"
AT_HALF_PAST = "2026-10-12T01:30:00.000Z"

RULES = """
[bookings]
share = 0.6
lead_minutes = 0
grace_minutes = 0
per_minute = 1000
reminders = [{ minutes_before = 20 }]
"""
HOOK = """
[[signals.hooks]]
id = "trial"
url = "file:reminders.jsonl"
secret_file = "hook.key"
events = ["booking.made", "booking.reminder"]
"""
KIOSK, BOARD = {"width": 1080, "height": 1920}, {"width": 1920, "height": 1080}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "hook.key").write_bytes(b"a secret of more than thirty-two signs")
    booked_file(tmp_path, RULES, HOOK)
    return tmp_path


@contextmanager
def opened(browser: Browser, folder: Path, clock: str) -> Iterator[Visitors]:
    """The same hall at another time of the day."""
    with running_hall(folder / "data", folder / "booked.toml", clock) as hall:
        visitors = Visitors(browser, hall)
        yield visitors
        visitors.leave()


def test_a_booked_visit_and_a_late_one(browser: Browser, folder: Path) -> None:
    pictures = camera(folder)
    with opened(browser, folder, NINE) as visitors:
        visitors.hall.clerk("li").press("sit", "1")
        phone = booked_on_the_phone(visitors)
        page, code = path_of(phone), phone.locator("h1.number").inner_text()
        late = book(visitors.hall.somebody(), "13877776666", slot=AT_HALF_PAST)["booking"]
        pictures.take(phone, "appointment", 390)
    with opened(browser, folder, QUARTER_PAST_NINE) as visitors:
        wait_until(lambda: told(folder, code) == ["booking.made", "booking.reminder"], "the reminder")
        checked_in_at_the_kiosk(visitors, code, pictures)
        phone = visitors.open(f"{page}?lang=en", PHONE)
        phone.get_by_role("link", name="How long will it take?").click()
        at(phone, "waiting")
        expect(phone.locator("[data-fill=number]")).to_have_text(code)
        walk_in = visitors.hall.somebody().take()["ticket"]["number"]
        assert walk_in == "A001", "the appointment took no number of the service"
        called_by(visitors, walk_in, "finish")  # before its slot an appointment holds up nobody
    with opened(browser, folder, AFTER_HALF_PAST) as visitors:
        board = visitors.open("/board?lang=en", BOARD)
        expect(board.locator(".board[data-live=yes]")).to_be_visible()
        li = called_by(visitors, code)
        expect(board.locator(".hero .ticket .number")).to_have_text(code)
        expect(the_terminal(visitors, li).locator("[data-fill=number]").first).to_have_text(code)
        phone = visitors.open(f"{page}?lang=en", PHONE)
        phone.get_by_role("link", name="How long will it take?").click()
        at(phone, "called")
        comes_late(visitors, late)
        assert visitors.hall.somebody().take()["ticket"]["number"] == "A002"


def booked_on_the_phone(visitors: Visitors) -> Page:
    """Service, day, the first half hour, the number, and the press twice in a row."""
    phone = visitors.open("/book?lang=en", PHONE)
    phone.get_by_role("link", name="Resident ID card").click()
    phone.locator("a[href*='day=']").first.click()
    phone.get_by_role("link", name="09:30 – 10:00").click()
    phone.get_by_role("button", name="Make this appointment").click()
    expect(phone.locator("#phone:invalid")).to_be_focused()
    phone.get_by_label("Your telephone number").fill("138 0000 1234")
    phone.get_by_role("button", name="Make this appointment").dblclick()
    expect(phone.locator("[data-stage=open]")).to_be_visible()
    calendar = f"/api/v1{path_of(phone)}/calendar.ics"
    expect(phone.locator("[data-calendar]")).to_have_attribute("href", calendar)
    expect(phone.locator(".facts")).to_contain_text("Monday 12 October 2026")
    return phone


def path_of(page: Page) -> str:
    return "/b/" + page.url.partition("/b/")[2].partition("?")[0]


def told(folder: Path, code: str) -> list[str]:
    """What the adapter was given of this appointment."""
    file = folder / "data" / "signals" / "reminders.jsonl"
    lines: list[Json] = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
    return [each["event"] for each in lines if each["code"] == code]


def checked_in_at_the_kiosk(visitors: Visitors, code: str, pictures: Camera) -> None:
    """By hand: first with a wrong end of the telephone number, then with the right one, pressed twice."""
    kiosk = visitors.open("/kiosk?lang=en", KIOSK)
    kiosk.get_by_role("button", name="I have an appointment").click()
    pad = kiosk.locator(".id-pad")
    for sign in code.lstrip("Y") + "9999":
        pad.get_by_role("button", name=sign, exact=True).click()
    kiosk.locator(".take").click()
    expect(kiosk.locator(".id-said")).to_contain_text("No appointment fits this")
    for _ in range(4):
        pad.get_by_role("button", name="Erase").click()
    for sign in "1234":
        pad.get_by_role("button", name=sign, exact=True).click()
    pictures.take(kiosk, "appointment-kiosk", 540)
    kiosk.locator(".take").dblclick()
    expect(kiosk.locator(".ticket .number")).to_have_text(code)
    expect(kiosk.locator(".ticket")).to_contain_text("You are checked in")


def called_by(visitors: Visitors, number: str, then: str = "") -> Person:
    """Li presses *next* at window 1, and that is who is called."""
    li = visitors.hall.somebody()
    li.sign_in("li", OWN_PASSWORD)
    assert li.press("call_next", "1")["ticket"]["number"] == number
    if then:
        li.press("serve", "1")
        li.press(then, "1")
    return li


def the_terminal(visitors: Visitors, clerk: Person) -> Page:
    """The clerk's own, in a browser that is signed in as they are."""
    page = visitors.open("/login", BOARD)
    for each in clerk.session.cookies:
        page.context.add_cookies([{"name": each.name, "value": each.value or "", "url": visitors.hall.url}])
    page.goto(f"{visitors.hall.url}/terminal?lang=en")
    return page


def comes_late(visitors: Visitors, late: Json) -> None:
    """A reader of codes types what it reads, wherever the focus is."""
    kiosk = visitors.open("/kiosk?lang=en#/appointment", KIOSK)
    expect(kiosk.locator("html[data-live], .appointment-field").first).to_be_visible()
    hold_to_reader(kiosk, late["url"])
    expect(kiosk.locator(".ticket .number")).to_have_text(late["code"])
    expect(kiosk.locator(".ticket")).to_contain_text("You came after your time")
