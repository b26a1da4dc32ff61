"""What a hook is told of ratings: that a bad one came, and each as a row of the national exchange."""

from __future__ import annotations

from queueing.records import Event, Json
from queueing.signal_rules import Hook
from queueing.store import Desk
from scoring.following_up import NOTED as STEP
from scoring.following_up import remedies
from scoring.second_ratings import RATED_AGAIN
from web.context import Built
from web.exchange import row_of

RATED = "rate"
OF_RATINGS = frozenset({RATED, STEP, RATED_AGAIN})
ALARM, ROW = "rating.negative", "rating"
IN_AN_ALARM = ("record", "window", "service", "level", "level_code", "reasons", "channel", "rated_at")
"""No ticket and no number: whoever is told where ratings are bad needs none."""


def told_of_rating(built: Built, hook: Hook, event: Event) -> list[Json]:
    """The messages of an event of a rating, for a hook that wants them."""
    if event.action not in OF_RATINGS or not {ALARM, ROW} & set(hook.events):
        return []
    row = built.store.look(lambda desk: _row(built, desk, event))
    if row is None:
        return []
    told = [_message(built, event, ROW, {"rating": row})]
    if event.action == RATED and row["negative"]:
        told.append(_message(built, event, ALARM, {name: row[name] for name in IN_AN_ALARM}))
    return told


def _row(built: Built, desk: Desk, event: Event) -> Json | None:
    ticket = event.ticket or remedies(desk).remedy(event.after["rating"]).ticket
    return row_of(built, desk, ticket)


def _message(built: Built, event: Event, name: str, more: Json) -> Json:
    hall = built.house.hall.id
    told = {"hall": hall, "id": f"{hall}-{event.seq}-{name}", "event": name, "at": event.at, "pager": None}
    return told | more
