"""The tests' browser: Chromium's headless shell, which draws pages and has no windows around them.

The whole Chromium draws the same pages for two to three times the processor's time. It is taken where the
shell isn't installed, and for what the shell lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

SHELL, WHOLE = Path("/usr/lib/chromium/chromium-headless-shell"), Path("/usr/bin/chromium")
ARGUMENTS = ("--no-sandbox", "--disable-background-networking", "--disable-gpu")


@contextmanager
def chromium(*more: str, whole: bool = False, **how: Any) -> Iterator[Browser]:
    """A browser with further arguments of its own, open as long as this lasts."""
    program = WHOLE if whole or not SHELL.exists() else SHELL
    assert program.exists(), "These tests need Chromium: tools/setup-tests.sh installs it."
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=[*ARGUMENTS, *more], **how)
        yield browser
        browser.close()
