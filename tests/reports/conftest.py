"""An app of a hall that had a busy Monday, without a server around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.api.browsers import Browser, Browsers
from tests.scene import Scene
from web.building import built_of
from web.context import Built
from web.opening import open_web


def monday(scene: Scene) -> None:
    """Forty visitors of two windows: some don't come, some rate, some are entered in a pile."""
    scene.sit("1", "li")
    scene.sit("3", "wang")
    services = cycle(("id-card", "household", "pension", "residence-permit"))
    for _, service in zip(range(40), services, strict=False):
        scene.take(service)
        scene.clock.turn(seconds=61)
    for place, minutes in enumerate((5.0, 3.5, 12.0, 140.0, 0.1, *(0.3,) * 15)):
        ticket = scene.serve_one("1", "li", minutes)
        if place % 3 == 0:
            level = "satisfied" if place % 2 else "very_satisfied"
            scene.ratings.rate_at_pad(window="1", ticket=ticket, level=level, by=scene.by(role="pad"))
    for _ in range(4):
        scene.serve_one("3", "wang", 7.0)
    scene.press("call_next", "3", "wang")
    scene.press("mark_no_show", "3", "wang")


@dataclass(frozen=True)
class Office:
    """The hall, what it is built of, and the supervisor's browser."""

    scene: Scene
    built: Built
    app: Flask
    browser: Browser

    def get(self, path: str, **query: str) -> TestResponse:
        return self.browser.get(path, **query)

    def file(self, form: str, period: str) -> bytes:
        """A paper, made now."""
        answer = self.get(f"/office/reports/{form}", period=period)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert answer.headers["Cache-Control"] == "no-store"
        whole = answer.data
        answer.close()
        return whole


@contextmanager
def office_in(folder: Path, **parts: Any) -> Iterator[Office]:
    scene = Scene(folder, **parts)
    built = built_of(scene.house, scene.clock, scene.store, "threading", here_and_now, folder, 8000)
    app = open_web(built)
    yield Office(scene, built, app, Browsers(app, built).staff("chen"))
    scene.close()


def here_and_now(work: Callable[..., Any], *words: Any) -> Any:
    return work(*words)


@pytest.fixture(scope="module")
def monday_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """After a busy Monday, for all tests of a file."""
    with office_in(tmp_path_factory.mktemp("monday")) as office:
        monday(office.scene)
        yield office
