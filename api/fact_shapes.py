"""Shapes of facts, as every answer that tells of them has them; figures are text, so that nothing is lost."""

from __future__ import annotations

from api.shapes import Instant
from web.routes import Answer


class WithdrawalView(Answer):
    """Who took a fact back, when and why."""

    at: Instant
    by: str
    reason: str


class FactFields(Answer):
    """What happened, to whom, how often and how much."""

    day: str
    kind: str
    item: str
    scheme: str
    window: str | None
    clerk: str | None
    times: str
    value: str | None
    points: str | None
    note: str


class KeptFact(FactFields):
    """A fact as supervisors and inspectors read it."""

    id: str
    origin: str
    author: str
    at: Instant
    ticket: str | None
    evidence: list[str]
    withdrawn: WithdrawalView | None
