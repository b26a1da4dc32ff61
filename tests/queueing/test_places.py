"""No bookings give away more of the windows' time than its share, whatever is booked in what order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from queueing.booking_errors import SlotFull
from queueing.booking_rules import BookingRules
from queueing.bookings import Guest, Known, booking_rows
from queueing.clock import instant
from queueing.hours import OpeningHours
from queueing.places import Room
from queueing.plan import Plan
from queueing.slots import Slots
from settings import load_house
from tests.booked import MONDAY, BookedScene
from tests.scene import SMALL

SERVICES = ("id-card", "household", "residence-permit")
MONDAY_DATE = date.fromisoformat(MONDAY)
LONG_AGO = instant(datetime(2026, 1, 1).astimezone())

served = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from("123"), min_size=1, unique=True) for name in "abc"}
)
seconds = st.fixed_dictionaries({window: st.integers(0, 5) for window in "123"})


def test_who_came_first_makes_way_at_a_window_that_the_other_needs():
    room = Room({"1": 5, "2": 5}, {"a": ["1", "2"], "b": ["1"]})
    assert (room.take("a", 5), room.take("b", 6), room.take("a", 1)) == (5, 5, 0)


@given(served, seconds, st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 6)), max_size=6))
def test_as_much_fits_as_the_windows_of_every_group_of_services_have(served_by, windows, wishes):
    """Against the theorem of Hall and Ford-Fulkerson: what fits is bounded by every group's windows alone."""
    room = Room(windows, served_by)
    taken = dict.fromkeys(served_by, 0)
    for service, seconds in wishes:
        if service in served_by:
            taken[service] += room.take(service, seconds)
    wanted = {s: sum(n for each, n in wishes if each == s) for s in served_by}
    groups = chain.from_iterable(combinations(served_by, n) for n in range(1, len(served_by) + 1))
    for group in groups:
        theirs = sum(windows.get(w, 0) for w in set(chain.from_iterable(served_by[s] for s in group)))
        assert sum(taken[s] for s in group) <= theirs
    most = max_flow(served_by, windows, wanted)
    assert sum(taken.values()) == most


def max_flow(served_by, windows, wanted):
    """The smallest cut, by trying every one: what Room must reach."""
    services = list(served_by)
    cuts = chain.from_iterable(combinations(services, n) for n in range(len(services) + 1))
    return min(
        sum(wanted[s] for s in services if s not in cut)
        + sum(windows.get(w, 0) for w in {w for s in cut for w in served_by[s]})
        for cut in cuts
    )


@given(st.floats(0.05, 1.0), st.sampled_from([15, 20, 30, 60]))
@settings(max_examples=30)
def test_at_no_moment_more_than_the_share_has_been_given_away(share, minutes):
    house = replace(load_house(SMALL), bookings=BookingRules(share=share, slot_minutes=minutes))
    plan = Plan(house)
    slots = Slots(plan, OpeningHours(house))
    for service in slots.services:
        day = slots.day(service, MONDAY_DATE, (), LONG_AGO)
        windows = len([w for w in house.windows if service in w.serves])
        visit, given_away = plan.service(service).minutes, 0.0
        for each in day.slots:
            given_away += each.places * visit
            opened = (int(each.time[:2]) * 60 + int(each.time[3:])) - 8.5 * 60 + minutes
            assert given_away <= share * opened * windows + 1e-6
            assert each.left == each.places


presses = st.lists(
    st.tuples(st.sampled_from(["book", "move", "cancel"]), st.integers(0, 30), st.sampled_from(SERVICES),
              st.integers(0, 9)),
    max_size=30,
)  # fmt: skip


@given(presses)
@settings(max_examples=15)
def test_whatever_is_pressed_no_slot_is_oversold_and_no_code_given_twice(tmp_path_factory, pressed):
    scene = BookedScene(tmp_path_factory.mktemp("hall"), BookingRules(share=0.3, moves=1000))
    made: list[str] = []
    for number, (what, which, service, at) in enumerate(pressed):
        day = scene.slots(service)
        slot = day[at % len(day)].slot
        try:
            if what == "book":
                guest = Guest((Known("phone", f"p{number}", "*1"),))
                told = scene.appointments.book(service=service, slot=slot, guest=guest, by=scene.by())
                made.append(told["booking"]["key"])
            elif made and what == "cancel":
                scene.appointments.cancel(booking=made.pop(which % len(made)), by=scene.by())
            elif made:
                key = made[which % len(made)]
                free = scene.slots(scene.booking(key).service)
                scene.appointments.move(booking=key, slot=free[at % len(free)].slot, by=scene.by())
        except SlotFull:
            pass
        must_be_sound(scene)
    scene.close()


def must_be_sound(scene):
    bookings = scene.store.look(lambda desk: booking_rows(desk).bookings_of(MONDAY))
    assert len({each.code for each in bookings}) == len(bookings)
    taken = [each for each in bookings if each.state == "booked"]
    for slot in scene.slots():
        minutes = {s: sum(e.service == s and e.slot == slot.slot for e in taken) for s in SERVICES}
        worth = {s: n * scene.hall.plan.service(s).minutes for s, n in minutes.items()}
        assert sum(worth.values()) <= 20 and worth["residence-permit"] <= 10
