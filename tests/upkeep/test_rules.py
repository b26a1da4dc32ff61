"""`app.py rules`: what the rules are, and what they would have done."""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from tests.running import ROOT, SMALL
from tests.scene import Scene
from upkeep.folder import SIMULATED
from upkeep.rules import ruled
from web.starting import CannotStart

RULE = """
[[rules]]
id = "late"
when = "wait of pension exceeds 20 min"
then = "window 1 helps with pension"
"""


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    file = tmp_path / "hall.toml"
    file.write_text(SMALL.read_text("utf-8") + RULE, "utf-8")
    return file


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A Monday on which somebody waited for half an hour."""
    scene = Scene(tmp_path)
    scene.sit("3", "wang")
    scene.take("pension")
    scene.clock.turn(minutes=30)
    scene.press("call_next", "3", "wang")
    scene.close()
    (tmp_path / SIMULATED).touch()
    return tmp_path


def asked(hall: Path, data: Path | None, **options: object) -> Namespace:
    usual = {"dry_run": True, "day": "2026-10-12", "json": True}
    return Namespace(**usual | {"hall": hall, "data": data} | options)


def test_the_rules_are_listed(hall):
    assert json.loads(ruled(asked(hall, None, dry_run=False)))["rules"][0]["rule"] == "late"
    assert "window 1 helps with pension" in ruled(asked(hall, None, dry_run=False, json=False))
    assert "no rules" in ruled(asked(SMALL, None, dry_run=False, json=False))


def test_a_dry_run_says_when_for_how_long_and_whom_it_met(hall, data):
    told = json.loads(ruled(asked(hall, data)))
    assert told["day"] == "2026-10-12"
    (rule,) = told["rules"]
    assert [each["minutes"] for each in rule["would"]] == [10.0]
    assert rule["lines"] == [{"service": "pension", "waited": 1, "longer": 1, "longest": 30.0}]
    read = ruled(asked(hall, data, json=False))
    assert "would have been on 09:20-09:30 (10 min in all)" in read
    assert "1 waited for pension then, 1 of them longer than the limit; longest 30 min" in read


def test_another_day_is_empty_and_a_wrong_one_is_refused(hall, data):
    told = json.loads(ruled(asked(hall, data, day="2026-10-11")))
    assert told["known"] is False and told["rules"][0]["would"] == []
    assert "nothing can be said" in ruled(asked(hall, data, day="2026-10-11", json=False))
    for day in ("yesterday", "9999-12-31", "0001-01-01"):
        with pytest.raises(CannotStart, match="2026-11-20"):
            ruled(asked(hall, data, day=day))


def test_the_command_prints_one_json_object(hall, data):
    command = [sys.executable, "app.py", "rules", "--dry-run", "--day", "2026-10-12", "--json"]
    ran = subprocess.run(
        [*command, "--hall", str(hall), "--data", str(data)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ran.stdout)["rules"][0]["would_minutes"] == 10.0
