"""The twin on a small made-up hall: what a change touches, and what it leaves exactly as it was."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from forecast.asking import Question, answer
from forecast.change_words import all_parsed
from forecast.changes import ChangeError, clock
from forecast.changing import changed, most_of
from forecast.courses import Course
from forecast.expecting import expected
from forecast.history import History, history_of
from forecast.logs import Stretch, Visit, read_log, read_plan
from forecast.made_files import write
from forecast.reliving import relived
from forecast.scenes import NEVER
from forecast.twin import Played, whatif
from upkeep.whatif import asked_whatif, table
from web.starting import CannotStart

DAY = "2026-03-10"
PLAYS = 12


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("street")
    write(folder, "street", 5, 7, 1.0, False)
    return folder


@pytest.fixture(scope="module")
def log(files: Path) -> list[Visit]:
    return read_log(files / "tickets.csv")


@pytest.fixture(scope="module")
def plan(files: Path) -> list[Stretch]:
    return read_plan(files / "windows.csv")


@pytest.fixture(scope="module")
def history(log: list[Visit], plan: list[Stretch]) -> History:
    return history_of(log, plan, DAY)


@pytest.fixture(scope="module")
def course(history: History) -> Course:
    return expected(history, PLAYS, most=1.3)


def with_(course: Course, history: History, *words: str) -> Course:
    return changed(course, all_parsed(words), history)


def mean(course: Course) -> float:
    return float(np.nanmean(Played(course).waits))


def test_the_same_question_has_the_same_answer(log: list[Visit], plan: list[Stretch]) -> None:
    question = Question(DAY, tuple(all_parsed(["window 2 closes 9:00-11:00"])), plays=PLAYS)
    assert answer(question, log, plan) == answer(question, log, plan)


def test_nothing_that_comes_after_the_day_or_the_hour_is_used(log: list[Visit], plan: list[Stretch]) -> None:
    known = [v for v in log if v.day < DAY or (v.day == DAY and v.joined <= 600)]
    question = Question(DAY, (), at=600.0, plays=PLAYS)
    assert answer(question, log, plan) == answer(question, known, plan)


def test_a_change_leaves_everything_else_as_drawn(course: Course, history: History) -> None:
    other = with_(course, history, "window 40 opens 10:00-11:00 for s00")
    assert (other.come() == course.come()).all()
    one, two = course.scene.staffing, other.scene.staffing
    own = np.array([course.names.windows[w] for w in one.window])
    for name in set(own):
        mine = np.flatnonzero(np.array([other.names.windows[w] for w in two.window]) == name)
        assert (two.opens[:, mine] == one.opens[:, own == name]).all()
    early = one.opens.min() + 30
    first = (course.come() < early) & (course.called() < 600)
    assert (course.called()[first] == other.called()[first]).all()


def test_a_window_more_saves_and_one_less_costs(course: Course, history: History) -> None:
    every = " ".join(course.names.services)
    assert mean(with_(course, history, f"window 40 opens 8:30-12:00 for {every}")) < mean(course) - 0.3
    assert mean(with_(course, history, "window 1 closes")) > mean(course) + 0.3


def test_a_closed_window_calls_nobody_meanwhile(course: Course, history: History) -> None:
    staffing = with_(course, history, "window 3 closes 9:15-10:30").scene.staffing
    rows = staffing.window == course.names.windows.index("3")
    during = (staffing.opens[:, rows] < 630) & (staffing.closes[:, rows] > 555)
    assert not (during & (staffing.closes[:, rows] > staffing.opens[:, rows])).any()
    assert (staffing.closes[:, rows] > 700).any()


def test_a_clerk_takes_one_more_service_and_stops_again(course: Course, history: History) -> None:
    clerk = course.clerks[0]
    takes = course.scene.staffing.takes
    strange = next(
        s for s in course.names.services if takes[0, course.names.lines_of(s)[0]] == NEVER
    )  # fmt: skip
    helped = with_(course, history, f"clerk {clerk} serves {strange} too")
    assert helped.scene.staffing.takes[0, helped.names.lines_of(strange)].tolist() == [0.0, 0.0, 0.0]
    again = with_(helped, history, f"clerk {clerk} stops serving {strange}")
    assert (again.scene.staffing.takes == takes).all()


def test_no_numbers_after_the_hour_but_appointments_come(course: Course, history: History) -> None:
    before, after = course.come(), with_(course, history, "tickets for s01 only until 10:00").come()
    lines = [course.names.lines[line] for line in course.scene.tickets.line]
    own = np.array([service == "s01" for service, _, _ in lines])
    booked = np.array([ticket_class == "appointment" for _, ticket_class, _ in lines])
    late = (before > 600) & (before < NEVER)
    assert (after[late & own & ~booked] == NEVER).all()
    kept = ~(late & own & ~booked)
    assert (after[kept] == before[kept]).all()


def test_more_demand_brings_the_same_people_and_more(course: Course, history: History) -> None:
    usual, more = course.come() < NEVER, with_(course, history, "demand 1.3").come() < NEVER
    assert (more | ~usual).all()
    assert 1.2 < more.sum() / usual.sum() < 1.4
    assert most_of(all_parsed(["demand 1.3", "demand for s01 0.5"])) == 1.3


def test_bookings_move_people_without_losing_any(course: Course, history: History) -> None:
    other = with_(course, history, "bookings 40 %")
    classes = np.array([line[1] for line in other.names.lines])[other.scene.tickets.line]
    come = other.come() < NEVER
    assert abs(int(come.sum()) - int((course.come() < NEVER).sum())) < 0.01 * come.sum()
    assert 0.37 < come[:, classes == "appointment"].sum() / come.sum() < 0.43
    assert not np.isnan(mean(other))


def test_whom_bookings_move_is_not_compared_with_others(history: History, course: Course) -> None:
    told = whatif(course, all_parsed(["bookings 40 %"]), history)
    assert {"appointment", "walk_in"} <= {*told["moved"]["by_class"]} and not told["moved"]["by_service"]
    told |= {"day": DAY}
    walk_in = next(line for line in table(told).splitlines() if line.startswith("walk_in"))
    assert "→" in walk_in and walk_in.endswith("–")
    assert "others are counted there" in table(told)


def test_a_change_that_changes_nothing_is_said(history: History, course: Course) -> None:
    nothing = whatif(course, all_parsed(["demand 1"]), history)
    assert nothing["no_effect"] and "change nothing" in table(nothing)
    assert not whatif(course, all_parsed(["window 2 closes 9:00-11:00"]), history)["no_effect"]
    assert not whatif(course, [], history)["no_effect"]


def test_a_head_start_helps_its_class_alone(course: Course, history: History) -> None:
    one, two = Played(course), Played(with_(course, history, "head start 40", "walk_in rate 1"))
    assert np.nanmean(two.waits[:, two.classes()["priority"]]) < np.nanmean(
        one.waits[:, one.classes()["priority"]]
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("window 99 opens 10:00-11:00", "change_no_window"),
        ("window 99 closes", "change_no_window"),
        ("clerk nobody is away", "change_no_clerk"),
        ("clerk c1 serves nothing too", "change_no_service"),
        ("head start 5 for kings", "change_no_class"),
    ],
)
def test_a_change_that_does_not_fit_the_day_says_what_there_is(
    course: Course, history: History, words: str, code: str
) -> None:
    with pytest.raises(ChangeError) as refused:
        with_(course, history, words)
    assert refused.value.code == code
    assert "There are:" in str(refused.value)


def test_a_past_day_replayed_unchanged_waits_as_it_did(log: list[Visit], history: History) -> None:
    own = [visit for visit in log if visit.day == DAY]
    was = np.mean([v.called - v.joined for v in own if v.called is not None])
    assert abs(mean(relived(history, own, 4, 1)) - was) < max(1.0, 0.15 * was)


def test_the_command_tells_people_and_programs(files: Path) -> None:
    options = SimpleNamespace(
        log=files / "tickets.csv", staffing=files / "windows.csv", change=["window 2 closes 9:00-11:00"],
        day=DAY, at="10:00", replay=False, config=None, plays=PLAYS, seed=1, json=True,
    )  # fmt: skip
    told = json.loads(asked_whatif(options))  # type: ignore[arg-type]
    assert told["saving"]["low"] <= told["saving"]["mean"] <= told["saving"]["high"]
    assert told["without"]["by_class"].keys() == told["saving"]["by_class"].keys()
    assert told["whole_day"]["saving"]["mean"] == pytest.approx(
        told["whole_day"]["without"]["mean"] - told["whole_day"]["with"]["mean"], abs=0.02
    )
    options.json = False
    assert "s00" in asked_whatif(options)  # type: ignore[arg-type]
    options.day = "2026-07-01"
    with pytest.raises(CannotStart, match="no row for 2026-07-01"):
        asked_whatif(options)  # type: ignore[arg-type]


def test_everybody_who_came_by_the_hour_is_known(log: list[Visit], plan: list[Stretch]) -> None:
    history = history_of(log, plan, DAY, 600.0)
    assert history.came == sum(visit.day == DAY and visit.joined <= 600 for visit in log)


def test_nobody_stays_past_the_long_break_unless_planned(course: Course, history: History) -> None:
    other = with_(course, history, "window 40 opens 10:00-12:00 for s00")
    assert (other.scene.staffing.closes[:, other.planned < 720] <= 840).all()


def test_a_window_opens_again_right_after_a_broken_stretch(course: Course, history: History) -> None:
    again = {stretch.window: stretch.closes for stretch in course.plan if stretch.closes < 720}
    words = [f"window {name} opens {clock(closes + 1)}-13:30" for name, closes in again.items()]
    assert not np.isnan(mean(with_(course, history, *words)))
