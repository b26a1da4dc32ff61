"""One visitor at a window, from the call to the end: walking, calling again, serving, sending on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bench.day_citizens import come_back
from bench.day_door import NOTHING, Json, Person
from bench.day_plan import service_minutes
from bench.day_raters import rate
from bench.day_scene import Scene, Visit
from queueing.clock import minutes_between
from queueing.house import Service, Window

HOLDS, TRANSFERS, CALLS_AGAIN = 0.04, 0.03, 0.05
OUTCOMES = ("done", "more_needed", "referred", "withdrawn")
OUTCOME_SHARES = (0.88, 0.07, 0.03, 0.02)
LEFT = frozenset({"cannot", "no_ticket", "ticket_moved"})
"""What a clerk is told whose visitor has just given up on the phone."""


@dataclass(frozen=True)
class Seat:
    """A clerk's place: the window, the person's cookies, and chance."""

    scene: Scene
    window: Window
    person: Person
    rng: Random

    async def press(self, press: str, body: Json, expected: frozenset[str] = NOTHING) -> Json | None:
        """One press at this window."""
        answer = await self.person.attempt(f"/windows/{self.window.id}/{press}", body, expected)
        if answer:
            self.scene.seen(answer)
            self._note_call(answer["ticket"])
        return answer

    def _note_call(self, ticket: Json | None) -> None:
        if ticket and ticket["state"] == "called":
            self.scene.tally.called(ticket["ticket"], ticket["calls"])

    def luck(self) -> float:
        """How this window's visitors lean, from -0.25 to 0.25; the same all day."""
        return Random(f"luck {self.scene.seed} {self.window.id}").uniform(-0.25, 0.25)


@dataclass(frozen=True)
class Ended:
    """How a visitor left the window; `next_ticket` was called in the same press."""

    next_ticket: Json | None = None
    held_until: datetime | None = None


async def attend(seat: Seat, ticket: Json, wants_next: bool) -> Ended:
    """Looks after one ticket that is called or resumed here."""
    if ticket["state"] == "called":
        note_wait(seat.scene, ticket)
        if not await arrives(seat, ticket):
            return Ended()
    return await serve(seat, ticket, wants_next)


def note_wait(scene: Scene, ticket: Json) -> None:
    """The first call ends the wait that counts."""
    if ticket["calls"] == 1:
        scene.tally.waited(minutes_between(ticket["joined_at"], ticket["called_at"]))


async def arrives(seat: Seat, ticket: Json) -> bool:
    """Whether the visitor is served in the end; calls again, and marks who doesn't come."""
    visit = seat.scene.visits.get(ticket["ticket"])
    expected = LEFT if visit and visit.visitor.patience_minutes else NOTHING
    here = {"ticket": ticket["ticket"]}
    await seat.scene.clock.sleep(seat.rng.uniform(8, 45))
    comes = visit is None or visit.comes
    if not comes or seat.rng.random() < CALLS_AGAIN:
        if await seat.press("recall", here, expected) is None:
            return False
        seat.scene.tally.count("recalls")
        await seat.scene.clock.sleep(seat.rng.uniform(15, 40))
    if comes:
        return await seat.press("serve", here, expected) is not None
    if await seat.press("mark_no_show", here, expected):
        missed(seat, visit)
    return False


def missed(seat: Seat, visit: Visit | None) -> None:
    """Nobody came; some turn up later."""
    seat.scene.tally.count("no-shows")
    if visit and visit.visitor.comes_back:
        seat.scene.begin(come_back(seat.scene, visit, seat.rng))


async def serve(seat: Seat, ticket: Json, wants_next: bool) -> Ended:
    """The service itself, and how it ends."""
    minutes = service_minutes(service_of(seat, ticket), seat.scene.pace, seat.rng)
    chance = seat.rng.random()
    if ticket["state"] == "called" and chance < HOLDS:
        await seat.scene.work(20 * minutes)
        return await hold(seat, ticket)
    if ticket["state"] == "called" and chance < HOLDS + TRANSFERS:
        await seat.scene.work(20 * minutes)
        if await transfer(seat, ticket):
            return Ended()
    await seat.scene.work(60 * minutes)
    return await finish(seat, ticket, wants_next)


def service_of(seat: Seat, ticket: Json) -> Service:
    return next(s for s in seat.scene.house.services if s.id == ticket["service"])


async def hold(seat: Seat, ticket: Json) -> Ended:
    """The visitor steps aside to fill in a form."""
    if await seat.press("hold", {"ticket": ticket["ticket"]}) is None:
        return Ended()
    seat.scene.tally.count("held")
    return Ended(held_until=seat.scene.clock.now() + timedelta(seconds=seat.rng.uniform(60, 300)))


async def transfer(seat: Seat, ticket: Json) -> bool:
    """Sends the visitor on, once, to another open window or one of its services; False if that can't be."""
    visit, goal = seat.scene.visits.get(ticket["ticket"]), another_window(seat)
    if visit is None or visit.was_sent_on or goal is None:
        return False
    visit.was_sent_on = True
    to = {"window": goal.id} if seat.rng.random() < 0.5 else {"service": seat.rng.choice(goal.serves)}
    if await seat.press("transfer", {"ticket": ticket["ticket"]} | to) is None:
        return False
    seat.scene.tally.count("transferred")
    return True


def another_window(seat: Seat) -> Window | None:
    """A window where somebody sits, in the same area."""
    scene, here = seat.scene, seat.window
    others = [w for w in scene.house.windows if w.area == here.area and w.id != here.id and w.serves]
    others = [w for w in others if w.id in scene.floor.open_windows]
    return seat.rng.choice(others) if others else None


async def tidy(seat: Seat) -> bool:
    """Frees a window on which an earlier press left a ticket; whether there was one."""
    left = seat.scene.floor.at_window.get(seat.window.id)
    if left is None:
        return False
    ticket, state = left
    if state == "called":
        await seat.press("mark_no_show", {"ticket": ticket})
    else:
        await seat.press("finish", {"ticket": ticket, "outcome": "done"})
    await seat.scene.clock.sleep(60)
    return True


async def finish(seat: Seat, ticket: Json, wants_next: bool) -> Ended:
    """Ends the service, asks for a rating, and calls the next one if the clerk likes."""
    body = {"ticket": ticket["ticket"], "outcome": seat.rng.choices(OUTCOMES, OUTCOME_SHARES)[0]}
    answer = await seat.press("finish_and_next" if wants_next else "finish", body)
    if answer is None:
        return Ended()
    seat.scene.tally.count("finished")
    visit = seat.scene.visits.get(ticket["ticket"])
    if visit:
        seat.scene.begin(rate(seat.scene, visit, seat.window.id, seat.luck(), seat.rng))
    return Ended(next_ticket=answer["ticket"] if wants_next else None)
