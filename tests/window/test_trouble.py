"""When the line to the hall breaks, the terminal says so, and it is right again when the line is back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.window.terminals import Cast, Terminal

SILENCE_SHOWN = 8_000
SILENT = re.compile(r"Not live: nothing heard from the hall for ([5-9]|\d\d) s")
LINE_BACK = 10_000
"""A line that the test refused is noticed after a few seconds only; one that the network refuses at once."""


class Cable:
    """The page's line to the hall, which a test may pull and plug."""

    def __init__(self, page: Page) -> None:
        self.plugged = True
        self.ends: list[WebSocketRoute] = []
        page.route_web_socket("**/socket.io/**", self.connect)

    def connect(self, end: WebSocketRoute) -> None:
        if self.plugged:
            end.connect_to_server()
            self.ends.append(end)
        else:
            end.close()

    def pull(self) -> None:
        self.plugged = False
        for end in self.ends:
            end.close()

    def plug(self) -> None:
        self.plugged = True


@pytest.fixture
def cabled(cast: Cast) -> Callable[[], tuple[Terminal, Cable]]:
    """Li at window 1, on a line that can be cut."""

    def sit() -> tuple[Terminal, Cable]:
        page = cast.page("li")
        cable = Cable(page)
        page.goto(f"{cast.hall.url}/terminal")
        terminal = Terminal(page)
        terminal.sit("1")
        return terminal, cable

    return sit


def test_a_terminal_that_is_not_live_says_so_and_catches_up(
    cast: Cast, cabled: Callable[[], tuple[Terminal, Cable]]
) -> None:
    li, cable = cabled()
    cable.pull()
    banner = li.page.locator("[data-live]")
    expect(banner).to_contain_text(SILENT, timeout=SILENCE_SHOWN)
    number = cast.visitor()
    expect(li.waiting()).to_have_count(0)
    cable.plug()
    expect(li.waiting()).to_have_text([number], timeout=LINE_BACK)
    expect(banner).to_be_hidden()


def test_answers_alone_keep_a_terminal_working_without_its_line(
    cast: Cast, cabled: Callable[[], tuple[Terminal, Cable]]
) -> None:
    first, second = cast.visitor(), cast.visitor()
    li, cable = cabled()
    expect(li.waiting()).to_have_text([first, second])
    cable.pull()
    li.key("Space", "Space", "Space")
    li.says("Start service", second)
    expect(li.waiting()).to_have_count(0)


def test_whose_session_has_ended_signs_in_again(cast: Cast) -> None:
    cast.visitor()
    li = cast.terminal()
    li.page.context.clear_cookies()
    li.key("Space")
    expect(li.page).to_have_url(f"{cast.hall.url}/login?next=%2Fterminal")
