"""Beside each department's name stands a picture of what it is about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.catalogue import catalogue
from kiosk.pictures import OF_EVERY_OFFICE, SUGGESTED, drawn, picture_of
from settings import load_house

ROOT = Path(__file__).parents[2]
HALLS = ["config.toml", "halls/weicheng.toml", "halls/longquanyi.toml"]


def test_the_halls_file_chooses() -> None:
    assert picture_of("公安局", "leaf") == "leaf"


def test_a_picture_that_is_not_drawn_counts_as_none() -> None:
    assert picture_of("公安局", "unicorn") == picture_of("公安局") == "shield"


def test_the_special_comes_before_the_general() -> None:
    names = ["公安局交警大队", "交通运输局", "公安局", "自来水公司", "水利局", "农业机械管理局", "农业局"]
    assert [picture_of(name) for name in names] == [
        *("car", "bus", "shield", "tap", "drop", "tractor", "grain"),
    ]


def test_what_nobody_thought_of_is_an_office() -> None:
    assert picture_of("机构编制委员会办公室") == OF_EVERY_OFFICE


def test_every_suggested_picture_is_drawn() -> None:
    assert {drawing for drawing, _ in SUGGESTED} | {OF_EVERY_OFFICE} <= drawn()


@pytest.mark.parametrize("hall", HALLS)
def test_hardly_a_department_of_a_real_hall_has_no_picture_of_its_own(hall: str) -> None:
    names = [department.name.zh for department in load_house(ROOT / hall).departments]
    assert sum(picture_of(name) == OF_EVERY_OFFICE for name in names) <= 1


def test_the_kiosk_is_told_the_picture_in_every_language() -> None:
    house = load_house(ROOT / "tests" / "halls_for_tests" / "small.toml")
    police, *rest = house.departments
    house = replace(house, departments=(replace(police, icon="passport"), *rest))
    for language in ("zh_Hans", "zh_Hant", "en"):
        pictures = [one["picture"] for one in catalogue(house, language)["departments"]]
        assert pictures == ["passport", "people"]
