"""What is asked of reports: periods, views, who looked; and text that a spreadsheet would work out."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pytest

from queueing.text import Text
from reports.blueprint import MAKER
from reports.charts import days_chart, short
from reports.making import Maker, asked_period
from reports.showing import text_of
from reports.tables import harmless
from scoring.figures import COLUMNS
from settings import load_house
from tests.api.browsers import Browsers
from tests.reports.conftest import Office, office_in
from tests.scene import SMALL


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_in(tmp_path_factory.mktemp("asking")) as opened:
        opened.scene.take()
        yield opened


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2026-10-12", ("2026-10-12", "2026-10-12")),
        ("2026-W42", ("2026-10-12", "2026-10-18")),
        ("2026-10", ("2026-10-01", "2026-10-31")),
        ("2026-Q4", ("2026-10-01", "2026-12-31")),
        ("2026", ("2026-01-01", "2026-12-31")),
    ],
)
def test_every_kind_of_period(office, period, days):
    told = office.get("/api/v1/reports", period=period, by="hall").get_json()
    assert (told["period"], told["first"], told["last"]) == (period, *days)
    assert told["total"]["values"]["received"] == 1


@pytest.mark.parametrize("period", ["2026-13", "2026-W54", "0001", "9999", "2026-Q5", "today", "2026-02-30"])
def test_no_such_period(office, period):
    assert office.get("/api/v1/reports", period=period).status_code == 422
    assert office.get("/office/reports", period=period).status_code == 422
    assert office.get("/office/reports/workbook", period=period).status_code == 422


def test_the_page_finds_the_period_of_a_day(office):
    for kind, name in (("week", "2026-W42"), ("quarter", "2026-Q4"), ("day", "2026-10-14")):
        page = office.get("/office/reports", kind=kind, day="2026-10-14").get_data(as_text=True)
        assert f'data-period="{name}"' in page
    assert office.get("/office/reports", kind="decade", day="2026-10-14").status_code == 422


def test_a_view_that_isnt_there_is_a_mistake_of_a_program_only(office):
    assert office.get("/api/v1/reports", by="colour").status_code == 422
    assert office.get("/office/reports", by="colour").status_code == 200


def test_who_looks_is_noted_once_for_each_table(office):
    chen = Browsers(office.app, office.built).staff("chen")
    before = len(office.scene.events())
    for _ in range(2):
        chen.get("/office/reports", period="2026-10", by="clerk")
        chen.get("/office/reports/figures", period="2026-10").close()
    notes = [event for event in office.scene.events()[before:] if event.action == "looked"]
    assert [(note.actor, note.after) for note in notes] == [
        ("staff:chen", {"view": "reports", "period": "2026-10", "table": "clerk"}),
        ("staff:chen", {"view": "reports", "period": "2026-10", "table": "figures"}),
    ]


def test_the_page_asks_for_nothing_that_its_policy_refuses(office):
    page = office.get("/office/reports", period="2026-10").get_data(as_text=True)
    assert "<style" not in page
    assert " style=" not in page
    assert "onclick" not in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("=1+1", "'=1+1"), ("+86 10", "'+86 10"), ("-A1", "'-A1"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("-1.5", "-1.5"), ("+3", "+3"), ("1号窗口", "1号窗口"), ("", ""),
    ],
)  # fmt: skip
def test_nothing_in_a_csv_is_a_formula(text, kept):
    assert harmless(text) == kept


def test_a_hall_named_like_a_formula_is_only_text_in_a_workbook(tmp_path):
    info = replace(load_house(SMALL).hall, name=Text(zh="=1+1", en="=1+1"))
    with office_in(tmp_path, hall=info) as office:
        (tmp_path / "book.xlsx").write_bytes(office.file("workbook", "2026-10"))
    with zipfile.ZipFile(tmp_path / "book.xlsx") as book:
        assert "<f>" not in "".join(book.read(name).decode() for name in book.namelist() if "sheet1" in name)


def test_one_day_is_no_chart(office):
    maker: Maker = office.app.extensions[MAKER]
    shown = maker.showing(maker.report(asked_period("2026-10-12")), maker.papers_speech())
    assert days_chart(shown) == ""


def test_a_look_makes_no_figure_anew_and_a_visit_does(tmp_path):
    with office_in(tmp_path) as office:
        maker: Maker = office.app.extensions[MAKER]
        october = asked_period("2026-10")
        office.get("/office/reports", period="2026-10")
        first = maker.report(october)
        office.get("/office/reports", period="2026-10", by="clerk")
        assert maker.report(october) is first, "nothing happened but looks"
        office.scene.take()
        assert maker.report(october).total.values["received"] == 1


@pytest.mark.parametrize(
    ("label", "shown"),
    [("3 社保窗口", "3 社保窗口"), ("社" * 13, "社" * 13), ("社" * 14, "社" * 12 + "…"),
     ("a" * 27, "a" * 25 + "…")],
)  # fmt: skip
def test_long_names_are_cut_beside_a_bar(label, shown):
    assert short(label) == shown


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("finished_rate", 0.9976, "99.76%"), ("finished_rate", 1.0, "100.00%"), ("finished_rate", None, "–"),
        ("received", 28151, "28,151"), ("wait_mean", 1206.25, "1,206.2"), ("wait_mean", 0.0, "0.0"),
    ],
)  # fmt: skip
def test_figures_as_they_are_read(code, value, text):
    column = next(each for each in COLUMNS if each.code == code)
    assert text_of(column, value) == text
