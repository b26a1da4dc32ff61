"""What a server holds of its machine, as the kernel counts it, and what that came to over the days."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

SOCKET = "socket:"


@dataclass(frozen=True)
class Held:
    """Memory, open files, sockets and threads of one process at one moment, and the size of its database."""

    megabytes: float
    names: tuple[str, ...]
    sockets: int
    threads: int
    database: float = 0.0

    @property
    def files(self) -> int:
        return len(self.names)

    @property
    def open(self) -> tuple[int, int, int]:
        return self.files, self.sockets, self.threads


def held_by(process: int, data: Path) -> Held:
    """As it is now."""
    proc = Path(f"/proc/{process}")
    kinds = [kind_of(entry) for entry in (proc / "fd").iterdir()]
    status = dict(line.split(":", 1) for line in (proc / "status").read_text().splitlines())
    return Held(
        megabytes=int(status["VmRSS"].split()[0]) / 1024,
        names=tuple(kind for kind in kinds if kind not in ("", SOCKET)),
        sockets=kinds.count(SOCKET),
        threads=int(status["Threads"]),
        database=sum(file.stat().st_size for file in data.glob("hall.db*")) / 2**20,
    )


def kind_of(entry: Path) -> str:
    """What a descriptor is; empty when it was closed while we looked."""
    try:
        target = str(entry.readlink())
    except FileNotFoundError:
        return ""
    return SOCKET if target.startswith(SOCKET) else target


@dataclass(frozen=True)
class Evening:
    """One day: who came, whether all went well, what the server held when everybody had left."""

    day: str
    tickets: int
    ratings: int
    good: bool
    held: Held


HEAD = "day           tickets  ratings    memory  files  sockets  threads   database"


def row(evening: Evening) -> str:
    held = evening.held
    said = f"{evening.day:12}{evening.tickets:9,}{evening.ratings:9,}{held.megabytes:7.1f} MB{held.files:7}"
    said += f"{held.sockets:9}{held.threads:9}{held.database:8.1f} MB"
    return said if evening.good else said + "   not everything went well"


def growth(evenings: list[Evening]) -> float:
    """Percent of memory that the last evening holds more than the first."""
    return 100 * (evenings[-1].held.megabytes / evenings[0].held.megabytes - 1)


def last_line(evenings: list[Evening]) -> str:
    first, last = evenings[0].held, evenings[-1].held
    return (
        f"days={len(evenings)} memory={growth(evenings):+.1f}% "
        f"files={last.files - first.files:+d} sockets={last.sockets - first.sockets:+d}"
    )


def left_open(evenings: list[Evening]) -> str:
    """The files that the last evening has more of than the first."""
    first, last = Counter(evenings[0].held.names), Counter(evenings[-1].held.names)
    more = {Path(name).name: number for name, number in (last - first).items()}
    return f"left open: {more}" if more else ""


def nothing_left_over(evenings: list[Evening], most_growth: float) -> bool:
    """Whether the last evening is as the first, and no day had trouble."""
    same = evenings[-1].held.open == evenings[0].held.open
    return same and growth(evenings) <= most_growth and all(evening.good for evening in evenings)
