"""An appointment at the kiosk alone: moved, cancelled, and made with a document, in real browsers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.booked import MONDAY, TUESDAY, book, booked_file, first_free
from tests.cards import card, real_name_file
from tests.phone.visitors import Visitors, chromium, hold_to_reader
from tests.running import Json, RunningHall, running_hall

KIOSK = {"width": 1080, "height": 1920}
RULES = """
[bookings]
share = 0.6
per_minute = 1000
open_per_address = 20
"""
LEFT = """() => JSON.stringify([
    document.documentElement.outerHTML, location.href, {...localStorage}, {...sessionStorage},
])"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    folder = tmp_path_factory.mktemp("changed")
    file = real_name_file(folder, booked_file(folder, RULES), "household")
    with running_hall(folder / "data", file) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def visitors(browser: Browser, hall: RunningHall) -> Iterator[Visitors]:
    opened = Visitors(browser, hall)
    yield opened
    opened.leave()


def kiosk_at(visitors: Visitors, view: str) -> Page:
    page = visitors.open(f"/kiosk?lang=en#/{view}", KIOSK)
    expect(page.locator("[data-clock] time")).not_to_be_empty()
    return page


def touch(page: Page, signs: str) -> None:
    for sign in signs:
        page.locator(".id-pad").get_by_role("button", name=sign, exact=True).click()


def state_of(visitors: Visitors, booking: Json) -> Json:
    return visitors.hall.somebody().get(f"/api/v1{booking['link']}")


def test_found_by_day_code_and_digits_an_appointment_is_moved(visitors: Visitors) -> None:
    mine = book(visitors.hall.somebody(), "13800001111")["booking"]
    page = kiosk_at(visitors, "appointment")
    page.get_by_role("button", name="Move or cancel an appointment").click()
    page.get_by_role("button", name="Tuesday 13 October").click()
    touch(page, mine["code"].lstrip("Y") + "9999")
    page.locator(".take").click()
    expect(page.locator(".id-said")).to_contain_text("No appointment fits this")
    for _ in range(4):
        page.locator(".id-pad").get_by_role("button", name="Erase").click()
    touch(page, "1111")
    page.locator(".take").click()
    expect(page.locator("[data-view=moving] h1")).to_contain_text(mine["code"])
    chosen = page.locator(".next-slot").last
    time = chosen.locator("strong").inner_text()
    chosen.click()
    expect(page.locator(".asked-facts")).to_contain_text(time.split(" ")[0])
    assert state_of(visitors, mine)["moved"] == 0, "nothing is moved before the question is answered"
    page.get_by_role("button", name="Yes, move it").dblclick()
    expect(page.locator("[data-view=booked] .ticket")).to_contain_text(time)
    now = state_of(visitors, mine)
    assert (f"{now['time']} – {now['until']}", now["moved"]) == (time, 1)
    expect(page.locator(".ticket .number")).to_have_text(now["code"])


def test_found_by_its_picture_it_is_kept_after_a_no_and_cancelled_after_a_yes(visitors: Visitors) -> None:
    mine = book(visitors.hall.somebody(), "13800002222")["booking"]
    page = kiosk_at(visitors, "change")
    hold_to_reader(page, mine["url"])
    page.get_by_role("button", name="Cancel this appointment").click()
    page.get_by_role("button", name="No, keep it").click()
    expect(page.locator(".next-slot").first).to_be_visible()
    assert state_of(visitors, mine)["state"] == "booked"
    page.get_by_role("button", name="Cancel this appointment").click()
    page.get_by_role("button", name="Yes, cancel it").dblclick()
    expect(page.locator("h1")).to_have_text(f"Appointment {mine['code']} is cancelled")
    assert state_of(visitors, mine)["state"] == "cancelled"
    page.keyboard.press("Enter")  # a finger on *Done* at once would be the second of a hasty pair
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.locator("[data-view=home]")).to_be_visible()
    assert mine["link"] not in page.evaluate(LEFT), "the next visitor finds nothing of it"


def test_moved_as_often_as_possible_it_can_be_cancelled_only(visitors: Visitors) -> None:
    mine = book(visitors.hall.somebody(), "13800003333")["booking"]
    days = visitors.hall.somebody().get("/api/v1/bookings/slots", service="id-card", first=TUESDAY)["days"]
    free = [
        each["slot"] for day in days for each in day["slots"] if each["left"] and each["slot"] != mine["slot"]
    ]
    for slot in free[:3]:
        visitors.hall.somebody().post(f"/api/v1{mine['link']}/move", {"slot": slot})
    page = kiosk_at(visitors, "change")
    hold_to_reader(page, mine["url"])
    expect(page.locator(".scroller .notice.caution")).to_contain_text("moved as often as possible")
    expect(page.locator(".next-slot")).to_have_count(0)
    expect(page.get_by_role("button", name="Cancel this appointment")).to_be_visible()


def test_a_real_name_service_is_booked_with_a_document(visitors: Visitors) -> None:
    number, phone = card(1), "13800004444"
    slot = first_free(visitors.hall.somebody(), "household")
    page = kiosk_at(visitors, f"book/household/{slot}")
    touch(page, phone)
    page.get_by_role("button", name="Next: your document").click()
    expect(page.locator(".id-why")).to_contain_text("one place is given to each person")
    touch(page, number[:5])
    page.get_by_role("button", name="Make this appointment").click()
    expect(page.get_by_role("alert")).to_contain_text("18 digits")
    touch(page, number[5:])
    page.get_by_role("button", name="Make this appointment").click()
    code = page.locator("[data-view=booked] .ticket .number")
    expect(code).to_be_visible()
    rows = visitors.hall.administrator().get("/api/v1/bookings", day=TUESDAY)["bookings"]
    made = next(each for each in rows if each["service"] == "household")
    assert (made["code"], made["phone"][-4:]) == (code.inner_text(), "4444")
    assert made["document"].endswith(number[-3:])
    assert number not in page.evaluate(LEFT) and phone not in page.evaluate(LEFT)


def test_a_page_loaded_anew_before_the_document_asks_for_the_telephone_again(visitors: Visitors) -> None:
    slot = first_free(visitors.hall.somebody(), "household", MONDAY)
    page = kiosk_at(visitors, f"book/household/{slot}")
    touch(page, "13800005555")
    page.get_by_role("button", name="Next: your document").click()
    expect(page.locator(".id-count")).to_be_visible()
    page.reload()
    expect(page.locator("[data-view=book] .book-phone")).to_have_text("")
