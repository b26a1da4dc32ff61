"""The compiled engine against a plain one that asks the product's own turn rule, event by event."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest

from forecast.made import KINDS, days
from forecast.playing import play
from forecast.scenes import NEVER, Scene
from queueing.clock import Instant, shifted
from queueing.house import TicketClass
from queueing.turns import Head, next_head

MIDNIGHT: Instant = "2026-03-02T00:00:00.000Z"


@dataclass(frozen=True)
class One:
    """A ticket as the turn rule knows it."""

    index: int
    ticket_class: str
    line_at: Instant
    tie: int


def at_minute(minutes: float) -> Instant:
    return shifted(MIDNIGHT, minutes=float(minutes))


def plainly(scene: Scene) -> list[float]:
    """When everybody is called, found slowly: at each moment the product's rule is asked."""
    tickets, staffing, figures = scene.tickets, scene.staffing, scene.figures
    classes = {
        str(line): TicketClass(float(start), float(rate))
        for line, (start, rate) in enumerate(zip(figures.head_start, figures.rate, strict=True))
    }
    called = [NEVER] * len(tickets.line)
    free = {int(w): 0.0 for w in staffing.window}
    idle_since = dict.fromkeys(free, NEVER)
    moments = sorted({*tickets.appears[0], *staffing.opens[0]})
    while moments:
        at = moments.pop(0)
        there = [
            (w, k)
            for k, w in enumerate(staffing.window)
            if free[int(w)] <= at and staffing.opens[0, k] <= at < staffing.closes[0, k]
        ]
        for w, k in there:
            if not staffing.opens[0, k] <= idle_since[int(w)] <= at:
                idle_since[int(w)] = at
        there.sort(key=lambda wk: (idle_since[int(wk[0])], wk[0]))
        for w, k in there:
            waiting = [i for i in range(len(called)) if called[i] == NEVER and tickets.appears[0, i] <= at]
            heads = [
                Head(
                    One(i, str(tickets.line[i]), at_minute(tickets.line_at[0, i]), int(tickets.tie[i])),
                    float(staffing.takes[k, tickets.line[i]]),
                )
                for i in waiting
                if staffing.takes[k, tickets.line[i]] < NEVER
            ]
            head = next_head(heads, classes, shifted(MIDNIGHT, minutes=at))
            if head is None:
                continue
            i = head.ticket.index
            called[i], idle_since[int(w)] = at, NEVER
            long = tickets.walk[0, i] + tickets.work[0, i] * staffing.slowness[0, k]
            long = figures.absent_minutes if tickets.absent[0, i] else long
            free[int(w)] = at + long + figures.gap_minutes
            moments = sorted({*moments, free[int(w)]})
    return called


def whole_milliseconds(scene: Scene) -> Scene:
    """The product keeps instants to the millisecond; the same times in both."""
    tickets = scene.tickets
    line_at = np.round(tickets.line_at * 60) / 60
    return scene._replace(
        tickets=tickets._replace(line_at=line_at, appears=np.round(tickets.appears * 60) / 60)
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_engine_calls_as_the_turn_rule_does(seed: int) -> None:
    kind = replace(KINDS["street"], windows=5, groups=2, services=4, head_starts=(0.0, 4.0, 0.0))
    _, _, scene = next(days(kind, seed, 1))
    scene = whole_milliseconds(scene)
    assert play(scene).called_at[0] == pytest.approx(plainly(scene), abs=0.001)
