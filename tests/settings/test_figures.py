"""No figure is left without a least value."""

from __future__ import annotations

from pathlib import Path

from settings import load_house
from settings.checks.figures import figures_of
from settings.records import hints_of
from tests.settings.sections import RECORDS

SMALL = Path(__file__).resolve().parents[1] / "halls_for_tests" / "small.toml"


MORE = """
[[signals.hooks]]
id = "pagers"
url = "http://10.0.0.9/hall"
secret_file = "hook.key"

[[led]]
id = "hall"
host = "10.0.0.10"
windows = ["1"]

[[rules]]
when = "time is 11:00 to 12:00"
then = "pension gives no numbers"
"""
"""What no hall of the tests has, since it would be spoken to."""


def test_every_number_of_every_record_is_looked_at(tmp_path: Path) -> None:
    whole = tmp_path / "whole.toml"
    whole.write_text(SMALL.read_text("utf-8") + MORE, "utf-8")
    records = set(RECORDS.values())
    numbers = {key for record in records for key, hint in hints_of(record).items() if hint in (int, float)}
    assert {path[-1] for path, _, _ in figures_of(load_house(whole))} == numbers
