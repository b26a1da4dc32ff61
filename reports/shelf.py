"""Written reports: files in the data folder under names made here, kept for as long as the hall says."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from reports.paper import page_of, print_page
from reports.showing import Showing
from reports.tables import write_figures, write_visits
from reports.workbook import write_workbook
from scoring.errors import UnknownPeriod
from scoring.periods import Period, period

if TYPE_CHECKING:
    from reports.making import Maker


@dataclass(frozen=True)
class Form:
    """One kind of file."""

    ending: str
    type: str


FORMS: dict[str, Form] = {
    "workbook": Form(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "paper": Form(".pdf", "application/pdf"),
    "figures": Form("-figures.csv", "text/csv"),
    "visits": Form("-visits.csv", "text/csv"),
}
NAME = re.compile(r"(\d{4}(?:-\d\d|-W\d\d|-Q\d)?)(\.xlsx|\.pdf|-figures\.csv|-visits\.csv)", re.ASCII)


@dataclass(frozen=True)
class Kept:
    """A written report."""

    file: str
    period: Period
    form: str
    bytes: int


def file_of(stretch: Period, form: str) -> str:
    return f"{stretch.name}{FORMS[form].ending}"


def named(file: str) -> tuple[Period, str] | None:
    """What a file's name says; None for any other file."""
    found = NAME.fullmatch(file)
    if found is None:
        return None
    form = next(name for name, each in FORMS.items() if each.ending == found[2])
    with suppress(UnknownPeriod):
        return period(found[1]), form
    return None


class Shelf:
    """The folder; every file appears under its name when it is whole."""

    def __init__(self, maker: Maker) -> None:
        self._maker, self.folder = maker, maker.folder

    def has(self, stretch: Period, form: str) -> bool:
        return (self.folder / file_of(stretch, form)).exists()

    def path(self, file: str) -> Path | None:
        """Of a written report; None when there is none of that name."""
        found = self.folder / file
        return found if named(file) and found.is_file() else None

    def all(self) -> list[Kept]:
        """The newest period first."""
        told = [(file, named(file.name)) for file in self.folder.iterdir()]
        found = [Kept(file.name, *what, file.stat().st_size) for file, what in told if what]
        ordered = sorted(found, key=lambda kept: list(FORMS).index(kept.form))
        return sorted(ordered, key=lambda kept: (kept.period.last, kept.period.first), reverse=True)

    def clear(self, day: str) -> None:
        """What is older than the hall keeps it, and what an interrupted night left half done."""
        kept = timedelta(days=self._maker.built.house.reports.keep_days)
        for file in list(self.folder.iterdir()):
            what = named(file.name)
            over = what is not None and date.fromisoformat(what[0].last) + kept < date.fromisoformat(day)
            if over or file.name.startswith("."):
                file.unlink(missing_ok=True)

    def keep(self, stretch: Period, form: str) -> None:
        with self.made(stretch, form) as made:
            made.rename(self.folder / file_of(stretch, form))

    @contextmanager
    def made(self, stretch: Period, form: str) -> Iterator[Path]:
        """A file that is gone afterwards, unless it got another name."""
        path = self.folder / f".{secrets.token_hex(8)}{FORMS[form].ending}"
        try:
            with self._maker.alone():
                self._write(stretch, form, path)
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _write(self, stretch: Period, form: str, path: Path) -> None:
        maker = self._maker
        shown = maker.showing(maker.report(stretch), maker.papers_speech())
        if form == "paper":
            self._print(shown, path)
        elif form == "visits":
            maker.aside(lambda: maker.with_visits(stretch, lambda visits: write_visits(shown, visits, path)))
        else:
            write = {"workbook": write_workbook, "figures": write_figures}[form]
            maker.aside(lambda: write(shown, path))

    def _print(self, shown: Showing, path: Path) -> None:
        """The page is filled in beside the loop, the paper drawn in a process of its own."""
        page, template = path.with_suffix(".html"), self._maker.template("reports/paper.html")
        try:
            self._maker.aside(lambda: page.write_text(page_of(shown, template), "utf-8"))
            print_page(page, path)
        finally:
            page.unlink(missing_ok=True)
