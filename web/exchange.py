"""Ratings as other systems get them: the same rows as files and by webhook."""

from __future__ import annotations

import hmac
from functools import partial

from queueing.records import Json
from queueing.store import Desk
from scoring.exchange import Exchange
from scoring.following_up import remedies
from web.context import Built

RECORD_SIGNS = 32


def record_of(secret: bytes, ticket: str) -> str:
    """An opaque word for a visit, always the same; nobody finds the ticket by it."""
    return hmac.digest(secret, f"rating record:{ticket}".encode(), "sha256").hex()[:RECORD_SIGNS]


def exchange(built: Built) -> Exchange:
    return Exchange(built.house, partial(record_of, built.secret))


def rows_of(built: Built, desk: Desk, first_day: str, last_day: str) -> list[Json]:
    """The ratings of visits of these days, in the order in which they came."""
    writer = exchange(built)
    return [writer.plain(row) for row in remedies(desk).exchange_rows(first_day, last_day)]


def row_of(built: Built, desk: Desk, ticket: str) -> Json | None:
    found = remedies(desk).exchange_row(ticket)
    return exchange(built).plain(found) if found else None
