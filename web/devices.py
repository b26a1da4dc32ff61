"""Paired screens: codes that an administrator makes, and the cookie that a screen keeps."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from flask import request

from queueing.change import Change
from queueing.clock import Instant, instant
from queueing.people import (
    CODE_LIFE,
    CodeWrong,
    Device,
    Pairing,
    PeopleRows,
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
from queueing.tries import SOFT, network_of, take_try
from web.context import Built, here, the_hall
from web.noting import note_refusal, of_the_door
from web.sessions import by_the_door, cookie_here, real_now, rows, send_cookie

DEVICE_COOKIE = "device"
KEPT = timedelta(days=400)
"""The longest that browsers keep a cookie; every page renews it."""

DOOR = "code"


def new_code(pairing: Pairing, *, by: Press) -> tuple[str, str]:
    """A code to type at the screen, and until when it opens; the code is shown once, also to a retry."""
    check_place(here().house, pairing.kind, pairing.place)
    code, at = in_readable_groups(8), real_now()
    mark, until = fingerprint(as_typed(code)), instant(at + CODE_LIFE)

    def keep(change: Change) -> Json:
        give_out_once(rows(change.desk), by, change.at)
        rows(change.desk).keep_code(mark, pairing, at=instant(at), expires_at=until)
        change.note("pairing_code", {"kind": pairing.kind, "place": pairing.place})
        return {}

    the_hall().change(of_the_door(by.actor), keep)
    return code, until


def pair(code: str) -> Device:
    """Make the browser that asks the device which the code stands for."""
    address, at, token = request.remote_addr or "", real_now(), new_token()
    mark, before = fingerprint(as_typed(code)), fingerprint(cookie_here(DEVICE_COOKIE))
    name = secrets.token_hex(4)

    def take(change: Change) -> Json:
        desk = rows(change.desk)
        _replaced(desk, before, change.at)
        pairing = desk.use_code(mark, instant(at))
        if pairing is None:
            raise CodeWrong
        device = Device(name, pairing.kind, pairing.place, pairing.language, change.at, address)
        desk.add_device(device, fingerprint(token))
        desk.forget_tries(DOOR, network_of(address))
        change.note("pair", {"device": name, "kind": device.kind, "place": device.place})
        return asdict(device)

    here().store.change(lambda desk: _tried(desk, address, at), by_the_door("pairing"))
    try:
        device = Device(**_noted_if_wrong(lambda: the_hall().change(of_the_door(f"device:{name}"), take)))
    finally:
        here().devices = {}
    send_cookie(DEVICE_COOKIE, token, KEPT)
    return device


def device_here() -> Device | None:
    """The paired device that asks, unless its pairing was revoked."""
    token = cookie_here(DEVICE_COOKIE)
    if not token:
        return None
    return known_by(here(), fingerprint(token))


def known_by(built: Built, mark: str) -> Device | None:
    """Remembered where this process alone can revoke it; not by a look that began before that."""
    known = built.devices
    found = known.get(mark)
    if found is None:
        found = built.store.look(lambda desk: rows(desk).device_with(mark))
        if found is not None and not built.together.many:
            known[mark] = found
    return found


def renew_cookie() -> None:
    """Let the screen keep its cookie for as long again."""
    send_cookie(DEVICE_COOKIE, cookie_here(DEVICE_COOKIE), KEPT)


def devices() -> list[Device]:
    """Every device that was ever paired, the revoked ones too."""
    return here().store.look(lambda desk: rows(desk).devices())


def revoke(device: str, *, by: Press) -> None:
    """From now on the device is a stranger; its open sockets are closed."""

    def take_back(change: Change) -> Json:
        if rows(change.desk).revoke_device(device, change.at) == 0:
            raise UnknownDevice(device=device)
        change.note("revoke", {"device": device})
        return {}

    try:
        the_hall().change(by, take_back)
    finally:
        here().devices = {}
    here().push.close_screens_of(device=device)


def home_of(device: Device) -> str:
    """The page that a device opens."""
    return f"/{device.kind}/{device.place}" if device.place and device.kind != "kiosk" else f"/{device.kind}"


def _tried(desk: Desk, address: str, at: datetime) -> Json:
    take_try(rows(desk), DOOR, network_of(address), at, SOFT)
    return {}


def _noted_if_wrong(work: Callable[[], Json]) -> Json:
    try:
        return work()
    except CodeWrong:
        note_refusal("pair_refused")
        raise


def _replaced(desk: PeopleRows, mark: str, at: Instant) -> None:
    """A screen that is paired anew is one device, not two."""
    device = desk.device_with(mark)
    if device is not None:
        desk.revoke_device(device.id, at)
