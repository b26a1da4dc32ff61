"""The terminal's list and the hall call in the same order: turns.js against queueing/turns.py."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page

from queueing.clock import Instant, instant
from queueing.house import TicketClass
from queueing.records import Json, Ticket
from queueing.turns import Head, next_head

NOW = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
SERVICES = ("id-card", "household", "pension")
ORDERED = """async ([tickets, rules, now]) => {
    const { inCallOrder } = await import("/static/window/turns.js");
    return inCallOrder(tickets, rules, new Date(now)).map((ticket) => ticket.key);
}"""

Classes = dict[str, TicketClass]


def some_rules(chance: random.Random) -> tuple[Classes, dict[str, float]]:
    classes = {
        name: TicketClass(chance.choice((0.0, 0.0, 7.5, 30.0)), chance.choice((1.0, 1.5, 3.0)))
        for name in ("walk_in", "priority", "appointment")
    }
    return classes, {service: chance.choice((0.0, 0.0, 10.0, 12.3)) for service in SERVICES}


def some_ticket(chance: random.Random, tie: int) -> Ticket:
    """Of few moments, so that equal claims are common; some appointments lie ahead."""
    line_at = instant(NOW - timedelta(seconds=chance.choice((-900, -60, 0, 60, 61, 300, 1200, 1200.4, 5400))))
    return Ticket(
        key=f"k{tie}", day="2026-10-12", number=f"A{tie:03d}", service=chance.choice(SERVICES),
        ticket_class=chance.choice(("walk_in", "walk_in", "priority", "appointment")), state="waiting",
        joined_at=line_at, line_at=line_at, tie=tie << 20,
        direct_window=chance.choice((None, None, None, "1")),
        not_before=chance.choice((None, None, None, at(), at(-1), at(300 + tie))),
    )  # fmt: skip


def as_the_hall_calls(tickets: list[Ticket], classes: Classes, reluctances: dict[str, float]) -> list[str]:
    """Next, next, next, by the hall's own rule, while the clock stands still."""
    lines: dict[tuple[str, str, str | None], list[Ticket]] = defaultdict(list)
    away = [each for each in tickets if (each.not_before or "") > at()]
    for ticket in sorted(
        (each for each in tickets if each not in away), key=lambda each: (each.line_at, each.tie)
    ):
        lines[ticket.service, ticket.ticket_class, ticket.direct_window].append(ticket)
    called = []
    while head := next_head(heads(lines.values(), reluctances), classes, at()):
        called.append(head.ticket.key)
        lines[head.ticket.service, head.ticket.ticket_class, head.ticket.direct_window].pop(0)
    return called + [each.key for each in sorted(away, key=lambda each: each.not_before or "")]


def heads(lines: Iterable[list[Ticket]], reluctances: dict[str, float]) -> list[Head]:
    return [
        Head(line[0], 0.0 if line[0].direct_window else reluctances[line[0].service])
        for line in lines
        if line
    ]


def at(seconds: float = 0) -> Instant:
    return instant(NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize("seed", range(40))
def test_the_list_has_the_order_in_which_the_hall_calls(scripts: Page, seed: int) -> None:
    chance = random.Random(seed)
    classes, reluctances = some_rules(chance)
    tickets = [some_ticket(chance, tie) for tie in range(1, chance.randint(2, 60))]
    chance.shuffle(tickets)
    rules: Json = {"classes": {n: asdict(c) for n, c in classes.items()}, "reluctance": reluctances}
    shown = scripts.evaluate(ORDERED, [[asdict(each) for each in tickets], rules, at()])
    assert shown == as_the_hall_calls(tickets, classes, reluctances)
