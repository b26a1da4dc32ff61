"""Releases: what was released and when, what would change, and the press that freezes a month."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.assessed_shapes import MONTH, By, Number, ReleaseView
from api.blueprint import blueprint
from api.shapes import Instant, Words
from queueing.records import Json
from scoring.own_ratings import others_changes
from scoring.rounds import Rounds
from web.asking import who
from web.context import here, the_hall
from web.idempotency import the_press
from web.routes import Answer, Answered, Body, endpoint
from web.schemes import schemes_here


class ReleaseBody(Body):
    """`early`: although the month isn't over. `scheme_anew`: by the scheme's file as it is now."""

    period: str = Field(pattern=MONTH)
    early: bool = False
    scheme_anew: bool = False
    seen: int | None = Field(
        default=None, ge=0, le=10_000,
        description="The newest revision that was looked at, 0: none. Refused when there is another by now",
    )  # fmt: skip


class Released(Answer):
    """The new revision."""

    period: str
    revision: int
    hash: str
    seq: int


class PendingView(Answer):
    """What a night found: so many windows and clerks would come out otherwise than they were released."""

    found_at: Instant
    rows: int


class MonthView(Answer):
    """A released month with all its revisions, the newest last."""

    period: str
    revisions: list[ReleaseView]
    pending: PendingView | None


class ReleasesAnswer(Answer):
    """`due`: months with something in them that are over and not released."""

    months: list[MonthView]
    due: list[str]


class FactChange(Answer):
    """A fact that came, was withdrawn, isn't what it was, or is gone."""

    how: Literal["added", "withdrawn", "changed", "gone"]
    id: str
    day: str
    kind: str
    item: str | None
    times: str | None
    points: str | None
    window: str | None
    clerk: str | None


class ChangeView(Answer):
    """One window or clerk: the score before and after, and the facts that differ."""

    by: By
    subject: str
    name: Words
    was: Number
    now: Number
    facts: list[FactChange]
    few_ratings: bool = Field(
        description="So few ratings make the difference that who is told of it learns how single people rated"
    )


class ChangesAnswer(Answer):
    """`revision` is the one that has them, or would; `scheme_changed`: its file isn't what it was."""

    period: str
    revision: int
    released: bool
    scheme_changed: bool
    changes: list[ChangeView]


class WantedRevision(Body):
    """What this revision changed; null: what a release would change now."""

    revision: int | None = Field(default=None, ge=1, le=10_000)


class ReleaseVerdict(Answer):
    """Whether the frozen rows are what was released, and each score what its own facts come to."""

    period: str
    revision: int
    hash: str
    verified: bool


@endpoint(blueprint, "GET", "/releases", gives=ReleasesAnswer)
def releases() -> Answered:
    """Which months were released, in which revisions, and where a night found later facts."""
    told: Json = here().store.look(rounds_here().overview)
    return told


@endpoint(
    blueprint, "POST", "/releases", takes=ReleaseBody, gives=Released, status=201,
    refuses=("month_not_over", "month_not_begun", "nothing_to_release", "released_meanwhile",
             "no_scheme_in_force"),
)  # fmt: skip
def release(body: ReleaseBody) -> Answered:
    """Freeze a month: facts, scores and scheme stay as they are now; later facts make the next revision."""
    rounds, store, press = rounds_here(), here().store, the_press()
    ready = here().in_thread(
        lambda: store.look(lambda desk: rounds.prepare(desk, body.period, scheme_anew=body.scheme_anew))
    )
    return rounds.release(ready, early=body.early, seen=body.seen, by=press)


@endpoint(blueprint, "GET", "/releases/<period>/changes", gives=ChangesAnswer, query=WantedRevision,
          refuses=("not_released", "no_scheme_in_force"))  # fmt: skip
def release_changes(period: str, query: WantedRevision) -> Answered:
    """Which facts and scores a revision changed, or the next one would."""
    rounds, store = rounds_here(), here().store
    told: Json = here().in_thread(
        lambda: store.look(lambda desk: rounds.changes(desk, period, query.revision))
    )
    return others_changes(told, who().staff)


@endpoint(blueprint, "GET", "/releases/<period>/verified", gives=ReleaseVerdict, query=WantedRevision,
          refuses=("not_released",))  # fmt: skip
def release_verified(period: str, query: WantedRevision) -> Answered:
    """Work a revision out again from its own facts and its own scheme, and compare."""
    rounds, store = rounds_here(), here().store
    told: Json = here().in_thread(
        lambda: store.look(lambda desk: rounds.verdict(desk, period, query.revision))
    )
    return told


def rounds_here() -> Rounds:
    return Rounds(the_hall(), schemes_here())
