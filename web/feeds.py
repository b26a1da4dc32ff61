"""What each audience may hear of an event: everybody, those at the windows, those in the office."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, cast

from queueing import looks
from queueing.hall import Hall
from queueing.looks import nameless
from queueing.records import Event, Json
from queueing.store import Desk
from queueing.views import public_window
from scoring.store import RatingStore

Feed = Literal["public", "staff", "office"]
FEEDS: tuple[Feed, ...] = ("public", "staff", "office")


@dataclass(frozen=True)
class Seen:
    """What is told with events and doesn't stand in them."""

    windows: Mapping[str, Json] = field(default_factory=dict)
    """Those of the events, as they stand now."""

    comments: Mapping[str, str | None] = field(default_factory=dict)
    """By rated ticket the citizen's own words."""


def messages(hall: Hall, desk: Desk, events: Sequence[Event]) -> list[Json]:
    """The events as the office hears them, each with its window as it stands now."""
    return told_with(seen_of(hall, desk, events), events)


def windows_of(events: Iterable[Event]) -> list[str]:
    return sorted({event.window for event in events if event.window})


def rated_in(events: Iterable[Event]) -> list[str]:
    """Tickets whose rating is among these events."""
    return [event.ticket for event in events if event.action == "rate" and event.ticket]


def seen_of(hall: Hall, desk: Desk, events: Sequence[Event]) -> Seen:
    views = looks.window_views(hall, desk, windows_of(events))
    ratings = cast(RatingStore, desk)
    return Seen(
        {view["window"]: view for view in views},
        {ticket: ratings.rating_comment(ticket) for ticket in rated_in(events)},
    )


def told_with(seen: Seen, events: Iterable[Event]) -> list[Json]:
    """The events as the office hears them."""
    return [office_message(event, seen) for event in events]


def office_message(event: Event, seen: Seen) -> Json:
    """The event; with a rating come the citizen's own words, which the log itself doesn't hold."""
    message = looks.event_message(event, seen.windows.get(event.window or ""))
    if message["rating"] is None or event.ticket is None:
        return message
    return message | {"rating": message["rating"] | {"comment": seen.comments.get(event.ticket)}}


def heard_by(feed: Feed, told: Iterable[Json], listener: str | None = None) -> list[Json]:
    """The same events as this audience may hear them; none is left out, so that `seq` has no holes.

    `listener`: who is signed in; of a rating of an own visit they hear that something happened.
    """
    return [nameless(message) if is_about(message, listener) else HEARD[feed](message) for message in told]


def is_about(message: Json, listener: str | None) -> bool:
    """Whether it is a rating of a visit that the listener served."""
    return listener is not None and listener == rated_clerk(message)


def rated_clerk(message: Json) -> str | None:
    """Whose visit it was that somebody rated; None: no rating, or nobody's."""
    return message["ticket"]["clerk"] if message.get("rating") and message["ticket"] else None


def for_everybody(message: Json) -> Json:
    """What the public may hear, with the window as it may be seen there."""
    told = looks.public_message(message)
    return told | {"window": public_window(told["window"])} if told.get("window") else told


def whole(message: Json) -> Json:
    return message


HEARD: Mapping[Feed, Callable[[Json], Json]] = {
    "public": for_everybody,
    "staff": looks.staff_message,
    "office": whole,
}
