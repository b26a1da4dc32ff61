"""What is released, appealed and published of ratings, and handed on to other systems."""

from __future__ import annotations

from dataclasses import asdict

from scoring.exchange import ExchangeRow
from scoring.levels import NEGATIVE
from scoring.remedy_store import Appeal, MonthsRatings, RatedOnce
from storage.db import Db
from storage.ratings import COUNTS

BAD = ", ".join(f"'{level}'" for level in sorted(NEGATIVE))
EXCHANGED = f"""SELECT ratings.ticket, ratings.channel, ratings."window", ratings.clerk, ratings.service,
    ratings.day, ratings.level, ratings.reasons, ratings.at, tickets.joined_at, tickets.started_at,
    ratings.finished_at, {COUNTS} AS counts, remedies.state, remedies.set_aside_as, remedies.contacted_at,
    remedies.verified_at, remedies.put_right_at, remedies.ended_at, remedies.contact_days,
    remedies.put_right_days, second_ratings.level AS second_level, second_ratings.reasons AS second_reasons,
    second_ratings.at AS second_at FROM ratings
    JOIN tickets ON tickets.hall = ratings.hall AND tickets.key = ratings.ticket
    LEFT JOIN remedies ON remedies.hall = ratings.hall AND remedies.ticket = ratings.ticket
    LEFT JOIN second_ratings ON second_ratings.hall = remedies.hall AND second_ratings.remedy = remedies.id
    WHERE ratings.hall = :hall"""


class RatingFigureDesk:
    """What is released, appealed and published of ratings, and handed on to others."""

    db: Db
    hall: str

    def clerk_rated(self, clerk: str, first_day: str, last_day: str) -> list[RatedOnce]:
        rows = self.db.all(
            """SELECT seq, ticket, level FROM ratings WHERE hall = :hall AND clerk = :clerk
                AND day >= :first AND day <= :last ORDER BY seq""",
            hall=self.hall, clerk=clerk, first=first_day, last=last_day,
        )  # fmt: skip
        return [RatedOnce(**row) for row in rows]

    def add_rating_appeal(self, appeal: Appeal, salt: str) -> None:
        given = asdict(appeal)
        text = given.pop("text")
        self.db.run(
            """INSERT INTO rating_appeals (hall, clerk, period, ratings, at)
                VALUES (:hall, :clerk, :period, :ratings, :at)""",
            hall=self.hall, **given,
        )  # fmt: skip
        self.db.run(
            """INSERT INTO rating_appeal_texts (hall, clerk, period, ratings, text, salt, at)
                VALUES (:hall, :clerk, :period, :ratings, :text, :salt, :at)""",
            hall=self.hall, text=text, salt=salt, **given,
        )  # fmt: skip

    def rating_appeals(self, clerk: str, period: str) -> list[Appeal]:
        rows = self.db.all(
            """SELECT rating_appeals.clerk, rating_appeals.period, rating_appeals.ratings, rating_appeals.at,
                coalesce(rating_appeal_texts.text, '') AS text FROM rating_appeals
                LEFT JOIN rating_appeal_texts ON rating_appeal_texts.hall = rating_appeals.hall
                AND rating_appeal_texts.clerk = rating_appeals.clerk
                AND rating_appeal_texts.period = rating_appeals.period
                AND rating_appeal_texts.ratings = rating_appeals.ratings
                WHERE rating_appeals.hall = :hall AND rating_appeals.clerk = :clerk
                AND rating_appeals.period = :period ORDER BY rating_appeals.ratings""",
            hall=self.hall, clerk=clerk, period=period,
        )  # fmt: skip
        return [Appeal(**row) for row in rows]

    def months_ratings(self, first_day: str, last_day: str) -> MonthsRatings:
        row = self.db.one(
            f"""SELECT count(*) AS ratings, count(DISTINCT ratings.clerk) AS clerks,
                count(*) FILTER (WHERE level IN ({BAD})) AS negative,
                count(*) FILTER (WHERE NOT {COUNTS}) AS set_aside,
                count(*) FILTER (WHERE level NOT IN ({BAD}) AND {COUNTS}) AS good,
                count(*) FILTER (WHERE level IN ({BAD}) AND {COUNTS}) AS owed,
                count(*) FILTER (WHERE remedies.state = 'closed' AND put_right_at IS NULL
                 AND {COUNTS}) AS untrue,
                count(*) FILTER (WHERE put_right_at IS NOT NULL AND {COUNTS}) AS put_right
                FROM ratings LEFT JOIN remedies
                ON remedies.hall = ratings.hall AND remedies.ticket = ratings.ticket
                WHERE ratings.hall = :hall AND ratings.day >= :first AND ratings.day <= :last""",
            hall=self.hall, first=first_day, last=last_day,
        )  # fmt: skip
        return MonthsRatings(**(row or {}))

    def exchange_rows(self, first_day: str, last_day: str) -> list[ExchangeRow]:
        rows = self.db.all(
            f"{EXCHANGED} AND ratings.day >= :first AND ratings.day <= :last ORDER BY ratings.seq",
            hall=self.hall, first=first_day, last=last_day,
        )  # fmt: skip
        return [ExchangeRow(**row) for row in rows]

    def exchange_row(self, ticket: str) -> ExchangeRow | None:
        rows = self.db.all(f"{EXCHANGED} AND ratings.ticket = :ticket", hall=self.hall, ticket=ticket)
        return ExchangeRow(**rows[0]) if rows else None
