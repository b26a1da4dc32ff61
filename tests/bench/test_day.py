"""The command line of the played day, and what clerks, raters and kiosks decide by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from bench.day import ends, first_opening, main, options, starts
from bench.day_clerks import lines_of, with_limits
from bench.day_door import path_shape
from bench.day_people import seats
from bench.day_plan import LEVELS
from bench.day_raters import shifted
from queueing.house import House
from settings import load_house
from tests.bench.conftest import at

ROOT = Path(__file__).resolve().parents[2]
HALLS = [ROOT / "config.toml", *sorted((ROOT / "halls").glob("*.toml"))]


def test_the_defaults_play_our_own_hall_at_sixty_times_the_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)
    wish = options([])
    assert (wish.hall, wish.speed, wish.visitors, wish.url, wish.seed) == (
        Path("config.toml"),
        60.0,
        None,
        "",
        1,
    )


def test_quick_plays_half_an_hour_and_until_stops_at_its_time(house: House) -> None:
    assert ends(house, at("08:20"), options([])) is None
    assert ends(house, at("08:20"), options(["--quick"])) == at("09:00")
    assert ends(house, at("10:05"), options(["--quick"])) == at("10:35")
    assert ends(house, at("08:20"), options(["--until", "10:15"])) == at("10:15")


def test_the_clock_starts_early_enough_for_everybody_to_sign_in(house: House) -> None:
    assert starts(house, speed=60.0) == at("08:24")
    assert starts(house, speed=600.0) == at("07:33")


@pytest.mark.parametrize("path", HALLS, ids=[path.stem for path in HALLS])
def test_every_hall_of_the_project_can_be_played(path: Path, monday: date) -> None:
    house = load_house(path)
    assert first_opening(house, monday).hour in (8, 9)
    assert set(seats(house)) == {window.id for window in house.windows}


def test_a_clerk_takes_the_first_of_their_windows_that_is_free(house: House) -> None:
    assert {window: person.id for window, person in seats(house).items()} == {"1": "c1", "2": "c2"}


def test_overtime_ends_after_an_hour_or_when_the_next_stretch_begins() -> None:
    stretches = [(at("08:30"), at("11:30")), (at("12:00"), at("17:30"))]
    assert [limit for _, _, limit in with_limits(stretches)] == [at("12:00"), at("18:30")]
    assert with_limits([]) == []


def test_a_clerk_listens_to_own_lines_and_to_those_where_the_window_helps(house: House) -> None:
    assert lines_of(house, house.windows[1]) == (["invoice", "window 2"], ["deed"])


def test_luck_moves_a_verdict_by_one_step_at_most() -> None:
    rng = Random(5)
    better = {shifted("satisfied", 0.25, rng) for _ in range(200)}
    worse = {shifted("very_dissatisfied", -0.25, rng) for _ in range(200)}
    assert better == {"satisfied", "very_satisfied"}
    assert worse == {LEVELS[-1]}


def test_errors_of_different_tickets_count_together() -> None:
    assert (
        path_shape("/tickets/k3f9/reinstate")
        == path_shape("/tickets/abcd/reinstate")
        == "/tickets/…/reinstate"
    )
    assert path_shape("/t/secret/rating") == "/t/…/rating"
    assert path_shape("/windows/3/serve") == "/windows/…/serve"


def test_a_hall_that_is_not_there_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "anything")
    monkeypatch.setattr("sys.argv", ["day", "--url", "http://127.0.0.1:9", "--hall", str(HALLS[0])])
    with pytest.raises(SystemExit, match="Cannot connect to host"):
        main()


def test_a_hall_that_opens_later_starts_later(house: House, monday: date) -> None:
    short = replace(house, windows=house.windows[1:])
    assert first_opening(short, monday) - starts(short, 60.0) == timedelta(minutes=6)
