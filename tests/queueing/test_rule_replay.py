"""The dry run: it finds in the log when rules would have been on, as the running hall does."""

from __future__ import annotations

import random
from contextlib import closing, suppress

import pytest

from queueing.clock import Instant, minutes_between
from queueing.errors import NobodyWaiting
from queueing.help_rules import RuleLine
from queueing.records import Json
from queueing.rule_grammar import rule_of
from queueing.rule_replay import dry_run
from queueing.ruling import day_of
from tests.scene import Scene

ZONE, TICK = "Asia/Shanghai", 10.0
LATE = RuleLine(
    "wait of pension exceeds 20 min",
    "window 2 helps with pension",
    "wait of pension is below 10 min",
    id="late",
)
LONG = RuleLine("line of pension exceeds 3", "priority head start is 20 min", at_least_minutes=2, id="long")
NOON = RuleLine("time is 09:30 to 10:15", "job-seeker gives no numbers", id="half-past")


def replayed(scene: Scene, lines: tuple[RuleLine, ...]) -> list[Json]:
    first, last = day_of("2026-10-12", ZONE)
    events = scene.store.look(lambda desk: desk.events_between(first, last))
    return dry_run([rule_of(line) for line in lines], events, ZONE, first, min(last, scene.hall.now()))


@pytest.fixture
def without_rules(scene):
    scene.sit("3", "wang")
    return scene


def wall(at: Instant) -> str:
    """In the hall's time, which is eight hours ahead."""
    return f"{(int(at[11:13]) + 8) % 24:02d}{at[13:19]}"


def test_a_day_without_rules_says_when_they_would_have_been_on(without_rules):
    hall = without_rules
    hall.take("pension"), hall.take("job-seeker")
    hall.clock.turn(minutes=25)
    hall.press("call_next", "3", "wang")
    hall.press("serve", "3", "wang")
    hall.clock.turn(minutes=10)
    late, long, half_past = replayed(hall, (LATE, LONG, NOON))
    assert [(wall(s["since"]), wall(s["until"])) for s in late["would"]] == [("09:20:01", "09:25:01")], (
        "for five minutes at least"
    )
    assert late["lines"] == [{"service": "pension", "waited": 1, "longer": 1, "longest": 25.0}]
    assert late["would"][0]["because"][0]["limit"] == 20
    assert long["would"] == [] and late["was"] == []
    assert [(wall(s["since"]), s["minutes"]) for s in half_past["would"]] == [("09:30:00", 5.0)], "until now"


def test_a_line_that_is_long(without_rules):
    for minute in range(5):
        without_rules.take("pension"), without_rules.clock.turn(minutes=minute)
    (told,) = replayed(without_rules, (LONG,))
    assert [wall(s["since"]) for s in told["would"]] == ["09:03:00"]
    assert told["lines"] == [{"service": "pension", "waited": 5, "longer": None, "longest": 10.0}]


def test_other_days_and_undone_calls_dont_count(without_rules):
    hall = without_rules
    hall.take("pension")
    hall.press("call_next", "3", "wang")
    hall.press("undo", "3", "wang")
    hall.clock.turn(minutes=21)
    (told,) = replayed(hall, (LATE,))
    assert len(told["would"]) == 1, "it waited on, by its first time"
    first, last = day_of("2026-10-11", ZONE)
    assert hall.store.look(lambda desk: desk.events_between(first, last)) == []


@pytest.mark.parametrize("seed", (1, 2))
def test_over_a_day_that_had_the_rules_it_finds_what_really_happened(tmp_path, seed):
    """The same functions over the same lines: within a tick of the running hall's switches."""
    with closing(Scene(tmp_path, rules=(LATE, LONG, NOON))) as hall:
        a_busy_morning(hall, random.Random(seed))
        told = replayed(hall, hall.house.rules)
    assert sum(len(each["was"]) for each in told) >= 2
    for each in told:
        assert len(each["would"]) == len(each["was"]), each
        for would, was in zip(each["would"], each["was"], strict=True):
            assert abs(minutes_between(would["since"], was["since"])) * 60 <= TICK + 1
            assert abs(minutes_between(would["until"], was["until"])) * 60 <= TICK + 1


def a_busy_morning(hall: Scene, chance: random.Random) -> None:
    hall.sit("3", "wang"), hall.sit("2", "li")
    for _ in range(400):
        hall.clock.turn(seconds=TICK)
        if chance.random() < 0.08:
            hall.take("pension", chance.choice(("walk_in", "priority")))
        for window, clerk in (("3", "wang"), ("2", "li")):
            if chance.random() < 0.02:
                press(hall, window, clerk)
        hall.hall.ruling.apply()


def press(hall: Scene, window: str, clerk: str) -> None:
    """Whoever is there is finished, and the next one called, if there is one."""
    if hall.store.look(lambda desk: desk.at_window(window)):
        hall.press("serve", window, clerk)
        hall.press("finish", window, clerk)
    with suppress(NobodyWaiting):
        hall.press("call_next", window, clerk)
