"""What the terminal's page is given: windows, services and how they are found, in one language."""

from __future__ import annotations

from pathlib import Path

import pytest

from queueing.house import House, Text
from settings import load_house
from window.catalogue import catalogue, findable, initials

SMALL = Path(__file__).parent.parent / "halls_for_tests" / "small.toml"


@pytest.fixture(scope="module")
def house() -> House:
    return load_house(SMALL)


def test_texts_are_in_the_asked_language_alone(house: House) -> None:
    chinese, english = catalogue(house, "zh_Hans"), catalogue(house, "en")
    assert [window["name"] for window in chinese["windows"]][2] == "社保窗口"
    assert [window["name"] for window in english["windows"]][2] == "Social security"
    assert english["services"][0]["materials"] == ["Household register", "Old ID card (for a renewal)"]
    assert {"id": "meeting", "name": "开会"} in chinese["pauses"]


def test_everything_is_found_in_every_language_whatever_the_page_speaks(house: House) -> None:
    card = catalogue(house, "en")["services"][0]
    for typed in ("a ", "居民身份证", "resident id", "jmsfz", "gaj"):
        assert typed in card["find"]


def test_initials_are_what_a_clerk_types() -> None:
    assert initials("企业登记") == "qydj"
    assert findable("12", Text(zh="财政局（契税所）", en="Finance Bureau")).startswith("12 财政局")
