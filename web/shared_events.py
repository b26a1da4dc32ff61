"""What a process tells the others of events that it has committed: the events, and how their windows stood.

They save the others a look into the database, and no more: whoever lacks some, or can't make anything of
them, reads them there. See web.keeping_up for when they are taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import NamedTuple

from queueing.records import Event, Json
from web.feeds import windows_of

MOST = 100
"""Events that travel together; of more only how far the hall has come is told."""

FIELDS = frozenset(each.name for each in fields(Event))

View = tuple[int, Json]
"""A window, and the last event of which it is known to show what came of it."""


class News(NamedTuple):
    """Events that were committed, here or elsewhere."""

    events: Sequence[Event] = ()
    seq: int = 0
    """So far the hall has come."""

    own: bool = False
    views: Mapping[str, View] = {}


def told(events: Sequence[Event], views: Mapping[str, View]) -> Json:
    """As it travels; what is under `more` may be left out."""
    few = [vars(event) for event in events] if len(events) <= MOST else []
    own = {window: views[window] for window in windows_of(events) if window in views}
    return {"seq": events[-1].seq, "more": {"events": few, "views": own}}


def told_together(before: Json, now: Json) -> Json:
    """Both in one."""
    was, new = before["more"], now["more"]
    events = [*was["events"], *new["events"]][-MOST:]
    return {"seq": now["seq"], "more": {"events": events, "views": was["views"] | new["views"]}}


def heard(said: Json) -> News:
    """What another process told; a newer or older release may know other events, which are read then."""
    more = said.get("more") or {}
    rows = more.get("events", ())
    if any(row.keys() != FIELDS for row in rows):
        return News(seq=said["seq"])
    views = {window: (seq, view) for window, (seq, view) in more.get("views", {}).items()}
    return News(tuple(Event(**row) for row in rows), said["seq"], views=views)
