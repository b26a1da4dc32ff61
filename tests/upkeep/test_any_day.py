"""Whatever people press in whatever order, an honest log and honest rows are never called broken."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from queueing.errors import HallError
from storage.chain import verdict_of
from storage.opening import FILE
from tests.scene import Scene

PRESSES = (
    "call_next", "call_next", "serve", "serve", "finish", "finish", "finish_and_next", "mark_no_show",
    "recall", "hold", "undo", "undo", "leave",
)  # fmt: skip
SEATS = (("1", "li"), ("3", "wang"))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_day_of_any_presses_is_whole(tmp_path: Path, seed: int) -> None:
    scene, dice, done = Scene(tmp_path), random.Random(seed), 0
    tickets: list[str] = []
    for _ in range(400):
        window, clerk = dice.choice(SEATS)
        scene.clock.turn(seconds=dice.randint(0, 15))
        try:
            press_something(scene, dice, window, clerk, tickets)
            done += 1
        except HallError:
            continue
    scene.clock.turn(minutes=24 * 60)
    scene.hall.close_day()
    scene.close()
    assert done > 150
    assert verdict_of(tmp_path / FILE).broken is None


def press_something(scene: Scene, dice: random.Random, window: str, clerk: str, tickets: list[str]) -> None:
    what, some = dice.random(), dice.choice(tickets) if tickets else ""
    if what < 0.25:
        service = dice.choice(("id-card", "household", "pension", "job-seeker"))
        tickets.append(scene.take(service, dice.choice(("walk_in", "priority"))))
    elif what < 0.35:
        scene.sit(window, clerk)
    elif what < 0.42:
        scene.press("transfer", window, clerk, service=dice.choice(("household", "pension")))
    elif what < 0.47:
        scene.press("transfer", window, clerk, to_window=dice.choice(("1", "3")))
    elif what < 0.57:
        scene.press(dice.choice(("resume", "reinstate", "postpone", "call")), window, clerk, ticket=some)
    elif what < 0.62:
        scene.hall.abandon(ticket=some, by=scene.by(role="holder"))
    elif what < 0.67:
        scene.ratings.rate_by_phone(ticket=some, level="satisfied", by=scene.by(role="holder"))
    elif what < 0.70:
        scene.press("pause", window, clerk, reason="meeting")
    else:
        scene.press(dice.choice(PRESSES), window, clerk)
