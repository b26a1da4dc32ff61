"""The switch of the doors: whether a browser on the hall's own machine opens screens unpaired."""

from __future__ import annotations

from api.blueprint import blueprint
from queueing.records import Json
from web.context import here
from web.idempotency import the_press
from web.loopback import is_open, set_open
from web.routes import Answer, Answered, Body, endpoint


class Switch(Body):
    """Open: browsers on the hall's own machine open screens without a code."""

    open: bool


class Doors(Answer):
    """`loopback` is the switch; behind configured proxies it has no effect."""

    loopback: bool
    behind_proxies: bool


@endpoint(blueprint, "GET", "/doors", gives=Doors)
def doors() -> Answered:
    """Which doors stand open."""
    return _as_they_stand()


@endpoint(blueprint, "POST", "/doors/loopback", takes=Switch, gives=Doors)
def loopback(body: Switch) -> Answered:
    """Open or shut the door of the hall's own machine."""
    set_open(body.open, by=the_press())
    return _as_they_stand()


def _as_they_stand() -> Json:
    return {"loopback": is_open(), "behind_proxies": here().house.server.trusted_proxies > 0}
