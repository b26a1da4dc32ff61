"""Appeals: against one's own deductions, in time, decided by somebody apart, all kept and none told aloud."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scoring.appeals import (
    AppealDecided,
    AppealedAlready,
    AppealTooLate,
    NothingToAppeal,
    NotYoursToDecide,
    UnknownAppeal,
)
from tests.scoring.months import Months, fact, months


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Months]:
    """Li sits at window 1 on 12 October."""
    with months(tmp_path) as opened:
        opened.scene.sit("1", "li")
        yield opened


def states(hall: Months, clerk: str = "li") -> list[str]:
    return [each.state for each in hall.look(lambda desk: desk.appeals_of(clerk))]


def score(hall: Months) -> float:
    now: float = hall.released(revision=None)["assessment"]["score"]
    return now


def test_an_appeal_that_is_upheld_takes_the_fact_back_with_the_decision_as_its_reason(hall: Months) -> None:
    """A brush-off, −2 (2.6), and an error, −5 (2.10): 93, and 98 when the error was none."""
    stays, goes = fact("2.6"), fact("2.10")
    hall.enter(stays, goes)
    appeal = hall.appeal(goes)["appeal"]
    assert score(hall) == 93
    hall.decide(appeal, "upheld")
    assert score(hall) == 98
    kept = hall.look(lambda desk: desk.fact(goes.id))
    assert (kept.withdrawn.reason, kept.withdrawn.by) == ("The log shows it.", "chen")
    told = hall.look(lambda desk: desk.appeal(appeal))
    assert (told.state, told.decided_by, told.item, told.fact) == ("upheld", "chen", "2.10", goes.id)


def test_an_appeal_that_is_rejected_changes_no_score_and_keeps_its_answer(hall: Months) -> None:
    error = fact("2.10")
    hall.enter(error)
    appeal = hall.appeal(error)["appeal"]
    hall.decide(appeal, "rejected")
    assert (score(hall), states(hall)) == (95, ["rejected"])
    assert hall.look(lambda desk: desk.appeal(appeal)).reason == "The log shows it."


def test_an_upheld_appeal_shows_as_a_change_of_a_released_month(hall: Months) -> None:
    error = fact("2.10")
    hall.enter(error)
    hall.november()
    hall.release()
    hall.decide(hall.appeal(error)["appeal"], "upheld")
    assert hall.released()["assessment"]["score"] == 95
    (would,) = hall.changes()["changes"]
    assert (would["was"], would["now"], would["facts"][0]["how"]) == (95, 100, "withdrawn")


def test_each_step_is_in_the_log_without_its_words(hall: Months) -> None:
    error = fact("2.10", note="wrong stamp")
    hall.enter(error)
    appeal = hall.appeal(error, text="My colleague did it.")["appeal"]
    hall.decide(appeal, "upheld")
    steps = hall.events("appeal", "appeal_decided", "fact_withdrawn")
    assert [(step.action, step.actor) for step in steps] == [
        ("appeal", "staff:li"), ("fact_withdrawn", "staff:chen"), ("appeal_decided", "staff:chen"),
    ]  # fmt: skip
    said = str([vars(event) for event in hall.scene.events()])
    assert appeal in said
    assert not [words for words in ("colleague", "The log", "stamp") if words in said]


def test_one_appeal_is_open_for_a_fact_and_clerk_and_a_double_press_is_one(hall: Months) -> None:
    error = fact("2.10")
    hall.enter(error)
    once = hall.appeal(error, key="the same")
    assert hall.appeal(error, key="the same") == once
    with pytest.raises(AppealedAlready):
        hall.appeal(error)
    decided = hall.decide(once["appeal"], "rejected", key="decided")
    assert hall.decide(once["appeal"], "rejected", key="decided") == decided
    with pytest.raises(AppealDecided):
        hall.decide(once["appeal"], "upheld")
    hall.appeal(error)
    assert sorted(states(hall)) == ["open", "rejected"]


def test_two_clerks_of_one_window_get_one_answer_when_the_fact_goes(hall: Months) -> None:
    hall.scene.sit("1", "wang", take_over=True)
    error = fact("2.10")
    hall.enter(error)
    first, second = hall.appeal(error)["appeal"], hall.appeal(error, "wang")["appeal"]
    hall.decide(first, "upheld")
    assert states(hall) == states(hall, "wang") == ["upheld"]
    assert hall.look(lambda desk: desk.appeal(second)).decided_by == "chen"
    assert len(hall.events("fact_withdrawn")) == 1


def test_one_that_was_withdrawn_meanwhile_is_decided_all_the_same(hall: Months) -> None:
    error = fact("2.10")
    hall.enter(error)
    appeal = hall.appeal(error)["appeal"]
    hall.withdraw(error)
    hall.decide(appeal, "upheld")
    assert hall.look(lambda desk: desk.fact(error.id)).withdrawn.reason == "entered twice"


# -- whose, and until when --------------------------------------------------------------------------


def test_only_what_concerns_the_clerk_is_appealed(hall: Months) -> None:
    of_wang, other_day = fact("2.10", clerk="wang"), fact("2.10", day="2026-10-13")
    elsewhere = fact("2.10", window="3")
    rated = fact("very_dissatisfied", kind="rated", clerk="li")
    good, gone = fact("B5"), fact("2.10")
    hall.enter(of_wang, other_day, elsewhere, rated, good, gone)
    hall.withdraw(gone)
    for one in (of_wang, other_day, elsewhere, rated, good, gone):
        with pytest.raises(NothingToAppeal):
            hall.appeal(one)
    with pytest.raises(NothingToAppeal):
        hall.appeal(rated, by="clerk", subject="li")
    with pytest.raises(NothingToAppeal):
        hall.appeal(of_wang, by="clerk", subject="wang")


def test_one_s_own_are_appealed_wherever_one_sat(hall: Months) -> None:
    late = fact("3.4", window=None, clerk="wang")
    hall.enter(late)
    hall.appeal(late, "wang", by="clerk", subject="wang")
    assert states(hall, "wang") == ["open"]


def test_who_is_named_sees_and_appeals_what_was_entered_about_a_window_never_sat_at(hall: Months) -> None:
    """Wang took no seat at all; Li sat at window 1, where the entry is no business of his."""
    named, unnamed = fact("2.10", window="3", clerk="wang"), fact("2.6", window="3")
    hall.enter(named, unnamed)
    (line,) = [
        line
        for each in hall.mine("wang")["assessments"]
        if (each["by"], each["subject"]) == ("window", "3")
        for line in each["lines"]
        if line["facts"]
    ]
    assert (line["code"], [each["fact"] for each in line["facts"]]) == ("2.10", [named.id])
    hall.appeal(named, "wang")
    assert states(hall, "wang") == ["open"]
    with pytest.raises(NothingToAppeal):
        hall.appeal(unnamed, "wang")
    assert "3" not in [each["subject"] for each in hall.mine("li")["assessments"]]


def test_a_bar_is_appealed_also_where_it_costs_no_points(hall: Months) -> None:
    critic = fact("M2")
    hall.enter(critic)
    hall.appeal(critic)
    assert states(hall) == ["open"]


def test_the_time_ends_seven_days_after_the_month_was_released(hall: Months) -> None:
    first, second = fact("2.6"), fact("2.10")
    hall.enter(first, second)
    hall.november()
    hall.release()
    hall.later(days=7)
    hall.appeal(first)
    hall.later(days=0.001)
    with pytest.raises(AppealTooLate):
        hall.appeal(second)


def test_what_a_revision_adds_has_its_own_seven_days(hall: Months) -> None:
    old, new = fact("2.6"), fact("2.10")
    hall.enter(old)
    hall.november()
    hall.release()
    hall.later(days=10)
    hall.enter(new)
    hall.appeal(new)
    hall.release()
    hall.later(days=6)
    seen = next(each for each in hall.mine()["assessments"] if each["by"] == "window")
    ends = {f["fact"]: f["appeal_until"][:10] for line in seen["lines"] for f in line["facts"]}
    assert ends == {old.id: "2026-11-08", new.id: "2026-11-18"}
    with pytest.raises(AppealTooLate):
        hall.appeal(old)


# -- four eyes --------------------------------------------------------------------------------------


def test_who_entered_the_fact_or_is_concerned_doesnt_decide(hall: Months) -> None:
    of_chen, of_the_guard = fact("2.10", author="chen"), fact("2.6")
    hall.enter(of_chen, of_the_guard)
    entered = hall.appeal(of_chen)["appeal"]
    with pytest.raises(NotYoursToDecide):
        hall.decide(entered, "rejected", "chen")
    hall.decide(entered, "rejected", "admin")
    hall.scene.sit("1", "chen", take_over=True)
    other, own = hall.appeal(of_the_guard)["appeal"], hall.appeal(of_the_guard, "chen")["appeal"]
    for appeal in (other, own):
        with pytest.raises(NotYoursToDecide):
            hall.decide(appeal, "upheld", "chen")
    may = hall.look(lambda desk: hall.appeals.may_decide(desk, desk.appeal(own), "admin"))
    assert may and not hall.look(lambda desk: hall.appeals.may_decide(desk, desk.appeal(own), "chen"))


def test_an_appeal_that_isnt_there_is_said_so(hall: Months) -> None:
    with pytest.raises(UnknownAppeal):
        hall.decide("nothing", "upheld")


def test_two_reviewers_at_once_decide_once(hall: Months) -> None:
    """The database itself keeps the first decision."""
    error = fact("2.10")
    hall.enter(error)
    appeal = hall.look(lambda desk: desk.appeal(hall.appeal(error)["appeal"]))
    hall.decide(appeal.id, "rejected")
    with pytest.raises(AppealDecided):
        hall.store.change(lambda desk: desk.decide_appeal(appeal) or {}, hall.by("admin", "administrator"))


def test_who_sat_at_the_window_on_that_day_doesnt_decide_about_it(hall: Months) -> None:
    hall.scene.press("leave", "1", "li")
    hall.hall.sit(window="1", take_over=False, by=hall.by("chen", "supervisor"))
    error = fact("2.10")
    hall.enter(error)
    appeal = hall.appeal(error)["appeal"]
    told = hall.look(lambda desk: desk.appeal(appeal))
    for about in (told, replace(told, fact="unattended:1:2026-10-12:083000")):
        assert not hall.look(lambda desk, which=about: hall.appeals.may_decide(desk, which, "chen"))
        assert hall.look(lambda desk, which=about: hall.appeals.may_decide(desk, which, "admin"))
    with pytest.raises(NotYoursToDecide):
        hall.decide(appeal, "upheld")
    hall.decide(appeal, "rejected", who="admin")


def test_who_sat_there_may_decide_about_what_names_a_colleague(hall: Months) -> None:
    hall.scene.press("leave", "1", "li")
    hall.hall.sit(window="1", take_over=False, by=hall.by("chen", "supervisor"))
    named = fact("2.10", clerk="li")
    hall.enter(named)
    hall.decide(hall.appeal(named)["appeal"], "upheld")
