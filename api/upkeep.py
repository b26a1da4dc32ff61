"""How the data stand, and a backup when somebody asks for one."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.blueprint import blueprint
from api.shapes import Instant
from queueing.records import Json
from web.context import here
from web.idempotency import the_press
from web.routes import Answer, Answered, Nothing, endpoint

Level = Literal["good", "caution", "bad"]


class Finding(Answer):
    """Something that somebody should look at, or know (a hint); what it is stands in the code."""

    level: Literal["bad", "caution", "hint"]
    code: str
    facts: Json


class BackupAnswer(Answer):
    """One copy of the data; `good` is null until it has been read from end to end."""

    file: str
    at: Instant
    why: str
    bytes: int
    good: bool | None
    seq: int
    problem: str


class Failure(Answer):
    """Why the last backup couldn't be made."""

    at: Instant
    why: str
    reason: str
    detail: str


class Checked(Answer):
    """Up to which event the log has been read and found whole, and when."""

    seq: int
    at: Instant
    head: str


class Disk(Answer):
    """Bytes; `a_day` is how fast the data grow, `days_left` until data and copies fill the disk."""

    free: int
    backup_free: int
    together: bool = Field(description="Whether the backups lie on the same disk as the data")
    size: int
    a_day: int | None
    days_left: float | None


class SignatureAnswer(Answer):
    """Where the log stood at the end of a day, signed."""

    day: str
    seq: int
    head: str
    at: Instant
    key: str
    signature: str


class Times(Answer):
    """How often in the last seven days, and when last."""

    times: int
    last_at: Instant | None


class Purged(Answer):
    """When rows of a kind were taken last, and how many."""

    at: Instant
    rows: int


class Kept(Answer):
    """One kind of data: for how many days it stays (null: for good) and what there is of it."""

    kind: str
    days: float | None
    rows: int
    oldest: str | None
    purged: Purged | None


class Rules(Answer):
    """The hall's rules for backups."""

    folder: str
    every_hours: float
    keep_hourly: int
    keep_daily: int
    keep_monthly: int


class UpkeepAnswer(Answer):
    """The daily report, as it stands now."""

    at: Instant
    status: Level
    findings: list[Finding]
    seq: int
    running: bool = Field(description="A backup is being made")
    checked: Checked | None
    backups: list[BackupAnswer]
    failure: Failure | None
    rules: Rules
    disk: Disk
    signature: SignatureAnswer | None
    clock_back: Times
    unclean_stop: Times
    kept: list[Kept]


class Asked(Answer):
    """The backup is made beside the hall's work; the report tells when it is there."""

    asked: bool
    seq: int


@endpoint(blueprint, "GET", "/upkeep", gives=UpkeepAnswer)
def upkeep() -> Answered:
    """How the data stand: backups, the log, the disk, what is kept and for how long."""
    return here().keeper.report()


@endpoint(blueprint, "POST", "/backups", takes=Nothing, gives=Asked, status=202)
def back_up(body: Nothing) -> Answered:
    """Ask for a backup now."""
    return here().keeper.ask_for_backup(by=the_press())
