"""The start page and the office in a real browser: out of hours, screens paired and taken back, roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import qrcode
from PIL import Image
from playwright.sync_api import Browser, Dialog, Page, expect
from qrcode.constants import ERROR_CORRECT_M

from tests.chromium import chromium
from tests.office.pages import (
    DESK,
    Pages,
    choose_password,
    look_at,
    one_time_password,
    pages_of,
    sign_in,
)
from tests.running import MORNING, SMALL, RunningHall, running_hall

CODE = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
SUNDAY = "2026-10-11T10:00"
FORWARDED = {"X-Forwarded-For": "192.0.2.7"}
"""What a proxy leaves behind: such a request doesn't come from the hall's own machine."""

PUBLIC = "https://hall.example.gov.cn"
PHONE = (390, 844)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def pages(browser: Browser, server: RunningHall) -> Iterator[Pages]:
    with pages_of(browser, server) as opened:
        yield opened


@pytest.fixture
def office(pages: Pages) -> Page:
    return office_of(pages, "admin")


def office_of(pages: Pages, name: str, path: str = "/office?lang=en", size: tuple[int, int] = DESK) -> Page:
    """The office as seen by somebody who has signed in already."""
    hall = pages.hall
    page = pages.open(path, size, hall.administrator() if name == "admin" else hall.clerk(name))
    expect(page.locator("[data-clock]")).not_to_be_empty()
    return page


# -- the start page -----------------------------------------------------------------------------


def test_out_of_hours_the_start_page_names_the_command_for_a_trial(browser: Browser, tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", clock=SUNDAY) as hall, pages_of(browser, hall) as pages:
        page = pages.open("/?lang=en")
        closed = page.locator("[data-closed]")
        expect(closed).to_contain_text("The hall is closed now. Opens Monday, October 12 at 08:30")
        command = f"make run HALL={SMALL} CLOCK=2026-10-12T08:25 SPEED=1"
        expect(closed.locator("code")).to_have_text(command)


def test_in_opening_hours_it_shows_the_hall_alive(pages: Pages) -> None:
    page = pages.open("/?lang=en")
    expect(page.locator("[data-closed]")).to_have_count(0)
    expect(page.locator("[data-state]")).to_have_text("Live")
    expect(page.locator("[data-clock]")).to_have_text(re.compile(r"^09:\d\d$"))
    before = int(page.locator("[data-waiting]").inner_text())
    pages.hall.somebody().take("household")
    expect(page.locator("[data-waiting]")).to_have_text(str(before + 1))


def test_without_a_public_address_the_administrator_reads_where_the_codes_lead(pages: Pages) -> None:
    visitors = pages.open("/?lang=en")
    expect(visitors.locator("[data-state]")).to_have_text("Live")
    expect(visitors.locator("[data-address]")).to_have_count(0)
    page = pages.open("/?lang=en", person=pages.hall.administrator())
    address = page.locator("[data-address]")
    expect(address).to_contain_text("server.public_url")
    base = re.search(r"http://\S+?(?=,)", address.inner_text())
    assert base
    assert modules_shown(page, "kiosk") == modules_of(f"{base[0]}/kiosk")


def test_every_code_leads_to_the_public_address(browser: Browser, tmp_path: Path) -> None:
    told = tmp_path / "hall.toml"
    told.write_text(SMALL.read_text("utf-8") + f'\n[server]\npublic_url = "{PUBLIC}/"\n', "utf-8")
    with running_hall(tmp_path / "data", told) as hall, pages_of(browser, hall) as pages:
        page = pages.open("/?lang=en")
        expect(page.locator("[data-address]")).to_have_count(0)
        for screen in ("kiosk", "board", "terminal", "office", "pair"):
            assert modules_shown(page, screen) == modules_of(f"{PUBLIC}/{screen}")


def modules_of(address: str) -> list[list[bool]]:
    """The code that the library makes of an address, dark modules true, without its quiet zone."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(address)
    code.make()
    return [[bool(module) for module in row] for row in code.get_matrix()]


def modules_shown(page: Page, screen: str) -> list[list[bool]]:
    """What a camera would see of the code on the page: the picture, sampled in the middle of each module."""
    shown = page.locator(f'img[src$="/qr/{screen}.svg"]')
    shown.scroll_into_view_if_needed()
    shown.evaluate("image => image.decode()")
    picture = Image.open(BytesIO(shown.screenshot(scale="css"))).convert("L")
    dark = picture.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert dark
    code = picture.crop(dark)
    rows = [code.tobytes()[y * code.width : (y + 1) * code.width] for y in range(code.height)]
    count = modules_across(rows[1])
    middles = [int((n + 0.5) * code.width / count) for n in range(count)]
    return [[rows[y][x] < 128 for x in middles] for y in middles]


def modules_across(row: bytes) -> int:
    """A code's top edge begins with a finder of seven dark modules; sides are 17 + 4 × version."""
    finder = next(x for x, value in enumerate(row) if value >= 128)
    return min(range(21, 78, 4), key=lambda side: abs(side - 7 * len(row) / finder))


def test_a_chosen_window_leads_to_its_panel_and_pad(pages: Pages) -> None:
    page = pages.open("/?lang=en")
    page.locator("#window").select_option("3")
    expect(page.locator('[data-to="pad"]')).to_have_attribute("href", "/pad/3")
    page.locator('[data-to="panel"]').click()
    expect(page).to_have_url(f"{pages.hall.url}/panel/3")


# -- the hall at a glance -----------------------------------------------------------------------


def test_each_part_opens_from_the_menu_and_by_its_address(office: Page) -> None:
    for part in ("ratings", "scores", "screens", "people", "hall"):
        look_at(office, part)
        expect(office.locator("[data-section]:visible")).to_have_count(1)
        expect(office.locator(f'[data-part="{part}"]')).to_have_attribute("aria-current", "true")
    office.goto(office.url.partition("#")[0] + "#scores")
    expect(office.locator('[data-section="scores"]')).to_be_visible()


def test_a_window_without_its_clerk_is_named_until_somebody_sits_there(pages: Pages, office: Page) -> None:
    pages.hall.somebody().take("pension")
    finding = office.locator('[data-findings] [data-window="3"]')
    expect(finding).to_contain_text("Unattended Social security")
    card = office.locator('.windows [data-window="3"]')
    expect(card).to_have_attribute("data-state", "empty")
    wang = pages.hall.clerk("wang")
    wang.press("sit", "3")
    expect(card).to_have_attribute("data-state", "open")
    expect(card).to_contain_text("Wang Qiang")
    expect(finding).to_have_count(0)
    wang.press("leave", "3")
    expect(finding).to_be_visible()


def test_outside_its_hours_an_empty_window_troubles_nobody(browser: Browser, tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", clock=SUNDAY) as hall, pages_of(browser, hall) as pages:
        office = office_of(pages, "admin")
        expect(office.locator("[data-shut]")).to_be_visible()
        expect(office.locator("[data-calm]")).to_be_hidden()
        expect(office.locator('[data-tile="empty"]')).to_have_text("0")
        expect(office.locator('.windows [data-state="closed"]')).to_have_count(3)


def test_a_rating_and_its_words_outlive_a_reload(pages: Pages, office: Page) -> None:
    rated_badly(pages.hall, "Nobody told me about the photo.")
    bad = look_at(office, "ratings").locator("[data-bad-ratings] li").first
    for _ in ("as it arrives", "after a reload"):
        expect(bad).to_contain_text("Dissatisfied")
        expect(bad).to_contain_text("I wasn't told everything at once")
        expect(bad).to_contain_text("Nobody told me about the photo.")
        expect(bad).to_contain_text("Window 1 · Li Min")
        office.reload()
    expect(office.locator("[data-bad]")).to_have_text("1")


def rated_badly(hall: RunningHall, comment: str) -> None:
    li, citizen = hall.clerk("li"), hall.somebody()
    citizen.take("residence-permit")
    li.press("sit", "1")
    ticket = li.press("call_next", "1")["ticket"]["ticket"]
    li.press("serve", "1", ticket=ticket)
    li.press("finish", "1", ticket=ticket, outcome="done")
    body = {"ticket": ticket, "level": "dissatisfied", "reasons": ["202"], "comment": comment}
    citizen.post("/api/v1/windows/1/rating", body)


def test_a_lost_hall_is_said_in_plain_sight(browser: Browser, tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", clock=MORNING) as hall:
        pages = Pages(browser, hall)
        office = office_of(pages, "admin")
        expect(office.locator("[data-dot]")).to_have_attribute("data-alive", "true")
    expect(office.locator("[data-live]")).to_contain_text("Not live")
    pages.leave()
    assert pages.faults == []


# -- screens ------------------------------------------------------------------------------------


def test_a_screen_is_paired_with_a_typed_code_and_taken_back(pages: Pages, office: Page) -> None:
    stranger = pages.open("/board/main", extra_http_headers=FORWARDED)
    expect(stranger).to_have_url(re.compile(r"/pair\?next=/board/main"))
    stranger.locator("#code").fill(code_for(office, "board", "main").lower().replace("-", " "))
    stranger.locator("[data-pair] [type=submit]").click()
    expect(stranger.locator(".board")).to_be_visible()
    take_back(office)
    stranger.reload()
    expect(stranger).to_have_url(re.compile(r"/pair"))


def code_for(office: Page, kind: str, place: str) -> str:
    screens = look_at(office, "screens")
    screens.locator("#kind").select_option(kind)
    screens.locator("#place").select_option(place)
    screens.locator("[data-code-form] [type=submit]").click()
    expect(screens.locator("[data-code]")).to_have_text(CODE)
    found = CODE.search(screens.locator("[data-code]").inner_text())
    assert found
    return found[0]


def take_back(office: Page) -> None:
    """The list knows the new screen as soon as one looks at it again."""
    row = look_at(office, "screens").locator("[data-device]").filter(has_text="Ground floor").first
    expect(row).to_contain_text("Board")
    office.once("dialog", lambda question: question.accept())
    row.get_by_role("button", name="Take back").click()
    expect(row).to_contain_text("Taken back")


def test_a_wrong_code_opens_nothing(pages: Pages) -> None:
    stranger = pages.open("/kiosk?lang=en", extra_http_headers=FORWARDED)
    stranger.locator("#code").fill("AAAA-2222")
    stranger.locator("[data-pair] [type=submit]").click()
    expect(stranger.locator("[data-fault]")).to_be_visible()
    expect(stranger).to_have_url(re.compile(r"/pair"))


# -- people -------------------------------------------------------------------------------------


def test_a_one_time_password_is_asked_about_before_it_replaces_another(pages: Pages, office: Page) -> None:
    pages.hall.clerk("chen")
    office.reload()
    said: list[str] = []

    def read_and_refuse(question: Dialog) -> None:
        said.append(question.message)
        question.dismiss()

    office.once("dialog", read_and_refuse)
    people = look_at(office, "people")
    people.locator('[data-person="chen"]').get_by_role("button", name="New one-time password").click()
    assert said == ["Chen Jing gets a new one-time password, and the old password stops working."]
    expect(office.locator("[data-password]")).to_be_hidden()
    pages.hall.clerk("chen").get("/api/v1/scores")


def test_a_one_time_password_lets_a_person_in_once(browser: Browser, tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall, pages_of(browser, hall) as pages:
        one_time = one_time_password(office_of(pages, "admin"), "chen")
        newcomer = pages.open("/office")
        sign_in(newcomer, "chen", one_time)
        choose_password(newcomer, one_time)
        expect(newcomer.locator(".tiles")).to_be_visible()
        again = pages.open("/login?lang=en")
        sign_in(again, "chen", one_time)
        expect(again.locator("[data-fault]")).to_be_visible()


def test_a_supervisor_sees_the_hall_but_gives_out_nothing(pages: Pages) -> None:
    office = office_of(pages, "chen")
    expect(office.locator('[data-part="people"]')).to_have_count(0)
    expect(look_at(office, "screens").locator("[data-code-form]")).to_have_count(0)
    expect(look_at(office, "scores").locator("[data-score-of]")).to_have_count(3)


def test_a_clerk_cannot_open_the_office(pages: Pages) -> None:
    page = pages.open("/?lang=en", person=pages.hall.clerk("li"))
    refused = page.goto(f"{pages.hall.url}/office")
    assert refused and refused.status == 403
    expect(page.locator("[data-section]")).to_have_count(0)


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_no_page_is_wider_than_its_screen(pages: Pages, size: tuple[int, int]) -> None:
    page = office_of(pages, "admin", "/office", size)
    for part in ("hall", "ratings", "scores", "screens", "people"):
        look_at(page, part)
        assert is_wide_enough(page), part
    page.goto(f"{pages.hall.url}/")
    expect(page.locator("[data-clock]")).not_to_be_empty()
    assert is_wide_enough(page)


def is_wide_enough(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
