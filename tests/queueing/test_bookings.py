"""Appointments in the small hall: made, moved, cancelled, checked in on time and late, missed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from queueing.booking_errors import (
    BookingBlocked,
    BookingOver,
    MovedEnough,
    NotBookable,
    PhoneNeeded,
    SlotFull,
    SlotNotOpen,
    TooEarly,
    TooManyBookings,
    UnknownBooking,
)
from queueing.booking_rules import BookableService, BookingRules
from queueing.booking_views import counts
from queueing.bookings import (
    BOOKING_ACTIONS,
    BOOKING_STATES,
    NEXT_BOOKING_STATE,
    Guest,
    Known,
    booking_rows,
    next_booking_state,
)
from queueing.clock import minutes_between, shifted
from queueing.errors import Cannot, IdentityNeeded
from queueing.hall import ITSELF
from queueing.receipts import receipt
from tests.booked import MONDAY, PHONE, RULES, TUESDAY, BookedScene
from tests.cards import real_name


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[BookedScene]:
    opened = BookedScene(tmp_path)
    yield opened
    opened.close()


def until(scene: BookedScene, at: str, minutes: float = 0) -> None:
    """Turns the clock to so many minutes after an instant."""
    scene.clock.turn(minutes=minutes_between(scene.hall.now(), at) + minutes)


# -- the table ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", BOOKING_STATES)
@pytest.mark.parametrize("action", BOOKING_ACTIONS)
def test_every_step_that_the_table_does_not_hold_is_refused(state, action):
    leads_to = {"move": "booked", "check_in": "checked_in", "miss": "missed", "cancel": "cancelled"}
    if state == "booked":
        assert next_booking_state(state, action) == leads_to[action]
    else:
        with pytest.raises(BookingOver):
            next_booking_state(state, action, "YY001")
    assert len(NEXT_BOOKING_STATE) == len(BOOKING_ACTIONS)


# -- making one --------------------------------------------------------------------------------------


def test_a_booking_has_a_code_of_its_day_and_takes_one_place(scene):
    before, beside = scene.left("10:00"), scene.left("10:30")
    first, second = scene.book(), scene.book(phone="13800000002")
    other_day = scene.book(day=TUESDAY, phone="13800000003")
    assert [first.code, second.code, other_day.code] == ["YY001", "YY002", "YY001"]
    assert (scene.left("10:00"), scene.left("10:30")) == (before - 2, beside)


def test_a_code_is_no_number_that_a_service_gives_out(scene):
    code, number = scene.book().code, scene.number(scene.take())
    assert number == "A001" and code != number


def test_a_full_slot_names_free_ones_nearby(scene):
    scene.book("10:00", "pension")
    with pytest.raises(SlotFull) as refusal:
        scene.book("10:00", "pension", phone="13800000002")
    near = refusal.value.detail["near"]
    assert [each["time"] for each in near][:1] == ["11:00"] and all(each["left"] for each in near)


def test_what_is_full_for_one_service_is_full_for_those_who_share_its_windows(scene):
    """Window 1 alone gives out residence permits; those of household take window 2 as long as it has room."""
    scene.book("10:00", "household", phone="1380000001")
    assert scene.left("10:00", "residence-permit") == 1
    scene.book("10:00", "household", phone="1380000002")
    assert scene.left("10:00", "residence-permit") == 0
    assert scene.left("10:00", "household") == 0


@pytest.mark.parametrize("lies", [-1, 1, 15 * 24 * 60, 4 * 60])
def test_only_the_beginning_of_an_open_slot_within_reach_can_be_booked(scene, lies):
    slot = shifted(scene.slot("10:00"), minutes=lies)  # off the grid, too far ahead, at lunch
    lies_at_lunch = lies == 4 * 60
    with pytest.raises(SlotNotOpen):
        wished = shifted(scene.slot("10:00"), minutes=150) if lies_at_lunch else slot
        scene.appointments.book(service="id-card", slot=wished, guest=Guest(), by=scene.by(role="guide"))


def test_a_slot_needs_its_lead_but_not_at_the_desk(scene):
    nine_thirty = shifted(scene.slot("10:00"), minutes=-30)
    wish = {"service": "id-card", "slot": nine_thirty, "guest": Guest((Known("phone", "h", "*1"),))}
    with pytest.raises(SlotNotOpen):
        scene.appointments.book(**wish, by=scene.by(role="visitor"))
    assert scene.told(scene.appointments.book(**wish, by=scene.by(role="guide"))).slot == nine_thirty


def test_closed_days_and_services_without_a_share_have_no_slots(tmp_path):
    rules = replace(RULES, share=0.0, services=(BookableService("pension", 0.5),))
    scene = BookedScene(tmp_path, rules)
    assert scene.slots("pension") and not scene.slots("pension", "2026-10-20")
    assert scene.slots("pension", "2026-10-17") == []
    with pytest.raises(NotBookable):
        scene.slots("id-card")
    scene.close()


def test_the_same_press_again_books_nothing_more(scene):
    first = scene.book(key="same")
    assert scene.book(key="same") == first and scene.left("10:00") == scene.left("10:30") - 1


# -- who may book ------------------------------------------------------------------------------------


def test_a_phone_is_needed_and_limits_how_many_are_open(scene):
    with pytest.raises(PhoneNeeded):
        scene.appointments.book(
            service="id-card", slot=scene.slot("10:00"), guest=Guest(), by=scene.by(role="visitor")
        )
    scene.book("10:00"), scene.book("10:30")
    with pytest.raises(TooManyBookings):
        scene.book("11:00")
    assert scene.book("11:00", phone="13900000000").code == "YY003"


def test_who_missed_three_books_nothing_for_a_while_but_the_desk_helps(scene):
    for time in ("10:00", "14:00", "16:00"):
        booking = scene.book(time)
        until(scene, booking.slot, 31)
        scene.appointments.miss_overdue(by=ITSELF)
    with pytest.raises(BookingBlocked) as refusal:
        scene.book(day=TUESDAY)
    assert refusal.value.detail["until"] == "2026-11-11"
    assert scene.book(day=TUESDAY, clerk="chen", role="guide").state == "booked"


def test_a_cancelled_one_counts_against_nobody(scene):
    for _ in range(4):
        scene.appointments.cancel(booking=scene.book().key, by=scene.by())
    assert scene.book().code == "YY005"


def test_real_names_are_asked_for_as_at_the_kiosk(tmp_path):
    scene = BookedScene(tmp_path)
    named = real_name(scene.house, "id-card")
    scene.close()
    scene = BookedScene(tmp_path, services=named.services)
    with pytest.raises(IdentityNeeded):
        scene.book()
    guest = Guest((Known("phone", "p", "*1234"), Known("resident", "r", "*123X")))
    made = scene.appointments.book(service="id-card", slot=scene.slot("10:00"), guest=guest, by=scene.by())
    until(scene, scene.told(made).slot)
    ticket = scene.check_in(scene.told(made))["ticket"]["ticket"]
    kept = scene.store.look(lambda desk: desk.identity_of(ticket))
    assert kept is not None and (kept.person, kept.masked) == ("r", "*123X")
    scene.close()


def test_the_log_names_nobody(scene):
    booking = scene.book()
    said = str([event for event in scene.events() if event.action == "book"])
    (booker,) = scene.store.look(lambda desk: booking_rows(desk).bookers(booking.key))
    assert PHONE not in said and PHONE[-4:] not in said
    assert booker.person not in said and booker.salt not in said


# -- moving and cancelling ---------------------------------------------------------------------------


def test_moved_within_the_day_the_code_stays_and_the_place_is_free_again(scene):
    booking = scene.book("10:00")
    moved = scene.told(scene.appointments.move(booking=booking.key, slot=scene.slot("11:00"), by=scene.by()))
    assert (moved.code, moved.moved, moved.state) == (booking.code, 1, "booked")
    assert scene.left("10:00") == scene.left("10:30") > scene.left("11:00")


def test_another_day_has_codes_of_its_own(scene):
    first, other = scene.book(), scene.book(day=TUESDAY, phone="13800000002")
    slot = scene.slot("10:00", day=TUESDAY)
    moved = scene.told(scene.appointments.move(booking=first.key, slot=slot, by=scene.by()))
    assert (other.code, moved.code, moved.day) == ("YY001", "YY002", TUESDAY)


def test_a_move_that_finds_no_place_changes_nothing(scene):
    taken, mine = scene.book("10:00", "pension"), scene.book("11:00", "pension", phone="13800000002")
    with pytest.raises(SlotFull):
        scene.appointments.move(booking=mine.key, slot=taken.slot, by=scene.by())
    assert scene.booking(mine.key) == mine


def test_a_holder_moves_three_times_and_no_more(scene):
    key = scene.book("10:00").key
    for time in ("10:30", "11:00", "11:30"):
        scene.appointments.move(booking=key, slot=scene.slot(time), by=scene.by())
    with pytest.raises(MovedEnough):
        scene.appointments.move(booking=key, slot=scene.slot("10:00"), by=scene.by())
    scene.appointments.move(booking=key, slot=scene.slot("10:00"), by=scene.by("chen", role="guide"))


def test_a_cancelled_place_is_free_and_can_only_be_booked_anew(scene):
    booking, before = scene.book(), scene.left("10:00")
    scene.appointments.cancel(booking=booking.key, by=scene.by())
    assert scene.left("10:00") == before + 1
    with pytest.raises(BookingOver):
        scene.check_in(booking)
    with pytest.raises(UnknownBooking):
        scene.appointments.cancel(booking="nobody's", by=scene.by())


# -- checking in -------------------------------------------------------------------------------------


def test_the_code_is_the_number_and_stands_in_line_as_of_the_slot(scene):
    booking = scene.book("10:00")
    until(scene, booking.slot, -20)
    told = scene.check_in(booking)
    ticket = scene.ticket(told["ticket"]["ticket"])
    assert (ticket.number, ticket.ticket_class) == (booking.code, "appointment")
    assert (ticket.line_at, ticket.service) == (booking.slot, "id-card")
    assert scene.booking(booking.key).ticket == ticket.key
    assert (scene.take() and scene.waiting() == ["YY001", "A001"]) or scene.waiting() == ["A001", "YY001"]


def test_too_early_is_told_with_the_time(scene):
    booking = scene.book("10:00")
    with pytest.raises(TooEarly) as refusal:
        scene.check_in(booking)
    assert (refusal.value.detail["opens"], refusal.value.detail["time"]) == ("09:30", "10:00")
    until(scene, booking.slot, -30)
    assert scene.check_in(booking)["ticket"]


@pytest.mark.parametrize(("after", "late"), [(-30, 0), (0, 0), (10, 0), (11, 11), (30, 30)])
def test_late_within_the_limit_stands_in_line_from_then(scene, after, late):
    booking = scene.book("10:00")
    until(scene, booking.slot, after)
    told = scene.check_in(booking)
    ticket = scene.ticket(told["ticket"]["ticket"])
    assert minutes_between(booking.slot, ticket.line_at) == told["late"] == late
    assert ticket.ticket_class == "appointment"


def test_too_late_is_missed_and_a_walk_in_number_is_still_to_be_had(scene):
    booking = scene.book("10:00")
    until(scene, booking.slot, 31)
    told = scene.check_in(booking)
    assert told["ticket"] is None and told["booking"]["state"] == "missed"
    assert scene.events()[-1].after["came_late"] is True
    assert scene.number(scene.take()) == "A001"


def test_before_its_slot_it_is_called_only_when_nobody_else_waits(scene):
    booking = scene.book("10:00")
    scene.sit("1", "li")
    until(scene, booking.slot, -20)
    scene.check_in(booking)
    walk_in = scene.take()
    assert scene.serve_one("1", "li") == walk_in
    assert scene.number(scene.serve_one("1", "li")) == booking.code


def test_from_its_slot_on_it_gains_on_those_who_came_at_the_same_time(scene):
    booking = scene.book("10:00")
    scene.sit("1", "li")
    until(scene, booking.slot, -5)
    walk_in = scene.take()
    scene.clock.turn(minutes=1)
    scene.check_in(booking)
    until(scene, booking.slot, 10)
    assert scene.number(scene.serve_one("1", "li")) == booking.code
    told = scene.store.look(lambda desk: receipt(scene.hall, desk, walk_in))
    assert [(each["number"], each["rule"]) for each in told["overtakings"]] == [(booking.code, "appointment")]


# -- a ticket like every other -----------------------------------------------------------------------


def test_undo_transfer_no_show_and_coming_back_work_as_for_every_ticket(scene):
    booking = scene.book("10:00")
    scene.sit("1", "li"), scene.sit("3", "wang")
    until(scene, booking.slot)
    key = scene.check_in(booking)["ticket"]["ticket"]
    line_at = scene.ticket(key).line_at
    scene.press("call_next", "1", "li")
    scene.press("undo", "1", "li")
    assert (scene.ticket(key).state, scene.ticket(key).line_at) == ("waiting", line_at)
    scene.press("call_next", "1", "li")
    scene.press("mark_no_show", "1", "li")
    assert scene.booking(booking.key).state == "checked_in" and scene.ticket(key).state == "no_show"
    scene.press("reinstate", "1", "li", ticket=key)
    scene.press("call_next", "1", "li")
    scene.press("transfer", "1", "li", service="pension")
    assert (scene.ticket(key).service, scene.ticket(key).number) == ("pension", booking.code)
    assert scene.serve_one("3", "wang") == key
    with pytest.raises(Cannot):
        scene.hall.abandon(ticket=key, by=scene.by())


def test_who_checks_in_twice_is_told_the_same_place_again(scene):
    scene.sit("1", "li")
    booking = scene.book("10:00")
    until(scene, booking.slot)
    first, again = scene.check_in(booking), scene.check_in(booking)
    assert {**again, "seq": 0} == {**first, "seq": 0} and again["seq"] == first["seq"]
    scene.press("call_next", "1", "li")
    assert scene.check_in(booking)["ticket"]["state"] == "called"
    scene.press("mark_no_show", "1", "li")
    with pytest.raises(BookingOver):
        scene.check_in(booking)


# -- not coming --------------------------------------------------------------------------------------


def test_not_coming_and_not_answering_the_call_are_counted_apart(scene):
    came, stayed_away = scene.book("10:00"), scene.book("10:00", phone="13800000002")
    gone = scene.book("10:30", phone="13800000003")
    scene.appointments.cancel(booking=gone.key, by=scene.by())
    scene.sit("1", "li")
    until(scene, came.slot)
    scene.check_in(came)
    scene.press("call_next", "1", "li")
    scene.press("mark_no_show", "1", "li")
    assert scene.appointments.miss_overdue(by=ITSELF)["missed"] == 0
    until(scene, came.slot, 31)
    assert scene.appointments.miss_overdue(by=ITSELF)["missed"] == 1
    assert scene.booking(stayed_away.key).state == "missed"
    (row,) = scene.store.look(lambda desk: counts(desk, MONDAY, MONDAY))
    assert row == {
        "service": "id-card", "booked": 0, "checked_in": 1, "missed": 1, "cancelled": 1, "no_show": 1,
    }  # fmt: skip


def test_the_end_of_the_day_leaves_none_open_and_tomorrows_alone(scene):
    today, tomorrow = scene.book(), scene.book(day=TUESDAY, phone="13800000002")
    scene.clock.turn(minutes=24 * 60 - 60)
    scene.hall.close_day()
    assert scene.booking(today.key).state == "missed" and scene.booking(tomorrow.key).state == "booked"


def test_the_desk_sees_whom_to_tell_when_a_day_was_closed_afterwards(tmp_path):
    scene = BookedScene(tmp_path)
    booking, other = scene.book(day=TUESDAY), scene.book(day="2026-10-14", phone="13800000002")
    closed = replace(scene.house.calendar, closed=(date.fromisoformat(TUESDAY),))
    scene.close()
    scene = BookedScene(tmp_path, calendar=closed)
    free = scene.appointments.free
    assert (free.is_served(booking), free.is_served(other)) == (False, True)
    moved = scene.appointments.move(booking=booking.key, slot=other.slot, by=scene.by(key="moved"))
    assert free.is_served(scene.told(moved))
    scene.close()


# -- the last place ----------------------------------------------------------------------------------


def test_of_many_at_once_exactly_as_many_win_as_there_are_places(scene):
    slot, places = scene.slot("10:00"), scene.left("10:00")

    def tries(number: int) -> bool:
        guest = Guest((Known("phone", f"p{number}", "*1"),))
        try:
            scene.appointments.book(service="id-card", slot=slot, guest=guest, by=scene.by())
        except SlotFull:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(tries, range(12)))
    codes = [each.code for each in scene.store.look(lambda desk: booking_rows(desk).bookings_of(MONDAY))]
    assert sum(won) == places == len(set(codes)) and scene.left("10:00") == 0


def test_a_hall_whose_file_says_nothing_has_no_appointments(tmp_path):
    scene = BookedScene(tmp_path, BookingRules())
    assert scene.appointments.free.services == () and not scene.house.bookings.is_on
    scene.close()
