"""The office's page of reports in a real browser: looked at, sorted with the keyboard, taken away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.chromium import chromium
from tests.office.pages import Pages, pages_of
from tests.running import RunningHall

ROWS = "[data-sortable] tbody tr"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def pages(browser: Browser, server: RunningHall) -> Iterator[Pages]:
    """Li has served one of three visitors for an ID card; one of them waits upstairs for a pension."""
    li, kiosk = server.clerk("li"), server.somebody()
    li.press("sit", "1")
    for service in ("id-card", "id-card", "pension"):
        kiosk.take(service)
    for press in ("call_next", "serve", "finish"):
        li.press(press, "1")
    with pages_of(browser, server) as opened:
        yield opened


def names(page: Page, table: int = 0) -> list[str]:
    return page.locator("[data-sortable]").nth(table).locator("tbody th").all_inner_texts()


def test_a_supervisor_reads_sorts_and_takes_a_report_away(pages: Pages, tmp_path: Path) -> None:
    page = pages.open("/office?lang=en", person=pages.hall.clerk("chen"))
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if is_refusal(said) else None)
    page.get_by_role("link", name="Reports").click()
    expect(page.get_by_role("heading", name="Month 10 of 2026")).to_be_visible()
    page.get_by_role("link", name="Services").click()
    table = page.get_by_role("table", name="Services: Visits")
    expect(table.locator("tbody tr")).to_have_count(2)
    assert names(page) == ["Resident ID card", "Pension claim"], "in the order of the hall's file"
    table.get_by_role("columnheader", name="Service", exact=True).get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert names(page) == ["Pension claim", "Resident ID card"]
    head = page.get_by_role("columnheader", name="Numbers taken")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert names(page) == ["Resident ID card", "Pension claim"]
    assert names(page, 1) == names(page), "the other tables stay as they were"
    with page.expect_download() as coming:
        page.get_by_role("link", name="Excel").click()
    coming.value.save_as(tmp_path / "report.xlsx")
    assert coming.value.suggested_filename == "2026-10.xlsx"
    assert load_workbook(tmp_path / "report.xlsx")["大厅"]["B6"].value == 3
    assert refused == [], "the page keeps to its own policy"


def is_refusal(said: ConsoleMessage) -> bool:
    return said.type == "error"
