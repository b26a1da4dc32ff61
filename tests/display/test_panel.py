"""The sign above a window, as a visitor sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.display.screens import Screens
from tests.running import Person, RunningHall, running_hall

SIGN = (1280, 400)
SHAPES = [SIGN, (1280, 800), (1920, 1080), (1080, 1920)]


@pytest.fixture
def li(server: RunningHall) -> Iterator[Person]:
    li = server.clerk("li")
    li.press("sit", "1")
    yield li
    li.press("leave", "1")


def panel(server: RunningHall, screens: Screens, size: tuple[int, int] = SIGN, language: str = "en") -> Page:
    return screens.open(f"{server.url}/panel/1?lang={language}", size=size)


@pytest.mark.parametrize("time", ["12:30", "20:00"])
def test_a_window_out_of_its_hours_says_them(tmp_path: Path, screens: Screens, time: str) -> None:
    with running_hall(tmp_path / "data", clock=f"2026-10-12T{time}") as hall:
        sign = panel(hall, screens)
        expect(sign.locator("[data-main]")).to_contain_text("Closed")
        expect(sign.locator(".hours dt")).to_have_text("Mon to Fri")
        expect(sign.locator(".hours dd")).to_have_text("08:30–12:00  14:00–17:30")


@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_a_window_that_nobody_sits_at_within_its_hours_is_not_called_closed(
    server: RunningHall, screens: Screens, size: tuple[int, int], language: str
) -> None:
    sign = panel(server, screens, size, language)
    said = {"en": "Nobody at this window at the moment", "zh_Hans": "本窗口暂时无人"}[language]
    expect(sign.locator(".words")).to_have_text(said)
    assert sign.evaluate(CUT_OFF) == []


def test_it_follows_a_visit(server: RunningHall, screens: Screens, li: Person) -> None:
    sign, main = panel(server, screens), "[data-main]"
    expect(sign.locator(main)).to_have_text("Please wait until your number is called")
    expect(sign.locator("[data-clerk]")).to_have_text("Li Min")
    expect(sign.locator("[data-post]")).to_have_text("Registration clerk")
    number = li.take()["ticket"]["number"]
    ticket = li.press("call_next", "1")["ticket"]["ticket"]
    expect(sign.locator(".label")).to_have_text("Please come to this window")
    expect(sign.locator("[data-main] .number")).to_have_text(number)
    expect(sign.locator(".service")).to_have_text("Resident ID card")
    li.press("serve", "1", ticket=ticket)
    expect(sign.locator(".label")).to_have_text("Now serving")
    li.press("finish", "1", ticket=ticket, outcome="done")
    expect(sign.locator(main)).to_have_text("Please wait until your number is called")


def test_an_undone_call_leaves_the_sign(server: RunningHall, screens: Screens, li: Person) -> None:
    sign = panel(server, screens)
    li.take()
    ticket = li.press("call_next", "1")["ticket"]["ticket"]
    expect(sign.locator("main")).to_have_attribute("data-mode", "called")
    li.press("undo", "1")
    expect(sign.locator("main")).to_have_attribute("data-mode", "free")
    li.press("call", "1", ticket=ticket)
    li.press("mark_no_show", "1")


@pytest.mark.parametrize(
    ("sign_kind", "said"),
    [
        ({"kind": "go_to", "window": "2"}, "Please go to window 2"),
        ({"kind": "wait"}, "Please wait, we will be back soon"),
    ],
)
def test_a_pause_says_why_and_where_to_go(
    server: RunningHall, screens: Screens, li: Person, sign_kind: dict[str, str], said: str
) -> None:
    sign = panel(server, screens)
    li.press("pause", "1", reason="meeting", sign=sign_kind)
    expect(sign.locator(".words")).to_have_text("Paused")
    expect(sign.locator(".under")).to_have_text(said)
    expect(sign.locator(".reason")).to_have_text("Meeting")
    li.press("open", "1")


@pytest.mark.parametrize("size", SHAPES)
@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant", "en"])
def test_nothing_is_cut_off_on_any_shape(
    server: RunningHall, screens: Screens, li: Person, size: tuple[int, int], language: str
) -> None:
    sign = panel(server, screens, size, language)
    li.take()
    li.press("call_next", "1")
    expect(sign.locator("main")).to_have_attribute("data-mode", "called")
    assert sign.evaluate(CUT_OFF) == []
    li.press("mark_no_show", "1")


CUT_OFF = """() => [...document.querySelectorAll("[data-main] > *, .plate > *")]
  .filter((one) => {
    const box = one.getBoundingClientRect();
    return box.left < 0 || box.top < -1 || box.right > innerWidth || box.bottom > innerHeight
      || one.scrollWidth > one.clientWidth + 1;
  }).map((one) => one.className)"""
