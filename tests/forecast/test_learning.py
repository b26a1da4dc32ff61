"""What is learned from the past, against made-up pasts whose truth is known."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest

from forecast.durations import Durations
from forecast.learning import Learned
from forecast.logs import Stretch, Visit
from forecast.past import openings_of
from forecast.presence import Presence

DAY = "2026-03-02"


def visit(joined: float, called: float | None, window: str = "1", *, minutes: float = 5.0) -> Visit:
    started = None if called is None else called + 0.5
    finished = None if started is None else started + minutes
    return Visit("t", DAY, "a", "walk_in", joined, called, window, started, finished, "", "", None, joined)


def no_show(joined: float, called: float) -> Visit:
    return Visit("t", DAY, "a", "walk_in", joined, called, "1", None, None, "no_show", "", None, joined)


def test_a_service_seen_seldom_stays_near_the_mean_of_all() -> None:
    durations, rng = Durations(), np.random.default_rng(1)
    durations.begin_day()
    for _ in range(400):
        durations.hear("common", "li", 10 * exp(0.5 * rng.standard_normal()))
    durations.hear("rare", "li", 60.0)
    durations.refit()
    assert durations.usual_minutes("common") == pytest.approx(10 * exp(0.125), rel=0.1)
    assert durations.usual_minutes("rare") < 25


def test_configured_minutes_count_until_visits_say_more() -> None:
    durations = Durations({"a": 20.0})
    durations.begin_day()
    assert durations.usual_minutes("a") == pytest.approx(20, rel=0.01)
    for _ in range(200):
        durations.hear("a", "li", 6.0)
    durations.refit()
    assert durations.usual_minutes("a") < 8


def test_a_slow_clerk_is_told_from_a_long_service() -> None:
    durations, rng = Durations(), np.random.default_rng(2)
    durations.begin_day()
    for i in range(2000):
        service, clerk = ("long", "short")[i % 2], ("slow", "fast")[i // 2 % 2]
        level = {"long": 12.0, "short": 4.0}[service] * {"slow": 1.3, "fast": 1 / 1.3}[clerk]
        durations.hear(service, clerk, level * exp(0.5 * rng.standard_normal()))
    durations.refit()
    apart = durations.clerk("slow").mean - durations.clerk("fast").mean
    assert exp(apart) == pytest.approx(1.69, rel=0.1)


def test_today_is_slower_once_visits_say_so() -> None:
    durations, rng = Durations(), np.random.default_rng(3)
    for slow in (1.0, 1.0, 1.3):
        durations.begin_day()
        before = durations.today().mean
        for _ in range(400):
            durations.hear("a", "li", slow * 8 * exp(0.4 * rng.standard_normal()))
    assert abs(before) < 0.05
    assert 1.12 < exp(durations.today().mean) < 1.36


def test_those_who_are_still_being_served_keep_the_first_hour_honest() -> None:
    """Only short services are over after ten minutes; what still runs says that the day isn't fast."""
    durations = Durations({"a": 10.0})
    durations.begin_day()
    for _ in range(10):
        durations.hear("a", "li", 4.0)
    biased = durations.today().mean
    assert durations.today([("a", "li", 9.0)] * 10).mean > biased + 0.03


def one_window(visits: list[Visit], *stretches: tuple[float, float]) -> Presence:
    presence = Presence()
    presence.learn(visits, [Stretch(DAY, "1", "", ("a",), *each) for each in stretches], 1.0)
    return presence


def test_a_window_that_is_silent_while_somebody_waits_was_closed() -> None:
    crowd = [visit(510 + i, 510 + 6 * i) for i in range(10)]
    away = [*crowd, visit(540, 590), visit(541, 596)]
    presence = one_window(away, (510, 600))
    assert presence.closures == 1
    assert presence.closed.seen == [pytest.approx(590 - 569.5)]
    assert one_window(crowd, (510, 600)).closures == 0


def test_a_window_that_is_silent_while_nobody_waits_was_there() -> None:
    assert one_window([visit(510, 510), visit(560, 560)], (510, 600)).closures == 0


def test_a_late_opening_is_known_by_those_who_wait() -> None:
    late = one_window([visit(508, 519), visit(509, 525)], (510, 600))
    assert late.late[False].happened == 1
    assert late.lateness[False].seen == [pytest.approx(9)]
    assert one_window([visit(508, 510)], (510, 600)).late[False].happened == 0


def test_whether_windows_go_on_after_their_end_is_learned() -> None:
    queue = [visit(690 + i, 700 + 6 * i) for i in range(8)]
    goes_on = one_window(queue, (690, 720), (840, 1050))
    assert goes_on.leaves[False].happened == 0
    stops = one_window([*queue[:4], *(visit(695, 840 + 6 * i) for i in range(4))], (690, 720), (840, 1050))
    assert stops.leaves[False].happened == 1


def test_no_shows_and_gaps_are_learned() -> None:
    learned = Learned()
    learned.begin_day()
    visits = [visit(510, 510 + 6.0 * i) for i in range(20)] + [no_show(511, 630), visit(512, 632)]
    for each in visits:
        learned.joined(each)
        learned.over(each)
    learned.end_day(visits, [Stretch(DAY, "1", "", (), 510, 720)])
    assert learned.absent.value == pytest.approx((1 + 0.05 * 20) / 42)
    assert 0.4 < learned.gap.value < 0.5
    assert learned.walk("walk_in") == pytest.approx(0.5, abs=0.1)


def test_openings_that_overlap_are_cut() -> None:
    stretches = [Stretch(DAY, "1", "", ("a",), 510, 600), Stretch(DAY, "1", "", ("a",), 590, 700)]
    mine = openings_of(stretches, lambda each: dict.fromkeys(each.services, 0.0))["1"]
    assert [(each.opens, each.closes) for each in mine] == [(510, 600), (600, 700)]
