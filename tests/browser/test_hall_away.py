"""The whole hall is stopped in order: every screen says so within five seconds, in its language."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_kiosk_cut_off import is_stocked
from tests.display.screens import Screens, chromium
from tests.many.test_rolling import cookies_of
from tests.running import RunningHall, running_hall, wait_until

SHOWN_WITHIN = 5_000
"""Milliseconds after the server has ended."""

SAID = {
    "board": (".lost", "watch the window panels and listen to the clerks", "请留意窗口屏和工作人员招呼"),
    "panel": (".lost", "please listen to the clerk", "请听工作人员招呼"),
    "terminal": ("[data-live]", "Not live", "连接中断"),
    "phone": ("[data-live]", "please listen to the hall meanwhile", "请同时留意大厅叫号"),
    "pad": ("[role=alert]", "Ratings can be given again in a moment", "请稍后再评价"),
    "kiosk": ("[data-live]", "You can still take a number here", "您仍可在这里取号"),
}


def opened(screens: Screens, hall: RunningHall, language: str) -> dict[str, Page]:
    """One of each, with somebody at window 1 and a number that waits."""
    clerk = hall.clerk("li")
    clerk.press("sit", "1", take_over=True)
    paths = {name: f"/{name}" for name in ("board", "terminal", "kiosk")}
    paths |= {"panel": "/panel/1", "pad": "/pad/1", "phone": hall.somebody().take()["link"]}
    known = {"terminal": cookies_of(clerk)}
    return {
        name: screens.open(f"{hall.url}{paths[name]}?lang={language}", wait=False, known=known.get(name))
        for name in SAID
    }


@pytest.mark.parametrize(("language", "at"), [("en", 1), ("zh_Hans", 2)])
def test_who_looks_at_a_screen_reads_that_the_hall_is_away(tmp_path: Path, language: str, at: int) -> None:
    """The kiosk has numbers in reserve and says so."""
    with running_hall(tmp_path) as hall, chromium() as browser:
        screens = Screens(browser)
        pages = opened(screens, hall, language)
        for name, page in pages.items():
            expect(page.locator(SAID[name][0]).first).to_be_hidden()
        wait_until(lambda: is_stocked(pages["kiosk"]), "the reserve")
        hall.process.terminate()
        assert hall.process.wait(20) == 0
        for name, page in pages.items():
            banner = page.locator(SAID[name][0]).filter(has_text=SAID[name][at]).first
            expect(banner, name).to_be_visible(timeout=SHOWN_WITHIN)
        screens.close()
