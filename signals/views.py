"""How hooks and strips are, for the office: a page, and the same for programs."""

from __future__ import annotations

from flask import render_template

from queueing.records import Json
from signals.hooks import Worker
from signals.led.strips import Strips
from signals.phones import Phones
from signals.room import blueprint, signals_here
from web.context import here
from web.routes import Answer, Answered, endpoint


class HookStanding(Answer):
    """A hook: what it has been told, what waits, and what is the matter."""

    hook: str
    events: list[str]
    fine: bool
    trouble: str
    last: str
    waiting: int
    delivered: int
    dropped: int


class StripsStanding(Answer):
    """A controller of LED strips."""

    controller: str
    windows: list[str]
    fine: bool
    trouble: str


class SignalsAnswer(Answer):
    """All of them."""

    hooks: list[HookStanding]
    strips: list[StripsStanding]


@endpoint(blueprint, "GET", "/api/v1/signals", gives=SignalsAnswer)
def standing() -> Answered:
    """How webhooks and LED strips are."""
    return all_of_them()


@blueprint.get("/office/signals")
def signals_page() -> str:
    """The same for people."""
    return render_template("signals/signals.html", ahead=here().house.signals.ahead, **all_of_them())


def all_of_them() -> Json:
    found = signals_here()
    return {
        "hooks": [*map(_hook, found.workers), *map(_phones, found.phones)],
        "strips": [_strips(each) for each in found.strips],
    }


def _hook(worker: Worker) -> Json:
    now, mark = worker.standing, worker.mark
    return {
        "hook": worker.hook.id,
        "events": list(worker.hook.events),
        "fine": not now.trouble,
        "trouble": now.trouble,
        "last": now.last,
        "waiting": now.waiting,
        "delivered": mark.delivered,
        "dropped": mark.dropped,
    }


def _phones(phones: Phones) -> Json:
    """As if they were one hook."""
    now, mark = phones.standing, phones.mark
    return {
        "hook": "push",
        "events": ["almost", "called"],
        "fine": not now.trouble,
        "trouble": now.trouble,
        "last": now.last,
        "waiting": now.waiting,
        "delivered": mark.delivered,
        "dropped": mark.dropped,
    }


def _strips(strips: Strips) -> Json:
    return {
        "controller": strips.rules.id,
        "windows": list(strips.rules.windows),
        "fine": not strips.trouble,
        "trouble": strips.trouble,
    }
