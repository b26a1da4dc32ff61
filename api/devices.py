"""Screens: codes to pair them, the list of those paired, and taking a pairing back."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.blueprint import blueprint
from api.shapes import Instant
from queueing.people import CODE_LIFE, Device, Pairing
from queueing.records import Json
from web.devices import devices, home_of, new_code, pair, revoke
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, Nothing, endpoint

Kind = Literal["kiosk", "board", "panel", "pad", "announcer"]
Language = Literal["zh_Hans", "zh_Hant", "en"]


class NewCode(Body):
    """What the screen shall be; `place` is a window (panel, pad) or an area (board, announcer)."""

    kind: Kind
    place: str | None = None
    language: Language | None = None


class CodeAnswer(Answer):
    """A code for one screen, by real time; it is shown once."""

    code: str
    expires_at: Instant
    seconds: int


class Typed(Body):
    """The code as it was typed: small letters, spaces and dashes don't matter."""

    code: str = Field(min_length=1, max_length=50)


class DeviceAnswer(Answer):
    """A paired screen."""

    device: str
    kind: Kind
    place: str | None
    language: Language | None
    paired_at: Instant
    paired_from: str
    revoked_at: Instant | None


class Paired(Answer):
    """What this browser has become, and the page it should open."""

    device: DeviceAnswer
    opens: str


class DevicesAnswer(Answer):
    """All screens, oldest first, those taken back too."""

    devices: list[DeviceAnswer]


@endpoint(
    blueprint, "POST", "/devices/codes", takes=NewCode, gives=CodeAnswer, status=201,
    refuses=("unknown_window", "unknown_area", "bad_request", "already_given_out"),
)  # fmt: skip
def code(body: NewCode) -> Answered:
    """Make a code for one screen; it opens once and for ten minutes."""
    made, until = new_code(Pairing(body.kind, body.place, body.language), by=the_press())
    return {"code": made, "expires_at": until, "seconds": int(CODE_LIFE.total_seconds())}


@endpoint(blueprint, "POST", "/devices/pair", takes=Typed, gives=Paired, refuses=("code_wrong", "throttled"))
def pair_here(body: Typed) -> Answered:
    """Make this browser the screen that the code stands for."""
    device = pair(body.code)
    return {"device": as_listed(device), "opens": home_of(device)}


@endpoint(blueprint, "GET", "/devices", gives=DevicesAnswer)
def paired() -> Answered:
    """Every screen that was ever paired."""
    return {"devices": [as_listed(each) for each in devices()]}


@endpoint(
    blueprint, "POST", "/devices/<device>/revoke", takes=Nothing, gives=DevicesAnswer,
    refuses=("unknown_device",),
)  # fmt: skip
def take_back(device: str, body: Nothing) -> Answered:
    """Take a pairing back: the screen is a stranger from now on."""
    revoke(device, by=the_press())
    return {"devices": [as_listed(each) for each in devices()]}


def as_listed(device: Device) -> Json:
    return {
        "device": device.id,
        "kind": device.kind,
        "place": device.place,
        "language": device.language,
        "paired_at": device.paired_at,
        "paired_from": device.paired_from,
        "revoked_at": device.revoked_at,
    }
