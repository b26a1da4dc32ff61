"""Numbers, hours and the end of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queueing.errors import (
    ClassNotOffered,
    NotYourWindow,
    ServiceClosed,
    ServiceFull,
    ServicePaused,
    UnknownClass,
    UnknownService,
)
from queueing.hours import OpeningHours, turn_of
from queueing.house import Hours, Stretch
from settings import load_house
from tests.scene import SMALL, Scene

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_numbers_count_up_by_prefix_and_start_again_next_day(scene):
    numbers = [scene.number(scene.take(s)) for s in ("id-card", "id-card", "household")]
    assert numbers == ["A001", "A002", "B001"]
    scene.clock.turn(minutes=24 * 60)
    scene.hall.close_day()
    fresh = scene.take("id-card")
    assert scene.number(fresh) == "A001"
    assert [e.shown["number"] for e in scene.events() if e.action == "issue"] == [*numbers, "A001"]


def test_a_full_band_says_which_number_was_the_last(tmp_path):
    house = load_house(SMALL)
    short = replace(house.services[0], band=(1, 2))
    scene = Scene(tmp_path, services=(short, *house.services[1:]))
    scene.take(), scene.take()
    with pytest.raises(ServiceFull, match="A002 was the last"):
        scene.take()
    assert scene.number(scene.take("household")) == "B001"
    scene.close()


def test_a_daily_limit_closes_a_service_before_its_band_ends(tmp_path):
    house = load_house(SMALL)
    short = replace(house.services[0], daily_limit=1)
    scene = Scene(tmp_path, services=(short, *house.services[1:]))
    scene.take()
    with pytest.raises(ServiceFull, match="A001 was the last"):
        scene.take()
    scene.close()


def test_out_of_hours_there_is_no_number_and_the_refusal_says_when(scene):
    scene.clock.turn(minutes=3 * 60 + 1)
    with pytest.raises(ServiceClosed) as refused:
        scene.take()
    assert refused.value.detail["opens_at"] == "2026-10-12T06:00:00.000Z"
    scene.clock.turn(minutes=60 + 45)
    assert scene.number(scene.take()) == "A001"


def test_numbers_before_opening_come_with_the_time_of_it(scene):
    def id_card() -> tuple[str, object]:
        line = scene.store.look(lambda desk: scene.hall.lines(desk, scene.hall.now()))[0]
        return line["status"], line["opens_at"]

    assert id_card() == ("open", None)
    scene.clock.turn(minutes=24 * 60 - 35)  # 8:25, five minutes before
    assert id_card() == ("open", "2026-10-13T00:30:00.000Z")
    scene.take("id-card")
    scene.clock.turn(minutes=5)
    assert id_card() == ("open", None)


def test_a_service_whose_windows_are_all_paused_gives_no_number(scene):
    scene.sit("3", "wang")
    reason = scene.house.pauses[0].id
    scene.press("pause", "3", "wang", reason=reason)
    with pytest.raises(ServicePaused):
        scene.take("job-seeker")
    assert scene.number(scene.take("id-card")) == "A001"
    scene.press("pause", "3", "wang", reason=reason, sign="wait")
    assert scene.number(scene.take("job-seeker")) == "E001"


def test_unknown_names_are_refused(scene):
    with pytest.raises(UnknownService):
        scene.take("divorce")
    with pytest.raises(UnknownClass):
        scene.take("id-card", "vip")
    with pytest.raises(ClassNotOffered, match="appointment"):
        scene.take("id-card", "appointment")


def test_the_end_of_the_day_leaves_no_window_blocked_and_trains_nothing(scene):
    waiting, called, serving, held = (scene.take() for _ in range(4))
    scene.sit("1", "li"), scene.sit("2", "wang")
    for key, clerk, window in ((held, "li", "1"), (called, "li", "1"), (serving, "wang", "2")):
        scene.press("call", window, clerk, ticket=key)
        if key != called:
            scene.press("serve", window, clerk)
        if key == held:
            scene.press("hold", window, clerk)
    scene.clock.turn(minutes=24 * 60)
    scene.hall.close_day()
    states = [scene.ticket(key).state for key in (waiting, called, serving, held)]
    assert states == ["abandoned", "no_show", "finished", "abandoned"]
    assert scene.ticket(serving).outcome == "unclosed"
    assert scene.store.look(lambda desk: desk.service_times("2026-10-01")) == {}
    assert {s.state for s in scene.store.look(lambda desk: desk.windows()).values()} == {"closed"}
    assert scene.ratings.phone_until(scene.ticket(serving)) is None
    before = len(scene.events())
    scene.hall.close_day()
    assert len(scene.events()) == before


def test_the_first_press_of_a_new_day_finds_yesterday_closed(scene):
    old = scene.take()
    scene.sit("1", "li")
    scene.clock.turn(minutes=24 * 60)
    fresh = scene.take()
    assert (scene.ticket(old).state, scene.number(fresh)) == ("abandoned", "A001")
    with pytest.raises(NotYourWindow):
        scene.press("call_next", "1", "li")


def test_a_clock_that_jumps_back_never_dates_an_event_before_the_last(scene):
    scene.take()
    scene.clock.turn(minutes=-30)
    scene.take()
    ats = [event.at for event in scene.events()]
    assert ats == sorted(ats) and len(ats) == 2


def test_hours_know_holidays_worked_weekends_and_the_next_opening():
    house = load_house(SMALL)
    hours = OpeningHours(house, public_holidays={date(2026, 10, 1)})
    window = house.windows[0]
    assert hours.stretches(window, date(2026, 10, 1)) == ()
    assert hours.stretches(window, date(2026, 10, 20)) == ()
    assert len(hours.stretches(window, date(2026, 10, 10))) == 2
    friday_evening = datetime(2026, 10, 16, 18, 0, tzinfo=SHANGHAI)
    assert hours.next_opening(window, friday_evening) == datetime(2026, 10, 19, 8, 30, tzinfo=SHANGHAI)


def test_a_weekend_that_the_country_works_is_a_working_day_unless_the_hall_is_closed():
    house = load_house(SMALL)
    saturday, closed = date(2026, 10, 17), date(2026, 10, 20)
    hours = OpeningHours(house, worked_weekends={saturday, closed})
    assert len(hours.stretches(house.windows[0], saturday)) == 2
    assert hours.stretches(house.windows[0], date(2026, 10, 18)) == ()
    assert hours.stretches(house.windows[0], closed) == ()


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.sampled_from(["day", "week"]))
def test_a_rotation_gives_every_group_its_turn_in_order(day, every):
    groups = (("1",), ("2",), ("3",))
    stretch = Stretch(days=("sun",), opens="09:00", closes="12:00", rotation=groups, every=every)
    step = 1 if every == "day" else 7
    turns = [turn_of(stretch, date.fromordinal(day.toordinal() + i * step)) for i in range(3)]
    assert sorted(turns) == sorted(groups)


def test_only_the_group_on_duty_keeps_the_noon_stretch():
    house = load_house(SMALL)
    noon = Stretch(days=("mon", "tue"), opens="12:00", closes="14:00", rotation=(("1",), ("2",)))
    hours = OpeningHours(replace(house, hours=(Hours(id="office", open=(noon,)),)))
    days = [date(2026, 10, 12), date(2026, 10, 13)]
    on_duty = [{w.id for w in house.windows if hours.stretches(w, day)} for day in days]
    assert sorted(map(sorted, on_duty)) == [["1"], ["2"]]
