"""What a window's strip shows: what its panel shows, in a few signs and three colours."""

from __future__ import annotations

from queueing.clock import local
from queueing.hall import Hall
from queueing.house import Text, Window
from queueing.looks import window_views
from queueing.records import Json
from queueing.store import Desk
from signals.led.driver import Shown
from web.spoken import said_in

NOTHING = Shown("amber", "—")
PAUSED = Text("暂停服务", "Paused")
GO_TO = Text("请到 {window} 号窗口", "Go to {window}")


def pictures(hall: Hall, desk: Desk, windows: tuple[str, ...]) -> dict[str, Shown]:
    """All of a controller's strips, from one consistent read."""
    views = window_views(hall, desk, windows)
    return {view["window"]: picture(hall, hall.plan.window(view["window"]), view) for view in views}


def picture(hall: Hall, window: Window, view: Json) -> Shown:
    """A number goes before everything; without one a strip says nothing outside the window's hours."""
    language = hall.house.hall.languages[0]
    if view["number"]:
        return Shown("red" if view["ticket_state"] == "called" else "green", view["number"])
    wall = local(hall.now(), hall.house.hall.timezone)
    if view["state"] == "closed" or not hall.hours.is_open(window, wall):
        return NOTHING
    if view["state"] == "paused":
        return Shown("amber", _sign(view, language))
    return Shown("green", said_in(language, window.name))


def _sign(view: Json, language: str) -> str:
    sign = view["sign"] or {}
    if sign.get("kind") == "go_to":
        return said_in(language, GO_TO).format(window=sign["window"])
    return said_in(language, PAUSED)
