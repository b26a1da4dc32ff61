"""Facts: what happened and may count in an assessment, from the queue by itself or entered by people."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from queueing.clock import Instant

Kind = Literal[
    # from the queue by itself
    "rated",
    "finished",
    "waited_too_long",
    "unattended",
    "paused_too_long",
    "opened_late",
    "closed_early",
    "case_overdue",
    # from people: attendance
    "late",
    "left_early",
    "left_post",
    "absent",
    "missed_sign_in",
    "private_leave",
    "sick_leave",
    # from people: what others say of a window or clerk
    "complaint",
    "complaint_discipline",
    "callback_dissatisfied",
    "praise",
    "media_county",
    "media_city",
    "media_province",
    "criticised_county",
    "criticised_city",
    "honour_county",
    "honour_city",
    "suggestion",
    "examination",
    # a figure that somebody gives, such as a part score
    "figure",
    # an item of one scheme, entered by its code
    "item",
]
"""`rated` carries its level in `item`; `figure` the name of the figure; `item` the item's code."""

KINDS: tuple[Kind, ...] = get_args(Kind)
OF_THE_QUEUE: frozenset[Kind] = frozenset(KINDS[:8])

Origin = Literal["queue", "inspector", "import", "complaint", "callback", "second_rating"]


@dataclass(frozen=True)
class Withdrawal:
    """Taken back, visibly: the fact stays and counts no more."""

    at: Instant
    by: str
    reason: str


@dataclass(frozen=True)
class Fact:
    """One thing that happened `times` times on a business day, at a window or to a clerk.

    `value` is a measured quantity (minutes, days, a share, a part score), in the unit of its kind. `points`
    are given where a scheme leaves a range to whoever enters the fact. A fact of the queue has an id that
    says what it is (`opened_late:3:2026-10-12:0`), the same at every computation; others have an opaque one.
    """

    id: str
    day: str
    kind: Kind
    item: str = ""
    scheme: str = ""
    window: str | None = None
    clerk: str | None = None
    times: Decimal = Decimal(1)
    value: Decimal | None = None
    points: Decimal | None = None
    note: str = ""
    origin: Origin = "queue"
    author: str = ""
    at: Instant = ""
    ticket: str | None = None
    evidence: tuple[str, ...] = ()
    withdrawn: Withdrawal | None = None
