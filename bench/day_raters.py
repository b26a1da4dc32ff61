"""Raters: who rates where, how they liked it, and why not."""

from __future__ import annotations

from random import Random

from bench.day_door import Json, Person
from bench.day_plan import LEVELS, NEGATIVE
from bench.day_scene import Scene, Visit

TOO_LATE = frozenset({"rating_closed", "already_rated"})
"""The pad stops asking when the next person is served: a slow finger comes too late."""

WORDS = ("", "", "等了很久", "希望加开窗口", "Please post the list of papers.", "讲得不清楚")


async def rate(scene: Scene, visit: Visit, window: str, luck: float, rng: Random) -> None:
    """Rates a finished service, or doesn't; `luck` shifts the verdict of one window's visitors."""
    if visit.visitor.rates_by == "pad":
        await scene.clock.sleep(rng.uniform(2, 15))
        pad, path = scene.pads[window], f"/windows/{window}/rating"
        await give(scene, pad, path, {"ticket": visit.ticket} | verdict(scene, visit, luck, rng))
    elif visit.visitor.rates_by == "phone":
        await scene.clock.sleep(rng.uniform(60, 1800))
        phone = scene.door.person("a rater's phone")
        await give(scene, phone, f"{visit.link}/rating", verdict(scene, visit, luck, rng))
        await phone.http.close()


async def give(scene: Scene, person: Person, path: str, body: Json) -> None:
    """One rating."""
    answer = await person.attempt(path, body, TOO_LATE)
    if answer is None:
        scene.tally.count("rated too late")
        return
    scene.tally.count("ratings")
    if path.startswith("/t/"):
        scene.tally.count("phone ratings")
    if body["level"] in NEGATIVE:
        scene.tally.count("negative ratings")


def verdict(scene: Scene, visit: Visit, luck: float, rng: Random) -> Json:
    """The level, with a reason or two and perhaps a word when it is negative."""
    level = shifted(visit.visitor.level, luck, rng)
    reasons = rng.sample(scene.reasons, k=min(rng.randint(1, 2), len(scene.reasons)))
    if level not in NEGATIVE:
        return {"level": level, "reasons": [], "comment": ""}
    return {"level": level, "reasons": reasons, "comment": rng.choice(WORDS)}


def shifted(level: str, luck: float, rng: Random) -> str:
    """The level, now and then one better (luck above 0) or one worse (below 0)."""
    step = 0 if rng.random() >= abs(luck) else (-1 if luck > 0 else 1)
    return LEVELS[min(max(LEVELS.index(level) + step, 0), len(LEVELS) - 1)]
