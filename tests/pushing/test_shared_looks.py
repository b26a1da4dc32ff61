"""What many screens see alike is drawn once for a moment, and never shown of another."""

from __future__ import annotations

from queueing.clock import shifted
from web.shared_looks import SharedLooks

AT = "2026-10-12T01:00:00.000Z"


class Counted:
    """Draws, and counts how often."""

    def __init__(self, speed: float = 1.0) -> None:
        self.looks, self.drawn = SharedLooks(speed), 0

    def seen(self, what: str, seq: int, at: str = AT) -> str:
        def draw() -> str:
            self.drawn += 1
            return f"{what} at {seq}"

        return self.looks.seen(what, seq, at, draw)


def test_a_thousand_screens_at_once_are_one_drawing() -> None:
    counted = Counted()
    assert {counted.seen("board", 7) for _ in range(1000)} == {"board at 7"}
    assert counted.drawn == 1


def test_what_has_happened_since_is_seen() -> None:
    counted = Counted()
    assert counted.seen("board", 7) == "board at 7"
    assert counted.seen("board", 8) == "board at 8"
    assert counted.seen("board", 7) == "board at 7", "a look that began before sees its own moment"
    assert counted.drawn == 3


def test_areas_are_seen_apart() -> None:
    counted = Counted()
    assert counted.seen("ground", 7) != counted.seen("first", 7)


def test_waits_change_as_time_passes() -> None:
    counted = Counted(speed=60.0)
    counted.seen("line", 7)
    counted.seen("line", 7, shifted(AT, seconds=59))
    assert counted.drawn == 1
    counted.seen("line", 7, shifted(AT, seconds=61))
    counted.seen("line", 7, AT)
    assert counted.drawn == 3, "too late, and too early"


def test_what_is_still_being_drawn_of_an_older_moment_is_kept_to_those_who_asked_then() -> None:
    looks = SharedLooks(1.0)

    def slow() -> str:
        assert looks.seen("board", 8, AT, lambda: "new") == "new"
        return "old"

    assert looks.seen("board", 7, AT, slow) == "old"
    assert looks.seen("board", 8, AT, lambda: "drawn again") == "new"
