"""What the kiosk offers, as its script reads it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.catalogue import catalogue
from queueing.booking_rules import BookableService
from queueing.class_rules import TicketClass
from queueing.house import House, Text
from settings import load_house

SMALL = Path(__file__).parents[1] / "halls_for_tests" / "small.toml"


@pytest.fixture
def house() -> House:
    return load_house(SMALL)


def service(house: House, name: str, language: str = "en") -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in catalogue(house, language)["services"] if one["id"] == name)
    return found


def test_texts_are_in_the_language_of_the_page(house: House) -> None:
    names = [service(house, "id-card", each)["name"] for each in ("zh_Hans", "zh_Hant", "en")]
    assert names == ["居民身份证办理", "居民身份證辦理", "Resident ID card"]


def test_a_service_is_found_in_every_language_whatever_the_page_speaks(house: House) -> None:
    find = service(house, "id-card", "en")["find"]
    assert find["initials"] == "jmsfzbl"
    assert find["names"] == ["Resident ID card", "居民身份证办理"]


def test_visitors_wait_where_the_work_is_done_and_not_where_it_is_helped_out(house: House) -> None:
    assert service(house, "household")["windows"] == ["1", "2"]
    assert service(house, "pension")["windows"] == ["3"]
    assert service(house, "pension")["areas"] == ["upstairs"]


def test_everything_is_told_before_the_number_is_taken(house: House) -> None:
    told = service(house, "residence-permit")
    assert (told["case"], told["limit_days"], told["fee"]) == ("promised", 15, "Free")
    assert service(house, "id-card")["materials"] == ["Household register", "Old ID card (for a renewal)"]


def test_a_department_stands_where_most_of_its_windows_are(house: House) -> None:
    areas = {one["id"]: one["area"] for one in catalogue(house, "en")["departments"]}
    assert areas == {"police": "main", "social": "upstairs"}


def test_a_department_without_a_service_is_not_offered(house: House) -> None:
    police_only = replace(house, services=tuple(s for s in house.services if s.department == "police"))
    assert [one["id"] for one in catalogue(police_only, "en")["departments"]] == ["police"]


def test_grounds_come_in_the_order_of_the_file(house: House) -> None:
    told = catalogue(house, "en")["grounds"]
    assert told[1] == {"ticket_class": "priority", "ground": 1, "name": "Disabled"}
    assert [each["ground"] for each in told] == list(range(len(told)))
    assert catalogue(replace(house, classes={}), "en")["grounds"] == []


def test_every_class_that_the_kiosk_may_give_is_offered_one_without_grounds_by_its_name(house: House) -> None:
    more = {
        "veteran": TicketClass(name=Text("退役军人", "Veteran"), granted_by=("kiosk",)),
        "green": TicketClass(name=Text("绿色通道", "Green channel"), granted_by=("guide",)),
    }
    told = catalogue(replace(house, classes=house.classes | more), "zh_Hans")["grounds"]
    assert told[-1] == {"ticket_class": "veteran", "ground": None, "name": "退役军人"}
    assert "绿色通道" not in str(told)


def test_an_appointment_is_offered_where_the_hall_gives_any(house: House) -> None:
    assert not service(house, "id-card")["bookable"]
    bookings = replace(house.bookings, share=0.3, services=(BookableService("household", 0.0),))
    given = replace(house, bookings=bookings)
    assert service(given, "id-card")["bookable"] and not service(given, "household")["bookable"]
