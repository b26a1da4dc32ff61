"""Lists out of the hall's printers: few at a time at a kiosk, at a window for whom it serves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import zxingcpp
from PIL import Image

from tests.printing.emulator import Emulator, emulated
from tests.printing.halls import with_printers
from tests.running import Json, Person, Refused, RunningHall, running_hall


class Desk:
    """A hall with a printer for its kiosks and one for window 1."""

    def __init__(self, hall: RunningHall, door: Emulator, desk: Emulator) -> None:
        self.hall, self.door, self.desk = hall, door, desk

    def list_at(self, kiosk: Person, service: str = "id-card") -> Json:
        return kiosk.post(f"/api/v1/services/{service}/print", {"language": "zh_Hans"})

    def missing(self, clerk: str, window: str, ticket: str, **wish: object) -> Json:
        body = {"ticket": ticket, "materials": [0]} | wish
        return self.hall.clerk(clerk).post(f"/api/v1/windows/{window}/missing", body)

    def refused(self, code: str, what: object, *wish: str) -> None:
        with pytest.raises(Refused) as refused:
            what(*wish)  # type: ignore[operator]
        assert refused.value.code == code


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("hall")
    with emulated() as door, emulated(384) as at_window:
        file = with_printers(folder, door=(door, ""), desk=(at_window, 'windows = ["1"]'))
        with running_hall(folder / "data", file) as hall:
            yield Desk(hall, door, at_window)


def code_on(image: Image.Image) -> str:
    [found] = zxingcpp.read_barcodes(image.convert("L"))
    return str(found.text)


def test_a_kiosk_prints_a_list_and_soon_no_more(desk: Desk) -> None:
    kiosk = desk.hall.somebody()
    told = [desk.list_at(kiosk) for _ in range(4)]
    assert {(each["what"], each["ticket"], each["printer"], each["trouble"]) for each in told} == {
        ("list", None, "door", None)
    }
    desk.refused("enough_lists", desk.list_at, kiosk)
    desk.refused("unknown_service", desk.list_at, kiosk, "nothing")
    printed = desk.door.wait_for(4)
    assert code_on(printed[0]).endswith("/services/id-card")


def test_what_is_missing_comes_out_at_the_window(desk: Desk) -> None:
    ticket = desk.hall.somebody().take("id-card")["ticket"]
    li, other = desk.hall.clerk("li"), desk.hall.somebody().take("household")["ticket"]["ticket"]
    li.press("sit", "1")
    for name in ("call_next", "serve"):
        li.press(name, "1")
    told = desk.missing("li", "1", ticket["ticket"], other="照片")
    assert (told["what"], told["number"], told["printer"]) == ("missing", ticket["number"], "desk")
    assert code_on(desk.desk.wait_for(1)[0]).endswith("/services/id-card")

    desk.refused("not_your_window", desk.missing, "wang", "1", ticket["ticket"])
    desk.refused("ticket_moved", desk.missing, "li", "1", other)
    desk.hall.clerk("wang").press("sit", "2")
    desk.refused("ticket_moved", desk.missing, "wang", "2", ticket["ticket"])
    assert len(desk.desk.slips) == 1
    assert "照片" not in str(desk.hall.administrator().get("/api/v1/log"))
