"""Paired screens: codes that an administrator makes, and the cookie that a screen keeps."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta

from flask import request

from queueing.clock import Instant, instant
from queueing.people import (
    CODE_LIFE,
    CodeWrong,
    Device,
    Pairing,
    UnknownDevice,
    as_typed,
    check_place,
    fingerprint,
    give_out_once,
    in_readable_groups,
    new_token,
)
from queueing.records import Json, Press
from queueing.store import Desk
from queueing.tries import take_try
from web.context import here, now
from web.sessions import by_the_door, real_now, rows, send_cookie

DEVICE_COOKIE = "device"
KEPT = timedelta(days=400)
"""The longest that browsers keep a cookie; every page renews it."""

DOOR = "code"


def new_code(pairing: Pairing, *, by: Press) -> tuple[str, str]:
    """A code to type at the screen, and until when it opens; the code is shown once, also to a retry."""
    check_place(here().house, pairing.kind, pairing.place)
    code, at = in_readable_groups(8), real_now()
    mark, until, pressed_at = fingerprint(as_typed(code)), instant(at + CODE_LIFE), instant(now())

    def keep(desk: Desk) -> Json:
        give_out_once(rows(desk), by, pressed_at)
        rows(desk).keep_code(mark, pairing, at=instant(at), expires_at=until)
        return {}

    here().store.change(keep, by_the_door("office"))
    return code, until


def pair(code: str) -> Device:
    """Make the browser that asks the device which the code stands for."""
    address, at, token = request.remote_addr or "", real_now(), new_token()
    mark, before = fingerprint(as_typed(code)), fingerprint(request.cookies.get(DEVICE_COOKIE, ""))
    name, paired_at = secrets.token_hex(4), instant(now())

    def take(desk: Desk) -> Json:
        _replaced(desk, before, paired_at)
        pairing = rows(desk).use_code(mark, instant(at))
        if pairing is None:
            raise CodeWrong
        device = Device(name, pairing.kind, pairing.place, pairing.language, paired_at, address)
        rows(desk).add_device(device, fingerprint(token))
        rows(desk).forget_tries(DOOR, address)
        return asdict(device)

    here().store.change(lambda desk: _tried(desk, address, at), by_the_door("pairing"))
    device = Device(**here().store.change(take, by_the_door("pairing")))
    send_cookie(DEVICE_COOKIE, token, KEPT)
    return device


def device_here() -> Device | None:
    """The paired device that asks, unless its pairing was revoked."""
    token = request.cookies.get(DEVICE_COOKIE)
    if not token:
        return None
    mark = fingerprint(token)
    return here().store.look(lambda desk: rows(desk).device_with(mark))


def renew_cookie() -> None:
    """Let the screen keep its cookie for as long again."""
    send_cookie(DEVICE_COOKIE, request.cookies[DEVICE_COOKIE], KEPT)


def devices() -> list[Device]:
    """Every device that was ever paired, the revoked ones too."""
    return here().store.look(lambda desk: rows(desk).devices())


def revoke(device: str) -> None:
    """From now on the device is a stranger; its open sockets are closed."""
    at = instant(now())

    def take_back(desk: Desk) -> Json:
        if rows(desk).revoke_device(device, at) == 0:
            raise UnknownDevice(device=device)
        return {}

    here().store.change(take_back, by_the_door("office"))
    here().push.close_screens_of(device=device)


def home_of(device: Device) -> str:
    """The page that a device opens."""
    return f"/{device.kind}/{device.place}" if device.place and device.kind != "kiosk" else f"/{device.kind}"


def _tried(desk: Desk, address: str, at: datetime) -> Json:
    take_try(rows(desk), DOOR, address, at)
    return {}


def _replaced(desk: Desk, mark: str, at: Instant) -> None:
    """A screen that is paired anew is one device, not two."""
    device = rows(desk).device_with(mark)
    if device is not None:
        rows(desk).revoke_device(device.id, at)
