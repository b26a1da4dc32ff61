"""The small hall with its doors: real storage, a hall clock and a real clock turned by hand, any browser."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import web.admission
import web.people
import web.words
from api.blueprint import blueprint
from queueing.clock import HandClock
from tests.scene import MONDAY_NINE, SMALL, Scene
from web.context import EXTENSION, Built
from web.counters import COUNTERS, Counters
from web.errors import handle_errors
from web.people import first_start
from web.sessions import REAL_CLOCK

for _part in ("session", "staff", "devices", "doors"):
    import_module(f"api.{_part}")

TEMPLATES = SMALL.parent.parent.parent / "templates"
FAR = "10.0.0.7"


class Browser:
    """One browser somewhere in the building; every press has a key of its own."""

    def __init__(self, client: FlaskClient, address: str, host: str) -> None:
        self.client, self._keys = client, count(1)
        self._from: dict[str, Any] = {
            "base_url": f"http://{host}",
            "environ_overrides": {"REMOTE_ADDR": address},
        }

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, headers=headers, **self._from)

    def post(self, path: str, **body: Any) -> TestResponse:
        headers = {"Idempotency-Key": f"key-{next(self._keys)}"}
        return self.client.post(path, json=body, headers=headers, **self._from)

    def sign_in(self, name: str, password: str) -> TestResponse:
        return self.post("/api/v1/session", name=name, password=password)

    def cookie(self, name: str) -> str | None:
        found = self.client.get_cookie(name, domain=self._from["base_url"].removeprefix("http://"))
        return found.value if found else None


class Doors:
    """The hall's doors and what stands behind them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.scene = folder, Scene(folder)
        self.real = HandClock(MONDAY_NINE)
        self.closed: list[str] = []
        self.app = self._app(folder)
        self.first = first_start(self.scene.house, self.scene.store, self.scene.clock) or ""

    def _app(self, folder: Path) -> Flask:
        app = Flask("hall", template_folder=str(TEMPLATES), static_folder=str(TEMPLATES.parent / "static"))
        built = built_of(self.scene, folder)
        built.push = cast(
            Any,
            SimpleNamespace(
                close_screens_of=self._close, close_loopback_screens=lambda: self.closed.append("loopback")
            ),
        )
        app.extensions |= {EXTENSION: built, REAL_CLOCK: self.real, COUNTERS: Counters()}
        for part in (handle_errors, web.words.install, web.admission.install, add_pages):
            part(app)
        app.register_blueprint(blueprint)
        return app

    def _close(self, *, device: str | None = None, staff: str | None = None) -> None:
        self.closed.append(device or staff or "")

    def browser(self, address: str = FAR, host: str = "hall.test") -> Browser:
        return Browser(self.app.test_client(), address, host)

    def here(self) -> Browser:
        """A browser on the hall's own machine."""
        return self.browser("127.0.0.1", "localhost:8000")

    def member(self, staff: str, password: str = "three-words-long") -> Browser:
        """A browser on which somebody has signed in with a password of their own."""
        browser = self.browser()
        one_time = self.one_time_password(staff)
        assert browser.sign_in(staff, one_time).status_code == 200
        assert browser.post("/api/v1/session/password", old=one_time, new=password).status_code == 200
        return browser

    def one_time_password(self, staff: str) -> str:
        if staff == "admin":
            return self.first
        word = self.admin.post(f"/api/v1/staff/{staff}/one_time_password").get_json()["one_time_password"]
        return cast(str, word)

    @property
    def admin(self) -> Browser:
        """The administrator, signed in."""
        if not hasattr(self, "_admin"):
            self._admin = self.member("admin")
        return self._admin

    def code(self, kind: str, place: str | None = None) -> str:
        answer = self.admin.post("/api/v1/devices/codes", kind=kind, place=place)
        assert answer.status_code == 201, answer.get_json()
        return cast(str, answer.get_json()["code"])

    def paired(self, kind: str, place: str | None = None) -> Browser:
        browser = self.browser()
        assert browser.post("/api/v1/devices/pair", code=self.code(kind, place)).status_code == 200
        return browser

    def close(self) -> None:
        self.scene.close()


def built_of(scene: Scene, folder: Path) -> Built:
    """What app.py would have built; the doors ask for no scores."""
    return Built(
        house=scene.house,
        clock=scene.clock,
        store=scene.store,
        hall=scene.hall,
        ratings=scene.ratings,
        scores=cast(Any, None),
        data=folder,
        secret=b"secret",
        engine="threading",
        port=8000,
        public_url="http://hall.test",
    )


def add_pages(app: Flask) -> None:
    """Stand-ins for the rooms' pages, and one that the access table doesn't know."""
    rules = ("/", "/kiosk", "/board", "/board/<area>", "/panel/<window>", "/pad/<window>", "/terminal")
    for rule in (*rules, "/announcer/<area>", "/office", "/forgotten"):
        app.add_url_rule(rule, rule, lambda **places: "the page")


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password's hash is slow on purpose; here it needn't be."""
    monkeypatch.setattr(web.people, "METHOD", "scrypt:1024:8:1")


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    opened = Doors(tmp_path)
    yield opened
    opened.close()
