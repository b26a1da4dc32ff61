"""Ratings of one hall: one row per ticket, free words kept apart so that they can be purged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields

from queueing.clock import Instant
from queueing.records import Ticket
from scoring.levels import LEVELS
from scoring.store import By, Rated, Rating
from storage.db import Db, Row
from storage.tickets import SELECT, listed, ticket_of
from storage.watching import WatchDesk

NAMES = ", ".join(f'"{field.name}"' for field in fields(Rating))
MARKS = ", ".join(f":{field.name}" for field in fields(Rating))
COUNTS = """NOT EXISTS (SELECT 1 FROM fact_withdrawals AS gone WHERE gone.hall = ratings.hall
    AND gone.fact = 'rated:' || ratings."window" || ':' || ratings.day || ':' || ratings.ticket)"""
"""A rating counts unless a reviewer set it aside, which is to withdraw its fact."""
BY: dict[By, str] = {"window": '"window"', "clerk": "clerk"}


class RatingDesk(WatchDesk):
    """Reads and keeps ratings."""

    db: Db
    hall: str

    def is_rated(self, ticket: str) -> bool:
        found = self.db.one(
            "SELECT 1 AS yes FROM ratings WHERE hall = :hall AND ticket = :ticket",
            hall=self.hall,
            ticket=ticket,
        )
        return found is not None

    def add_rating(self, rating: Rating, comment: str, salt: str) -> None:
        self.db.run(
            f"INSERT INTO ratings (hall, {NAMES}) VALUES (:hall, {MARKS})", hall=self.hall, **asdict(rating)
        )
        if comment:
            self.db.run(
                """INSERT INTO rating_comments (hall, ticket, comment, salt)
                    VALUES (:hall, :ticket, :comment, :salt)""",
                hall=self.hall, ticket=rating.ticket, comment=comment, salt=salt,
            )  # fmt: skip

    def last_finished(self, window: str, day: str) -> Ticket | None:
        row = self.db.one(
            f"""{SELECT} AND state = 'finished' AND "window" = :window
                ORDER BY finished_at DESC LIMIT 1""",
            hall=self.hall, window=window,
        )  # fmt: skip
        return ticket_of(row) if row and row["day"] == day else None

    def served_since(self, window: str, at: Instant) -> bool:
        found = self.db.one(
            """SELECT 1 AS yes FROM tickets WHERE hall = :hall AND "window" = :window
                AND started_at IS NOT NULL AND started_at > :at LIMIT 1""",
            hall=self.hall, window=window, at=at,
        )  # fmt: skip
        return found is not None

    def level_counts(self, by: By, first_day: str, last_day: str) -> dict[str, dict[str, int]]:
        rows = self.db.all(
            f"""SELECT {BY[by]} AS who, level, count(*) AS n FROM ratings WHERE hall = :hall
                AND day >= :first AND day <= :last AND {COUNTS} GROUP BY {BY[by]}, level""",
            hall=self.hall, first=first_day, last=last_day,
        )  # fmt: skip
        return grouped(rows)

    def day_counts(self, by: By, first_day: str, last_day: str) -> dict[str, dict[str, dict[str, int]]]:
        rows = self.db.all(
            f"""SELECT {BY[by]} AS who, day, level, count(*) AS n FROM ratings WHERE hall = :hall
                AND day >= :first AND day <= :last AND {COUNTS} GROUP BY {BY[by]}, day, level""",
            hall=self.hall, first=first_day, last=last_day,
        )  # fmt: skip
        counts: dict[str, dict[str, dict[str, int]]] = {}
        for row in rows:
            counts.setdefault(row["who"], {}).setdefault(row["day"], {})[row["level"]] = row["n"]
        return counts

    def aside_counts(self, by: By, first_day: str, last_day: str) -> dict[str, int]:
        rows = self.db.all(
            f"""SELECT {BY[by]} AS who, count(*) AS n FROM ratings WHERE hall = :hall
                AND day >= :first AND day <= :last AND NOT {COUNTS} GROUP BY {BY[by]}""",
            hall=self.hall, first=first_day, last=last_day,
        )  # fmt: skip
        return {row["who"]: row["n"] for row in rows}

    def finished_counts(self, by: By, first_day: str, last_day: str) -> dict[str, int]:
        rows = self.db.all(
            f"""SELECT {BY[by]} AS who, count(*) AS n FROM tickets WHERE hall = :hall AND state = 'finished'
                AND outcome <> 'unclosed' AND day >= :first AND day <= :last GROUP BY {BY[by]}""",
            hall=self.hall, first=first_day, last=last_day,
        )  # fmt: skip
        return {row["who"]: row["n"] for row in rows}

    def ratings_of_day(self, day: str, limit: int, levels: Sequence[str] = LEVELS) -> list[Rated]:
        marks, wanted = listed(levels, "level")
        rows = self.db.all(
            f"""SELECT ratings.*, NOT {COUNTS} AS aside, tickets.number, rating_comments.comment FROM ratings
                JOIN tickets ON tickets.hall = ratings.hall AND tickets.key = ratings.ticket
                LEFT JOIN rating_comments ON rating_comments.hall = ratings.hall
                AND rating_comments.ticket = ratings.ticket
                WHERE ratings.hall = :hall AND ratings.day = :day AND ratings.level IN ({marks})
                ORDER BY ratings.seq DESC LIMIT :limit""",
            hall=self.hall, day=day, limit=limit, **wanted,
        )  # fmt: skip
        return [rated_of(row) for row in rows]

    def finished_from(self, ticket: str) -> str:
        found = self.db.one(
            """SELECT source FROM events WHERE hall = :hall AND ticket = :ticket AND ticket IS NOT NULL
                AND action = 'finish' ORDER BY seq DESC LIMIT 1""",
            hall=self.hall, ticket=ticket,
        )  # fmt: skip
        return found["source"] if found else ""

    def rating_comment(self, ticket: str) -> str:
        found = self.db.one(
            "SELECT comment FROM rating_comments WHERE hall = :hall AND ticket = :ticket",
            hall=self.hall,
            ticket=ticket,
        )
        return found["comment"] if found else ""

    def clerk_levels(self, clerk: str, first_day: str, last_day: str) -> list[str]:
        rows = self.db.all(
            f"""SELECT CASE WHEN {COUNTS} THEN level ELSE '' END AS level FROM ratings
                WHERE hall = :hall AND clerk = :clerk AND day >= :first AND day <= :last ORDER BY seq""",
            hall=self.hall, clerk=clerk, first=first_day, last=last_day,
        )  # fmt: skip
        return [row["level"] for row in rows]


def rated_of(row: Row) -> Rated:
    return Rated(rating_of(row), row["number"], row["comment"] or "", bool(row["aside"]))


def rating_of(row: Row) -> Rating:
    return Rating(**{field.name: row[field.name] for field in fields(Rating)})


def grouped(rows: list[Row]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row["who"], {})[row["level"]] = row["n"]
    return counts
