"""A kiosk behind a cut wire: reserved numbers, which stand in their proper place when it is back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.chromium import chromium
from tests.faults.wire import Wire
from tests.running import Json, Refused, RunningHall, running_hall, wait_until

RESERVED = re.compile(r"^ZY\d{3}$")
PORTRAIT = {"width": 1080, "height": 1920}
SUPPLY = """async () => {
  const { Shelf } = await import(new URL("shelf.js", document.querySelector("script[type=module]").src));
  return (await new Shelf().get("supply"))?.numbers ?? [];
}"""

OFFERED = """async () => {
  const { Reserve } = await import(new URL("reserve.js", document.querySelector("script[type=module]").src));
  const stretches = [["2026-10-12T00:15:00.000Z", "2026-10-12T04:00:00.000Z"]];
  const open_today = [{ services: ["s"], stretches }];
  const supply = { hall: "h", day: "2026-10-12", numbers: [{}], open_today };
  const at = (now, status = "open", real_name = false) => {
    const hall = { id: "h", timezone: "Asia/Shanghai" };
    const known = { services: new Map([["s", { real_name }]]), lines: new Map([["s", { status }]]) };
    const desk = { data: { hall }, now: () => new Date(now), ...known };
    return Object.assign(new Reserve(desk), { cutOff: true, supply });
  };
  return {
    open: at("2026-10-12T01:00:00Z").line("s"),
    evening: at("2026-10-12T10:00:00Z").line("s").status,
    full: at("2026-10-12T01:00:00Z", "full").line("s").status,
    named: at("2026-10-12T01:00:00Z", "open", true).line("s").status,
    ready: at("2026-10-12T01:00:00Z").ready,
    tomorrow: at("2026-10-13T01:00:00Z").ready,
  };
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningHall]:
    with running_hall(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def wire(hall: RunningHall) -> Iterator[Wire]:
    with Wire(hall.url) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, wire: Wire) -> Iterator[Page]:
    """A kiosk that has had the time to reserve its numbers and to draw their codes."""
    context = browser.new_context(viewport=PORTRAIT)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.goto(f"{wire.url}/kiosk?lang=en#/s/id-card")
    wait_until(lambda: is_stocked(opened), "the reserve")
    yield opened
    context.close()
    assert faults == []


def is_stocked(page: Page) -> bool:
    numbers: list[Json] = page.evaluate(SUPPLY)
    return len(numbers) == 20 and all(each.get("picture") for each in numbers)


def cut(wire: Wire, page: Page) -> None:
    wire.cut()
    expect(page.locator("[data-live]")).to_contain_text("You can still take a number here", timeout=15_000)


def takes(page: Page, service: str = "id-card") -> str:
    """A visitor comes and takes a number."""
    page.evaluate("view => { location.hash = view; }", f"/s/{service}")
    page.locator(".take").press("Enter")
    number = page.locator(".ticket .number")
    expect(number).to_be_visible()
    return number.inner_text()


def all_called(hall: RunningHall) -> list[str]:
    """Window 1 calls everybody, one after the other."""
    li = hall.clerk("li")
    li.press("sit", "1")
    called: list[str] = []
    while True:
        try:
            called.append(li.press("call_next", "1")["ticket"]["number"])
        except Refused as nobody:
            assert nobody.code == "nobody_waiting"
            return called
        li.press("serve", "1")
        li.press("finish", "1")


def found(hall: RunningHall, number: str) -> list[Json]:
    tickets: list[Json] = hall.clerk("chen").get("/api/v1/tickets", number=number)["tickets"]
    return tickets


def elsewhere(hall: RunningHall) -> str:
    number: str = hall.somebody().take("id-card")["ticket"]["number"]
    return number


def test_three_numbers_without_the_hall_stand_in_their_proper_place(
    hall: RunningHall, wire: Wire, page: Page
) -> None:
    line = [elsewhere(hall)]
    cut(wire, page)
    for _ in range(3):
        line.append(takes(page))
        expect(page.locator(".ticket-reserve")).to_contain_text("your place counts from this minute")
        line.append(elsewhere(hall))
    assert [number for number in line if RESERVED.match(number)] == ["ZY001", "ZY002", "ZY003"]
    picture = page.locator(".ticket .qr")
    assert picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth }") > 0
    wire.mend()
    wait_until(lambda: bool(found(hall, "ZY003")), "the third number")
    line.append(elsewhere(hall))
    assert takes(page) == f"A{len(line) - 2:03d}"
    assert all_called(hall) == [*line, f"A{len(line) - 2:03d}"]


def test_a_reload_forgets_nothing_and_gives_no_number_twice(
    hall: RunningHall, wire: Wire, page: Page
) -> None:
    cut(wire, page)
    first = takes(page)
    page.route("**/api/v1/blocks/tickets", lambda route: route.abort())
    wire.mend()
    page.goto(f"{wire.url}/kiosk?lang=en#/s/id-card")
    expect(page.locator(".take")).to_be_enabled()
    assert found(hall, first) == []
    cut(wire, page)
    second = takes(page)
    page.unroute("**/api/v1/blocks/tickets")
    wire.mend()
    wait_until(lambda: bool(found(hall, second)), "both numbers")
    assert all_called(hall) == [first, second] == ["ZY001", "ZY002"]


def test_a_press_that_had_no_answer_makes_no_second_number(hall: RunningHall, wire: Wire, page: Page) -> None:
    counted: list[str] = []

    def lose_every_answer(route: Route) -> None:
        if not counted:
            counted.append(route.fetch().json()["ticket"]["number"])
            wire.cut()
        route.abort()

    page.route("**/api/v1/tickets", lose_every_answer)
    page.locator(".take").click()
    expect(page.locator(".confirm-actions .notice")).to_contain_text("the one that counts", timeout=20_000)
    page.locator(".take").click()
    expect(page.locator(".ticket .number")).to_have_text("ZY001")
    wire.mend()
    wait_until(lambda: bool(found(hall, "ZY001")), "the number")
    assert found(hall, counted[0])[0]["state"] == "abandoned"
    assert found(hall, "ZY001")[0]["joined_at"] == found(hall, counted[0])[0]["joined_at"]
    assert all_called(hall) == ["ZY001"]


def test_it_prints_and_offers_nothing_that_is_closed(hall: RunningHall, wire: Wire, page: Page) -> None:
    page.add_init_script("window.print = () => { window.printed = (window.printed ?? 0) + 1; }")
    page.goto(f"{wire.url}/kiosk?lang=en&print=1#/s/id-card")
    expect(page.locator(".take")).to_be_enabled()
    cut(wire, page)
    assert takes(page) == "ZY001"
    page.wait_for_function("() => window.printed === 1")
    expect(page.locator("#slip")).to_contain_text("your place counts from this minute")
    assert page.evaluate(OFFERED) == {
        "open": None,
        "evening": "closed",
        "full": "full",
        "named": "real_name",
        "ready": True,
        "tomorrow": False,
    }
