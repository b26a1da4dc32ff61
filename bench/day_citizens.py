"""Citizens: they come, take a number at the kiosk, wait, give up, come back after a missed call."""

from __future__ import annotations

import asyncio
from random import Random

from bench.day_door import Json, Refused
from bench.day_plan import Visitor
from bench.day_scene import Scene, Visit
from bench.day_screens import JoinRefused, Screen
from bench.made_up import shown

NO_NUMBER_NOW = frozenset({"service_paused"})
NO_NUMBER_TODAY = frozenset({"service_closed", "service_full", "line_ends_after_closing"})
TRIES = 3
TRIES_AGAIN_MINUTES = 6

TOO_LATE_TO_LEAVE = frozenset({"cannot"})
"""Who gives up while being called or served is too late; that happens in a real hall, too."""


async def arrivals(scene: Scene, visitors: list[Visitor]) -> None:
    """Everybody comes at their time."""
    for visitor in visitors:
        await scene.clock.until(visitor.arrives)
        if scene.is_over():
            return
        scene.begin(come(scene, visitor))


async def come(scene: Scene, visitor: Visitor) -> None:
    """One visitor, from the door to the waiting room."""
    visit = await take_number(scene, visitor)
    if visit is None:
        return
    if visitor.has_phone:
        scene.begin(follow_by_phone(scene, visit))
    if visitor.patience_minutes is not None:
        await give_up_after(scene, visit, visitor.patience_minutes)


async def take_number(scene: Scene, visitor: Visitor) -> Visit | None:
    """A ticket from the kiosk; a paused service is tried again later, a closed one isn't."""
    for _ in range(TRIES):
        kiosk = scene.kiosks[visitor.name % len(scene.kiosks)]
        try:
            return receive(scene, visitor, await kiosk.press("/tickets", wish(scene, visitor)))
        except Refused as refusal:
            if refusal.code in NO_NUMBER_TODAY:
                break
            if refusal.code not in NO_NUMBER_NOW:
                scene.tally.error(f"kiosk: POST /tickets for {visitor.service}: {refusal}")
                return None
        await scene.clock.sleep(60 * TRIES_AGAIN_MINUTES)
    scene.tally.count("turned away")
    return None


def wish(scene: Scene, visitor: Visitor) -> Json:
    """What is chosen at the kiosk; a card is shown where real names are asked."""
    asked = {"identity": shown(person(visitor))} if visitor.service in scene.real_names else {}
    return asked | {
        "service": visitor.service,
        "ticket_class": visitor.ticket_class,
        "ground": visitor.ground,
        "language": visitor.language,
    }


def person(visitor: Visitor) -> int:
    """Somebody else every day, or who misses two calls in a week of days is turned away."""
    return visitor.arrives.toordinal() % 1000 * 10_000 + visitor.name % 10_000


def receive(scene: Scene, visitor: Visitor, answer: Json) -> Visit:
    """Takes the printed ticket."""
    ticket = answer["ticket"]
    visit = Visit(visitor, ticket["ticket"], answer["link"], visitor.comes)
    scene.visits[visit.ticket] = visit
    scene.floor.watch(visit.ticket, visit.note)
    scene.tally.count("tickets")
    if visitor.ticket_class == "priority":
        scene.tally.count("priority")
    scene.seen(answer)
    return visit


async def give_up_after(scene: Scene, visit: Visit, minutes: float) -> None:
    """Waits so long for the first call, then leaves and says so on the phone."""
    try:
        await asyncio.wait_for(first_call(visit), 60 * minutes / scene.clock.speed)
    except TimeoutError:
        phone = scene.door.person("a leaving visitor's phone")
        if await phone.attempt(f"{visit.link}/abandon", {}, TOO_LATE_TO_LEAVE):
            scene.tally.count("gave up")
        await phone.http.close()


async def first_call(visit: Visit) -> None:
    while not visit.was_called:
        visit.moved.clear()
        await visit.moved.wait()


async def come_back(scene: Scene, visit: Visit, rng: Random) -> None:
    """Turns up some minutes after the missed call and asks at the kiosk to be put back in line."""
    await scene.clock.sleep(rng.uniform(60, 420))
    if scene.is_over():
        return
    visit.comes = True
    answer = await scene.kiosks[0].attempt("/tickets/return", {"token": token(visit)})
    if answer is not None:
        scene.seen(answer)
        scene.tally.count("came back")


async def follow_by_phone(scene: Scene, visit: Visit) -> None:
    """Keeps the ticket's page open until the visit ends."""
    person = scene.door.person("a visitor's phone")
    phone = Screen("phone", person, {"screen": "phone", "token": token(visit)})
    try:
        await phone.open()
        await end_of(visit)
        await phone.close()
        note_phone(scene, phone)
    except JoinRefused as refusal:
        scene.tally.error(str(refusal))
    finally:
        await person.http.close()


def note_phone(scene: Scene, phone: Screen) -> None:
    """A phone counts as a screen like any other, though too many to list."""
    scene.tally.count("phones")
    if phone.account.holes:
        scene.tally.error("a phone missed events")


async def end_of(visit: Visit) -> None:
    while visit.state not in ("finished", "no_show", "abandoned"):
        visit.moved.clear()
        await visit.moved.wait()


def token(visit: Visit) -> str:
    """The secret part of the ticket's link."""
    return visit.link.rsplit("/", 1)[-1]
