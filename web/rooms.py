"""Opens the rooms: each is a package that exports one `blueprint`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from flask import Flask

ROOMS = (
    "kiosk",
    "phone",
    "guides",
    "booking",
    "display",
    "window",
    "rating",
    "office",
    "api",
    "speech",
    "printing",
    "signals",
    "assessment",
    "feedback",
    "reports",
    "outlook",
)


OF_THE_CITY = ("city", "api")
"""The rooms of a city's own office, where nobody is served."""


def open_rooms(app: Flask, rooms: Sequence[str] = ROOMS) -> None:
    """Register every room that this installation has."""
    for room in rooms:
        if has_room(room):
            app.register_blueprint(import_module(room).blueprint)


def has_room(room: str) -> bool:
    """A folder without code is no room."""
    spec = find_spec(room)
    return spec is not None and spec.origin is not None
