"""One process of a hall beside two: what a press costs, how fast it crosses, and Redis gone for a while.

    python -m bench.two_processes                        all three, about a minute
    python -m bench.two_processes --gone 60              Redis is gone for a whole minute

All on PostgreSQL (private, synced) and Redis. A press is a ticket, a call, *serve* or *finish*; one and two
processes are pressed in turns, so whatever else the machine does meets both. Processor time is that of the
hall's processes, with what they do by themselves meanwhile; that of PostgreSQL and Redis stands beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.day_hall import ROOT
from tests.cluster import Cluster, running_cluster
from tests.faults.crowd import WINDOWS, crowded_hall
from tests.many.stage import Process, Stage, stage
from tests.running import Person

VISITS, ROUNDS = 8, 4
"""Of each clerk in a round."""

PAUSE = 0.06
TICK = os.sysconf("SC_CLK_TCK")
DOORS = """
[doors]
presses = 100000
looks = 100000
of_strangers = 100000
sockets_of_strangers = 2000
"""


def used(pids: Sequence[int]) -> float:
    """Seconds of processor time of these processes so far."""
    return sum(_used(pid) for pid in pids)


def _used(pid: int) -> float:
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(words[11]) + int(words[12])) / TICK


def below(pid: int) -> list[int]:
    """The process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


def server_of(cluster: Cluster) -> int:
    return int((cluster.folder / "data" / "postmaster.pid").read_text("utf-8").split()[0])


class Crew:
    """A stage with a clerk at each window, the even ones at the first process."""

    def __init__(self, opened: Stage, processes: int) -> None:
        self.stage = opened
        self.processes = [opened.open_one() for _ in range(processes)]
        chief = opened.administrator(self.processes[0])
        with ThreadPoolExecutor(4) as pool:
            clerks = list(pool.map(lambda w: opened.clerk(f"clerk{w}", chief, self.processes[0]), WINDOWS))
        self.clerks = [
            opened.same_person(clerk, self.processes[n % processes]) for n, clerk in enumerate(clerks)
        ]
        for window, clerk in zip(WINDOWS, self.clerks, strict=True):
            clerk.press("sit", window)

    def work(self, visits: int) -> int:
        """All clerks at once; how many presses that were."""
        with ThreadPoolExecutor(len(WINDOWS)) as pool:
            return sum(pool.map(lambda pair: visit(*pair, visits), zip(self.clerks, WINDOWS, strict=True)))

    @property
    def pids(self) -> list[int]:
        return [each.process.pid for each in self.processes]


def visit(clerk: Person, window: str, visits: int) -> int:
    for _ in range(visits):
        clerk.take()
        clerk.press("call_next", window)
        clerk.press("serve", window)
        clerk.press("finish", window)
    return 4 * visits


def cost(one: Crew, two: Crew, cluster: Cluster) -> None:
    """Milliseconds of processor time for a press, in turns."""
    names = ("one", "two", "one alone", "two alone", "one and database", "two and database")
    figures: dict[str, list[float]] = {name: [] for name in names}
    rates: dict[str, list[float]] = {"one": [], "two": []}
    for crew in (one, two):
        crew.work(2)
    idle = {"one": by_itself(one), "two": by_itself(two)}
    for _ in range(ROUNDS):
        for name, crew in (("one", one), ("two", two)):
            beside = [*below(server_of(cluster)), crew.stage.redis.pid]
            before, before_beside, at = used(crew.pids), used(beside), time.monotonic()
            presses = crew.work(VISITS)
            own, other = used(crew.pids) - before, used(beside) - before_beside
            seconds = time.monotonic() - at
            figures[name].append(1000 * own / presses)
            figures[f"{name} alone"].append(1000 * (own - idle[name] * seconds) / presses)
            figures[f"{name} and database"].append(1000 * (own + other) / presses)
            rates[name].append(presses / seconds)
    print(f"\nProcessor time of a press, ms, {ROUNDS} rounds of {4 * VISITS * len(WINDOWS)} presses in turns")
    for what in ("", " alone", " and database"):
        ones, twos = figures[f"one{what}"], figures[f"two{what}"]
        ratio = median(twos) / median(ones)
        print(f"  hall{what:14s} one {shown(ones)}   two {shown(twos)}   two : one {ratio:.2f}")
    print(f"  alone: without {told(idle['one'])} and {told(idle['two'])} ms a second of their own")
    print(f"  presses a second    one {shown(rates['one'], 0)}   two {shown(rates['two'], 0)}")


def by_itself(crew: Crew) -> float:
    """Seconds of processor time a second while nobody presses."""
    time.sleep(1.5)  # what the last press has set going
    before, at = used(crew.pids), time.monotonic()
    time.sleep(4)
    return (used(crew.pids) - before) / (time.monotonic() - at)


def told(share: float) -> str:
    return f"{1000 * share:.0f}"


def shown(values: Sequence[float], places: int = 2) -> str:
    return f"{median(values):.{places}f} ({min(values):.{places}f} to {max(values):.{places}f})"


class Boards:
    """The screens, in a process of their own."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def ask(self, do: str, **wish: Any) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"do": do} | wish).encode() + b"\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def last(self, name: str, seq: int) -> dict[int, float]:
        """When the last screen there had each event, up to that one."""
        return {int(each): at for each, at in self.ask("seen", name=name, seq=seq)["last"].items()}


@contextmanager
def boards(here: Process, there: Process, screens: int) -> Iterator[Boards]:
    command = [sys.executable, "-m", "bench.followers"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe) as process:
        found = Boards(process)
        for name, at in (("here", here), ("there", there)):
            found.ask("join", name=name, url=at.url, screens=screens)
        yield found


def press(crew: Crew, n: int) -> int:
    """Takes a number and calls it, or finishes; the event's number."""
    clerk, window = crew.clerks[0], WINDOWS[0]
    if n % 2:
        seq: int = clerk.press("mark_no_show", window)["seq"]
        return seq
    clerk.take()
    called: int = clerk.press("call_next", window)["seq"]
    return called


def crossing(crew: Crew, screens: int, presses: int) -> None:
    """From a press at one process to the last screen at both."""
    with boards(*crew.processes, screens) as seen:
        pressed = {}
        for n in range(presses):
            at = time.monotonic()
            pressed[press(crew, n)] = at if n % 2 else None
            time.sleep(PAUSE)
        took = {}
        for name in ("here", "there"):
            had = seen.last(name, max(pressed))
            took[name] = [1000 * (had[seq] - at) for seq, at in pressed.items() if at is not None]
        extra = [there - here for here, there in zip(took["here"], took["there"], strict=True)]
    print(f"\nFrom the press to the last of {screens} screens at each process, ms, {len(extra)} presses")
    for name, values in (*took.items(), ("more there than here", extra)):
        print(f"  {name:22s} p50 {median(values):6.1f}   p99 {quantiles(values, n=100)[98]:6.1f}")


def gone(crew: Crew, screens: int, seconds: float) -> None:
    """Presses go on while Redis is away; when every screen had everything, counted from its return."""
    with boards(*crew.processes, screens) as seen:
        crew.stage.redis.stop()
        until, n, waits = time.monotonic() + seconds, 0, {}
        while time.monotonic() < until:
            at = time.monotonic()
            waits[press(crew, n)] = at
            n += 1
            time.sleep(0.4)
        crew.stage.redis.start()
        back, before = time.monotonic(), max(waits)
        while (at := time.monotonic()) < back + 4:
            waits[press(crew, n)] = at
            n += 1
            time.sleep(0.1)
        had = {name: seen.last(name, max(waits)) for name in ("here", "there")}
    right = max(max(each[seq] for seq in waits if seq <= before) for each in had.values()) - back
    late = [had["there"][seq] - at for seq, at in waits.items() if seq <= before]
    quick = [at - back for seq, at in waits.items() if seq > before and had["there"][seq] - at < 0.2]
    print(f"\nRedis gone for {seconds:.0f} s, {len(waits)} presses, {screens} screens at each process")
    print(f"  meanwhile from press to last screen elsewhere: p50 {median(late):.2f}, most {max(late):.2f} s")
    print(f"  every screen right {max(0.0, right):.2f} s after its return, at once again {min(quick):.2f} s")


def hall_for_many(folder: Path) -> Path:
    file = crowded_hall(folder)
    file.write_text(file.read_text("utf-8") + DOORS, "utf-8")
    return file


def measure(wish: argparse.Namespace) -> None:
    folders = [Path(tempfile.mkdtemp(prefix="hall-two-")) for _ in range(2)]
    with running_cluster() as cluster:
        halls = [stage(folder, cluster.new_database(), hall_for_many(folder)) for folder in folders]
        with halls[0] as alone, halls[1] as together:
            one, two = Crew(alone, 1), Crew(together, 2)
            print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
            cost(one, two, cluster)
            crossing(two, wish.screens, wish.presses)
            gone(two, wish.screens, wish.gone)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.two_processes", description=__doc__.split("\n")[0])
    parser.add_argument("--screens", type=int, default=500, help="at each of the two processes")
    parser.add_argument("--presses", type=int, default=80, help="whose crossing is measured")
    parser.add_argument("--gone", type=float, default=10.0, help="seconds without Redis")
    return parser.parse_args()


if __name__ == "__main__":
    measure(options())
