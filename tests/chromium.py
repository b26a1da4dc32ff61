"""The tests' browser: Chromium's headless shell, which draws pages and has no windows around them.

The whole Chromium draws the same pages for two to three times the processor's time, and is taken where the
shell isn't installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

PROGRAMS = ("/usr/lib/chromium/chromium-headless-shell", "/usr/bin/chromium")
ARGUMENTS = ("--no-sandbox", "--disable-background-networking", "--disable-gpu")


@contextmanager
def chromium(*more: str, **how: Any) -> Iterator[Browser]:
    """A browser with further arguments of its own, open as long as this lasts."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program(), args=[*ARGUMENTS, *more], **how)
        yield browser
        browser.close()


def program() -> str:
    found = [each for each in PROGRAMS if Path(each).exists()]
    assert found, "These tests need Chromium: tools/setup-tests.sh installs it."
    return found[0]
