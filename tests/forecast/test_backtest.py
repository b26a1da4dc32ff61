"""A log told again: in the order of time, from the past alone, and from files as others write them."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from app import parser
from forecast.backtest import Backtest, Row
from forecast.logs import Stretch, Visit, read_log, read_plan
from forecast.made_files import write
from forecast.summing import summary_of

PLAYS = 12


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two days of a small hall."""
    made = tmp_path_factory.mktemp("hall")
    write(made, "street", 5, 2, 0.9, False)
    return made


@pytest.fixture(scope="module")
def log(folder: Path) -> tuple[list[Visit], list[Stretch]]:
    """Its first day, and the first hours of the second."""
    visits, plan = read_log(folder / "tickets.csv"), read_plan(folder / "windows.csv")
    second = max(each.day for each in visits)
    return [each for each in visits if each.day < second or each.joined < 600], plan


@pytest.fixture(scope="module")
def rows(log: tuple[list[Visit], list[Stretch]]) -> list[Row]:
    return list(Backtest(*log, renew=10, plays=PLAYS).rows())


def test_everybody_who_was_called_is_told_a_wait(
    log: tuple[list[Visit], list[Stretch]], rows: list[Row]
) -> None:
    fresh = [(row.day, row.ticket) for row in rows if row.waited == 0]
    assert sorted(fresh) == sorted((each.day, each.ticket) for each in log[0] if each.called is not None)
    assert all(0 <= row.told.low <= row.told.estimate <= row.told.high for row in rows)


def test_the_wait_told_beats_the_plain_rules(rows: list[Row]) -> None:
    summary = summary_of(rows)
    assert summary["to_les"] < 0.8
    assert summary["to_naive"] < 0.8
    assert 0.6 < summary["coverage"] < 0.95


def test_a_renewed_estimate_is_of_what_is_left(rows: list[Row]) -> None:
    fresh = {(row.day, row.ticket): row for row in rows if row.waited == 0}
    renewed = [row for row in rows if row.waited > 0]
    assert renewed
    for row in renewed:
        assert row.actual == pytest.approx(fresh[row.day, row.ticket].actual - row.waited)
        assert row.waited % 10 == pytest.approx(0, abs=1e-6) or row.waited % 10 == pytest.approx(10, abs=1e-6)


def test_later_rows_change_no_earlier_estimate(
    log: tuple[list[Visit], list[Stretch]], rows: list[Row]
) -> None:
    """Everything after ten o'clock of the first day is made up anew; what was told before stays."""
    visits, plan = log
    first, ten = visits[0].day, 600.0
    other = [changed(each, ten) if each.day == first else each for each in visits if soon(each, first)]
    told = {(row.day, row.ticket, row.at): row.told for row in rows if row.day == first and row.at < ten}
    again = Backtest(other, plan, renew=10, plays=PLAYS).rows()
    same = {(row.day, row.ticket, row.at): row.told for row in again if row.day == first and row.at < ten}
    assert len(told) > 50
    assert {key: same[key] for key in told} == told


def soon(visit: Visit, day: str) -> bool:
    return visit.day == day and visit.joined < 660


def is_over(visit: Visit, after: float) -> bool:
    """Its end lies in the part that is made up anew."""
    return visit.finished is not None and visit.finished > after


def changed(visit: Visit, after: float) -> Visit:
    """The same until then, another world after it."""

    def later(at: float | None) -> float | None:
        return at if at is None or at <= after else after + (at - after) * 1.7 + 3

    joined = later(visit.joined) or 0.0
    line_at = max(visit.line_at, joined) if joined > after else visit.line_at
    service = visit.service if visit.joined <= after else "s00"
    return replace(
        visit, joined=joined, called=later(visit.called), started=later(visit.started), service=service,
        finished=None if is_over(visit, after) else visit.finished, line_at=line_at, outcome="changed",
    )  # fmt: skip


def test_files_of_others_are_read(folder: Path, tmp_path: Path) -> None:
    """Class words, separators, empty columns, days in disorder, tickets that nobody called."""
    with (folder / "tickets.csv").open(encoding="utf-8") as file:
        tickets = list(csv.DictReader(file))[:120]
    for row in tickets:
        row["class"] = {"walk_in": "Walk-in"}.get(row["class"], row["class"].upper())
        row["clerk"] = row["slot"] = row["line_at"] = ""
    tickets[30] |= dict.fromkeys(("called", "window", "started", "finished"), "") | {"outcome": "abandoned"}
    rewritten(tmp_path / "tickets.csv", tickets[60:] + tickets[:60])
    with (folder / "windows.csv").open(encoding="utf-8") as file:
        plan = list(csv.DictReader(file))
    for row in plan:
        row["services"] = row["services"].replace(" ", ";")
    rewritten(tmp_path / "windows.csv", plan[::-1])
    said = told(tmp_path, "--json", "--out", str(tmp_path / "out.csv"))
    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        out = list(csv.DictReader(file))
    assert len(out) == 119
    assert list(out[0]) == ["ticket", "at", "estimate", "low", "high", "actual"]
    assert json.loads(said)["never_called"] == 1
    assert set(json.loads(said)["by_class"]) <= {"walk_in", "priority", "appointment"}


def rewritten(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def told(folder: Path, *words: str) -> str:
    """What the command says of the files in a folder."""
    import contextlib
    import io

    files = ["--log", str(folder / "tickets.csv"), "--staffing", str(folder / "windows.csv")]
    options = parser().parse_args(["backtest", *files, *words])
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        options.do(options)
    return said.getvalue()
