"""Rules at work: what they change at the windows, what the log says, and what receipts tell of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queueing.errors import NobodyWaiting, ServiceStopped
from queueing.help_rules import RuleLine
from queueing.plan import Plan
from queueing.postponing import Postponing
from queueing.receipts import receipt
from queueing.ruling import UnknownRule
from queueing.turns import Head, claim_of
from settings import load_house
from tests.scene import SMALL, Scene

LATE = RuleLine(
    "wait of residence-permit exceeds 30 min",
    "window 3 helps with residence-permit after 5 min; priority head start is 20 min",
    "wait of residence-permit is below 15 min",
    id="permits",
)
NOON = RuleLine("time is 11:00 to 11:30", "pension gives no numbers", id="noon")


@pytest.fixture
def hall(tmp_path):
    opened = Scene(tmp_path, rules=(LATE, NOON))
    opened.sit("3", "wang")
    yield opened
    opened.close()


def first_of(hall: Scene, service: str) -> str:
    return next(event.ticket for event in hall.events() if event.shown.get("service") == service)


def rule_events(hall: Scene) -> list[tuple[str, str]]:
    return [(e.action, e.after["rule"]) for e in hall.events() if e.action.startswith("rule_")]


def test_a_rule_goes_on_and_off_by_the_line_and_the_log_says_why(hall):
    key = hall.take("residence-permit")
    hall.clock.turn(minutes=30)
    assert hall.hall.ruling.apply() == [], "30 minutes are not more than 30"
    hall.clock.turn(seconds=6)
    hall.hall.ruling.apply()
    event = hall.events()[-1]
    assert (event.actor, event.ticket, event.window) == ("hall", None, None)
    assert event.after["because"] == [
        {"what": "wait", "service": "residence-permit", "above": True, "limit": 30.0, "now": 30.1}
    ]
    assert hall.hall.ruling.apply() == [] and rule_events(hall) == [("rule_on", "permits")]
    assert hall.press("call_next", "3", "wang")["ticket"]["ticket"] == key
    hall.hall.ruling.apply()
    assert len(rule_events(hall)) == 1, "it stays on for five minutes at least"
    hall.clock.turn(minutes=5)
    hall.hall.ruling.apply()
    assert rule_events(hall) == [("rule_on", "permits"), ("rule_off", "permits")]


def test_who_is_away_counts_for_no_rule(hall):
    key = hall.take("residence-permit")
    hall.clock.turn(minutes=45)
    Postponing(hall.hall).postpone(ticket=key, by=hall.by())
    assert not hall.hall.ruling.is_due()
    hall.clock.turn(minutes=10)
    assert hall.hall.ruling.is_due(), "back, and 45 minutes of waiting behind it"


def test_a_helper_takes_over_exactly_when_its_reluctance_is_used_up(hall):
    """By the turn rule itself: the claim of the helped reaches that of the window's own."""
    permit = hall.take("residence-permit")
    hall.clock.turn(minutes=5)
    own = hall.take("pension")
    hall.clock.turn(minutes=26)
    hall.hall.ruling.apply()
    assert hall.press("call_next", "3", "wang")["ticket"]["ticket"] == permit, "equal claims: the older one"
    hall.press("undo", "3", "wang")
    later = hall.take("pension")
    with_plan = hall.store.look(hall.hall.plan_in)
    assert with_plan.reluctances["3"]["residence-permit"] == 5.0
    assert hall.ticket(own).line_at < hall.ticket(later).line_at


@pytest.mark.parametrize(
    ("seconds", "first"), [(299, "pension"), (300, "residence-permit"), (301, "residence-permit")]
)
def test_a_second_before_it_is_used_up_the_window_calls_its_own(hall, seconds, first):
    hall.take("residence-permit")
    hall.clock.turn(seconds=seconds)
    hall.take("pension")
    hall.clock.turn(minutes=31)
    hall.hall.ruling.apply()
    answer = hall.press("call_next", "3", "wang")
    assert answer["ticket"]["service"] == first
    windows_own = Head(hall.ticket(first_of(hall, "pension")))
    helped = Head(hall.ticket(first_of(hall, "residence-permit")), 5.0)
    at, classes = hall.hall.now(), hall.house.classes
    more = claim_of(helped, classes, at) - claim_of(windows_own, classes, at)
    assert more == pytest.approx((seconds - 300) / 60)


def test_while_it_is_off_the_window_calls_nobody_else(hall):
    hall.take("residence-permit")
    with pytest.raises(NobodyWaiting):
        hall.press("call_next", "3", "wang")


def test_class_figures_change_while_it_is_on(hall):
    assert hall.store.look(hall.hall.plan_in).classes["priority"].head_start == 0
    hall.take("residence-permit")
    hall.clock.turn(minutes=31)
    hall.hall.ruling.apply()
    figures = hall.store.look(hall.hall.plan_in)
    assert figures.classes["priority"].head_start == 20
    assert figures.classes["walk_in"] == hall.house.classes["walk_in"]
    assert hall.hall.plan.classes["priority"].head_start == 0, "the house itself stays as it is"


def test_a_service_gives_no_numbers_at_noon_and_gives_them_again(hall):
    hall.clock.turn(minutes=120)
    hall.hall.ruling.apply()
    with pytest.raises(ServiceStopped):
        hall.take("pension")
    row = next(
        r for r in hall.store.look(lambda d: hall.hall.lines(d, hall.hall.now())) if r["service"] == "pension"
    )
    assert row["status"] == "paused"
    hall.take("job-seeker")
    hall.clock.turn(minutes=30)
    hall.hall.ruling.apply()
    assert hall.take("pension")


def test_a_supervisor_switches_a_rule_off_for_today_and_back(hall):
    hall.clock.turn(minutes=120)
    hall.hall.ruling.apply()
    hall.hall.ruling.switch_off(rule="noon", by=hall.by("chen", role="supervisor"))
    assert hall.take("pension")
    hall.hall.ruling.apply()
    assert rule_events(hall) == [("rule_on", "noon"), ("rule_off", "noon"), ("rule_stopped", "noon")]
    hall.hall.ruling.switch_back(rule="noon", by=hall.by("chen", role="supervisor"))
    hall.hall.ruling.apply()
    with pytest.raises(ServiceStopped):
        hall.take("pension")
    with pytest.raises(UnknownRule):
        hall.hall.ruling.switch_off(rule="nonsense", by=hall.by("chen", role="supervisor"))


def test_switched_off_means_today_only(hall):
    hall.hall.ruling.switch_off(rule="noon", by=hall.by("chen", role="supervisor"))
    hall.clock.turn(minutes=24 * 60 + 130)
    hall.hall.ruling.apply()
    assert rule_events(hall)[-1] == ("rule_on", "noon")


def test_a_new_day_begins_with_none_on(hall):
    hall.clock.turn(minutes=125)
    hall.hall.ruling.apply()
    hall.clock.turn(minutes=24 * 60 - 120)
    hall.take("pension")
    assert rule_events(hall) == [("rule_on", "noon"), ("rule_off", "noon")]
    assert hall.events()[-2].after["because"] == [{"what": "day_over"}]


def test_a_rule_that_the_file_has_no_longer_goes_off(hall, tmp_path):
    hall.clock.turn(minutes=120)
    hall.hall.ruling.apply()
    from queueing.hall import Hall

    again = Hall(replace(hall.house, rules=(LATE,)), hall.store, hall.clock)
    again.ruling.apply()
    assert rule_events(hall)[-1] == ("rule_off", "noon")
    assert hall.events()[-1].after["because"] == [{"what": "file"}]


def test_the_receipt_judges_each_call_by_the_rules_that_held_then(hall):
    me = hall.take("residence-permit")
    hall.clock.turn(minutes=1)
    hall.take("job-seeker"), hall.take("job-seeker")
    hall.clock.turn(minutes=1)
    hall.serve_one("3", "wang", 1)
    hall.clock.turn(minutes=28)
    hall.hall.ruling.apply()
    hall.serve_one("3", "wang", 0.1)
    told = hall.store.look(lambda desk: receipt(hall.hall, desk, me))["overtakings"]
    assert told == [{"number": "E002", "minutes": 1, "rule": "helping"}], (
        "of the first call window 3 had no part in me"
    )


def test_the_terminal_is_told_what_it_helps_with(hall):
    from queueing import looks

    hall.take("residence-permit")
    hall.clock.turn(minutes=31)
    hall.hall.ruling.apply()
    at = hall.hall.now()
    seen = hall.store.look(lambda desk: looks.terminal(hall.hall, desk, at, "3", "wang"))
    assert seen["helps_now"] == [{"service": "residence-permit", "since": at}]
    assert seen["rules"]["reluctance"]["residence-permit"] == 5.0
    assert seen["rules"]["classes"]["priority"]["head_start"] == 20
    other = hall.store.look(lambda desk: looks.terminal(hall.hall, desk, at, "1", "li"))
    assert other["helps_now"] == []


def test_plans_of_rules_are_made_once():
    plan = Plan(load_house(SMALL))
    assert plan.in_force(()) is plan
    assert plan.in_force((LATE.then,)) is plan.in_force((LATE.then,))
    assert plan.reluctances["3"].keys() == {"pension", "job-seeker"}, "the house stays as it is"
