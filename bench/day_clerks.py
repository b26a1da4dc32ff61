"""Clerks: they sit down at opening, call, serve, and go home when nobody waits any more."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from bench.day_demand import Stretch, taken_by
from bench.day_door import Json, Person
from bench.day_scene import Scene
from bench.day_service import Seat, attend, tidy
from queueing.house import House, Window

OVERTIME = timedelta(minutes=60)
"""How long after closing a clerk serves those who still hold a ticket."""

PAUSES = 0.015
"""The chance of a pause after a visitor."""

TAKEN = frozenset({"window_taken"})
"""Somebody else works here today: a person at a terminal, watching the day go by."""

NOBODY = frozenset({"nobody_waiting"})
"""Two windows saw the same visitor, and the other one was faster."""


def lines_of(house: House, window: Window) -> tuple[list[str], list[str]]:
    """The lines a window calls from: its own, and those where it helps."""
    own = [service.id for service in taken_by(window, house)] + [f"window {window.id}"]
    return own, [each.service for each in window.helps]


@dataclass
class Clerk:
    """One clerk at one window for a day."""

    seat: Seat
    own: list[str]
    helps: list[str]
    bell: asyncio.Event
    held: deque[tuple[datetime, str]] = field(default_factory=deque)


def new_clerk(scene: Scene, window: Window, person: Person) -> Clerk:
    """A clerk with a temper of their own, drawn from the seed."""
    rng = Random(f"{scene.seed} {window.id}")
    own, helps = lines_of(scene.house, window)
    return Clerk(Seat(scene, window, person, rng), own, helps, scene.floor.listen([*own, *helps]))


async def work(clerk: Clerk, stretches: list[Stretch]) -> None:
    """The clerk's whole day."""
    scene = clerk.seat.scene
    for opens, closes, limit in with_limits(stretches):
        if closes <= scene.clock.now() or (scene.ends and opens >= scene.ends):
            continue
        await scene.clock.until(opens + timedelta(seconds=clerk.seat.rng.uniform(-150, 60)))
        await sit_through(clerk, closes, limit)


def with_limits(stretches: list[Stretch]) -> list[tuple[datetime, datetime, datetime]]:
    """Each stretch with the moment at which overtime ends: an hour on, or when the next one begins."""
    following = [opens for opens, _ in stretches[1:]] + [datetime.max.replace(tzinfo=UTC)]
    return [
        (opens, closes, min(closes + OVERTIME, after))
        for (opens, closes), after in zip(stretches, following, strict=False)
    ]


async def sit_through(clerk: Clerk, closes: datetime, limit: datetime) -> None:
    """From sitting down to leaving."""
    seat = clerk.seat
    if await seat.press("sit", {}, TAKEN) is None:
        return
    await tidy(seat)
    while not done(clerk, closes, limit):
        await one_turn(clerk, closes)
    await finish_held(clerk)
    await seat.press("leave", {})


def done(clerk: Clerk, closes: datetime, limit: datetime) -> bool:
    """Whether the clerk may go: it is late, and nobody waits here."""
    now, scene = clerk.seat.scene.clock.now(), clerk.seat.scene
    if scene.is_over() or now >= limit:
        return True
    return now >= closes and not scene.floor.waiting(clerk.own)


async def one_turn(clerk: Clerk, closes: datetime) -> None:
    """Goes on with a held visitor, calls the next, or waits for somebody to come."""
    if await resume_held(clerk):
        return
    clerk.bell.clear()
    seat = clerk.seat
    if not seat.scene.floor.waiting([*clerk.own, *clerk.helps]):
        await somebody_comes(clerk, closes)
        return
    await seat.scene.clock.sleep(seat.rng.uniform(2, 12))
    answer = await seat.press("call_next", {}, NOBODY)
    if answer:
        await serve_all(clerk, answer["ticket"], closes)
    elif not await tidy(seat):
        await somebody_comes(clerk, closes)


async def somebody_comes(clerk: Clerk, closes: datetime) -> None:
    """Waits for a push: somebody stands in a line, a held visitor is back, or the day is over."""
    clock, ends = clerk.seat.scene.clock, clerk.seat.scene.ends
    alarms = [ready for ready, _ in clerk.held]
    alarms += [moment for moment in (closes, ends) if moment and moment > clock.now()]
    patience = clock.real(min(alarms)) if alarms else 60 / clock.speed
    try:
        await asyncio.wait_for(clerk.bell.wait(), patience + 0.01)
    except TimeoutError:
        return


async def serve_all(clerk: Clerk, ticket: Json | None, closes: datetime) -> None:
    """One visitor after another, as long as finish-and-next brings one."""
    while ticket is not None:
        outcome = await attend(clerk.seat, ticket, wants_next(clerk, closes))
        if outcome.held_until:
            clerk.held.append((outcome.held_until, ticket["ticket"]))
        ticket = outcome.next_ticket
    if clerk.seat.rng.random() < PAUSES and clerk.seat.scene.clock.now() < closes:
        await pause(clerk.seat)


def wants_next(clerk: Clerk, closes: datetime) -> bool:
    """Whether the clerk ends a service with finish-and-next."""
    scene = clerk.seat.scene
    if scene.is_over() or scene.clock.now() >= closes or clerk.held:
        return False
    return clerk.seat.rng.random() < 0.8


async def pause(seat: Seat) -> None:
    """Puts up a sign, comes back some minutes later."""
    reasons = [reason.id for reason in seat.scene.house.pauses]
    if not reasons:
        return
    body = {"reason": seat.rng.choice(reasons), "sign": {"kind": seat.rng.choice(("paused", "wait"))}}
    if await seat.press("pause", body):
        seat.scene.tally.count("pauses")
        await seat.scene.work(seat.rng.uniform(180, 600))
        await seat.press("open", {})


async def resume_held(clerk: Clerk) -> bool:
    """Goes on with the first held visitor who is ready."""
    if not clerk.held or clerk.held[0][0] > clerk.seat.scene.clock.now():
        return False
    _, ticket = clerk.held.popleft()
    answer = await clerk.seat.press("resume", {"ticket": ticket})
    if answer:
        await attend(clerk.seat, answer["ticket"], wants_next=False)
    return True


async def finish_held(clerk: Clerk) -> None:
    """Nobody goes home while a visitor is still away with their papers."""
    while clerk.held:
        await clerk.seat.scene.clock.until(clerk.held[0][0])
        await resume_held(clerk)
