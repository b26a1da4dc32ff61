"""Reports that the hall writes by itself: what is due, what was missed, what is too old."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from queueing.report_rules import ReportRules
from reports.nights import due
from reports.shelf import FORMS as FORM_OF
from tests.reports.conftest import Office, office_in
from web.context import Built
from web.ticker import Ticker
from web.trial import is_open

DAY_MINUTES = 24 * 60.0
FORMS = (".xlsx", ".pdf", "-figures.csv", "-visits.csv")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Monday, 12 October."""
    with office_in(tmp_path) as opened:
        yield opened


@pytest.fixture
def figures_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """One file for each period stands for all four."""
    monkeypatch.setattr("reports.nights.FORMS", {"figures": FORM_OF["figures"]})


def night(office: Office) -> None:
    """As at the turn of the day and at every start."""
    built: Built = office.built
    for work in [*built.nightly, *built.after_hours]:
        work(office.scene.hall.day(office.scene.hall.now()))


def turn(office: Office, days: int) -> None:
    office.scene.clock.turn(minutes=days * DAY_MINUTES)


def written(office: Office) -> list[str]:
    return [each["file"] for each in office.get("/api/v1/reports/files").get_json()["files"]]


class Dozing:
    """Stands for the event loop's sleep: each one lasts an hour of the hall's time."""

    def __init__(self, office: Office) -> None:
        self._office, self.seen = office, list[list[str]]()

    def sleep(self, seconds: float) -> None:
        self.seen.append(written(self._office))
        self._office.scene.clock.turn(minutes=60)


def test_after_a_start_in_the_middle_of_a_day_reports_wait_until_the_windows_close(office, figures_alone):
    office.scene.take()
    turn(office, 7)
    loop = Dozing(office)
    ticker = Ticker(office.built, loop)
    ticker._day = day = office.scene.hall.day(office.scene.hall.now())
    ticker._work_the_night(day)
    assert loop.seen and not any(loop.seen), "nothing is written while somebody may be served"
    assert not is_open(office.scene.hall)
    assert written(office) == ["2026-W42-figures.csv"]


def test_a_week_is_written_in_the_night_after_it(office):
    office.scene.take()
    turn(office, 6)
    night(office)
    assert written(office) == [], "on Sunday the week isn't over"
    turn(office, 1)
    night(office)
    assert sorted(written(office)) == sorted(f"2026-W42{form}" for form in FORMS)
    folder = office.built.data / "reports"
    assert sorted(each.name for each in folder.iterdir()) == sorted(written(office)), "no halves are left"
    answer = office.get("/office/reports/written/2026-W42.pdf")
    assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")
    answer.close()


@pytest.mark.usefixtures("figures_alone")
def test_what_was_written_is_never_written_anew(office):
    office.scene.take()
    turn(office, 7)
    night(office)
    folder = office.built.data / "reports"
    before = {file: file.stat().st_mtime_ns for file in folder.iterdir()}
    night(office)
    assert {file: file.stat().st_mtime_ns for file in folder.iterdir()} == before


@pytest.mark.usefixtures("figures_alone")
def test_missed_nights_are_caught_up_but_not_before_the_first_visit(office):
    office.scene.take()
    turn(office, 25)
    night(office)
    assert sorted(written(office)) == [
        f"{period}-figures.csv" for period in ("2026-10", "2026-W42", "2026-W43", "2026-W44")
    ]


def test_a_hall_that_nobody_visited_reports_nothing(office):
    turn(office, 40)
    night(office)
    assert written(office) == []


def test_old_ones_and_halves_go_and_whatever_else_lies_there_stays(office):
    folder = office.built.data / "reports"
    folder.mkdir()
    for name in ("2023-10.xlsx", "2023-W39.pdf", ".0a1b2c.pdf", "notes.txt"):
        (folder / name).write_bytes(b"x")
    night(office)
    assert sorted(file.name for file in folder.iterdir()) == ["2023-10.xlsx", "notes.txt"], "1,100 days"
    assert written(office) == ["2023-10.xlsx"]


def test_a_hall_that_wants_none_gets_none(tmp_path):
    with office_in(tmp_path, reports=ReportRules(write=())) as office:
        office.scene.take()
        turn(office, 30)
        night(office)
        assert written(office) == []


def test_one_that_fails_doesnt_keep_the_others_from_being_written(office, monkeypatch, caplog):
    monkeypatch.setattr("reports.shelf.write_workbook", lambda shown, path: path.rename("/nowhere/at/all"))
    office.scene.take()
    turn(office, 7)
    night(office)
    assert sorted(written(office)) == sorted(f"2026-W42{form}" for form in FORMS[1:])
    assert "2026-W42 couldn't be written (workbook)" in caplog.text


def test_what_is_due():
    found = [each.name for each in due("2026-11-02", ("week", "month", "quarter", "year"))]
    assert found[:6] == ["2026-W39", "2026-W40", "2026-W41", "2026-W42", "2026-W43", "2026-W44"]
    assert found[6:] == ["2026-08", "2026-09", "2026-10", "2026-Q2", "2026-Q3", "2025"]


@pytest.mark.parametrize("file", ["2026-W42.xlsx", "..%2Fhall.db", "hall.db", ".0a1b2c.pdf", "2026-99.xlsx"])
def test_only_written_reports_are_handed_out(office, file):
    (office.built.data / "reports").mkdir(exist_ok=True)
    (office.built.data / "reports" / "2026-99.xlsx").touch()
    (office.built.data / "reports" / ".0a1b2c.pdf").touch()
    assert office.get(f"/office/reports/written/{file}").status_code == 404
