"""Everybody who works here comes in: passwords, cookies, pairing codes."""

from __future__ import annotations

import asyncio
import secrets

from bench.day_door import Door, Json, Person
from queueing.house import House, StaffMember, Window

AT_ONCE = 4
"""Sign-ins side by side; a password check keeps the hall busy for a moment."""


class NoPassword(Exception):
    """A staff member could not sign in."""


async def sign_in(door: Door, staff: str, password: str) -> tuple[Person, str]:
    """A signed-in person, and the password that holds from now on: a one-time one is replaced."""
    person = door.person(staff)
    answer = await person.press("/session", {"name": staff, "password": password})
    if (answer.get("staff") or {}).get("must_change_password"):
        new = secrets.token_urlsafe(9)
        await person.press("/session/password", {"old": password, "new": new})
        return person, new
    return person, password


async def clerk_in(door: Door, admin: Person, staff: str) -> Person:
    """A clerk with a fresh one-time password from the administrator."""
    answer = await admin.press(f"/staff/{staff}/one_time_password", {})
    person, _ = await sign_in(door, staff, answer["one_time_password"])
    return person


def seats(house: House) -> dict[str, StaffMember]:
    """Who sits at which window: every clerk at the first of their windows that is still free."""
    taken: dict[str, StaffMember] = {}
    for person in house.staff:
        free = [window for window in person.windows if window not in taken]
        if person.role == "clerk" and free:
            taken[free[0]] = person
    return taken


async def clerks_in(door: Door, admin: Person, house: House) -> dict[str, Person]:
    """All clerks signed in, by window."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(staff: StaffMember) -> Person:
        async with turn:
            return await clerk_in(door, admin, staff.id)

    by_window = seats(house)
    people = await asyncio.gather(*(one(staff) for staff in by_window.values()))
    return dict(zip(by_window, people, strict=True))


async def device(door: Door, admin: Person, kind: str, place: str | None) -> Person:
    """A paired screen."""
    wish: Json = {"kind": kind} | ({"place": place} if place else {})
    code = (await admin.press("/devices/codes", wish))["code"]
    person = door.person(f"{kind} {place or ''}".strip())
    await person.press("/devices/pair", {"code": code})
    return person


async def pads_in(door: Door, admin: Person, windows: tuple[Window, ...]) -> dict[str, Person]:
    """A pad on every window's desk."""
    return {window.id: await device(door, admin, "pad", window.id) for window in windows}
