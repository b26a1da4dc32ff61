"""The page, the API, the workbook, the paper and the CSV show the same figures, cell by cell."""

from __future__ import annotations

import csv
from html.parser import HTMLParser
from io import BytesIO, StringIO
from typing import Any
from unicodedata import normalize

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from reports.showing import UNKNOWN, text_of
from scoring.figures import COLUMNS, GROUPS, VIEWS, By
from tests.reports.conftest import Office

OCTOBER = "2026-10"
SHEETS = dict(zip(VIEWS, ("大厅", "部门", "窗口", "工作人员", "事项"), strict=True))
HEAD_ROWS = 5

Figures = list[list[Any]]


class Tables(HTMLParser):
    """The body rows of a page's tables: each cell's value and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[tuple[str, str]]]] = []
        self._part, self._cell = "", None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag in ("thead", "tbody", "tfoot"):
            self._part = tag
        elif tag == "tr" and self._part == "tbody":
            self.tables[-1].append([])
        elif tag == "td":
            self._cell = dict(attrs).get("data-value")

    def handle_data(self, data: str) -> None:
        if self._cell is not None and self._part == "tbody":
            self.tables[-1][-1].append((self._cell, data))
        self._cell = None


@pytest.fixture(scope="module")
def told(monday_office: Office) -> dict[By, Figures]:
    """The API's figures by view, against which all others are held."""
    answers = {by: monday_office.get("/api/v1/reports", period=OCTOBER, by=by) for by in VIEWS}
    return {by: figures(answer.get_json()) for by, answer in answers.items()}


@pytest.fixture(scope="module")
def paper(monday_office: Office) -> list[str]:
    """The text of each page; some signs of the font are read as the radicals that look the same."""
    pages = PdfReader(BytesIO(monday_office.file("paper", OCTOBER))).pages
    return [" ".join(normalize("NFKC", page.extract_text()).split()) for page in pages]


@pytest.fixture(scope="module")
def workbook(monday_office: Office) -> Any:
    return load_workbook(BytesIO(monday_office.file("workbook", OCTOBER)))


def figures(answer: Any) -> Figures:
    codes = [column["code"] for column in answer["columns"]]
    return [[row["values"][code] for code in codes] for row in answer["rows"]]


def read(text: Any) -> Any:
    return None if text in ("", "–", None) else float(text)


def texts(rows: Figures) -> list[str]:
    return [text_of(column, value) for row in rows for column, value in zip(COLUMNS, row, strict=True)]


def test_there_is_something_to_compare(told):
    hall = dict(zip((column.code for column in COLUMNS), told["hall"][0], strict=True))
    assert [hall[code] for code in ("received", "finished", "no_shows", "ratings")] == [40, 24, 1, 7]
    assert [len(told[by]) for by in VIEWS] == [1, 2, 4, 3, 4], "rows for nobody's work among them"


@pytest.mark.parametrize("by", VIEWS)
def test_the_page(monday_office, told, by):
    page = Tables()
    page.feed(monday_office.get("/office/reports", period=OCTOBER, by=by).get_data(as_text=True))
    rows = [[cell for table in rows for cell in table] for rows in zip(*page.tables[:3], strict=True)]
    assert [[read(value) for value, _ in row] for row in rows] == told[by]
    assert [text for row in rows for _, text in row] == texts(told[by])


def test_the_workbook(workbook, told):
    for by, name in SHEETS.items():
        sheet, rows = workbook[name], told[by]
        cells = [[read(cell.value) for cell in row[1:]] for row in sheet.iter_rows(min_row=HEAD_ROWS + 1)]
        assert cells[: len(rows)] == rows, by
        assert sheet.freeze_panes == "B6"
        assert (sheet["A1"].value, sheet.page_setup.orientation) == ("小镇政务服务大厅", "landscape")
    assert workbook["窗口"]["D6"].number_format == "0.00%"
    assert workbook["窗口"]._charts, "a native chart"


def test_the_csv(monday_office, told):
    text = monday_office.file("figures", OCTOBER).decode("utf-8")
    assert text.startswith("\ufeff"), "so that Excel shows Chinese"
    lines = list(csv.reader(StringIO(text[1:])))
    for by in VIEWS:
        rows = [line for line in lines if line[0] == SHEETS[by]]
        assert [[read(value) for value in row[2:]] for row in rows] == told[by], by


def test_the_paper(paper, told):
    assert paper[0].startswith("小镇政务服务大厅")
    assert f"1 / {len(paper)}" in paper[0], "pages are numbered"
    text = " ".join(paper).replace("‒", UNKNOWN)  # the same drawing in the font
    for by in VIEWS:
        for group in GROUPS:
            places = [at for at, column in enumerate(COLUMNS) if column.group == group]
            for row in told[by]:
                cells = " ".join(text_of(COLUMNS[at], row[at]) for at in places)
                assert cells in text, (by, group, cells)


def test_the_visits_say_nobodys_name_and_no_key(monday_office):
    lines = list(csv.reader(StringIO(monday_office.file("visits", OCTOBER).decode("utf-8-sig"))))
    assert len(lines) == 41
    assert lines[0][:4] == ["日", "号码", "事项", "类别"]
    assert lines[1][:9] == [
        "2026-10-12", "A001", "id-card", "walk_in", "1", "li", "finished", "done", "2026-10-12 09:00:00",
    ]  # fmt: skip
    keys = {event.ticket for event in monday_office.scene.events() if event.ticket}
    assert len(keys) == 40
    assert not [key for key in keys if key in str(lines)]


def test_what_stands_out_is_on_every_paper(monday_office, workbook, paper):
    told = monday_office.get("/api/v1/reports", period=OCTOBER).get_json()
    assert {"pile", "hours", "seconds"} <= {finding["kind"] for finding in told["findings"]}
    page = monday_office.get("/office/reports", period=OCTOBER).get_data(as_text=True)
    rows = workbook["存疑数据"].iter_rows(min_row=HEAD_ROWS + 1)
    sentences = [row[1].value for row in rows if row[1].value]
    assert len(sentences) == told["found"]
    for sentence in sentences:
        assert sentence in page
        assert normalize("NFKC", sentence)[:15] in " ".join(paper)
