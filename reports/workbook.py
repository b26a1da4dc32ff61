"""A report as an Excel workbook: a sheet for each view, real numbers, native charts, ready to be printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from reports.showing import Cell, Line, Showing
from scoring.figures import COLUMNS, VIEWS, By, Column

HEAD = 4
"""The row of the columns' names: above it stand the hall, the period and when it was made."""

A4, NAMES, WIDE, NARROW, LONG = 9, 30, 11, 8, 90
MOST_BARS, PRINTED = 15, 62
GROUP_ENDS = [place for place in range(1, len(COLUMNS)) if COLUMNS[place - 1].group != COLUMNS[place].group]
"""Each group of figures is printed on a page of its own, with the names beside it."""

FORMATS = {"count": "#,##0", "share": "0.00%", "minutes": "0.0"}
BLUE, PALE, GREY, EDGE = "#0b4f6c", "#a9d3e4", "#f1f5f7", "#b9c6d1"
FONT = "Microsoft YaHei"


class Paper:
    """One workbook under way."""

    def __init__(self, shown: Showing, path: Path) -> None:
        self.shown, self.words = shown, shown.speech.words
        self.book = Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
        self.book.formats[0].set_font_name(FONT)
        self._formats: dict[tuple[str, bool], Any] = {}
        self._title = self._format(bold=True, font_size=16, font_color=BLUE)
        self._soft = self._format(font_color="#4a5c6d")
        self._head = self._format(
            bold=True, text_wrap=True, valign="vcenter", align="center", bg_color=BLUE, font_color="white",
            border=1,
        )  # fmt: skip
        self._text = self._format(text_wrap=True, valign="top", border=1)

    def write(self) -> None:
        for by in VIEWS:
            self._view(by)
        self._days()
        self._findings()
        self.book.set_properties({"title": f"{self.shown.hall} {self.shown.period}"})
        self.book.close()

    # -- sheets ---------------------------------------------------------------------------------

    def _view(self, by: By) -> None:
        sheet = self._sheet(self.words[f"by_{by}"])
        sheet.set_print_scale(PRINTED)
        sheet.repeat_columns(0)
        sheet.set_v_pagebreaks(GROUP_ENDS)
        sheet.set_column(0, 0, NAMES)
        sheet.set_column(1, len(COLUMNS), WIDE)
        sheet.freeze_panes(HEAD + 1, 1)
        self._heads(sheet, [self.words[by], *self.shown.heads()])
        lines = self.shown.lines(by)
        for at, line in enumerate(lines, HEAD + 1):
            self._line(sheet, at, line)
        if by != "hall":
            self._line(sheet, HEAD + 1 + len(lines), self.shown.total(), bold=True)
            sheet.autofilter(HEAD, 0, HEAD + len(lines), len(COLUMNS))
            self._chart(sheet, by, len(lines))

    def _line(self, sheet: Any, at: int, line: Line, bold: bool = False) -> None:
        sheet.write_string(at, 0, line.label, self._of("text", bold))
        for place, (column, cell) in enumerate(zip(COLUMNS, line.cells, strict=True), 1):
            self._cell(sheet, at, place, column, cell, bold)

    def _cell(self, sheet: Any, at: int, place: int, column: Column, cell: Cell, bold: bool) -> None:
        if cell.value is None:
            sheet.write_string(at, place, cell.text, self._of("none", bold))
        else:
            sheet.write_number(at, place, cell.value, self._of(column.kind, bold))

    def _days(self) -> None:
        names = ("received", "finished", "no_shows", "abandoned")
        bars = self.shown.report.bars
        sheet = self._sheet(self.words["how_days"])
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, len(names), WIDE)
        sheet.freeze_panes(HEAD + 1, 1)
        self._heads(sheet, [self.words["day"], *(self.words[name] for name in names)])
        for at, bar in enumerate(bars, HEAD + 1):
            sheet.write_string(at, 0, bar.period, self._of("text"))
            for place, name in enumerate(names, 1):
                sheet.write_number(at, place, getattr(bar, name), self._of("count"))
        if bars:
            self._put_chart(sheet, "column", (1, 2), len(bars), HEAD + 3 + len(bars))

    def _findings(self) -> None:
        sheet = self._sheet(self.words["found"])
        sheet.fit_to_pages(1, 0)
        for place, width in enumerate((20, LONG, LONG)):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(HEAD + 1, 0)
        self._heads(sheet, [self.words["kind"], self.words["what"], self.words["evidence"]])
        for at, told in enumerate(self.shown.findings, HEAD + 1):
            visits = "; ".join([*told.visits, *([told.more] if told.more else [])])
            for place, text in enumerate((told.kind, told.sentence, visits)):
                sheet.write_string(at, place, text, self._text)

    # -- parts of a sheet -----------------------------------------------------------------------

    def _sheet(self, name: str) -> Any:
        shown, sheet = self.shown, self.book.add_worksheet(name[:31])
        sheet.write_string(0, 0, shown.hall, self._title)
        sheet.write_string(1, 0, f"{self.words['title']}  {shown.period}  {name}", self._soft)
        sheet.write_string(2, 0, f"{shown.days}  {shown.made}", self._soft)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.repeat_rows(HEAD)
        sheet.set_footer("&L" + shown.hall.replace("&", "&&") + "&R&P / &N")
        sheet.set_default_row(18)
        sheet.set_row(0, 26)
        return sheet

    def _heads(self, sheet: Any, heads: list[str]) -> None:
        sheet.set_row(HEAD, 34)
        for place, head in enumerate(heads):
            sheet.write_string(HEAD, place, head, self._head)

    def _chart(self, sheet: Any, by: By, rows: int) -> None:
        """Numbers taken and finished, of the first rows; below the table, so that nothing is covered."""
        places = [code for code, column in enumerate(COLUMNS, 1) if column.code in ("received", "finished")]
        if rows:
            self._put_chart(sheet, "bar", (places[0], places[1]), min(rows, MOST_BARS), HEAD + 4 + rows)

    def _put_chart(self, sheet: Any, kind: str, places: tuple[int, int], rows: int, at: int) -> None:
        chart = self.book.add_chart({"type": kind})
        for place, colour in zip(places, (BLUE, PALE), strict=True):
            chart.add_series(
                {
                    "name": [sheet.name, HEAD, place],
                    "categories": [sheet.name, HEAD + 1, 0, HEAD + rows, 0],
                    "values": [sheet.name, HEAD + 1, place, HEAD + rows, place],
                    "fill": {"color": colour},
                    "border": {"color": "#12263a"},
                }
            )
        chart.set_legend({"position": "bottom"})
        if kind == "bar":
            chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 860, "height": 300 if kind == "column" else 120 + 34 * rows})
        sheet.set_h_pagebreaks([at])
        sheet.insert_chart(at, 0, chart)

    def _of(self, kind: str, bold: bool = False) -> Any:
        """The format of a cell of that kind, made once."""
        if (kind, bold) not in self._formats:
            look = {"num_format": FORMATS[kind]} if kind in FORMATS else {}
            side = {"text": "left"}.get(kind, "right")
            filled = {"bg_color": GREY, "top": 2} if bold else {}
            self._formats[kind, bold] = self._format(align=side, bold=bold, border=1, **look, **filled)
        return self._formats[kind, bold]

    def _format(self, **look: Any) -> Any:
        return self.book.add_format({"font_name": FONT, "border_color": EDGE, **look})


def write_workbook(shown: Showing, path: Path) -> None:
    Paper(shown, path).write()
