"""What the player knows of the floor from pushes alone."""

from __future__ import annotations

from typing import Any

from bench.day_floor import Floor


def ticket(key: str, state: str, service: str = "return", direct: str | None = None) -> dict[str, Any]:
    return {"ticket": key, "state": state, "service": service, "direct_window": direct}


def happens(floor: Floor, *tickets: dict[str, Any]) -> None:
    for each in tickets:
        floor.take({"action": "any", "ticket": each, "window": None})


def window(number: str, state: str, key: str | None = None) -> dict[str, Any]:
    return {"window": number, "state": state, "ticket": key, "ticket_state": "called" if key else None}


def test_a_line_grows_when_somebody_comes_and_shrinks_with_the_call() -> None:
    floor = Floor()
    happens(floor, ticket("k1", "waiting"), ticket("k2", "waiting"), ticket("k3", "waiting", "deed"))
    assert floor.waiting(["return"]) == 2
    happens(floor, ticket("k1", "called"))
    assert (floor.waiting(["return"]), floor.waiting(["deed"]), floor.everybody_waiting()) == (1, 1, 2)


def test_a_transfer_moves_to_the_other_line() -> None:
    floor = Floor()
    happens(floor, ticket("k1", "waiting"), ticket("k1", "waiting", "deed"))
    assert (floor.waiting(["return"]), floor.waiting(["deed"])) == (0, 1)


def test_a_ticket_sent_to_a_window_stands_in_its_own_line() -> None:
    floor = Floor()
    happens(floor, ticket("k1", "waiting", direct="3"))
    assert (floor.waiting(["return"]), floor.waiting(["window 3"])) == (0, 1)


def test_only_who_serves_the_line_is_woken() -> None:
    floor = Floor()
    one, other = floor.listen(["return", "window 1"]), floor.listen(["deed"])
    happens(floor, ticket("k1", "waiting"))
    assert one.is_set() and not other.is_set()


def test_the_snapshot_and_events_say_what_stands_at_a_window() -> None:
    floor = Floor()
    floor.start(
        {"waiting": [ticket("k9", "waiting")], "windows": [window("1", "open"), window("2", "closed")]}
    )
    assert (floor.open_windows, floor.everybody_waiting()) == ({"1"}, 1)
    floor.take({"action": "call", "ticket": ticket("k9", "called"), "window": window("1", "open", "k9")})
    assert floor.at_window == {"1": ("k9", "called")}
    floor.take({"action": "leave", "ticket": None, "window": window("1", "closed")})
    assert (floor.open_windows, floor.at_window) == (set(), {})


def test_a_watched_ticket_calls_back() -> None:
    floor, seen = Floor(), []
    floor.watch("k1", lambda each: seen.append(each["state"]))
    happens(floor, ticket("k1", "waiting"), ticket("k2", "waiting"), ticket("k1", "called"))
    assert seen == ["waiting", "called"]


def test_an_event_without_anything_public_changes_nothing() -> None:
    floor = Floor()
    floor.take({"seq": 4, "action": "other"})
    assert floor.everybody_waiting() == 0
