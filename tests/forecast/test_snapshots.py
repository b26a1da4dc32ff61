"""Halls known by the lengths of their lines: told again, learning from what lies before each moment alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from forecast.judging import covered, judged
from forecast.snapshots import Replayed, plain_rules, replay
from forecast.snapshots_features import FEATURES, Day
from forecast.snapshots_file import Snapshots, WrongSnapshots, read_snapshots
from forecast.snapshots_fit import fitted
from forecast.snapshots_history import History
from forecast.snapshots_prior import SHIPPED, Prior, load, prior_of, save
from tests.forecast.lines import made_lines, written

NOON = 720.0
DAYS = 9


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Snapshots:
    return read_snapshots(written(tmp_path_factory.mktemp("lines") / "lines.csv", made_lines(DAYS, 3)))


@pytest.fixture(scope="module")
def told(lines: Snapshots) -> Replayed:
    """From nothing: what the nights teach is all that it knows."""
    return replay(lines, Prior())


@pytest.fixture(scope="module")
def prior(lines: Snapshots) -> Prior:
    return fitted(lines.of([at for at, day in enumerate(lines.date) if day < "2020-03-06"]))


def of_days(snapshots: Snapshots, wanted: Callable[[str], bool]) -> np.ndarray:
    return np.array([wanted(day) for day in snapshots.date])


def with_other_outcomes(lines: Snapshots, changed: np.ndarray) -> Snapshots:
    wait = np.where(changed, lines["wait"] + 60.0, lines["wait"])
    return Snapshots(lines.office, lines.queue, lines.date, lines.numbers | {"wait": wait})


def test_what_is_told_knows_nothing_of_what_comes_later(lines: Snapshots, told: Replayed) -> None:
    day = "2020-03-08"
    before = of_days(lines, lambda each: each < day) | (of_days(lines, day.__eq__) & (lines["t"] <= NOON))
    unknown = ~before | (of_days(lines, day.__eq__) & (lines["t"] + lines["wait"] > NOON))
    again = replay(with_other_outcomes(lines, unknown), Prior())
    for one, other in ((told.estimate, again.estimate), (told.low, again.low), (told.high, again.high)):
        assert np.array_equal(one[before], other[before])
        assert not np.array_equal(one[~before], other[~before])


def test_an_outcome_counts_as_soon_as_it_is_known(lines: Snapshots, prior: Prior) -> None:
    day = "2020-03-08"
    known = of_days(lines, day.__eq__) & (lines["t"] + lines["wait"] <= NOON)
    told = replay(lines, prior).estimate
    again = replay(with_other_outcomes(lines, known & (lines["t"] > NOON - 60)), prior).estimate
    early, late = lines["t"] <= NOON - 60, lines["t"] > NOON + 60
    today = of_days(lines, day.__eq__)
    assert np.array_equal(told[today & early], again[today & early])
    assert not np.array_equal(told[today & late], again[today & late])


def test_the_order_of_the_file_changes_nothing(lines: Snapshots, told: Replayed) -> None:
    turned = np.arange(len(lines))[::-1]
    by_queue = replay(lines.of(turned.tolist()), Prior()).estimate[::-1]
    assert (
        np.mean(np.isclose(by_queue, told.estimate, rtol=0.2)) > 0.95
    )  # rows of one minute are told together


def test_nights_teach(lines: Snapshots, told: Replayed) -> None:
    later = of_days(lines, lambda day: day > "2020-03-04")
    ours = judged(told.estimate[later], lines["wait"][later])
    others = {name: judged(each[later], lines["wait"][later]) for name, each in plain_rules(lines).items()}
    assert ours.mean_abs_error < 0.8 * others["les"].mean_abs_error
    assert abs(ours.bias) < 2.5
    held = covered(told.low[later], told.high[later], lines["wait"][later])
    assert 0.72 < held["coverage"] < 0.88
    assert (told.low <= told.estimate).all()
    assert (told.estimate <= told.high).all()


def test_a_prior_helps_from_the_first_minute(lines: Snapshots, prior: Prior) -> None:
    for day in ("2020-03-08", "2020-03-09"):
        new = lines.of([at for at, each in enumerate(lines.date) if each == day])
        with_it, without = (judged(replay(new, known).estimate, new["wait"]) for known in (prior, Prior()))
        assert with_it.mean_abs_error < 0.85 * without.mean_abs_error


def test_a_day_that_the_prior_knows_is_told_by_the_half_that_does_not(prior: Prior) -> None:
    for day in prior.whole.days:
        assert day not in prior.part(day).days
    assert prior.part("2020-03-09") is prior.whole
    assert prior.whole.history.rows == sum(half.history.rows for half in prior.halves)
    assert prior.halves[0].days | prior.halves[1].days == prior.whole.days


def test_a_prior_is_kept_in_a_file(tmp_path: Path, lines: Snapshots, prior: Prior) -> None:
    save(prior, tmp_path / "kept" / "prior.npz")
    new = lines.of([at for at, day in enumerate(lines.date) if day == "2020-03-07"])
    kept = replay(new, prior_of(str(tmp_path / "kept" / "prior.npz")))
    near = np.isclose(kept.estimate, replay(new, prior).estimate, rtol=0.02, atol=0.1)
    assert near.mean() > 0.95  # numbers are kept with fewer digits; some rows go to the other side of a cut


def test_what_is_no_prior_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "prior.npz").write_text("no arrays")
    for name in ("prior.npz", "nowhere.npz"):
        with pytest.raises(
            WrongSnapshots, match=r"is no prior of this release. Make one: python -m forecast"
        ):
            load(tmp_path / name)


def test_the_shipped_prior_is_small_and_fits_this_release() -> None:
    assert SHIPPED.stat().st_size < 300_000
    shipped = prior_of("")
    assert len(shipped.whole.days) >= 4
    assert shipped.whole.history.rows > 10_000


def test_a_file_that_knows_little_is_told_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "few.csv"
    path.write_text("office,queue_id,date,t,waiting,wait\nA,1,2020-03-01,600,4,\nA,1,2020-03-01,605,3,12\n")
    for prior in (Prior(), prior_of("")):
        told = replay(read_snapshots(path), prior)
        assert np.isfinite([told.estimate, told.low, told.high]).all()
        assert (told.estimate > 0).all()


def row(t: float, waiting: float, cur: float, **more: float) -> dict[str, float]:
    names = ("counters", "calls30", "span30", "calls60", "span60", "les", "since_call", "published_min")
    return dict.fromkeys(names, 1.0) | {"t": t, "waiting": waiting, "cur": cur, "wait": 30.0} | more


def test_the_ages_of_the_first_and_the_last_in_line_are_seen() -> None:
    day = Day(History())
    for each in (row(600, 2, 0), row(605, 3, 1), row(610, 3, 1)):
        day.look("A", "1", each)
    _, told = day.look("A", "1", row(620, 2, 2))
    seen = dict(zip(FEATURES, told, strict=True))
    assert (seen["head_age"], seen["last_age"]) == (15.0, 15.0)  # numbers 3 and 4 were first seen at 605
    assert (seen["minutes_today"], seen["calls_today"], seen["most_waiting"]) == (20.0, 2.0, 3.0)
    assert (seen["outcomes"], seen["growth"]) == (0.0, -1.0)


def test_the_other_lines_of_an_office_count_while_they_are_fresh() -> None:
    day = Day(History())
    day.look("A", "1", row(600, 9, 0))
    day.look("A", "2", row(610, 5, 0))
    day.look("B", "3", row(610, 7, 0))
    _, told = day.look("A", "4", row(615, 1, 0))
    seen = dict(zip(FEATURES, told, strict=True))
    assert (seen["office_waiting"], seen["office_lines"]) == (5.0, 1.0)
