"""A hall whose server can be killed and started again on what it had kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.running import MORNING, PASSWORD, PATIENCE, RunningHall, first_words, start


class MortalHall(RunningHall):
    """Dies without a word, as in a power cut."""

    folder: Path

    def die(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=PATIENCE)

    def rise(self, clock: str = MORNING) -> None:
        """On another port; those who were let in are still known."""
        self.process = start(self.folder, clock=clock)
        self.url = address(first_words(self.process))


@contextmanager
def mortal_hall(data: Path) -> Iterator[MortalHall]:
    process = start(data)
    hall = MortalHall("", process, "", "")
    try:
        hall.said = first_words(process)
        hall.url = address(hall.said)
        found = PASSWORD.search(hall.said)
        hall.one_time_password = found[1] if found else ""
        hall.folder = data
        yield hall
        hall.leave()
    finally:
        hall.die()


def address(said: str) -> str:
    """The first address that a server tells of its own machine."""
    line = next(line for line in said.splitlines() if "http://localhost:" in line)
    return "http://127.0.0.1:" + line.rpartition(":")[2].strip("/ ")
