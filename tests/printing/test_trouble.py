"""Printers that can't print: the number stands, the slip waits, moves or is given up, all are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from queueing.printer_rules import Printer
from settings import load_house
from tests.printing.emulator import Emulator, emulated
from tests.printing.halls import with_printers
from tests.printing.test_whole_path import code_on, slip_of
from tests.running import Json, Person, Refused, RunningHall, running_hall, wait_until
from upkeep.reaching import unreached


@dataclass
class Troubled:
    """A hall whose kiosk prints at the entrance; the printer of the guide has that one to stand in for it."""

    hall: RunningHall
    door: Emulator
    guide: Emulator

    def state(self, printer: str = "door") -> str:
        found = self.office()["printers"]
        return next(str(each["state"]) for each in found if each["printer"] == printer)

    def office(self) -> Json:
        return self.hall.administrator().get("/api/v1/printers")

    def slip(self, job: str) -> tuple[str, str]:
        found = next(each for each in self.office()["slips"] if each["job"] == job)
        return found["state"], found["why"]

    def becomes(self, state: str, printer: str = "door") -> None:
        wait_until(lambda: self.state(printer) == state, f"{printer}: {state}")

    def taken(self) -> tuple[Person, Json]:
        kiosk = self.hall.somebody()
        return kiosk, kiosk.take("id-card")


@pytest.fixture(scope="module")
def halls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Troubled]:
    folder = tmp_path_factory.mktemp("hall")
    with emulated() as door, emulated() as guide:
        more = 'kiosks = ["somewhere"]\nfallback = "door"'
        with running_hall(
            folder / "data", with_printers(folder, door=(door, ""), guide=(guide, more))
        ) as hall:
            yield Troubled(hall, door, guide)


@pytest.fixture
def troubled(halls: Troubled) -> Iterator[Troubled]:
    halls.becomes("ok")
    halls.becomes("ok", "guide")
    yield halls
    for printer in (halls.door, halls.guide):
        printer.tell(paper="full", cover_open=False, answers=True, accepts=True, confirms=True)


def test_without_paper_the_number_stands_and_the_slip_comes_when_there_is_some(troubled: Troubled) -> None:
    before = len(troubled.door.slips)
    troubled.door.tell(paper="out")
    troubled.becomes("paper_out")
    kiosk, issued = troubled.taken()
    told = slip_of(kiosk, issued)
    assert (told["state"], told["trouble"], told["number"]) == (
        "waiting",
        "paper_out",
        issued["ticket"]["number"],
    )
    troubled.door.tell(paper="full")
    assert code_on(troubled.door.wait_for(before + 1)[-1]) == issued["url"]
    wait_until(lambda: troubled.slip(told["job"]) == ("printed", ""), "the slip")


def test_a_number_that_was_given_up_meanwhile_gets_no_slip_any_more(troubled: Troubled) -> None:
    before = len(troubled.door.slips)
    troubled.door.tell(cover_open=True)
    troubled.becomes("cover_open")
    (kiosk, gone), (other, there) = troubled.taken(), troubled.taken()
    dropped, kept = slip_of(kiosk, gone), slip_of(other, there)
    troubled.hall.administrator().post(f"/api/v1/tickets/{gone['ticket']['ticket']}/abandon")
    troubled.door.tell(cover_open=False)
    assert code_on(troubled.door.wait_for(before + 1)[before]) == there["url"]
    assert troubled.slip(dropped["job"]) == ("dropped", "called")
    wait_until(lambda: troubled.slip(kept["job"])[0] == "printed", "the other slip")
    assert len(troubled.door.slips) == before + 1


def test_what_nobody_can_know_isnt_printed_twice(troubled: Troubled) -> None:
    before = len(troubled.door.slips)
    troubled.door.tell(confirms=False)
    kiosk, issued = troubled.taken()
    told = slip_of(kiosk, issued)
    wait_until(lambda: troubled.slip(told["job"])[0] == "unsure", "not certain")
    troubled.door.tell(confirms=True)
    other, second = troubled.taken()
    slip_of(other, second)
    printed = troubled.door.wait_for(before + 2)[before:]
    assert [code_on(each) for each in printed] == [issued["url"], second["url"]]


def test_another_printer_stands_in(troubled: Troubled) -> None:
    before = len(troubled.door.slips)
    troubled.guide.tell(accepts=False)
    troubled.becomes("gone", "guide")
    kiosk, issued = troubled.taken()
    told = slip_of(kiosk, issued, printer="guide")
    assert (told["printer"], told["elsewhere"], told["name"]) == ("door", True, "door打印机")
    assert code_on(troubled.door.wait_for(before + 1)[-1]) == issued["url"]


def test_a_kiosk_hears_how_its_printer_is(troubled: Troubled) -> None:
    kiosk = troubled.hall.somebody()
    assert kiosk.get("/api/v1/printer")["printer"]["state"] == "ok"
    screen = troubled.hall.screen(kiosk, screen="kiosk")
    heard: list[Json] = []
    screen.client.on("printer", heard.append)
    troubled.door.tell(paper="out")
    wait_until(lambda: bool(heard), "the kiosk's printer")
    assert (heard[0]["printer"], heard[0]["state"], heard[0]["fine"]) == ("door", "paper_out", False)
    troubled.guide.tell(paper="out")
    troubled.becomes("paper_out", "guide")
    troubled.door.tell(paper="full")
    troubled.becomes("ok")
    elsewhere = {each["printer"]: each["elsewhere"] for each in troubled.office()["printers"]}
    assert elsewhere == {"door": False, "guide": True}


def test_checking_a_hall_names_the_printers_that_arent_there(troubled: Troubled, tmp_path: Path) -> None:
    house = load_house(
        with_printers(tmp_path, door=(troubled.door, ""), far=(Emulator(port=1), 'kiosks = ["x"]'))
    )
    [sentence] = unreached(house)
    assert sentence.startswith("Printer far can't be reached: 127.0.0.1:1:")
    assert isinstance(house.printers[0], Printer)


def test_staff_print_one_more_whenever_they_are_asked(troubled: Troubled) -> None:
    """Also of a number that waits no longer, for which a kiosk prints nothing."""
    before = len(troubled.door.slips)
    kiosk, issued = troubled.taken()
    key = issued["ticket"]["ticket"]
    troubled.hall.administrator().post(f"/api/v1/tickets/{key}/abandon")
    with pytest.raises(Refused) as refused:
        slip_of(kiosk, issued)
    assert refused.value.code == "too_late_to_print"
    told = slip_of(troubled.hall.administrator(), issued, again=True)
    assert (told["again"], told["printer"]) == (True, "door")
    assert code_on(troubled.door.wait_for(before + 1)[-1]) == issued["url"]
