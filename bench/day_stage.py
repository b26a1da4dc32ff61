"""Sets the stage: the administrator signs in, screens join, devices are paired, visitors are drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from random import Random

from bench.day_clock import PlayedClock
from bench.day_demand import Stretch, demand, minutes_for, pace, window_stretches
from bench.day_door import Door, Json, Person
from bench.day_floor import Floor
from bench.day_hall import Place
from bench.day_people import device, pads_in, sign_in
from bench.day_plan import Visitor, usual_visitors, visitors
from bench.day_scene import Scene
from bench.day_screens import Screen, hall_time
from bench.day_trace import trace_for
from queueing.house import House

BOARDS, PANELS, TERMINALS, KIOSKS = 4, 2, 2, 2
AT_THE_DOOR = timedelta(minutes=30)
"""Who should have come at most this long ago stands at the door when the player begins."""

Ends = Callable[[datetime], datetime | None]


class NotForPlaying(Exception):
    """The hall keeps the real time, so its passwords are real, or it isn't the hall of the file."""


@dataclass(frozen=True)
class Entered:
    """The administrator inside, with the office wall that feeds the player's view of the floor."""

    admin: Person
    password: str
    office: Screen
    floor: Floor
    joined: Json


async def enter(house: House, place: Place, door: Door) -> Entered:
    """Signs in as administrator and joins the office wall, once the hall turns out to be the right one."""
    await must_be_played(house, door)
    name = next(person.id for person in house.staff if person.role == "administrator")
    admin, password = await sign_in(door, name, place.password)
    floor = Floor()
    office = Screen("office", admin, {"screen": "office"}, on_event=floor.take, on_snapshot=floor.start)
    return Entered(admin, password, office, floor, await office.open())


async def must_be_played(house: House, door: Door) -> None:
    """Raises NotForPlaying before anything is touched."""
    hall = await door.person("the player").get("/hall")
    if not hall["simulated"]:
        raise NotForPlaying(f"{door.url} keeps the real time; a day needs a hall started with CLOCK=...")
    if hall["id"] != house.hall.id:
        raise NotForPlaying(
            f"{door.url} is the hall {hall['id']}, not {house.hall.id}: name its file with --hall"
        )


async def set_scene(house: House, door: Door, entered: Entered, seed: int) -> Scene:
    """The scene, with kiosks and pads paired and the reasons for a bad rating read."""
    clock = PlayedClock(hall_time(entered.joined), float(entered.joined["speed"]), house.hall.timezone)
    scene = Scene(house, clock, entered.floor, door, door.tally, seed)
    scene.kiosks = [await device(door, entered.admin, "kiosk", None) for _ in range(KIOSKS)]
    scene.pads = await pads_in(door, entered.admin, house.windows)
    scene.reasons = [reason.code for reason in house.rating.reasons]
    return scene


async def watchers(scene: Scene, admin: Person) -> list[Screen]:
    """Boards, panels and pads that only watch, all joined."""
    areas = islice(cycle(area.id for area in scene.house.areas), BOARDS)
    screens = [await board(scene, admin, number, area) for number, area in enumerate(areas, start=1)]
    for window in scene.house.windows[:PANELS]:
        panel = await device(scene.door, admin, "panel", window.id)
        screens.append(Screen(f"panel {window.id}", panel, {"screen": "panel", "window": window.id}))
        pad = scene.pads[window.id]
        screens.append(Screen(f"pad {window.id}", pad, {"screen": "pad", "window": window.id}))
    for screen in screens:
        await screen.open()
    return screens


async def terminals(clerks: dict[str, Person]) -> list[Screen]:
    """Some clerks' terminals, which hear more than the public screens."""
    screens = [
        Screen(f"clerk {window}", person, {"screen": "terminal", "window": window})
        for window, person in islice(clerks.items(), TERMINALS)
    ]
    for screen in screens:
        await screen.open()
    return screens


async def board(scene: Scene, admin: Person, number: int, area: str) -> Screen:
    person = await device(scene.door, admin, "board", area)
    return Screen(f"board {number}", person, {"screen": "board", "area": area})


@dataclass(frozen=True)
class Programme:
    """The day ahead: who comes, and when each window is open."""

    visitors: list[Visitor]
    open_at: dict[str, list[Stretch]]

    def last_closing(self, ends: datetime | None) -> datetime:
        """When the last window closes, or the player stops."""
        closing = max(closes for stretches in self.open_at.values() for _, closes in stretches)
        return min(closing, ends) if ends else closing


def programme(scene: Scene, count: int | None) -> Programme:
    """Draws the visitors who are still to come; sets the pace that lets the windows cope."""
    house, now = scene.house, scene.clock.now()
    open_at = window_stretches(house, now.date())
    minutes, trace = minutes_for(house, open_at), trace_for(scene.seed)
    wanted, wish = demand(house, minutes, trace), count or usual_visitors(house)
    scene.pace = pace(house, wanted, wish, minutes)
    everybody = visitors(house, open_at, wanted, trace, wish, Random(scene.seed))
    return Programme([visitor for visitor in everybody if visitor.arrives > now - AT_THE_DOOR], open_at)
