"""What was said aloud, what wasn't and why, and how every area's announcements stand."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

from pydantic import Field

from api.blueprint import blueprint
from api.shapes import Instant
from queueing.announced import Outcome
from queueing.people import UnknownArea
from queueing.said import Reason
from web.context import here
from web.routes import Answer, Answered, Body, endpoint
from web.speaking import Able, Tongue

MOST = 2000


class Wanted(Body):
    """An area's lines, or all; so many of the newest."""

    area: str | None = Field(default=None, max_length=80)
    limit: int = Field(default=200, ge=1, le=MOST)


class AnnouncementView(Answer):
    """One sentence: said, broken off half-way, or skipped for a reason."""

    call: int = Field(description="The seq of the call's event")
    called_at: Instant
    area: str
    number: str
    window: str
    again: bool = Field(description="A recall")
    language: Tongue
    turn: int = Field(description="For the how manieth time the call is said in this language")
    outcome: Outcome
    reason: Reason | None
    machine: str = Field(description="The device, or loopback; empty: none")
    by: Literal["hall", "browser", "chime", ""] = Field(description="Whose voice")
    began_at: Instant | None = Field(description="In the hall's time, as the next")
    ended_at: Instant | None
    began_real: Instant | None = Field(description="In real time, which a simulated clock leaves alone")
    ended_real: Instant | None
    logged_at: Instant


class AnnouncementsAnswer(Answer):
    """The newest lines, oldest of them first."""

    announcements: list[AnnouncementView]


class BeingSaid(Answer):
    """The sentence that is being said."""

    ref: str
    ticket: str
    number: str
    window: str
    again: bool
    language: Tongue
    turn: int
    chime: Literal["long", "short", "none"]
    volume: int


class AreaAnnouncing(Answer):
    """Who speaks for an area, whether it is heard, and what waits to be said."""

    area: str
    sound: Literal["heard", "quiet", "not_heard", "none"]
    volume: int = Field(description="Per cent at this hour; 0: captions alone")
    able: Able
    machine: str | None
    kind: Literal["announcer", "board"] | None
    now: BeingSaid | None
    waiting: int
    oldest: int = Field(description="Seconds that the oldest of them has waited")
    late: bool = Field(description="Longer than [voice] backlog_seconds")


class AnnouncingAnswer(Answer):
    """Every area."""

    areas: list[AreaAnnouncing]


@endpoint(
    blueprint, "GET", "/announcements", gives=AnnouncementsAnswer, query=Wanted, refuses=("unknown_area",)
)
def announcements(query: Wanted) -> Answered:
    """What was said aloud and when, and what wasn't and why."""
    if query.area not in {None, *(area.id for area in here().house.areas)}:
        raise UnknownArea(area=query.area or "")
    lines = here().push.loudspeakers.log(query.area, query.limit)
    return {"announcements": [asdict(line) for line in lines]}


@endpoint(blueprint, "GET", "/announcing", gives=AnnouncingAnswer)
def announcing() -> Answered:
    """How the announcements of every area stand now."""
    return {"areas": here().push.loudspeakers.states()}
