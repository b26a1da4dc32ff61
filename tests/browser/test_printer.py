"""What people see of a printer: without paper the number stands, with paper the slip comes."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.chromium import chromium
from tests.office.pages import look_at, pages_of
from tests.printing.emulator import emulated
from tests.printing.halls import with_printers
from tests.running import running_hall

SCREEN = (1080, 1920)


def test_the_kiosk_says_in_plain_words_what_becomes_of_the_slip(tmp_path: Path) -> None:
    with (
        emulated() as printer,
        running_hall(tmp_path / "data", with_printers(tmp_path, door=(printer, ""))) as hall,
        chromium() as browser,
        pages_of(browser, hall) as pages,
    ):
        printer.tell(paper="out")
        office = pages.open("/office?lang=en", person=hall.administrator())
        expect(office.locator('[data-kind="printer"]')).to_contain_text("Printer door: No paper")
        kiosk = pages.open("/kiosk?lang=en", SCREEN)
        told = kiosk.locator("[data-no-slips]")
        expect(told).to_have_text("No paper at the moment: please note your number or scan it.")
        kiosk.goto(f"{hall.url}/kiosk?lang=en#/s/id-card")
        kiosk.locator("button.take").click()
        line = kiosk.locator("[data-paper]")
        expect(line).to_contain_text("There is no paper just now. Your number A001 stands")
        kiosk.locator('[data-language="zh_Hans"]').click()
        expect(line).to_contain_text("打印机缺纸。您的号码 A001 有效")
        kiosk.locator('[data-language="en"]').click()
        expect(line).to_contain_text("There is no paper just now. Your number A001 stands")
        printer.tell(paper="low")
        expect(line).to_contain_text("Please take your slip.")
        line.get_by_role("button", name="Print again").click()
        assert len(printer.wait_for(2)) == 2
        slips = look_at(office, "printers").locator("[data-slip]")
        expect(slips).to_have_count(2)
        expect(slips.first).to_contain_text("once more")
        kiosk.get_by_role("button", name="Done").click()
        expect(told).to_have_text("打印纸快用完了，目前仍可出票，已通知工作人员。")
        expect(office.locator('[data-kind="printer"]')).to_contain_text("Paper is running low")
        printer.tell(paper="full")
        expect(told).to_be_hidden()


def test_lists_come_out_of_the_hall_s_printers(tmp_path: Path) -> None:
    """What to bring, at the kiosk; what is missing, at the window whose printer the hall's file names."""
    with (
        emulated() as door,
        emulated(384) as desk,
        running_hall(
            tmp_path / "data", with_printers(tmp_path, door=(door, ""), desk=(desk, 'windows = ["1"]'))
        ) as hall,
        chromium() as browser,
        pages_of(browser, hall) as pages,
    ):
        kiosk = pages.open("/kiosk?lang=en#/g/id-card", SCREEN)
        kiosk.get_by_role("button", name="Print the list").click()
        expect(kiosk.locator(".list-said")).to_have_text("Please take your list.")
        door.wait_for(1)

        li = hall.clerk("li")
        hall.somebody().take("id-card")
        li.press("sit", "1")
        for name in ("call_next", "serve"):
            li.press(name, "1")
        terminal = pages.open("/terminal?lang=en", person=li)
        expect(terminal.locator("[data-now]")).to_have_attribute("data-mode", "serving")
        terminal.keyboard.press("2")
        terminal.get_by_label("Household register").check()
        terminal.get_by_role("button", name="Print").click()
        expect(terminal.locator("[data-news]")).to_have_text("The list comes out here: Printer desk.")
        desk.wait_for(1)
        office = pages.open("/office?lang=en", person=hall.administrator())
        slips = look_at(office, "printers").locator("[data-slip]")
        expect(slips).to_contain_text(["A001 · What is missing", "What to bring"])
