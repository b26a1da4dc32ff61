"""Who sits at a window is shown to everybody; the id that signs in is for staff alone."""

from __future__ import annotations

from typing import Any

from tests.running import RunningHall


def opened(hall: RunningHall) -> tuple[dict[str, Any], str]:
    """Li sits at window 1 and has called a ticket: the press's answer and the ticket's link."""
    li, kiosk = hall.clerk("li"), hall.somebody()
    li.press("sit", "1")
    link = kiosk.take("id-card")["link"]
    return li.press("call_next", "1"), link


def served(hall: RunningHall) -> int:
    """The visit at window 1 takes its course; the last event's seq."""
    hall.clerk("li").press("serve", "1")
    return int(hall.clerk("li").press("finish", "1")["seq"])


def sitters(windows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [window["clerk"] for window in windows if window and window["clerk"]]


def test_public_screens_show_the_name_and_not_the_id(server: RunningHall) -> None:
    answer, link = opened(server)
    screens = [
        server.screen(screen="board", area="main"),
        server.screen(screen="announcer", area="main"),
        server.screen(screen="panel", window="1"),
        server.screen(screen="pad", window="1"),
        server.screen(screen="phone", token=link.removeprefix("/t/")),
    ]
    views = [screen.joined["snapshot"] for screen in screens]
    windows = [each for view in views for each in view.get("windows", [view.get("window")])]
    assert len(sitters(windows)) >= len(screens)
    assert {frozenset(clerk) for clerk in sitters(windows)} == {frozenset({"name", "post", "promise"})}

    last = served(server)
    for screen in screens:
        heard = sitters([event.get("window") for event in screen.wait_for(last)])
        assert heard and not [clerk for clerk in heard if "id" in clerk]
        missed = screen.ask("catch_up", {"since": answer["seq"]})["events"]
        assert not [clerk for clerk in sitters([each.get("window") for each in missed]) if "id" in clerk]


def test_staff_screens_know_whose_window_it_is(server: RunningHall) -> None:
    opened(server)
    terminal = server.screen(server.clerk("li"), screen="terminal", window="1")
    office = server.screen(server.administrator(), screen="office")
    assert terminal.joined["snapshot"]["window"]["clerk"]["id"] == "li"
    assert "li" in {clerk["id"] for clerk in sitters(office.joined["snapshot"]["windows"])}
    last = served(server)
    for screen in (terminal, office):
        assert screen.wait_for(last)[-1]["window"]["clerk"]["id"] == "li"


def test_the_list_of_windows_names_ids_to_staff_alone(server: RunningHall) -> None:
    opened(server)
    for person, knows in ((server.clerk("li"), True), (server.somebody(), False)):
        one = person.get("/api/v1/windows/1")["view"]
        every = [each["view"] for each in person.get("/api/v1/windows")["windows"]]
        assert [("id" in clerk) for clerk in sitters([one, *every])] == [knows] * len(sitters([one, *every]))
        assert one["clerk"]["name"]["zh_Hans"] == "李敏"
    served(server)
