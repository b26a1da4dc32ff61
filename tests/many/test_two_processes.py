"""Two processes serve one hall: whatever is pressed at the one, screens at the other learn, in order."""

from __future__ import annotations

from contextlib import suppress
from threading import Event
from typing import Any

import pytest
import requests

from tests.many.stage import LOOKUPS, Stage, news
from tests.running import Person, Refused, Screen, wait_until

MACHINE = {"able": "voice", "watch": 1000.0}


def signed_in(two: Stage) -> Person:
    """A clerk at window 1, at the first process."""
    clerk = two.clerk("li", two.chief, two.processes[0])
    clerk.press("sit", "1", take_over=True)
    return clerk


def test_a_call_pressed_at_one_process_reaches_a_board_at_the_other(two: Stage) -> None:
    there = two.processes[1]
    board, clerk = two.screen(there, screen="board", area="main"), signed_in(two)
    number = clerk.take()["ticket"]["number"]
    called = clerk.press("call_next", "1")
    told = news(board, called["seq"])
    assert told[-1]["action"] == "call" and told[-1]["ticket"]["number"] == number
    assert [each["seq"] for each in told] == list(range(board.joined["seq"] + 1, called["seq"] + 1))


def test_a_window_that_one_process_has_filled_is_full_at_the_other(two: Stage) -> None:
    clerk = signed_in(two)
    clerk.take()
    with suppress(Refused):  # somebody stands there already
        clerk.press("call_next", "1")
    elsewhere = two.same_person(clerk, two.processes[1])
    with pytest.raises(Refused) as refused:
        elsewhere.press("call_next", "1")
    assert refused.value.code == "window_busy"


def test_the_same_press_at_both_processes_is_one_press(two: Stage) -> None:
    person = two.somebody(two.processes[0])
    first = person.post("/api/v1/tickets", {"service": "id-card"}, key="one press")
    again = two.same_person(person, two.processes[1]).post(
        "/api/v1/tickets", {"service": "id-card"}, key="one press"
    )
    assert again == first


def test_who_is_signed_out_at_one_process_hears_nothing_more_at_the_other(two: Stage) -> None:
    clerk = signed_in(two)
    elsewhere = two.same_person(clerk, two.processes[1])
    terminal = Screen(elsewhere, screen="terminal", window="1")
    two.screens.append(terminal)
    assert terminal.joined["ok"]
    two.chief.post("/api/v1/staff/li/sessions/end")
    wait_until(lambda: not terminal.client.connected, "the end of the terminal's socket")


def test_look_ups_are_counted_in_both_processes_together(two: Stage) -> None:
    """Whoever guesses numbers gains nothing by asking here and there."""
    clerk = signed_in(two)
    browsers = [two.same_person(clerk, process) for process in two.processes]
    codes = [
        browsers[n % 2].session.get(f"{browsers[n % 2].url}/api/v1/progress/A{n:03}", timeout=10).status_code
        for n in range(LOOKUPS + 1)
    ]
    assert codes[-1] == 429 and 429 not in codes[:-1], codes


def speaking(screen: Screen, machine: str, **more: Any) -> dict[str, Any]:
    """Asked as often as a machine may."""
    Event().wait(0.1)
    return screen.ask("speak", MACHINE | {"machine": machine} | more)


def test_of_two_announcers_at_two_processes_one_speaks(two: Stage) -> None:
    here, there = two.processes
    first = two.screen(there, screen="announcer", area="upstairs")
    wait_until(lambda: speaking(first, "first")["speaks"], "the only announcer to speak")
    second = two.screen(here, screen="announcer", area="upstairs")
    for _ in range(10):
        answers = (speaking(second, "second"), speaking(first, "first"))
        assert [each["speaks"] for each in answers] == [False, True]
    wait_until(lambda: speaking(second, "second")["elsewhere"] is True, "the news of who speaks")
    first.close()
    wait_until(lambda: speaking(second, "second")["speaks"], "the other announcer to take over")


def test_both_processes_see_one_folder_and_say_that_they_are_well(two: Stage) -> None:
    for process in two.processes:
        wait_until(lambda at=process: healthy(at.url), "both to hear Redis")


def healthy(url: str) -> bool:
    return bool(requests.get(f"{url}/healthz", timeout=10).json() == {"status": "ok"})
