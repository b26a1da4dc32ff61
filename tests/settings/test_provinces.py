"""The limits of a province for bad ratings: read from its file, set by the hall, refused when wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from queueing.remedy_rules import RemedyRules
from scoring.province import EXAMPLE, in_force
from settings.findings import HallFileError
from settings.provinces import load_province
from settings.reading import ROOT, check
from tests.scene import SMALL

SHIPPED = sorted((ROOT / "schemes" / "provinces").glob("*.toml"))
GOOD = (ROOT / "schemes" / "provinces" / "example.toml").read_text("utf-8")


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_every_file_that_is_shipped_can_be_read(file: Path) -> None:
    province = load_province(file)
    assert province.id == file.stem and province.source and province.name.zh_hant


def test_the_example_is_that_of_the_rules() -> None:
    province = load_province(SHIPPED[0])
    figures = (province.contact_days, province.put_right_days, province.named_called_back)
    assert figures == (1, 15, True) == (EXAMPLE.contact_days, EXAMPLE.put_right_days, True)


def test_the_hall_may_set_its_own_limits() -> None:
    assert in_force(EXAMPLE, RemedyRules()) == EXAMPLE
    own = in_force(EXAMPLE, RemedyRules(put_right_days=10))
    assert (own.contact_days, own.put_right_days) == (1, 10)


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("contact_days = 1", "contact_days = 0", "contact_days"),
        ("put_right_days = 15", "put_right_days = 900", "put_right_days"),
        ("put_right_days = 15", 'put_right_days = "15"', "put_right_days"),
        ("contact_days = 1", "contact_hours = 24", "contact_hours"),
        ("contact_days = 1", "contact_days = = 1", "TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_key(tmp_path: Path, was: str, now: str, told: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(GOOD.replace(was, now), "utf-8")
    with pytest.raises(HallFileError) as refused:
        load_province(file)
    if told != "TOML":
        assert told in str(refused.value)


def test_a_hall_names_a_file_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    file.write_text(SMALL.read_text("utf-8") + '\n[remedy]\nprovince = "schemes/provinces/exampel.toml"\n')
    (said,) = check(file)
    assert "remedy.province" in said and "schemes/provinces/example.toml" in said
