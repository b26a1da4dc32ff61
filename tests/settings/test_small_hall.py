"""A sound file becomes a complete house."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from queueing.house import House
from settings import check, holidays_of, load_house, summary, worked_weekends_of
from settings.traditional import traditional, with_traditional

SMALL = Path(__file__).resolve().parents[1] / "halls_for_tests" / "small.toml"


@pytest.fixture(scope="module")
def house() -> House:
    return load_house(SMALL)


def test_the_records_hold_what_the_file_says(house: House) -> None:
    pension = house.services[3]
    assert (pension.id, pension.prefix, pension.band, pension.limit_days) == ("pension", "D", (1, 99), 20)
    assert house.classes["priority"].rate == 3.0
    assert house.calendar.closed == (date(2026, 10, 20),)
    assert house.server.port == 8000


def test_a_window_of_a_whole_department_lists_all_its_services(house: House) -> None:
    assert house.windows[0].serves == ("id-card", "household", "residence-permit")
    assert house.windows[1].serves == ("id-card", "household")
    assert [each.service for each in house.windows[1].helps] == ["pension"]


def test_traditional_chinese_is_derived_with_todays_characters_and_the_halls_words(house: House) -> None:
    assert house.services[1].name.zh_hant == "戶口登記"
    assert house.classes["priority"].grounds[1].zh_hant == "殘疾人"
    assert house.services[0].fee.zh_hant == "不收費"
    assert house.staff[0].promise is not None
    assert house.staff[0].promise.zh_hant == "一次說清，馬上就辦。"


def test_characters_are_todays_and_words_stay() -> None:
    assert traditional("为群众服务，里面窗口") == "為群眾服務，裡面窗口"
    assert traditional("软件登录") == "軟件登錄"


def test_a_traditional_name_that_is_given_stays(tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    plain = 'name = { zh = "户口登记", en = "Household registration" }'
    given = plain.replace(" }", ', zh_hant = "戶籍登記" }')
    file.write_text(SMALL.read_text("utf-8").replace(plain, given), "utf-8")
    assert load_house(file).services[1].name.zh_hant == "戶籍登記"


def test_deriving_again_changes_nothing(house: House) -> None:
    assert with_traditional(house) == house


def test_a_sound_file_has_no_findings() -> None:
    assert check(SMALL) == []


def test_windows_line_ends_are_read_too(tmp_path: Path, house: House) -> None:
    file = tmp_path / "hall.toml"
    file.write_bytes(SMALL.read_bytes().replace(b"\n", b"\r\n"))
    assert load_house(file) == house


def test_the_summary_counts_and_tells_the_hours(house: House) -> None:
    assert summary(house) == (
        "小镇政务服务大厅 (Small Town Service Hall): 3 windows, 2 departments, 5 services, 2 areas, 4 staff. "
        "Hours: office mon-fri 08:30-12:00, mon-fri 14:00-17:30. Time zone Asia/Shanghai."
    )


def test_the_summary_names_rotations_and_single_days(tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    stretch = '{ days = ["sun", "sat"], opens = "09:00", closes = "11:00", rotation = [["1"], ["2"]] },'
    file.write_text(SMALL.read_text("utf-8").replace("open = [", f"open = [{stretch}"), "utf-8")
    assert "office sat/sun 09:00-11:00 in rotation, mon-fri 08:30-12:00" in summary(load_house(file))


def test_public_holidays_come_from_the_country(house: House) -> None:
    assert date(2026, 10, 1) in holidays_of(house)
    assert date(2026, 10, 12) not in holidays_of(house)


def test_the_country_also_tells_the_weekends_worked_in_exchange(house: House) -> None:
    assert date(2026, 10, 10) in worked_weekends_of(house)
    assert date(2026, 10, 17) not in worked_weekends_of(house)


def test_a_hall_without_a_country_has_no_public_holidays(tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    file.write_text(SMALL.read_text("utf-8").replace('public_holidays = "CN"', ""), "utf-8")
    house = load_house(file)
    assert date(2026, 10, 1) not in holidays_of(house)
    assert date(2026, 10, 10) not in worked_weekends_of(house)
