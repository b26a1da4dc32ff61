"""Ratings that a reviewer set aside or put back, with the reasons, as rows of one hall; all are kept."""

from __future__ import annotations

from queueing.clock import Instant
from scoring.reviews import Review
from scoring.store import Rating
from storage.db import Db, Row
from storage.ratings import rating_of

TABLES = [
    """CREATE TABLE rating_reviews (
        hall TEXT NOT NULL, seq BIGINT NOT NULL, ticket TEXT NOT NULL, at TEXT NOT NULL,
        author TEXT NOT NULL, reason TEXT NOT NULL, back_at TEXT, back_by TEXT, back_reason TEXT,
        PRIMARY KEY (hall, ticket, seq))""",
    "CREATE UNIQUE INDEX aside_once ON rating_reviews (hall, ticket) WHERE back_at IS NULL",
]


class ReviewDesk:
    """Reads and keeps them."""

    db: Db
    hall: str

    def rating(self, ticket: str) -> Rating | None:
        row = self.db.one(
            "SELECT * FROM ratings WHERE hall = :hall AND ticket = :ticket", hall=self.hall, ticket=ticket
        )
        return rating_of(row) if row else None

    def set_aside(self, ticket: str, seq: int, at: Instant, author: str, reason: str) -> None:
        self.db.run(
            """INSERT INTO rating_reviews (hall, seq, ticket, at, author, reason)
                VALUES (:hall, :seq, :ticket, :at, :author, :reason)""",
            hall=self.hall, seq=seq, ticket=ticket, at=at, author=author, reason=reason,
        )  # fmt: skip

    def put_back(self, ticket: str, at: Instant, by: str, reason: str) -> bool:
        changed = self.db.run(
            """UPDATE rating_reviews SET back_at = :at, back_by = :by, back_reason = :reason
                WHERE hall = :hall AND ticket = :ticket AND back_at IS NULL""",
            hall=self.hall, ticket=ticket, at=at, by=by, reason=reason,
        )  # fmt: skip
        return changed == 1

    def reviews_between(self, first_day: str, last_day: str) -> list[Review]:
        rows = self.db.all(
            """SELECT rating_reviews.*, ratings."window", ratings.clerk, ratings.day, ratings.level,
                tickets.number FROM rating_reviews
                JOIN ratings ON ratings.hall = rating_reviews.hall AND ratings.ticket = rating_reviews.ticket
                JOIN tickets ON tickets.hall = ratings.hall AND tickets.key = ratings.ticket
                WHERE rating_reviews.hall = :hall AND ratings.day >= :first AND ratings.day <= :last
                ORDER BY rating_reviews.seq DESC, rating_reviews.ticket""",
            hall=self.hall, first=first_day, last=last_day,
        )  # fmt: skip
        return [review_of(row) for row in rows]


def review_of(row: Row) -> Review:
    del row["hall"]
    return Review(**row)
