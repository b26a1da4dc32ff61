"""What the API says about tickets, windows and lines: the models behind the document."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from queueing.clock import FIRST_DAY, LAST_DAY
from web.routes import Answer

TicketState = Literal["waiting", "called", "serving", "held", "no_show", "finished", "abandoned"]
Instant = str
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
"""A day that somebody asks for; those at the ends of the calendar are refused."""
Moment = Annotated[
    AwareDatetime,
    Field(
        ge=datetime.combine(FIRST_DAY, time.min, UTC),
        le=datetime.combine(LAST_DAY, time.min, UTC),
    ),
]
"""A time that somebody asks for, within the same bounds."""


class Words(Answer):
    """One text in all of the hall's languages."""

    zh_Hans: str
    zh_Hant: str
    en: str


class PublicTicket(Answer):
    """What everybody may see of a ticket; `ticket` is its opaque key."""

    ticket: str
    number: str
    service: str
    state: TicketState
    window: str | None
    called_at: Instant | None
    calls: int


class StaffTicket(PublicTicket):
    """What staff see of a ticket."""

    ticket_class: str
    joined_at: Instant
    line_at: Instant
    tie: int
    direct_window: str | None
    started_at: Instant | None
    finished_at: Instant | None
    held_at: Instant | None
    held_seconds: float
    clerk: str | None
    outcome: str | None
    postponed: int
    not_before: Instant | None = Field(description="Called by the turn rule no earlier: the holder is away")
    confirmed: bool = Field(description="Somebody saw that the class is due")


class Stored(Answer):
    """What is kept of the holder: for real-name services a masked number until that day, else nothing."""

    document: Literal["resident", "other"] | None
    masked: str | None
    until: str | None = Field(description="The last day on which it is kept")


class Clerk(Answer):
    """The person at a window, as panels and pads show them; the id is for staff alone."""

    id: str | None = Field(default=None, description="Left out for everybody who isn't signed in")
    name: Words
    post: Words | None
    promise: Words | None


class Sign(Answer):
    """What a paused window tells those who come."""

    kind: Literal["paused", "wait", "go_to"]
    window: str | None


class WindowView(Answer):
    """A window: who sits there, what stands on its sign, which ticket it has."""

    window: str
    state: Literal["closed", "open", "paused"]
    clerk: Clerk | None
    pause_reason: str | None
    sign: Sign | None
    since: Instant | None
    ticket: str | None
    number: str | None
    service: str | None
    ticket_state: Literal["called", "serving"] | None


class Line(Answer):
    """How a service stands: who waits, and the minutes that a newcomer would wait."""

    service: str
    waiting: int
    low: int | None = Field(description="Minutes, the hopeful end")
    high: int | None = Field(description="Minutes, the cautious end")
    status: Literal["open", "closed", "paused", "full", "ends_late"] = Field(
        description="`ends_late`: no more numbers today, the line would end after closing"
    )
    kept_of_ten: int | None = Field(description="Of ten such ranges so many held in the last 30 days")
    opens_at: Instant | None = Field(
        description="When it is served next; of an open line: not before then, its numbers come earlier"
    )
    ahead: int | None = Field(description="Of a line that ends late: how many are called before a newcomer")
    closes_at: Instant | None = Field(description="Of a line that ends late: when its windows close today")
