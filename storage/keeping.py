"""Every kind of data that a hall keeps, for how long, and how what is older is told from the rest.

A new kind is one line in `KINDS`. Kinds without `past` aren't taken by the night: they stay for good, or have
a rule of their own elsewhere that purges them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from queueing.clock import Instant
from queueing.house import House
from storage.db import Db


@dataclass(frozen=True)
class Kind:
    """`days` after `since` a row goes; None: it stays. `only` names the rows of the table that are meant.

    `oldest` and `count` are quicker ways to what `since` and the rows themselves would tell.
    """

    name: str
    table: str
    since: str
    days: Callable[[House], float | None] = lambda house: None
    past: str = ""
    only: str = ""
    oldest: str = ""
    count: str = ""

    @property
    def rows(self) -> str:
        return f"hall = :hall AND {self.only}" if self.only else "hall = :hall"


@dataclass(frozen=True)
class Stock:
    """How many rows of a kind there are, and how far back they reach."""

    rows: int
    oldest: str


DAY_HOURS = 24
RATED_AT = """(SELECT at FROM ratings WHERE ratings.hall = rating_comments.hall
    AND ratings.ticket = rating_comments.ticket)"""


def of_first_day(table: str, since: str) -> str:
    """Of the first day's rows alone: days are found by an index, and their times rise with them."""
    first = f"SELECT min(day) FROM {table} WHERE hall = :hall"
    return f"SELECT min({since}) FROM {table} WHERE hall = :hall AND day = ({first})"


def ended(table: str) -> str:
    """When the complaint of a row was closed; nothing of it goes while it is open."""
    return f"""(SELECT closed_at FROM complaints WHERE complaints.hall = {table}.hall
    AND complaints.id = {table}.complaint)"""


KINDS: tuple[Kind, ...] = (
    Kind("comments", "rating_comments", RATED_AT, lambda house: house.keep.comment_days,
         f"{RATED_AT} < :before"),
    Kind("remedy_notes", "remedy_notes", "at", lambda house: house.keep.comment_days, "at < :before"),
    Kind("appeal_texts", "rating_appeal_texts", "at", lambda house: house.keep.comment_days, "at < :before"),
    Kind("contacts", "remedy_contacts", "at", lambda house: house.remedy.contact_keep_days, "at < :before"),
    Kind("identities", "identities", "day", lambda house: house.identity.keep_days),
    Kind("booking_people", "booking_people", "day", lambda house: house.bookings.keep_days, "day < :before"),
    Kind("booking_phones", "booking_phones", "day", lambda house: 1, "day < :before"),
    Kind("answers", "answers", "at", lambda house: house.limits.idempotency_hours / DAY_HOURS,
         "at < :before"),
    Kind("sessions", "sessions", "began_at", lambda house: 0, "ends_at < :before"),
    Kind("wrong_tries", "wrong_tries", "tried_at", lambda house: 1, "tried_at < :before"),
    Kind("codes", "pairing_codes", "expires_at", lambda house: 0, "expires_at < :before"),
    Kind("old_devices", "devices", "revoked_at", lambda house: house.keep.device_days, "revoked_at < :before",
         only="revoked_at IS NOT NULL"),
    Kind("devices", "devices", "paired_at", only="revoked_at IS NULL"),
    Kind("announcements", "announcements", "logged_at", lambda house: house.keep.announcement_days,
         "logged_at < :before"),
    Kind("subscriptions", "push_subscriptions", "at", lambda house: 1, "at < :before"),
    Kind("evidence", "evidence", "added_at", lambda house: house.keep.evidence_days, "added_at < :before"),
    Kind("fact_notes", "fact_notes", "at", lambda house: house.keep.fact_note_days, "at < :before"),
    Kind("facts", "facts", "at"),
    Kind("withdrawals", "fact_withdrawals", "at"),
    Kind("releases", "releases", "at"),
    Kind("appeals", "appeals", "at"),
    Kind("honours", "honours", "at"),
    *(
        Kind(table, table, ended(table), days, f"{ended(table)} < :before")
        for table, days in {
            "complaint_contacts": lambda house: house.complaints.contact_days,
            "complaint_words": lambda house: house.complaints.keep_days,
        }.items()
    ),
    Kind("callback_words", "callback_words", "at", lambda house: house.callbacks.keep_days, "at < :before"),
    Kind("complaints", "complaints", "received_at"),
    Kind("callbacks", "callbacks", "drawn_at"),
    Kind("accounts", "accounts", "changed_at"),
    Kind("bookings", "bookings", "created_at"),
    Kind("reminders", "booking_reminders", "at"),
    Kind("tickets", "tickets", "joined_at", oldest=of_first_day("tickets", "joined_at")),
    Kind("ratings", "ratings", "at", oldest=of_first_day("ratings", "at")),
    Kind("remedies", "remedies", "opened_at"),
    Kind("second_ratings", "second_ratings", "at"),
    Kind("events", "events", "at", oldest="SELECT at FROM events WHERE hall = :hall AND seq = 1",
         count="SELECT seq FROM halls WHERE hall = :hall"),
    Kind("signatures", "signatures", "at"),
)  # fmt: skip


def stock_of(db: Db, hall: str, kind: Kind) -> Stock:
    count = kind.count or f"SELECT count(*) FROM {kind.table} WHERE {kind.rows}"
    oldest = kind.oldest or f"SELECT min({kind.since}) FROM {kind.table} WHERE {kind.rows}"
    row = db.one(f"SELECT ({count}) AS rows, ({oldest}) AS oldest", hall=hall)
    return Stock(row["rows"], row["oldest"] or "") if row else Stock(0, "")


def purge(db: Db, hall: str, kind: Kind, before: Instant) -> int:
    """Takes what is older; the number of rows."""
    return db.run(f"DELETE FROM {kind.table} WHERE {kind.rows} AND {kind.past}", hall=hall, before=before)
