"""Lists of honour: proposed from released months by the rules, public only after a supervisor's press."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from queueing.records import Json
from scoring.honours import MonthsMissing, Named, NamedYourself, NotPublished, in_order, on_show
from scoring.proposals import months_before
from scoring.scheme_rules import Winners
from settings import load_house
from tests.scene import SMALL
from tests.scoring.months import Months, fact, months
from web.schemes import Book


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Months]:
    with months(tmp_path) as opened:
        yield opened


def proposal(hall: Months, period: str = "2026-10", by: str = "window") -> Json:
    told: Json = hall.look(lambda desk: hall.proposals.view(desk, period, by))
    return told


def named(told: Json) -> list[str]:
    return [each["subject"] for each in told["candidates"] if each["named"]]


def fewer(hall: Months, **winners: int) -> None:
    """The same schemes with so many winners."""
    files = [
        tuple(replace(each, winners=Winners(**winners)) for each in schemes)
        for schemes in (hall.files.window, hall.files.clerk)
    ]
    hall.use(Book(replace(hall.files, window=files[0], clerk=files[1])))


def test_nothing_is_proposed_before_the_release(hall: Months) -> None:
    hall.november()
    assert (proposal(hall)["candidates"], proposal(hall)["places"]) == ([], None)
    with pytest.raises(MonthsMissing):
        hall.publish("2026-10")


def test_the_best_windows_by_score_and_equal_ones_share_the_last_place(hall: Months) -> None:
    """Window 1: 98; windows 2 and 3: 95 each, and both have the second of two flags."""
    fewer(hall, month=2)
    hall.enter(fact("2.6"), fact("2.10", window="2"), fact("2.10", window="3"))
    hall.november()
    hall.release()
    places = [(each["subject"], each["place"], each["score"]) for each in proposal(hall)["candidates"]]
    assert places == [("1", 1, 98), ("2", 2, 95), ("3", 2, 95)]
    assert named(proposal(hall)) == ["1", "2", "3"]
    assert proposal(hall)["places"] == 2
    fewer(hall, month=1)
    hall.release(scheme_anew=True)
    assert named(proposal(hall)) == ["1"]


def test_equal_ones_stand_in_the_hall_s_own_order_and_not_in_that_of_letters() -> None:
    house = load_house(SMALL)
    windows = tuple(replace(house.windows[0], id=name) for name in ("2", "1", "11", "10"))
    listed = [named_in(2, name) for name in ("1", "10", "11", "2", "9")] + [named_in(1, "3")]
    own = in_order(listed, replace(house, windows=windows), "window")
    assert [each.subject for each in own] == ["3", "2", "1", "11", "10", "9"]


def named_in(place: int, subject: str) -> Named:
    return Named("window", "2026-10", subject, place, "{}", None, 1, "2026-11-01T00:00:00.000Z", "chen")


def test_a_bar_of_the_month_leaves_out_with_its_reason(hall: Months) -> None:
    """Window 1 was criticised in the city's media (M2): no award, however good."""
    hall.enter(fact("M2"), fact("2.10", window="2"))
    hall.november()
    hall.release()
    left_out = {each["subject"]: each["left_out"] for each in proposal(hall)["candidates"]}
    assert left_out == {"1": "barred:criticised", "2": None, "3": None}
    assert named(proposal(hall)) == ["3", "2"]


def test_published_only_by_a_press_and_once_for_a_press_that_comes_twice(hall: Months) -> None:
    hall.november()
    hall.release()
    assert hall.look(on_show) == []
    once = hall.publish("2026-10", key="the same")
    assert hall.publish("2026-10", key="the same") == once
    assert hall.look(on_show) == [("window", "2026-10")]
    (note,) = hall.events("honour")
    assert note.after == {"by": "window", "period": "2026-10", "subjects": ["1", "2", "3"]}


def test_a_name_taken_back_stays_away_also_from_the_next_publication(hall: Months) -> None:
    hall.november()
    hall.release()
    hall.publish("2026-10")
    take_back(hall, "2")
    assert shown(hall) == ["1", "3"]
    with pytest.raises(NotPublished):
        take_back(hall, "2")
    hall.publish("2026-10")
    assert shown(hall) == ["1", "3"]
    assert not proposal(hall)["differs"]
    assert "a mistake" not in str([event.after for event in hall.scene.events()])


def take_back(hall: Months, subject: str) -> None:
    hall.proposals.take_back(
        name="2026-10", by="window", subject=subject, reason="a mistake", press=hall.by("chen", "supervisor")
    )


def shown(hall: Months) -> list[str]:
    return [each.subject for each in hall.look(lambda desk: desk.published("window", "2026-10"))]


def test_a_revision_leaves_what_is_published_and_says_that_it_differs(hall: Months) -> None:
    fewer(hall, month=1)
    hall.enter(fact("2.6", window="2"), fact("2.6", window="3"))
    hall.november()
    hall.release()
    hall.publish("2026-10")
    hall.enter(fact("2.10"))
    hall.release()
    assert shown(hall) == ["1"]
    assert proposal(hall)["differs"]
    hall.publish("2026-10")
    assert shown(hall) == ["2", "3"]


def test_the_newest_month_is_on_show(hall: Months) -> None:
    hall.november()
    for month in ("2026-10", "2026-09"):
        hall.release(month)
        hall.publish(month)
    assert hall.look(on_show) == [("window", "2026-10")]


# -- quarters and years -----------------------------------------------------------------------------


def test_a_year_is_the_mean_of_released_months_with_bonus_once(hall: Months) -> None:
    """Window 1. September: −2 (2.6) and two reports in the city's media, +8. October: −5 (2.10) and one, +4.

    The mean without what comes on top: (98 + 95) / 2 = 96.5. Media together 12, at most 10: 106.5.
    """
    september = {"day": "2026-09-10"}
    hall.enter(fact("2.6", **september), fact("B2", **september), fact("B2", **september))
    hall.enter(fact("2.10"), fact("B2"))
    hall.november()
    for month in ("2026-09", "2026-10"):
        hall.release(month)
    told = hall.look(lambda desk: hall.years.table(desk, "2026", "window"))
    first = told["rows"][0]
    assert (first["subject"], first["score"], first["mean"], first["bonus"]) == ("1", 106.5, 96.5, 10)
    assert [month["without_top"] for month in first["months"]] == [98, 95]
    assert told["missing"] == [f"2026-{month:02d}" for month in (*range(1, 9), 11, 12)]


def test_three_verified_complaints_bar_from_the_year_and_one_from_its_month_alone(hall: Months) -> None:
    """Wang: one complaint in September, two in October; li: one in September."""
    hall.enter(
        fact("1.2", day="2026-09-10", window=None, clerk="wang"),
        fact("1.2", window=None, clerk="wang"), fact("1.2", day="2026-10-13", window=None, clerk="wang"),
        fact("1.2", day="2026-09-10", window=None, clerk="li"),
    )  # fmt: skip
    hall.november()
    for month in ("2026-09", "2026-10"):
        hall.release(month)
    year = {each["subject"]: each["left_out"] for each in proposal(hall, "2026", "clerk")["candidates"]}
    assert year == {"li": None, "wang": "barred:complaints"}
    october = {each["subject"]: each["left_out"] for each in proposal(hall, by="clerk")["candidates"]}
    assert october == {"li": None, "wang": "barred:complaint"}


def test_a_year_without_all_its_months_is_published_only_when_that_is_said(hall: Months) -> None:
    hall.november()
    hall.release()
    with pytest.raises(MonthsMissing):
        hall.publish("2026", "clerk")
    hall.publish("2026", "clerk", missing=True)
    assert hall.look(on_show) == [("clerk", "2026")]


def test_who_hasnt_worked_long_enough_takes_no_part(tmp_path: Path) -> None:
    """Three months for the quarter: from 2 October on isn't enough, from 1 October on is."""
    staff = load_house(SMALL).staff
    began = {"li": date(2026, 10, 1), "wang": date(2026, 10, 2)}
    with months(tmp_path, staff=tuple(replace(each, since=began.get(each.id)) for each in staff)) as hall:
        hall.november()
        hall.release()
        candidates = proposal(hall, "2026-Q4", "clerk")["candidates"]
        told = {each["subject"]: each["left_out"] for each in candidates}
        assert told == {"li": None, "wang": "months_of_service"}


@pytest.mark.parametrize(
    ("day", "n", "since"),
    [("2026-12-31", 3, "2026-10-01"), ("2026-12-31", 12, "2026-01-01"), ("2027-01-31", 0, "2027-02-01")],
)
def test_months_of_service_are_counted_from_the_end_of_the_period(day: str, n: int, since: str) -> None:
    assert months_before(day, n).isoformat() == since


def test_who_stands_on_a_list_doesnt_publish_it_while_somebody_else_can(hall: Months) -> None:
    hall.enter(fact("3.5", window=None, clerk="chen"))
    hall.november()
    hall.release()
    assert "chen" in named(proposal(hall, "2026-Q4", "clerk"))
    with pytest.raises(NamedYourself):
        hall.publish("2026-Q4", by="clerk", missing=True)
    hall.publish("2026-10", by="window")
    assert "named_publisher" not in hall.events("honour")[0].after


def test_the_only_reviewer_of_a_hall_publishes_also_a_list_with_the_own_name(tmp_path: Path) -> None:
    staff = tuple(each for each in load_house(SMALL).staff if each.role != "administrator")
    with months(tmp_path, staff=staff) as hall:
        hall.enter(fact("3.5", window=None, clerk="chen"))
        hall.november()
        hall.release()
        hall.publish("2026-Q4", by="clerk", missing=True)
        (note,) = hall.events("honour")
        assert "chen" in note.after["subjects"] and note.after["named_publisher"] is True
