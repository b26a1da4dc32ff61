"""One announcer of an area speaks; the next one takes over what wasn't said, and says nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.running import Json, RunningHall, Screen, wait_until
from web.speaking import KEPT, LEASE_SECONDS, Able, Loudspeakers, Speak


class Clock:
    """Real time, turned by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hall(clock: Clock) -> Loudspeakers:
    return Loudspeakers(clock)


def ask(
    hall: Loudspeakers,
    machine: str,
    able: Able = "voice",
    said: Any = (),
    socket: str = "",
    area: str = "main",
) -> Json:
    wish = Speak(machine=machine, able=able, said=list(said))
    return hall.ask(area, socket or f"socket of {machine}", wish)


def test_one_speaks_and_the_other_is_told_so(hall: Loudspeakers) -> None:
    assert ask(hall, "a") == {"speaks": True, "elsewhere": False, "said": []}
    assert ask(hall, "b") == {"speaks": False, "elsewhere": True, "said": []}
    assert ask(hall, "a")["speaks"]


def test_each_area_has_its_own(hall: Loudspeakers) -> None:
    assert ask(hall, "a")["speaks"]
    assert ask(hall, "b", area="upstairs")["speaks"]


def test_a_machine_that_falls_silent_is_followed_after_the_lease(hall: Loudspeakers, clock: Clock) -> None:
    ask(hall, "a")
    clock.now = LEASE_SECONDS - 0.1
    assert not ask(hall, "b")["speaks"]
    clock.now = LEASE_SECONDS
    assert ask(hall, "b")["speaks"]
    assert ask(hall, "a") == {"speaks": False, "elsewhere": True, "said": []}


def test_a_machine_that_leaves_is_followed_at_once(hall: Loudspeakers) -> None:
    ask(hall, "a"), ask(hall, "b")
    hall.leave("socket of b")
    assert not ask(hall, "b")["speaks"]
    hall.leave("socket of a")
    assert ask(hall, "b")["speaks"]


def test_a_machine_that_is_back_by_another_socket_goes_on(hall: Loudspeakers) -> None:
    ask(hall, "a", socket="broken")
    assert ask(hall, "a", socket="new")["speaks"]
    hall.leave("broken")
    assert not ask(hall, "b")["speaks"]


def test_a_voice_comes_before_a_chime_and_a_chime_before_silence(hall: Loudspeakers) -> None:
    assert ask(hall, "mute", "none") == {"speaks": False, "elsewhere": False, "said": []}
    assert ask(hall, "bell", "chime")["speaks"]
    assert not ask(hall, "bell 2", "chime")["speaks"]
    assert ask(hall, "mouth", "voice")["speaks"]
    assert not ask(hall, "bell", "chime")["speaks"]
    assert not ask(hall, "mouth", "none")["speaks"]
    assert ask(hall, "bell", "chime")["speaks"]


def test_what_was_said_is_told_once_to_every_other_machine(hall: Loudspeakers) -> None:
    ask(hall, "a"), ask(hall, "b")
    ask(hall, "a", said=["t1 1 at1", "t2 1 at2"])
    assert ask(hall, "b")["said"] == ["t1 1 at1", "t2 1 at2"]
    assert ask(hall, "b")["said"] == []
    assert ask(hall, "a")["said"] == []
    assert ask(hall, "new")["said"] == ["t1 1 at1", "t2 1 at2"]


def test_who_has_lost_the_lease_in_the_middle_of_a_sentence_still_tells_it(
    hall: Loudspeakers, clock: Clock
) -> None:
    ask(hall, "a")
    clock.now = LEASE_SECONDS
    assert ask(hall, "b")["speaks"]
    ask(hall, "a", said=["t1 1 at"])
    assert ask(hall, "b")["said"] == ["t1 1 at"]


def test_no_more_is_kept_than_a_day_needs(hall: Loudspeakers) -> None:
    ask(hall, "b")
    for number in range(KEPT + 50):
        ask(hall, "a", said=[f"t{number} 1 at"])
    for listener in ("b", "new"):
        told = ask(hall, listener)["said"]
        assert len(told) == KEPT and told[-1] == f"t{KEPT + 49} 1 at"


def question(machine: str, **more: Any) -> Json:
    return {"machine": machine, "able": "voice", "said": []} | more


def speaks(screen: Screen, machine: str) -> bool:
    return bool(screen.ask("speak", question(machine))["speaks"])


def becomes_the_speaker(screen: Screen, machine: str) -> None:
    """As soon as the hall has seen the last one go."""
    wait_until(lambda: speaks(screen, machine), f"{machine} to speak")


@pytest.fixture
def pair(server: RunningHall) -> Iterator[tuple[Screen, Screen]]:
    """Two announcers of the same area."""
    first, second = (server.screen(screen="announcer", area="main") for _ in range(2))
    yield first, second
    first.close(), second.close()


def test_the_lease_passes_on_with_the_socket(pair: tuple[Screen, Screen]) -> None:
    first, second = pair
    becomes_the_speaker(first, "a")
    assert not speaks(second, "b")
    first.ask("speak", question("a", said=["t1 1 2026-10-12T01:00:00.000Z"]))
    first.close()
    becomes_the_speaker(second, "b")


def test_a_machine_that_comes_learns_what_was_said(pair: tuple[Screen, Screen]) -> None:
    first, second = pair
    first.ask("speak", question("a", said=["t2 1 2026-10-12T01:00:00.000Z"]))
    assert "t2 1 2026-10-12T01:00:00.000Z" in second.ask("speak", question("b"))["said"]


def test_a_machine_that_moves_to_another_area_leaves_its_lease(pair: tuple[Screen, Screen]) -> None:
    first, second = pair
    becomes_the_speaker(first, "a")
    assert first.ask("join", {"screen": "announcer", "area": "main"})["ok"]
    assert not speaks(second, "b")
    assert first.ask("join", {"screen": "announcer", "area": "upstairs"})["ok"]
    assert speaks(second, "b")


@pytest.mark.parametrize("wish", [{"screen": "board", "area": "main"}, {"screen": "announcer"}])
def test_only_an_announcer_of_an_area_may_speak(server: RunningHall, wish: dict[str, str]) -> None:
    assert server.screen(**wish).ask("speak", question("a")) == {"ok": False}


def test_an_area_that_is_none_has_no_lease(server: RunningHall) -> None:
    screen = server.screen(screen="announcer", area="nowhere")
    assert not screen.joined["ok"]
    assert not screen.ask("speak", question("a"))["ok"]
