"""The pages of appointments as a browser without scripts gets them, and the guide's list of the day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.booked import TUESDAY, book, booked_file, first_free
from tests.running import Person, RunningHall, running_hall

HALF_PAST_NINE = "2026-10-12T01:30:00.000Z"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    rules = "\n[bookings]\nshare = 0.6\nservices = [{ service = 'pension', share = 0.0 }]\n"
    rules += "lead_minutes = 0\nper_minute = 1000\n"
    here = tmp_path_factory.mktemp("pages")
    with running_hall(here / "data", booked_file(here, rules)) as opened:
        yield opened


@pytest.fixture(scope="module")
def visitor(hall: RunningHall) -> Person:
    return hall.somebody()


def page(person: Person, path: str, status: int = 200) -> str:
    answer = person.session.get(f"{person.url}{path}", params={"lang": "en"}, timeout=30)
    assert answer.status_code == status
    return answer.text


def test_only_what_can_be_booked_is_offered(visitor: Person) -> None:
    shown = page(visitor, "/book")
    assert "Resident ID card" in shown
    assert "Pension claim" not in shown
    assert "There are no appointments for" in page(visitor, "/book?service=pension", 422)


def test_days_half_hours_and_places_are_told_before_anything_is_asked(visitor: Person) -> None:
    assert "Tuesday 13 October 2026" in page(visitor, "/book?service=id-card")
    shown = page(visitor, f"/book?service=id-card&day={TUESDAY}")
    assert "09:00 – 09:30" in shown and "places left" in shown
    assert "12:00" not in shown.replace("11:30 – 12:00", "")  # the hall rests


def test_the_holders_page_says_when_where_and_what_to_bring(visitor: Person) -> None:
    mine = book(visitor, "13811110001")["booking"]
    shown = page(visitor, mine["link"])
    assert mine["code"] in shown and "Household register" in shown and "Ground floor" in shown
    assert "I am here: check in" not in shown
    assert f"{mine['link']}/move" in shown
    visitor.post(f"/api/v1{mine['link']}/cancel")
    shown = page(visitor, mine["link"])
    assert "This appointment is cancelled" in shown and f"{mine['link']}/move" not in shown


def test_a_link_that_is_not_ours_gets_a_kind_word(visitor: Person) -> None:
    assert "This appointment can" in page(visitor, "/b/nonsense", 404)
    page(visitor, "/b/nonsense/move", 404)


def test_within_the_window_the_page_checks_in_and_then_leads_to_the_number(visitor: Person) -> None:
    mine = book(visitor, "13811110002", slot=HALF_PAST_NINE)["booking"]
    assert "I am here: check in" in page(visitor, mine["link"])
    ticket = visitor.post(f"/api/v1{mine['link']}/check_in")["ticket"]
    assert f'href="{ticket["link"]}"' in page(visitor, mine["link"])


def test_the_guides_list_tells_not_coming_from_not_answering(hall: RunningHall, visitor: Person) -> None:
    came = book(visitor, "13811119876", "household", HALF_PAST_NINE)["booking"]
    visitor.post(f"/api/v1{came['link']}/check_in")
    book(visitor, "13811115432", "household", HALF_PAST_NINE)
    wang = hall.clerk("li")
    wang.press("sit", "1")
    ticket = wang.press("call_next", "1")["ticket"]["number"]
    wang.press("mark_no_show", "1")
    guide = hall.administrator()
    shown = page(guide, f"/guide/bookings?q={ticket}")
    assert "Came, missed the call</span>" in shown
    assert "Came, missed the call: 1" in shown and "Did not come: 0" in shown
    found = page(guide, "/guide/bookings?q=5432")
    assert found.count("data-booking=") == 1 and 'data-do="check_in"' in found


def test_the_guide_books_for_somebody_without_a_telephone(hall: RunningHall) -> None:
    guide = hall.administrator()
    slot = first_free(guide, "id-card")
    assert "required" not in page(guide, f"/book?service=id-card&slot={slot}")
    mine = guide.post("/api/v1/bookings", {"service": "id-card", "slot": slot})["booking"]
    assert mine["digits"] in page(guide, mine["link"])
