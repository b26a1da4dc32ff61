"""The day ends while tickets wait, the server dies of it, the clock jumps back: each day is one day."""

from __future__ import annotations

from pathlib import Path

from tests.faults.disks import must_be_sound
from tests.faults.judging import Records
from tests.running import SMALL, RunningHall, first_words, running_hall, start, wait_until

BEFORE_MIDNIGHT, AFTER_MIDNIGHT = "2026-10-12T23:59:58", "2026-10-13T00:00:10"
TUESDAY, MONDAY = "2026-10-13T09:00", "2026-10-12T09:00"


def a_day_with_people_left(hall: RunningHall) -> dict[str, str]:
    """One is called, one is served, one is held, one waits; their keys."""
    li, wang, kiosk = hall.clerk("li"), hall.clerk("wang"), hall.somebody()
    li.press("sit", "1"), wang.press("sit", "2")
    for _ in range(4):
        kiosk.take()
    keys = {"held": li.press("call_next", "1")["ticket"]["ticket"]}
    li.press("serve", "1"), li.press("hold", "1")
    keys["serving"] = li.press("call_next", "1")["ticket"]["ticket"]
    li.press("serve", "1")
    keys["called"] = wang.press("call_next", "2")["ticket"]["ticket"]
    return keys


def ends(records: Records) -> list[str | None]:
    return [event.ticket for event in records.events if event.action == "expire"]


def test_a_day_that_ends_while_people_wait_ends_once_also_when_the_server_dies_of_it(tmp_path: Path) -> None:
    with running_hall(tmp_path) as hall:
        keys = a_day_with_people_left(hall)
    process = start(tmp_path, SMALL, BEFORE_MIDNIGHT)
    first_words(process)
    wait_until(lambda: ends(Records(tmp_path / "hall.db")), "the end of the day")
    process.kill(), process.communicate()
    with running_hall(tmp_path, clock=AFTER_MIDNIGHT) as hall:
        board = hall.screen(screen="board", area="main")
        wait_until(lambda: board.told["beat"], "a beat")
    with running_hall(tmp_path, clock=TUESDAY) as hall:
        assert hall.somebody().take()["ticket"]["number"] == "A001"
    records = must_be_sound(tmp_path)
    assert len(ends(records)) == len(set(ends(records))) == 4
    states = {name: records.tickets[key]["state"] for name, key in keys.items()}
    assert states == {"held": "abandoned", "serving": "finished", "called": "no_show"}
    assert records.tickets[keys["serving"]]["outcome"] == "unclosed"


def test_a_clock_that_jumps_back_gives_out_no_number_again(tmp_path: Path) -> None:
    """An hour, then over midnight into yesterday."""
    numbers = []
    for clock in (TUESDAY, "2026-10-13T08:00", MONDAY):
        with running_hall(tmp_path, clock=clock) as hall:
            board = hall.screen(screen="board", area="main")
            numbers.append(hall.somebody().take()["ticket"]["number"])
            wait_until(lambda: board.told["beat"], "a beat")  # noqa: B023 - waited for here
    assert numbers == ["A001", "A002", "A003"]
    records = must_be_sound(tmp_path)
    assert {row["day"] for row in records.tickets.values()} == {"2026-10-13"}
    assert {row["state"] for row in records.tickets.values()} == {"waiting"}
    ats = [event.at for event in records.events]
    assert ats == sorted(ats)
    jumps = [event.after["seconds"] for event in records.events if event.action == "clock_back"]
    assert [round(seconds / 3600) for seconds in jumps] == [1, 24]
