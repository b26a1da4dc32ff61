"""A whole visit in real browsers, in Chinese: from the first sign-in to the score that moves.

HALL_SCREENSHOTS=1 keeps the pictures in docs/img.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.chromium import chromium
from tests.office.pages import (
    Camera,
    Pages,
    camera,
    choose_password,
    enter,
    look_at,
    one_time_password,
    pages_of,
    press_as,
    sign_in,
)
from tests.running import OWN_PASSWORD, ROOT, Json, Person, RunningHall, running_hall

YIHUANG = ROOT / "config.toml"
WINDOW, CLERK, SERVICE, NUMBER = "9", "c09", "发票领用", "J001"
CROWD = {"2": ("c02", "deed-tax", 3), "6": ("c06", "sole-trader", 4), "15": ("c15", "traffic-offence", 2)}
"""Others in the hall: per window its clerk, and how many came for which service. One more is at a meeting."""

AT_A_MEETING = ("12", "c12")

UNATTENDED = ("house-transfer", 5)
COLUMNS = {"n": 2, "response": 3, "positive": 5, "verdict": 7, "adjustment": 8, "score": 9}
"""Where a figure stands in the score table."""


@dataclass
class Visit:
    """The pages of one visit, each on a device of its own."""

    hall: RunningHall
    pages: Pages
    camera: Camera
    office: Page
    kiosk: Page
    board: Page
    panel: Page
    pad: Page
    terminal: Page
    number: str = NUMBER

    def shoot(self, page: Page, name: str, width: int = 1100) -> None:
        self.camera.take(page, name, width)

    def citizen(self) -> Person:
        return self.hall.somebody()


@pytest.fixture
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """Fresh data; nobody has ever signed in."""
    with running_hall(tmp_path / "data", YIHUANG) as hall, pages_of(browser, hall) as pages:
        yield Visit(
            hall, pages, camera(tmp_path),
            office=pages.open("/office"),
            kiosk=pages.open("/kiosk", (1080, 1920), has_touch=True),
            board=pages.open("/board", (1920, 1080)),
            panel=pages.open(f"/panel/{WINDOW}", (1280, 720)),
            pad=pages.open(f"/pad/{WINDOW}", (1280, 800), has_touch=True),
            terminal=pages.open("/terminal", (1366, 768)),
        )  # fmt: skip


def test_a_whole_visit_from_the_first_sign_in_to_the_score(visit: Visit) -> None:
    the_administrator_comes_in(visit)
    the_clerk_comes_in_and_sits_down(visit)
    others_come_too(visit)
    phone = a_citizen_takes_a_number(visit)
    the_clerk_calls(visit, phone)
    the_clerk_serves_and_finishes(visit, phone)
    a_tap_rates_the_visit(visit, phone)
    the_office_sees_the_rating(visit)
    four_more_visits_make_a_score(visit)
    pictures_in_english(visit)


def the_administrator_comes_in(visit: Visit) -> None:
    """With the one-time password that the first start printed."""
    office = visit.office
    expect(office).to_have_url(re.compile(r"/login\?next=/office"))
    enter(office, "admin", visit.hall.one_time_password)
    expect(office.locator("h1")).to_have_text("管理台")
    expect(office.locator('[data-tile="waiting"]')).to_have_text("0")


def the_clerk_comes_in_and_sits_down(visit: Visit) -> None:
    one_time = one_time_password(visit.office, CLERK)
    expect(visit.office.locator(f'[data-person="{CLERK}"]')).to_contain_text("一次性密码未使用")
    terminal = visit.terminal
    sign_in(terminal, "刘芳", one_time)
    choose_password(terminal, one_time)
    terminal.locator(f'[data-own] [data-sit="{WINDOW}"]').click()
    expect(terminal.locator('[data-part="sign"]')).to_contain_text(WINDOW)
    expect(visit.pad.locator('[data-fill="clerk"]')).to_have_text("刘芳")
    expect(visit.panel.locator("[data-clerk]")).to_have_text("刘芳")
    visit.shoot(visit.pad, "pad")


def others_come_too(visit: Visit) -> None:
    """A hall in the middle of its morning, so that nothing is tried in an empty one."""
    admin = signed_in(visit.hall, "admin", OWN_PASSWORD)
    for window, (clerk, service, people) in CROWD.items():
        for _ in range(people):
            visit.citizen().take(service)
        person = seated(visit.hall, admin, clerk, window)
        serve_somebody(person, window)
        person.press("call_next", window)
    window, clerk = AT_A_MEETING
    seated(visit.hall, admin, clerk, window).press("pause", window, reason="meeting", sign={"kind": "paused"})
    for _ in range(UNATTENDED[1]):
        visit.citizen().take(UNATTENDED[0])
    not_content(visit)


def seated(hall: RunningHall, admin: Person, clerk: str, window: str) -> Person:
    one_time = admin.post(f"/api/v1/staff/{clerk}/one_time_password")["one_time_password"]
    person = signed_in(hall, clerk, one_time)
    person.post("/api/v1/session/password", {"old": one_time, "new": OWN_PASSWORD})
    person.press("sit", window)
    return person


def signed_in(hall: RunningHall, name: str, password: str) -> Person:
    person = hall.somebody()
    person.sign_in(name, password)
    return person


def serve_somebody(clerk: Person, window: str) -> None:
    ticket = clerk.press("call_next", window)["ticket"]["ticket"]
    clerk.press("serve", window, ticket=ticket)
    clerk.press("finish", window, ticket=ticket, outcome="done")


def not_content(visit: Visit) -> None:
    """One of the others rates badly at window 2, and says why."""
    asked = visit.hall.screen(screen="pad", window="2").joined["snapshot"]["rating"]["ticket"]
    rate(visit.citizen(), "2", asked, "dissatisfied", ["205"], "材料来回跑了两趟，第一次没说清楚。")
    bad = look_at(visit.office, "ratings").locator("[data-bad-ratings] li")
    expect(bad).to_contain_text("材料来回跑了两趟")
    expect(bad).to_contain_text("所需材料没有一次说清")
    expect(look_at(visit.office, "hall").locator('[data-kind="rating"]')).to_contain_text("材料来回跑了两趟")


def rate(
    citizen: Person, window: str, ticket: str, level: str, reasons: list[str], comment: str = ""
) -> None:
    body = {"ticket": ticket, "level": level, "reasons": reasons, "comment": comment}
    citizen.post(f"/api/v1/windows/{window}/rating", body)


def a_citizen_takes_a_number(visit: Visit) -> Page:
    """Two taps at the kiosk; the code on the ticket opens the phone's page."""
    kiosk = visit.kiosk
    visit.shoot(kiosk, "kiosk", 540)
    kiosk.get_by_role("button", name=SERVICE).tap()
    kiosk.get_by_role("button", name="取号", exact=True).tap()
    expect(kiosk.locator(".ticket .number")).to_have_text(visit.number)
    expect(kiosk.locator(".ticket")).to_contain_text(SERVICE)
    visit.shoot(kiosk, "kiosk-ticket", 540)
    link = str(kiosk.locator(".qr").get_attribute("src")).removesuffix("/qr.svg")
    phone = visit.pages.open(link, (390, 844), has_touch=True, is_mobile=True)
    expect(phone.locator('[data-when="waiting"]')).to_be_visible()
    expect(phone.locator('[data-fill="number"]')).to_have_text(visit.number)
    visit.shoot(phone, "phone", 390)
    expect(visit.terminal.locator('[data-list="waiting"]')).to_contain_text(visit.number)
    return phone


def the_clerk_calls(visit: Visit, phone: Page) -> None:
    press_button(visit.terminal, "primary")
    expect(visit.terminal.locator('[data-fill="number"]')).to_have_text(visit.number)
    shown = visit.board.locator(f'[data-number="{visit.number}"][data-window="{WINDOW}"]')
    expect(shown).to_be_visible()
    expect(shown).to_contain_text(f"{WINDOW}号窗口")
    expect(visit.panel.locator("[data-main] .number")).to_have_text(visit.number)
    expect(phone.locator('[data-when="called"]')).to_be_visible()
    expect(phone.locator('[data-fill="target"]')).to_have_text(WINDOW)
    for name in ("board", "panel"):
        visit.shoot(getattr(visit, name), name)
    visit.shoot(phone, "phone-call", 390)


def press_button(terminal: Page, action: str) -> None:
    """As soon as the button may be pressed: it rests for a moment after its meaning has changed."""
    button = terminal.locator(f'[data-action="{action}"]')
    expect(button).to_have_attribute("aria-disabled", "false")
    button.click()


def the_clerk_serves_and_finishes(visit: Visit, phone: Page) -> None:
    terminal = visit.terminal
    press_button(terminal, "primary")
    expect(terminal.locator("[data-now]")).to_have_attribute("data-mode", "serving")
    expect(phone.locator('[data-when="serving"]')).to_be_visible()
    card = look_at(visit.office, "hall").locator(f'.windows [data-window="{WINDOW}"]')
    expect(card).to_contain_text("办理中")
    visit.shoot(terminal, "terminal")
    visit.shoot(visit.office, "office")
    press_button(terminal, "finish")
    expect(terminal.locator("[data-now]")).to_have_attribute("data-mode", "idle")


def a_tap_rates_the_visit(visit: Visit, phone: Page) -> None:
    pad = visit.pad
    scores = look_at(visit.office, "scores")
    expect(figure(scores, "n")).to_have_text("0")
    expect(pad.locator('[data-scene="ask"] [data-fill="number"]')).to_have_text(visit.number)
    visit.shoot(pad, "pad-question")
    until_it_listens(pad)
    pad.locator('[data-level="very_satisfied"]').tap()
    expect(pad.locator('[data-scene="thanks"]')).to_be_visible()
    expect(phone.locator('[data-when="rated"]')).to_be_visible()


def until_it_listens(pad: Page) -> None:
    """A finger that was on its way when the question appeared chooses nothing; ours comes after that."""
    expect(pad.locator('[data-scene="ask"] [data-question]:not([data-settling])')).to_be_visible()


def figure(scores: Locator, column: str) -> Locator:
    """One figure of the window's row in the score table."""
    return scores.locator(f'[data-score-of="{WINDOW}"] td').nth(COLUMNS[column])


def shows(visit: Visit, *wanted: str) -> None:
    scores = visit.office.locator('[data-section="scores"]')
    for column, text in zip(COLUMNS, wanted, strict=True):
        expect(figure(scores, column)).to_have_text(text)


def the_office_sees_the_rating(visit: Visit) -> None:
    """Without a reload: the figures move in front of whoever looks; the clerk's own ones don't yet."""
    shows(visit, "1", "100%", "100%", "评价太少", "0", "100")
    newest = look_at(visit.office, "ratings").locator(f'[data-ratings] [data-rating="{visit.number}"]')
    expect(newest).to_contain_text("非常满意")
    expect(newest).to_contain_text(f"{WINDOW} 号窗口")
    visit.shoot(visit.office, "office-ratings")
    own_ratings_are_hidden(visit, served=1)


def own_ratings_are_hidden(visit: Visit, served: int) -> None:
    expect(visit.terminal.locator('[data-fill="served"]')).to_have_text(str(served))
    expect(visit.terminal.locator('[data-fill="ratings"]')).to_have_text("满 5 条后显示")


def four_more_visits_make_a_score(visit: Visit) -> None:
    look_at(visit.office, "scores")
    for n in (2, 3, 4, 5):
        quick_visit(visit)
        expect(figure(visit.office.locator('[data-section="scores"]'), "n")).to_have_text(str(n))
        if n < 5:
            own_ratings_are_hidden(visit, served=n)
    shows(visit, "5", "100%", "100%", "好", "+2", "102")
    expect(visit.terminal.locator('[data-fill="ratings"]')).to_have_text("5 条 · 满意率 100%")
    visit.shoot(visit.office, "office-scores")


def quick_visit(visit: Visit) -> None:
    """The same once more, over the API."""
    visit.citizen().take("invoices")
    ticket = str(press(visit, "call_next")["ticket"]["ticket"])
    press(visit, "serve", ticket=ticket)
    press(visit, "finish", ticket=ticket, outcome="done")
    rate(visit.citizen(), WINDOW, ticket, "satisfied", [])


def press(visit: Visit, name: str, **body: str) -> Json:
    return press_as(visit.terminal, f"/api/v1/windows/{WINDOW}/{name}", body)


def pictures_in_english(visit: Visit) -> None:
    """Three pages as a visitor from abroad reads them, at the moment of a call."""
    for _ in range(2):
        visit.citizen().take("invoices")
    for page in (visit.board, visit.terminal, visit.kiosk):
        page.goto(f"{page.url.partition('?')[0].partition('#')[0]}?lang=en")
    expect(visit.terminal.locator('[data-fill="waiting-count"]')).to_have_text("2")
    called = press(visit, "call_next")["ticket"]["number"]
    shown = visit.board.locator(f'[data-number="{called}"]')
    expect(shown).to_contain_text(re.compile(rf"Window\s*{WINDOW}"))
    expect(visit.terminal.locator('[data-fill="number"]')).to_have_text(called)
    expect(visit.kiosk.get_by_role("button", name="Invoices")).to_be_visible()
    visit.shoot(visit.board, "board-en")
    visit.shoot(visit.terminal, "terminal-en")
    visit.shoot(visit.kiosk, "kiosk-en", 540)
