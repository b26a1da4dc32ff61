"""A browser, and clerks at their terminals in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.chromium import chromium
from tests.running import RunningHall
from tests.window.terminals import Cast


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def cast(server: RunningHall, browser: Browser) -> Iterator[Cast]:
    everybody = Cast(server, browser)
    yield everybody
    everybody.leave()


@pytest.fixture(scope="module")
def scripts(server: RunningHall, browser: Browser) -> Iterator[Page]:
    """A page of the hall that may import the terminal's modules."""
    page = browser.new_page()
    page.goto(f"{server.url}/healthz")
    yield page
    page.close()
