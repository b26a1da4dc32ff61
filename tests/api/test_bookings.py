"""Appointments over HTTP at a real server: anybody books, the holder's link, the kiosk, the guide's desk."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import icalendar
import pytest
import requests

from tests.booked import MONDAY, TUESDAY, book, booked_file, first_free
from tests.running import Json, Person, Refused, RunningHall, running_hall


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    folder = tmp_path_factory.mktemp("booked")
    with running_hall(folder / "data", booked_file(folder)) as opened:
        yield opened


@pytest.fixture
def visitor(hall: RunningHall) -> Person:
    return hall.somebody()


def refused(person: Person, path: str, body: Json | None = None) -> Json:
    with pytest.raises(Refused) as refusal:
        person.post(path, body)
    return refusal.value.problem


def test_anybody_sees_what_can_be_booked(visitor: Person) -> None:
    offer = visitor.get("/api/v1/bookings/offered")
    assert "id-card" in offer["services"] and offer["rules"]["late_minutes"] == 30
    assert (offer["first_day"], offer["last_day"]) == (MONDAY, "2026-10-26")
    days = visitor.get("/api/v1/bookings/slots", service="id-card", first="2026-10-17", days="3")["days"]
    assert [(day["day"], bool(day["slots"])) for day in days] == [
        ("2026-10-17", False), ("2026-10-18", False), ("2026-10-19", True),
    ]  # fmt: skip


def test_a_booked_visit_has_a_link_and_no_key_of_anybody(hall: RunningHall, visitor: Person) -> None:
    made = book(visitor, "13800000001")
    booking = made["booking"]
    assert booking["code"].startswith("YY") and booking["state"] == "booked" and made["ticket"] is None
    assert booking["digits"] is None and "13800000001" not in str(made)
    assert visitor.get(f"/api/v1{booking['link']}") == booking


def test_the_holder_moves_and_cancels(visitor: Person) -> None:
    link = f"/api/v1{book(visitor, '13800000002')['booking']['link']}"
    later = first_free(visitor, day="2026-10-14")
    moved = visitor.post(f"{link}/move", {"slot": later})["booking"]
    assert (moved["slot"], moved["day"], moved["moved"]) == (later, "2026-10-14", 1)
    assert visitor.post(f"{link}/cancel")["booking"]["state"] == "cancelled"
    problem = refused(visitor, f"{link}/move", {"slot": later})
    assert problem["code"] == "booking_over" and "已取消" in problem["detail"]


def test_a_press_twice_books_once(visitor: Person) -> None:
    wish = {"service": "id-card", "slot": first_free(visitor), "phone": "13800000003"}
    first = visitor.post("/api/v1/bookings", wish, key="twice-booked")
    assert visitor.post("/api/v1/bookings", wish, key="twice-booked") == first


def test_the_calendar_file_keeps_its_uid_when_moved(visitor: Person) -> None:
    booking = book(visitor, "13800000004")["booking"]
    link = f"/api/v1{booking['link']}"

    def event() -> tuple[icalendar.Calendar, icalendar.Event]:
        answer = visitor.session.get(f"{visitor.url}{booking['calendar']}", timeout=10)
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        read = icalendar.Calendar.from_ical(answer.text)
        return read, read.walk("VEVENT")[0]

    calendar, first = event()
    assert calendar["METHOD"] == "PUBLISH" and calendar.walk("VTIMEZONE") and first.walk("VALARM")
    assert first["DTSTART"].params["TZID"] == "Asia/Shanghai"
    visitor.post(f"{link}/move", {"slot": first_free(visitor, day="2026-10-15")})
    moved = event()[1]
    assert moved["UID"] == first["UID"] and (first["SEQUENCE"], moved["SEQUENCE"]) == (0, 1)
    visitor.post(f"{link}/cancel")
    calendar, over = event()
    assert calendar["METHOD"] == "CANCEL" and over["STATUS"] == "CANCELLED" and over["SEQUENCE"] == 2
    assert over["UID"] == first["UID"]


def test_the_last_place_goes_to_one_and_the_other_reads_where_there_are_more(hall: RunningHall) -> None:
    one, other = hall.somebody(), hall.somebody()
    slot = first_free(one, "pension")
    wishes = [(one, "13800000005"), (other, "13800000006")]
    with ThreadPoolExecutor(2) as pool:
        tried = list(pool.map(lambda each: _try(each[0], each[1], slot), wishes))
    won, lost = sorted(tried, key=lambda each: "code" in each)
    assert won["booking"]["slot"] == slot
    assert lost["code"] == "slot_full" and lost["near"]
    assert all(each["left"] and each["slot"] != slot for each in lost["near"])
    free = one.get("/api/v1/bookings/slots", service="pension", first=TUESDAY, days="1")["days"][0]["slots"]
    assert next(each["left"] for each in free if each["slot"] == slot) == 0


def _try(person: Person, phone: str, slot: str) -> Json:
    try:
        return book(person, phone, "pension", slot)
    except Refused as refusal:
        return refusal.problem


def test_wrong_digits_open_nothing_and_are_slowed_down(hall: RunningHall, visitor: Person) -> None:
    code = book(visitor, "13800007777")["booking"]["code"]
    right = {"code": code.lower(), "digits": "7777", "day": TUESDAY}
    assert visitor.post("/api/v1/bookings/find", right)["code"] == code
    codes = [
        refused(visitor, "/api/v1/bookings/find", right | {"digits": f"000{n}"})["code"] for n in range(5)
    ]
    assert codes == ["unknown_booking"] * 4 + ["throttled"]
    assert refused(visitor, "/api/v1/bookings/find", right)["code"] == "throttled"


def test_a_forged_link_opens_nothing(visitor: Person) -> None:
    word = book(visitor, "13800000008")["booking"]["link"].rpartition("/")[2]
    for forged in (word[:-1] + ("A" if word[-1] != "A" else "B"), word.split(".")[0], "x.y"):
        answer = requests.get(f"{visitor.url}/api/v1/b/{forged}", timeout=10)
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_booking")


def test_nobody_books_without_a_phone_but_the_desk_does(hall: RunningHall, visitor: Person) -> None:
    wish = {"service": "job-seeker", "slot": first_free(visitor, "job-seeker")}
    assert refused(visitor, "/api/v1/bookings", wish)["code"] == "phone_needed"
    assert refused(visitor, "/api/v1/bookings", wish | {"phone": "call me"})["code"] == "not_a_phone"
    booking = hall.clerk("chen").post("/api/v1/bookings", wish)["booking"]
    found = {"code": booking["code"], "digits": booking["digits"], "day": TUESDAY}
    assert visitor.post("/api/v1/bookings/find", found)["link"] == booking["link"]


def test_a_stranger_takes_no_more_than_so_many_places_from_one_address(hall: RunningHall) -> None:
    stranger, here = hall.somebody(), hall.somebody()
    stranger.session.headers["X-Forwarded-For"] = "203.0.113.9"
    codes = [book(stranger, f"1390000000{n}", "job-seeker")["booking"]["code"] for n in range(2)]
    with pytest.raises(Refused) as refusal:
        book(stranger, "13900000002", "job-seeker")
    assert refusal.value.code == "enough_from_here"
    assert book(here, "13900000002", "job-seeker")["booking"]["code"] not in codes
    rows = hall.clerk("chen").get("/api/v1/bookings", day=TUESDAY)["bookings"]
    assert {each["document"] for each in rows if each["code"] in codes} == {None}


def test_the_desk_sees_a_day_with_masked_numbers(hall: RunningHall, visitor: Person) -> None:
    code = book(visitor, "13811112222", "household")["booking"]["code"]
    rows = hall.clerk("chen").get("/api/v1/bookings", day=TUESDAY)["bookings"]
    row = next(each for each in rows if each["code"] == code)
    assert row["phone"] == "*******2222" and row["state"] == "booked"
    with pytest.raises(Refused) as refusal:
        visitor.get("/api/v1/bookings", day=TUESDAY)
    assert refusal.value.code == "not_signed_in"


def test_the_code_is_the_number_at_the_kiosk(hall: RunningHall, visitor: Person) -> None:
    slot = first_free(visitor, "household", MONDAY)
    booking = book(visitor, "13822223333", "household", slot)["booking"]
    early = refused(visitor, "/api/v1/bookings/check_in", {"code": booking["code"], "digits": "3333"})
    assert early["code"] == "too_early" and "2026年10月12日" in early["detail"]
    assert refused(visitor, "/api/v1/bookings/check_in", {"token": booking["url"]})["code"] == "too_early"
    assert hall.clerk("chen").get("/api/v1/bookings/counts")["rows"]


def test_at_the_desk_one_is_checked_in_out_of_the_list_and_called_by_the_code(hall: RunningHall) -> None:
    """Made at nine for half past nine, which the desk may; the desk checks in at once."""
    chen, li = hall.clerk("chen"), hall.clerk("li")
    wish = {"service": "id-card", "slot": "2026-10-12T01:30:00.000Z", "phone": "13877770000"}
    code = chen.post("/api/v1/bookings", wish)["booking"]["code"]
    rows = chen.get("/api/v1/bookings")["bookings"]
    key = next(each["booking"] for each in rows if each["code"] == code)
    ticket = chen.post(f"/api/v1/bookings/{key}/check_in")["ticket"]
    assert ticket["ticket"]["number"] == code and ticket["late"] == 0 and ticket["link"].startswith("/t/")
    li.press("sit", "1")
    assert li.press("call", "1", ticket=ticket["ticket"]["ticket"])["ticket"]["number"] == code
    assert chen.get(f"/api/v1/bookings/{key}")["ticket_state"] == "called"


EDGES = (
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"),
    *("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"),
)


@pytest.mark.parametrize("slot", EDGES)
def test_slots_at_the_ends_of_the_calendar_are_refused(hall: RunningHall, visitor: Person, slot: str) -> None:
    wish = {"service": "id-card", "slot": slot, "phone": "13855550000"}
    assert refused(visitor, "/api/v1/bookings", wish)["code"] == "bad_request"
    chen = hall.clerk("chen")
    link = book(chen, f"1385555100{EDGES.index(slot)}")["booking"]["link"]
    assert refused(visitor, f"/api/v1{link}/move", {"slot": slot})["code"] == "bad_request"
    assert refused(chen, "/api/v1/bookings/none/move", {"slot": slot})["code"] == "bad_request"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_at_the_ends_of_the_calendar_are_refused(hall: RunningHall, visitor: Person, day: str) -> None:
    above = hall.clerk("chen")
    asked = {
        "/api/v1/bookings/slots": (visitor, {"service": "id-card", "first": day, "days": "31"}),
        "/api/v1/rules/dry_run": (above, {"day": day}),
        "/api/v1/fairness": (above, {"period": f"{day[:4]}-W{'52' if day[0] == '9' else '01'}"}),
    }
    for path, (person, query) in asked.items():
        with pytest.raises(Refused) as refusal:
            person.get(path, **query)
        assert refusal.value.response.status_code in (400, 404, 422), path
        assert refusal.value.problem["detail"], path
    for page in ("office/rules", "guide/bookings"):
        shown = above.session.get(f"{hall.url}/{page}", params={"day": day}, timeout=10)
        assert shown.status_code == 200, page
