"""`app.py backtest --snapshots`: rows and a summary where they are asked for, plain words for a bad file."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from tests.forecast.lines import made_lines, written
from upkeep.backtest_snapshots import run_snapshots
from web.starting import CannotStart

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("lines") / "lines.csv", made_lines(2, 5))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def asked(file: Path, **more: object) -> Namespace:
    return Namespace(**({"snapshots": file, "prior": "", "out": None, "json": False} | more))


def test_the_command_writes_a_row_per_snapshot_and_a_summary(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "told.csv"
    command = [sys.executable, "app.py", "backtest", "--snapshots", str(file), "--json", "--out", str(out)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=90, check=True)
    summary = json.loads(ran.stdout)
    asked_for, told = (rows_of(each) for each in (file, out))
    assert list(told[0]) == ["office", "queue_id", "date", "at", "estimate", "low", "high", "actual"]
    assert [(row["queue_id"], float(row["at"])) for row in told] == [
        (row["queue_id"], float(row["t"])) for row in asked_for
    ]
    errors = [float(row["estimate"]) - float(row["actual"]) for row in told]
    within = [float(row["low"]) <= float(row["actual"]) <= float(row["high"]) for row in told]
    assert summary["n"] == summary["snapshots"] == len(told)
    assert summary["mean_abs_error"] == pytest.approx(sum(map(abs, errors)) / len(errors), abs=1e-3)
    assert summary["bias"] == pytest.approx(sum(errors) / len(errors), abs=1e-3)
    assert summary["told_over_10_too_short"] == pytest.approx(
        sum(e < -10 for e in errors) / len(errors), abs=1e-3
    )
    assert summary["coverage"] == pytest.approx(sum(within) / len(within), abs=2e-3)


def test_plain_rules_stand_beside(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_snapshots(asked(file, json=True))
    summary = json.loads(capsys.readouterr().out)
    rows = rows_of(file)
    naive = [float(row["waiting"]) * float(row["published_min"]) / float(row["counters"]) for row in rows]
    for name, minutes in (("les", [float(row["les"]) for row in rows]), ("naive", naive)):
        errors = [abs(told - float(row["wait"])) for told, row in zip(minutes, rows, strict=True)]
        expected = sum(errors) / len(errors)
        assert summary[name]["mean_abs_error"] == pytest.approx(expected, abs=1e-3)
        assert summary[f"to_{name}"] == pytest.approx(summary["mean_abs_error"] / expected, abs=1e-3)


def test_rows_go_to_the_screen_if_no_file_is_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_snapshots(asked(file, prior="none"))
    said = capsys.readouterr()
    assert said.out.startswith("office,queue_id,date,at,estimate,low,high,actual\n")
    assert "80 % interval: covers" in said.err


def test_a_wait_that_never_ended_is_told_and_not_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = made_lines(1, 5)
    rows[3]["wait"] = rows[3]["les"] = ""
    run_snapshots(asked(written(tmp_path / "lines.csv", rows), json=True, out=tmp_path / "told.csv"))
    summary = json.loads(capsys.readouterr().out)
    assert summary["snapshots"] - summary["n"] == 1
    told = rows_of(tmp_path / "told.csv")
    assert told[3]["estimate"]
    assert not told[3]["actual"]


def test_what_is_wrong_is_said_in_plain_words(file: Path, tmp_path: Path) -> None:
    (tmp_path / "wrong.csv").write_text("office,date\nA,2020-01-15\n")
    for wrong, told in (
        (asked(tmp_path / "wrong.csv"), "there is no column queue_id, t, waiting, wait"),
        (asked(file, prior=str(tmp_path / "wrong.csv")), "is no prior of this release"),
        (asked(file, out=tmp_path / "nowhere" / "told.csv"), "can't be written"),
    ):
        with pytest.raises(CannotStart, match=told):
            run_snapshots(wrong)
