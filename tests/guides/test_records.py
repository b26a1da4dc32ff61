"""The two ways to list materials say the same, and each line says all of it."""

from __future__ import annotations

from pathlib import Path

from queueing.guide_records import Material
from queueing.house import Text
from settings import load_house
from tests.guides.halls import hall_file

CARD = Text("身份证", "Identity card")


def test_a_line_tells_originals_copies_and_the_case() -> None:
    only = Text("委托办理时", "if another comes")
    line = Material(CARD, original=True, copies=2, only_if=only).line
    assert line.zh == "身份证（原件，复印件 2 份，委托办理时）"
    assert line.en == "Identity card (original, 2 copies, if another comes)"
    assert Material(CARD, copies=1).line.en == "Identity card (1 copy)"


def test_nothing_is_said_of_what_the_file_leaves_open() -> None:
    assert Material(CARD).line == CARD


def test_a_plain_list_becomes_a_guide_and_a_guide_a_plain_list(tmp_path: Path) -> None:
    services = {each.id: each for each in load_house(hall_file(tmp_path)).services}
    card, permit = services["id-card"], services["residence-permit"]
    assert [each.name for each in card.guide.materials] == list(card.materials)
    assert [each.zh for each in permit.materials] == [
        "身份证（原件，复印件 2 份）",
        "申请表（原件）",
        "委托书（复印件 1 份，委托办理时）",
    ]
    assert permit.materials[0].zh_hant == "身份證（原件，複印件 2 份）"


def test_yihuang_tells_the_whole_of_its_common_services() -> None:
    house = load_house(Path("config.toml"))
    whole = [
        each for each in house.services if each.guide.steps and each.guide.basis and each.guide.conditions
    ]
    assert len(whole) >= 6
    assert all(each.guide.phone for each in whole)
    assert any(each.guide.files for each in whole)
