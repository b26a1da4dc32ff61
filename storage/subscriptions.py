"""Mailboxes of phones that are told when their page is closed, as rows of one hall."""

from __future__ import annotations

from dataclasses import asdict

from queueing.subscriptions import Subscription
from storage.db import Db

TABLES = [
    """CREATE TABLE push_subscriptions (
        hall TEXT NOT NULL, ticket TEXT NOT NULL, endpoint TEXT NOT NULL, p256dh TEXT NOT NULL,
        auth TEXT NOT NULL, language TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (hall, ticket, endpoint))""",
]


class SubscriptionDesk:
    """Reads and keeps them."""

    db: Db
    hall: str

    def subscriptions(self, ticket: str) -> list[Subscription]:
        rows = self.db.all(
            """SELECT ticket, endpoint, p256dh, auth, language, at FROM push_subscriptions
                WHERE hall = :hall AND ticket = :ticket ORDER BY at, endpoint""",
            hall=self.hall, ticket=ticket,
        )  # fmt: skip
        return [Subscription(**row) for row in rows]

    def subscribe(self, subscription: Subscription) -> None:
        self.db.run(
            """INSERT INTO push_subscriptions (hall, ticket, endpoint, p256dh, auth, language, at)
                VALUES (:hall, :ticket, :endpoint, :p256dh, :auth, :language, :at)""",
            hall=self.hall, **asdict(subscription),
        )  # fmt: skip

    def unsubscribe(self, ticket: str, endpoint: str | None = None) -> None:
        self.db.run(
            """DELETE FROM push_subscriptions WHERE hall = :hall AND ticket = :ticket
                AND endpoint = coalesce(:endpoint, endpoint)""",
            hall=self.hall, ticket=ticket, endpoint=endpoint,
        )  # fmt: skip
