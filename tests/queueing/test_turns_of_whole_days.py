"""Whole days, played by the engine and pressed in the hall: no call overtakes anybody beyond the promise."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from forecast.playing import play
from forecast.scenes import NEVER, Figures, Scene, Staffing, Tickets
from queueing.change import Change
from queueing.clock import Instant, shifted
from queueing.errors import NobodyWaiting, ServiceClosed, TooManyReinstatements
from queueing.house import TicketClass
from queueing.records import Json, Ticket
from tests import scene as hall_scene
from tests.queueing.lines import Waiter, wronged

MIDNIGHT: Instant = "2026-10-11T16:00:00.000Z"
NAMES = ("walk_in", "priority", "appointment")
SERVICES = 3
RULES = {
    "rate 3": (TicketClass(0, 1), TicketClass(0, 3), TicketClass(0, 3)),
    "head starts": (TicketClass(0, 1), TicketClass(20, 1), TicketClass(5, 1)),
    "both": (TicketClass(0, 1), TicketClass(6, 3), TicketClass(2, 2.5)),
    "walk-ins stand still": (TicketClass(0, 0), TicketClass(-5, 1), TicketClass(0, 3)),
}
rules = st.sampled_from(sorted(RULES)).map(lambda name: dict(zip(NAMES, RULES[name], strict=True)))
seeds = st.integers(0, 2**32 - 1)


def at_minute(minutes: float) -> Instant:
    return shifted(MIDNIGHT, minutes=float(minutes))


def drawn_day(seed: int, classes: dict[str, TicketClass], n: int = 110) -> Scene:
    """A crowded morning at four windows: own services, helped ones, closures, no-shows, early slots, ties."""
    rng = np.random.default_rng(seed)
    appears = np.sort(rng.integers(0, 130 * 60, n)) / 60
    of_class = rng.choice(3, n, p=(0.6, 0.2, 0.2))
    slot = np.round((appears + rng.normal(0, 15, n)) / 15) * 15
    line_at = np.where(of_class == 2, slot, appears)
    tickets = Tickets(
        rng.integers(0, SERVICES, n) * 3 + of_class, np.arange(n), np.zeros(n, bool), np.ones(n, bool),
        appears[None], line_at[None], rng.exponential(6, n)[None], rng.uniform(0, 1, n)[None],
        (rng.random(n) < 0.1)[None], np.where(rng.random(n) < 0.1, appears + 20, NEVER)[None],
    )  # fmt: skip
    takes = rng.choice([0.0, 0.0, 5.0, 12.0, NEVER], (8, SERVICES)).repeat(3, axis=1)
    takes[:, :3] = np.where(takes[:, :3] == NEVER, 0.0, takes[:, :3])
    opens = np.tile([0.0, 70.0], 4)
    staffing = Staffing(
        np.repeat(np.arange(4), 2), opens[None], (opens + 60)[None], np.ones((1, 8)), takes, np.zeros((1, 4))
    )
    starts, rates = zip(*((classes[c].head_start, classes[c].rate) for c in NAMES * SERVICES), strict=True)
    return Scene(0.0, tickets, staffing, Figures(np.array(starts), np.array(rates), 1.0, 0.3))


def waiter(scene: Scene, i: int, k: int) -> Waiter:
    tickets = scene.tickets
    service, name = divmod(int(tickets.line[i]), 3)
    slow = float(scene.staffing.takes[k, tickets.line[i]])
    return Waiter(NAMES[name], at_minute(tickets.line_at[0, i]), int(tickets.tie[i]), str(service), slow)


@given(seeds, rules)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_play_of_the_engine_breaks_a_promise(seed, classes):
    scene = drawn_day(seed, classes)
    calls, tickets = play(scene), scene.tickets
    called, appears, leaves = calls.called_at[0], tickets.appears[0], tickets.leaves[0]
    for i in np.flatnonzero(called < NEVER):
        k, at = calls.stretch[0, i], called[i]
        there = (
            (appears < at) & (called > at) & (leaves > at) & (scene.staffing.takes[k, tickets.line] < NEVER)
        )
        waiting = [waiter(scene, int(j), k) for j in np.flatnonzero(there)]
        assert not wronged(waiter(scene, int(i), k), waiting, classes, at_minute(at))
    assert (called < NEVER).sum() > 20


@given(seeds, rules)
@settings(max_examples=20, deadline=None)
def test_in_a_play_each_line_is_called_in_its_order(seed, classes):
    """Among those who were there; who takes a number for an earlier slot later can't be waited for."""
    scene = drawn_day(seed, classes)
    called, tickets = play(scene).called_at[0], scene.tickets
    for line in range(3 * SERVICES):
        own = [int(i) for i in np.flatnonzero((tickets.line == line) & (called < NEVER))]
        for i in own:
            before = [j for j in own if tickets.appears[0, j] < called[i] < called[j]]
            assert all(key(tickets, i) < key(tickets, j) for j in before)


def key(tickets: Tickets, i: int) -> tuple[float, int]:
    return float(tickets.line_at[0, i]), int(tickets.tie[i])


SEATS = {"2": "wang", "3": "li"}
ENDINGS = ("serve", "serve", "transfer", "come back")
windows = st.sampled_from(sorted(SEATS))
services = st.sampled_from(["id-card", "household", "pension", "pension", "job-seeker"])


def booked(change: Change, ticket: Ticket, slot: Instant) -> Json:
    """Makes a ticket one for a slot."""
    return {"seq": change.move(ticket, "postpone", ticket_class="appointment", line_at=slot).seq}


class AnyDay(RuleBasedStateMachine):
    """Two windows of the real hall, one helps the other; every call is judged by who waited then."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.scene: hall_scene.Scene

    def teardown(self) -> None:
        self.scene.close()
        self.folder.cleanup()

    @rule(wanted=services, name=st.sampled_from(["walk_in", "walk_in", "priority"]))
    def somebody_comes(self, wanted, name):
        with suppress(ServiceClosed):
            self.scene.take(wanted, name)

    @rule(wanted=services, quarters=st.integers(1, 3))
    def somebody_comes_before_their_slot(self, wanted, quarters):
        slot = shifted(self.scene.hall.now(), minutes=15 * quarters)
        with suppress(ServiceClosed):
            ticket = self.scene.ticket(self.scene.take(wanted))
            self.scene.hall.change(self.scene.by(), lambda change: booked(change, ticket, slot))

    @rule(minutes=st.sampled_from([0.1, 1, 4, 11, 30]))
    def time_passes(self, minutes):
        self.scene.clock.turn(minutes=minutes)

    @initialize(classes=rules)
    def the_hall_opens_under_one_rule(self, classes):
        given = hall_scene.load_house(hall_scene.SMALL).classes
        kept = {
            n: replace(c, head_start=classes[n].head_start, rate=classes[n].rate) for n, c in given.items()
        }
        self.scene = hall_scene.Scene(Path(self.folder.name), classes=kept)
        for window, clerk in SEATS.items():
            self.scene.sit(window, clerk)

    @rule(window=windows, other=windows, wanted=services, ending=st.sampled_from(ENDINGS))
    def a_clerk_calls_and_sends_on(self, window, other, wanted, ending):
        """Next, and whoever it is gets served, is sent on, or isn't there and comes back at once."""
        waiting = self.scene.store.look(lambda desk: desk.in_states(("waiting",)))
        try:
            key = self.pressed("call_next", window)["ticket"]["ticket"]
        except NobodyWaiting:
            assert not self.callable(window, waiting)
            return
        called = next(each for each in waiting if each.key == key)
        at, classes = self.scene.hall.now(), self.scene.house.classes
        others = [self.waiter(window, each) for each in self.callable(window, waiting)]
        assert not wronged(self.waiter(window, called), others, classes, at)
        self.end(ending, window, other, wanted, key)

    def end(self, ending: str, window: str, other: str, wanted: str, key: str) -> None:
        if ending == "serve":
            self.pressed("serve", window)
            self.pressed("finish", window)
        elif ending == "transfer":
            self.pressed(
                "transfer", window, **({"to_window": other} if other != window else {"service": wanted})
            )
        else:
            self.pressed("mark_no_show", window)
            self.pressed("reinstate", window, ticket=key)

    def pressed(self, name: str, window: str, **more: str) -> dict[str, Any]:
        try:
            return self.scene.press(name, window, SEATS[window], **more)
        except TooManyReinstatements:
            return {}

    def callable(self, window: str, waiting: list[Ticket]) -> list[Ticket]:
        taken = self.scene.hall.plan.reluctances[window]
        return [
            each
            for each in waiting
            if each.direct_window == window or (each.direct_window is None and each.service in taken)
        ]

    def waiter(self, window: str, ticket: Ticket) -> Waiter:
        taken = self.scene.hall.plan.reluctances[window]
        slow = 0.0 if ticket.direct_window == window else taken[ticket.service]
        return Waiter(ticket.ticket_class, ticket.line_at, ticket.tie, ticket.service, slow)


AnyDay.TestCase.settings = settings(max_examples=15, stateful_step_count=40, deadline=None)
TestAnyDay = AnyDay.TestCase
