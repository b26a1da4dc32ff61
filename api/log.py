"""The log for supervisors: who did what, when and from where; the newest first, page by page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from pydantic import Field

from api.blueprint import blueprint
from api.shapes import Day, Instant, Words
from queueing.clock import instant
from queueing.log import LogStore, Wanted
from queueing.people import Device
from queueing.records import Event, Json
from queueing.store import Desk
from web.context import here, the_hall
from web.routes import Answer, Answered, Body, endpoint
from web.sessions import rows
from web.words import spoken

MOST = 200
OF_A_RATING = frozenset({"level", "reasons", "comment"})
"""What the log view leaves out: single ratings are looked at where it is noted who looked."""
RATED = "rate"


class Query(Body):
    """What is asked for; `before` is a seq, from an earlier page."""

    day: Day | None = None
    actor: str = ""
    window: str = ""
    action: str = ""
    number: str = Field(default="", max_length=20)
    before: int = Field(default=0, ge=0, le=2**53)
    limit: int = Field(default=50, ge=1, le=MOST)


class Actor(Answer):
    """Who did it: staff and screens by name, citizens without one."""

    id: str
    kind: str
    name: Words | None = None
    device: str | None = Field(default=None, description="What kind of screen")
    place: str | None = Field(default=None, description="The screen's window or area")


class Entry(Answer):
    """One event; `facts` are what changed, as codes, ids and numbers."""

    seq: int
    at: Instant
    action: str
    actor: Actor
    ticket: str | None
    number: str | None
    service: str | None
    window: str | None
    source: str
    facts: Json


class LogAnswer(Answer):
    """A page; `before` leads to older ones (0: there are none), also from a page with few or no entries."""

    entries: list[Entry]
    before: int


@endpoint(blueprint, "GET", "/log", gives=LogAnswer, query=Query)
def log(query: Query) -> Answered:
    """Who did what, when and from where."""
    wanted = _wanted(query)

    def look(desk: Desk) -> Json:
        page = cast(LogStore, desk).log_page(wanted, query.limit)
        devices = {each.id: each for each in rows(desk).devices()}
        told = [event for event in page.events if not tells_of_a_rating(event, wanted)]
        return {"entries": [entry(event, devices) for event in told], "before": page.before}

    told: Json = here().store.look(look)
    return told


def _wanted(query: Query) -> Wanted:
    since, until = _bounds(query.day) if query.day else ("", "")
    return Wanted(
        query.before, since, until, query.actor, query.window, query.action, query.number.strip().upper()
    )


def _bounds(day: date) -> tuple[Instant, Instant]:
    """From midnight to midnight on the hall's clock."""
    zone = ZoneInfo(the_hall().house.hall.timezone)
    first, last = (datetime.combine(day + timedelta(days=n), time(), zone) for n in (0, 1))
    return instant(first), instant(last)


def tells_of_a_rating(event: Event, wanted: Wanted) -> bool:
    """Whether the question itself says whose rating or which window's it would be."""
    return event.action == RATED and bool(wanted.number or wanted.window or wanted.actor)


def entry(event: Event, devices: dict[str, Device]) -> Json:
    if event.action == RATED:
        return a_rating(event)
    shown = event.shown
    return {
        "seq": event.seq,
        "at": event.at,
        "action": event.action,
        "actor": actor(event.actor, devices),
        "ticket": event.ticket,
        "number": shown.get("number"),
        "service": shown.get("service"),
        "window": event.window,
        "source": event.source,
        "facts": {name: value for name, value in event.after.items() if name not in OF_A_RATING},
    }


def a_rating(event: Event) -> Json:
    """That one came, and when; of which visit is read in the ratings view."""
    kind = event.actor.partition(":")[0]
    left_out = dict.fromkeys(("ticket", "number", "service", "window"))
    told = {"seq": event.seq, "at": event.at, "action": RATED, "actor": actor(kind, {})}
    return told | left_out | {"source": "", "facts": {}}


def actor(id: str, devices: dict[str, Device]) -> Json:
    """Names come from the hall's file when the log is read: the log itself holds none."""
    kind, _, whose = id.partition(":")
    told: Json = {"id": id, "kind": kind, "name": None, "device": None, "place": None}
    if kind == "staff":
        member = next((each for each in here().house.staff if each.id == whose), None)
        return told | {"name": spoken(member.name) if member else None}
    device = devices.get(whose) if kind == "device" else None
    return told | ({"device": device.kind, "place": device.place} if device else {})
