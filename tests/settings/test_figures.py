"""No figure is left without a least value."""

from __future__ import annotations

from pathlib import Path

from settings import load_house
from settings.checks.figures import figures_of
from settings.records import hints_of
from tests.settings.sections import RECORDS

SMALL = Path(__file__).resolve().parents[1] / "halls_for_tests" / "small.toml"


def test_every_number_of_every_record_is_looked_at() -> None:
    records = set(RECORDS.values())
    numbers = {key for record in records for key, hint in hints_of(record).items() if hint in (int, float)}
    assert {path[-1] for path, _, _ in figures_of(load_house(SMALL))} == numbers
