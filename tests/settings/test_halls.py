"""The halls that come with the project open as they are."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest

from queueing.house import House
from settings import check, load_house

PROJECT = Path(__file__).resolve().parents[2]
SCRIPT, LONGQUANYI = PROJECT / "halls" / "make_longquanyi.py", PROJECT / "halls" / "longquanyi.toml"


@pytest.fixture(scope="module")
def longquanyi() -> House:
    return load_house(LONGQUANYI)


@pytest.mark.parametrize("file", ["config.toml", "halls/weicheng.toml", "halls/longquanyi.toml"])
def test_a_hall_of_the_project_has_no_findings(file: str) -> None:
    assert check(PROJECT / file) == []


def test_running_the_script_makes_the_file_that_is_here(tmp_path: Path) -> None:
    made = tmp_path / "made.toml"
    subprocess.run([sys.executable, str(SCRIPT), str(made)], check=True, timeout=50)
    assert made.read_bytes() == LONGQUANYI.read_bytes()


def test_longquanyi_is_as_large_as_the_real_one(longquanyi: House) -> None:
    assert len(longquanyi.departments) == 44
    assert len(longquanyi.windows) == 151
    assert len(longquanyi.services) == 620
    assert len(longquanyi.staff) == 305
    assert len(longquanyi.areas) == 5
    assert sum(each.common for each in longquanyi.services) == 12


def test_longquanyi_can_serve_six_thousand_visitors_a_day(longquanyi: House) -> None:
    """151 windows for 7 hours: with services of average length, a fifth of the time is left."""
    average = sum(each.minutes for each in longquanyi.services) / len(longquanyi.services)
    assert 6_000 * average <= 0.8 * len(longquanyi.windows) * 7 * 60
    assert all(3 <= each.minutes <= 25 for each in longquanyi.services)


def test_the_numbers_of_a_department_sort_together(longquanyi: House) -> None:
    by_prefix = sorted(longquanyi.services, key=lambda each: each.prefix)
    changes = sum(a.department != b.department for a, b in pairwise(by_prefix))
    assert changes == len(longquanyi.departments) - 1
    assert not any(set(each.prefix) & set("IO") for each in longquanyi.services)


def test_no_two_services_of_longquanyi_are_called_the_same(longquanyi: House) -> None:
    chinese = Counter((each.department, each.name.zh) for each in longquanyi.services)
    english = Counter((each.department, each.name.en) for each in longquanyi.services)
    assert max([*chinese.values(), *english.values()]) == 1


def test_windows_of_longquanyi_serve_several_services_and_neighbours_help(longquanyi: House) -> None:
    assert min(len(each.serves) for each in longquanyi.windows) >= 4
    helping = [each for each in longquanyi.windows if each.helps]
    assert len(helping) > len(longquanyi.windows) / 2
    assert {help_.reluctance for each in helping for help_ in each.helps} == {10.0, 15.0}


def test_weekends_in_longquanyi_are_kept_in_turns(longquanyi: House) -> None:
    weekend = next(each for each in longquanyi.hours if each.id == "weekend")
    (turns,) = {each.rotation for each in weekend.open if "sat" in each.days}
    keeping = [window for group in turns for window in group]
    assert sorted(keeping) == sorted(each.id for each in longquanyi.windows if each.hours == "weekend")
    for group in turns:
        open_departments = {each.serves[0].split("-")[0] for each in longquanyi.windows if each.id in group}
        assert len(open_departments) == 7


def test_every_window_of_longquanyi_has_a_clerk_and_names_are_unlike(longquanyi: House) -> None:
    seated = {window for person in longquanyi.staff for window in person.windows}
    assert seated == {each.id for each in longquanyi.windows}
    assert len({each.name.zh for each in longquanyi.staff}) == len(longquanyi.staff)


def test_longquanyis_file_costs_less_than_a_second_of_the_processor() -> None:
    began = process_time()
    load_house(LONGQUANYI)
    assert process_time() - began < 1.0
