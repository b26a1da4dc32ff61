"""Each department has a picture of its own: one character of its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.tiles import telling_characters
from settings import load_house

ROOT = Path(__file__).parents[2]


def test_the_first_character_unless_another_department_has_it() -> None:
    assert telling_characters(["国家税务局", "国土资源局", "卫生局"]) == ["国", "土", "卫"]


def test_what_all_names_begin_with_tells_nothing() -> None:
    names = ["龙泉驿区民政局", "龙泉驿区司法局", "龙泉驿区财政局", "龙泉驿区教育局"]
    assert telling_characters(names) == ["民", "司", "财", "教"]


def test_a_short_name_chooses_first() -> None:
    assert telling_characters(["农业机械管理局", "农业局", "林业局"]) == ["机", "农", "林"]


def test_a_name_without_han_shows_its_first_letter() -> None:
    assert telling_characters(["bank", ""]) == ["B", "·"]


@pytest.mark.parametrize("hall", ["config.toml", "halls/weicheng.toml"])
def test_a_real_hall_has_no_two_alike(hall: str) -> None:
    tiles = telling_characters([department.name.zh for department in load_house(ROOT / hall).departments])
    assert len(set(tiles)) == len(tiles)
