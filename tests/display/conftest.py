"""A Chromium for the whole folder, and screens that may not make mistakes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.display.screens import Screens, chromium
from tests.display.shelf import shelf


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def screens(browser: Browser) -> Iterator[Screens]:
    opened = Screens(browser)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def modules() -> Iterator[str]:
    """The address of an empty page that may import the project's modules."""
    with shelf() as address:
        yield address
