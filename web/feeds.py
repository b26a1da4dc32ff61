"""What each audience may hear of an event: everybody, those at the windows, those in the office."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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


def messages(hall: Hall, desk: Desk, events: Sequence[Event]) -> list[Json]:
    """The events as the office hears them, each with its window as it stands now."""
    names = sorted({event.window for event in events if event.window})
    views = {view["window"]: view for view in looks.window_views(hall, desk, names)}
    return [office_message(desk, event, views.get(event.window or "")) for event in events]


def office_message(desk: Desk, event: Event, window: Json | None) -> Json:
    """The event; with a rating come the citizen's own words, which the log itself doesn't hold."""
    message = looks.event_message(event, window)
    if message["rating"] is None or event.ticket is None:
        return message
    comment = cast(RatingStore, desk).rating_comment(event.ticket)
    return message | {"rating": message["rating"] | {"comment": comment}}


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
