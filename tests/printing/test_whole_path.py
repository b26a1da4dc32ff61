"""From a tap at the kiosk to the paper: the picture that a printer received, read again by a decoder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
import zxingcpp
from PIL import Image, ImageChops

from printing.drawing import drawn
from printing.slip import look_on
from queueing.printer_rules import Printer
from queueing.text import Text
from tests.printing.emulator import Emulator, emulated
from tests.printing.halls import with_printers
from tests.running import ROOT, Json, Person, Refused, RunningHall, running_hall, wait_until


@dataclass
class Paper:
    """A hall, its wide printer at the kiosk and a narrow one at the guide's desk."""

    hall: RunningHall
    wide: Emulator
    narrow: Emulator

    def taken(self, service: str = "id-card", **wish: str) -> tuple[Person, Json]:
        kiosk = self.hall.somebody()
        return kiosk, kiosk.take(service, **wish)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Paper]:
    folder = tmp_path_factory.mktemp("hall")
    with emulated(576) as wide, emulated(384) as narrow:
        file = with_printers(folder, kiosk=(wide, ""), guide=(narrow, 'kiosks = ["somewhere"]'))
        with running_hall(folder / "data", file) as hall:
            yield Paper(hall, wide, narrow)


def slip_of(kiosk: Person, issued: Json, **wish: object) -> Json:
    return kiosk.post(f"/api/v1/tickets/{issued['ticket']['ticket']}/print", dict(wish))


def code_on(image: Image.Image) -> str:
    [found] = zxingcpp.read_barcodes(image.convert("L"))
    return str(found.text)


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant", "en"])
def test_a_tap_at_the_kiosk_becomes_a_slip_with_a_code_for_the_ticket(paper: Paper, language: str) -> None:
    before = len(paper.wide.slips)
    kiosk, issued = paper.taken(language=language)
    answer = slip_of(kiosk, issued)
    told = (answer["number"], answer["printer"], answer["trouble"])
    assert told == (issued["ticket"]["number"], "kiosk", None)
    printed = paper.wide.wait_for(before + 1)[-1]
    assert printed.width == 576
    assert code_on(printed) == issued["url"]
    if language == "zh_Hans" and os.environ.get("HALL_SCREENSHOTS"):
        printed.save(ROOT / "docs" / "img" / "ticket.png", optimize=True)


def test_a_narrow_slip_is_as_wide_as_its_printer_and_its_code_can_be_read(paper: Paper) -> None:
    kiosk, issued = paper.taken()
    slip_of(kiosk, issued, printer="guide")
    [printed] = paper.narrow.wait_for(1)
    assert printed.width == 384
    assert code_on(printed) == issued["url"]


def test_the_paper_shows_the_words_of_the_kiosks_own_slip(paper: Paper) -> None:
    """The same part of the page, drawn here, must lie dot for dot in what the printer received."""
    before = len(paper.wide.slips)
    kiosk, issued = paper.taken()
    slip_of(kiosk, issued)
    printed = paper.wide.wait_for(before + 1)[-1]
    page = kiosk.session.get(f"{paper.hall.url}/slips/{issued['ticket']['ticket']}", timeout=10).text
    words = ("小镇政务服务大厅", issued["ticket"]["number"], "居民身份证办理", "户口簿", "2026年10月12日")
    assert [word for word in words if word not in page] == []
    look = look_on(Printer("kiosk", Text("", ""), "network"))
    whole = f"<style>{look}</style>{page}"
    wanted = drawn(whole, 576, {issued["qr"]: {"code": issued["url"]}})
    same = printed.crop((0, 0, *wanted.size))
    assert ImageChops.logical_xor(same, wanted).getbbox() is None


def test_no_sign_of_the_number_row_is_an_empty_box(paper: Paper) -> None:
    """Each sign alone is another picture than its neighbours and than a sign that no font has."""
    signs = "您的号码A0\U000f1234"
    pictures = {drawn(f'<p style="font-size:48px">{sign}</p>', 96, {}).tobytes() for sign in signs}
    assert len(pictures) == len(signs)


def test_a_press_that_comes_twice_is_one_slip(paper: Paper) -> None:
    before = len(paper.wide.slips)
    kiosk, issued = paper.taken()
    path = f"/api/v1/tickets/{issued['ticket']['ticket']}/print"
    first = kiosk.post(path, {}, key="slip-1")
    assert kiosk.post(path, {}, key="slip-1")["job"] == first["job"]
    assert kiosk.post(path, {}, key="slip-2")["job"] == first["job"]
    kiosk2, other = paper.taken()
    slip_of(kiosk2, other)
    assert code_on(paper.wide.wait_for(before + 2)[before + 1]) == other["url"]


def test_a_slip_more_is_marked_as_such_and_stands_in_the_log(paper: Paper) -> None:
    before = len(paper.wide.slips)
    kiosk, issued = paper.taken()
    slip_of(kiosk, issued)
    assert slip_of(kiosk, issued, again=True)["again"] is True
    first, second = paper.wide.wait_for(before + 2)[-2:]
    assert code_on(second) == issued["url"]
    assert second.height > first.height
    log = paper.hall.administrator().get("/api/v1/log", action="print_again")
    assert log["entries"][0]["facts"] == {"slip": issued["ticket"]["number"], "printer": "kiosk"}


def test_a_kiosk_prints_no_more_than_a_few_and_nobody_elses(paper: Paper) -> None:
    before = len(paper.wide.slips)
    kiosk, issued = paper.taken()
    slip_of(kiosk, issued)
    for _ in range(3):
        slip_of(kiosk, issued, again=True)
    with pytest.raises(Refused) as refused:
        slip_of(kiosk, issued, again=True)
    assert refused.value.code == "too_late_to_print"
    with pytest.raises(Refused) as unknown:
        kiosk.post("/api/v1/tickets/0123456789abcdef/print")
    assert unknown.value.code == "unknown_ticket"
    paper.wide.wait_for(before + 4)


def test_presses_that_come_together_are_counted_one_by_one(paper: Paper) -> None:
    before = len(paper.wide.slips)
    kiosk, issued = paper.taken()

    def ask(again: bool) -> str:
        try:
            return str(slip_of(kiosk, issued, again=again)["job"])
        except Refused as refused:
            return refused.code

    with ThreadPoolExecutor(8) as crowd:
        assert len(set(crowd.map(ask, [False] * 4))) == 1
        more = list(crowd.map(ask, [True] * 8))
    assert more.count("too_late_to_print") == 5
    paper.wide.wait_for(before + 4)
    slips = paper.hall.administrator().get("/api/v1/printers")["slips"]
    own = [each["again"] for each in slips if each["number"] == issued["ticket"]["number"]]
    assert own == [True, True, True, False]


def test_two_in_a_rush_come_out_in_their_order(paper: Paper) -> None:
    before = len(paper.wide.slips)
    rush = [paper.taken("household") for _ in range(4)]
    for kiosk, issued in rush:
        slip_of(kiosk, issued)
    printed = paper.wide.wait_for(before + 4)[-4:]
    assert [code_on(each) for each in printed] == [issued["url"] for _, issued in rush]


def test_a_trial_print_needs_no_ticket(paper: Paper) -> None:
    before = len(paper.narrow.slips)
    asked = paper.hall.administrator().post("/api/v1/printers/guide/trial")
    assert asked["ticket"] is None
    assert code_on(paper.narrow.wait_for(before + 1)[-1]).startswith("http")
    done = lambda: paper.hall.administrator().get("/api/v1/printers")["slips"][0]["state"] == "printed"  # noqa: E731
    wait_until(done, "the answer of the printer")
