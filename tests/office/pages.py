"""Real browsers for the office's tests: pages that must not fail, doors to walk through, a camera."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.running import OWN_PASSWORD, ROOT, Json, Person, RunningHall, fresh_key

DESK = (1366, 900)
SLOW = 20_000
"""Milliseconds; several browsers share few processors."""
ONE_TIME = re.compile(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")


@dataclass
class Pages:
    """Every page in a browser context of its own, as if each stood on another desk."""

    browser: Browser
    hall: RunningHall
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self, path: str, size: tuple[int, int] = DESK, person: Person | None = None, **context: Any
    ) -> Page:
        """`person`: somebody who has signed in already."""
        width, height = size
        opened = self.browser.new_context(viewport={"width": width, "height": height}, **context)
        if person:
            opened.add_cookies(
                [
                    {"name": c.name, "value": c.value or "", "url": self.hall.url}
                    for c in person.session.cookies
                ]
            )
        opened.set_default_timeout(SLOW)
        self.contexts.append(opened)
        page = opened.new_page()
        page.on("pageerror", lambda fault: self.faults.append(f"{path}: {fault}"))
        page.goto(f"{self.hall.url}{path}")
        return page

    def leave(self) -> None:
        for context in self.contexts:
            context.close()


@contextmanager
def pages_of(browser: Browser, hall: RunningHall) -> Iterator[Pages]:
    """Closed afterwards; none of the pages' scripts may have failed."""
    pages = Pages(browser, hall)
    yield pages
    pages.leave()
    assert pages.faults == []


def sign_in(page: Page, name: str, password: str) -> None:
    """Types into the sign-in page that the browser was sent to."""
    page.locator("#name").fill(name)
    page.locator("#password").fill(password)
    page.locator("[data-sign-in] [type=submit]").click()


def choose_password(page: Page, one_time: str) -> None:
    """The first sign-in leads to a page where the one-time password is replaced."""
    page.wait_for_url("**/password?*")
    page.locator("#old").fill(one_time)
    page.locator("#new").fill(OWN_PASSWORD)
    page.locator("#again").fill(OWN_PASSWORD)
    page.locator("[data-new-password] [type=submit]").click()


def enter(page: Page, name: str, one_time: str) -> None:
    """The whole way in for somebody who comes for the first time."""
    sign_in(page, name, one_time)
    choose_password(page, one_time)


def one_time_password(office: Page, name: str) -> str:
    """The administrator gives it out on the office page and reads it there."""
    office.locator('[data-part="people"]').click()
    office.locator(f'[data-person="{name}"] button').click()
    said = office.locator("[data-password]")
    expect(said).to_have_text(ONE_TIME)
    found = ONE_TIME.search(said.inner_text())
    assert found
    return found[0]


def look_at(office: Page, part: str) -> Locator:
    """Opens one part of the office."""
    office.locator(f'[data-part="{part}"]').click()
    section = office.locator(f'[data-section="{part}"]')
    expect(section).to_be_visible()
    return section


def press_as(page: Page, path: str, body: Json | None = None) -> Json:
    """A press over HTTP by whoever is signed in on that page."""
    address = page.url.split("/", 3)
    answer = page.context.request.post(
        f"{address[0]}//{address[2]}{path}", data=body or {}, headers={"Idempotency-Key": fresh_key()}
    )
    assert answer.ok, answer.text()
    said: Json = answer.json()
    return said


@dataclass(frozen=True)
class Camera:
    """Keeps what a page looks like, small enough for a repository."""

    folder: Path

    def take(self, page: Page, name: str, width: int) -> None:
        shot = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
        height = round(shot.height * width / shot.width)
        small = shot.resize((width, height), Image.Resampling.LANCZOS).quantize(
            256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        small.save(self.folder / f"{name}.png", optimize=True)


def camera(tmp_path: Path) -> Camera:
    """Into the documentation when asked to (HALL_SCREENSHOTS=1), else away."""
    return Camera(ROOT / "docs" / "img" if os.environ.get("HALL_SCREENSHOTS") else tmp_path / "img")
