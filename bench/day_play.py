"""The day itself: everybody comes in, works or waits, and goes; screens watch all along."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

from tqdm import tqdm

from bench.day_citizens import arrivals
from bench.day_clerks import new_clerk, work
from bench.day_door import Door, Person
from bench.day_hall import Place
from bench.day_people import clerks_in
from bench.day_scene import Scene
from bench.day_screens import STALE_AFTER, Screen
from bench.day_stage import Ends, Programme, enter, programme, set_scene, terminals, watchers
from bench.day_tally import Tally, is_good, summary
from queueing.house import House

LOOKS_EVERY = 0.5
ERRANDS_END_WITHIN = 40.0
"""Real seconds for the last raters and returning visitors after the windows have closed."""

Work = Coroutine[Any, Any, None]


async def play(
    house: House, place: Place, seed: int, count: int | None, ends: Ends, tally: Tally | None = None
) -> bool:
    """Plays one day and prints its summary; whether all went well."""
    door = Door(place.url, tally or Tally())
    try:
        entered = await enter(house, place, door)
        print(f"Watch it at {place.url} (office: {entered.admin.name}, password {entered.password})")
        scene = await set_scene(house, door, entered, seed)
        screens = [entered.office, *await watchers(scene, entered.admin)]
        clerks = await clerks_in(door, entered.admin, house)
        screens += await terminals(clerks)
        scene.ends = ends(scene.clock.now())
        await play_through(scene, programme(scene, count), clerks)
        return await settle(scene, screens, place)
    finally:
        await door.close()


async def play_through(scene: Scene, day: Programme, clerks: dict[str, Person]) -> None:
    """From the first visitor until the last clerk has left."""
    print(opening_words(scene, day, clerks))
    windows = {window.id: window for window in scene.house.windows}
    jobs: list[Work] = [arrivals(scene, day.visitors)]
    for window, person in clerks.items():
        jobs.append(work(new_clerk(scene, windows[window], person), day.open_at[window]))
    scene.tally.delays.clear()
    bar = asyncio.create_task(progress(scene, day))
    for problem in await asyncio.gather(*jobs, return_exceptions=True):
        if problem is not None:
            scene.tally.error(f"the player itself: {problem!r}")
    bar.cancel()
    scene.tally.counts["left waiting"] = scene.floor.everybody_waiting()
    await scene.finish_errands(5.0 if scene.ends else ERRANDS_END_WITHIN)


def opening_words(scene: Scene, day: Programme, clerks: dict[str, Person]) -> str:
    """What is about to happen."""
    name, now = scene.house.hall.name.en, scene.clock.now()
    shorter = f", service times x {scene.pace:.2f} so that the windows cope" if scene.pace < 1 else ""
    return (
        f"{name}, {now:%Y-%m-%d}: {len(day.visitors):,} visitors, {len(clerks)} clerks, "
        f"from {now:%H:%M} at {scene.clock.speed:g} times the real speed{shorter}"
    )


async def progress(scene: Scene, day: Programme) -> None:
    """Shows the hall's time as a bar; notes when the player itself was too busy to look."""
    loop, starts = asyncio.get_running_loop(), scene.clock.now()
    minutes = (day.last_closing(scene.ends) - starts) / timedelta(minutes=1)
    with tqdm(total=round(minutes), unit="min", disable=None) as bar:
        while True:
            before = loop.time()
            await asyncio.sleep(LOOKS_EVERY)
            scene.tally.stalled(loop.time() - before - LOOKS_EVERY)
            show(bar, scene, (scene.clock.now() - starts) / timedelta(minutes=1))


def show(bar: tqdm[Any], scene: Scene, minutes: float) -> None:
    """One look at the day."""
    n = scene.tally.counts
    bar.set_description(f"{scene.clock.now():%H:%M}", refresh=False)
    bar.set_postfix(
        tickets=n["tickets"], waiting=scene.floor.everybody_waiting(), served=n["finished"],
        ratings=n["ratings"], errors=sum(scene.tally.errors.values()), refresh=False,
    )  # fmt: skip
    bar.update(min(round(minutes), bar.total) - bar.n)


async def settle(scene: Scene, screens: list[Screen], place: Place) -> bool:
    """Lets the screens hear the end, closes them, prints the summary."""
    for screen in screens:
        await screen.heard_up_to(scene.last_seq, STALE_AFTER)
    for screen in screens:
        await screen.close()
    if found := place.tracebacks():
        scene.tally.errors["the hall's log shows errors that nobody caught"] += len(found)
    records = [screen.record(scene.tally.calls) for screen in screens]
    print(summary(scene.tally, records, STALE_AFTER))
    return is_good(scene.tally, records, STALE_AFTER)
