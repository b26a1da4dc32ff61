"""Browsers in front of an app without a server: staff with a session, paired devices, strangers."""

from __future__ import annotations

from itertools import count
from typing import Any, cast

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from queueing.clock import instant
from queueing.people import Device, DeviceKind, PeopleRows, fingerprint
from web.context import Built
from web.sessions import by_the_door

KEYS = count(1)
FAR = "10.0.0.7"
HOST = "hall.test"
UNTIL = "2099-01-01T00:00:00.000Z"


class Browser:
    """One browser; every press has a key of its own unless it says another."""

    def __init__(self, client: FlaskClient, address: str) -> None:
        self.client = client
        self._from: dict[str, Any] = {
            "base_url": f"http://{HOST}", "environ_overrides": {"REMOTE_ADDR": address},
        }  # fmt: skip

    def get(self, path: str, **query: str) -> TestResponse:
        return self.client.get(path, query_string=query, **self._from)

    def post(self, path: str, key: str | None = None, **body: Any) -> TestResponse:
        headers = {"Idempotency-Key": key or f"browser-{next(KEYS)}"}
        return self.client.post(path, json=body, headers=headers, **self._from)


class Browsers:
    """Everybody who may ask; sessions and pairings are put where signing in would have put them."""

    def __init__(self, app: Flask, built: Built) -> None:
        self.app, self.built = app, built
        staff = tuple(each.id for each in built.house.staff)
        self._change(lambda rows: rows.open_accounts(staff))

    def stranger(self, address: str = FAR) -> Browser:
        return Browser(self.app.test_client(), address)

    def staff(self, staff: str, address: str = FAR) -> Browser:
        browser, token = self.stranger(address), f"session-{staff}-{next(KEYS)}"
        at = instant(self.built.clock.now())
        self._change(lambda rows: rows.start_session(fingerprint(token), staff, at=at, ends_at=UNTIL))
        browser.client.set_cookie("staff", token, domain=HOST)
        return browser

    def device(self, kind: DeviceKind, place: str | None = None, address: str = FAR) -> Browser:
        browser, name = self.stranger(address), f"{kind}-{place}-{next(KEYS)}"
        at = instant(self.built.clock.now())
        device = Device(name, kind, place, None, at, address)
        self._change(lambda rows: rows.add_device(device, fingerprint(name)))
        browser.client.set_cookie("device", name, domain=HOST)
        return browser

    def _change(self, work: Any) -> None:
        def whole(desk: Any) -> dict[str, Any]:
            work(cast(PeopleRows, desk))
            return {}

        self.built.store.change(whole, by_the_door("tests"))
