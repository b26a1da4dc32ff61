"""Kills servers and their database under load, and looks each time: was anything lost, doubled or torn?

One server process, or two with Redis between, on one PostgreSQL. Everybody presses; in the middle of it the
database is stopped as a power cut stops it and started again, or isn't; then the servers are killed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import psycopg

from storage.moving import copy_out
from tests.cluster import Cluster
from tests.faults.crowd import crowded_hall
from tests.faults.judging import Records, Told, judge
from tests.faults.rushing import Crowd
from tests.faults.torture import Outcome, done, pause, seats, untried
from tests.faults.victim import NINE
from tests.many.stage import Process, Redis, hall_file
from tests.running import wait_until

RUSH, ON = 60, 20
"""Events before something is killed, and events by which a hall shows that it goes on."""

AWAY = 0.3
"""Seconds that the database is left away."""


class Servers:
    """All processes of one hall; their simulated clock goes on over every restart."""

    def __init__(self, home: Path, address: str, queue: str, many: int) -> None:
        self.home, self.address, self._many = home, address, many
        self._hall = hall_file(home, crowded_hall(home), address, queue)
        self._began, self._copies, self._started = time.monotonic(), 0, 0
        self.running: list[Process] = []
        self.said = ""

    def start(self) -> None:
        """All that don't run."""
        while len(self.running) < self._many:
            clock = NINE + timedelta(seconds=time.monotonic() - self._began)
            at = clock.isoformat(timespec="milliseconds")
            self._started += 1
            said = self.home / f"said-{self._started}.txt"
            self.running.append(Process(self._hall, self.home / "data", said, at))

    @property
    def urls(self) -> Sequence[str]:
        return [each.url for each in self.running]

    def wait_for(self, events: int, rng: random.Random) -> None:
        """Until so many more stand in the log, and a moment, so that it comes at any point."""
        stands = self.stand_at()
        wait_until(lambda: self.stand_at() >= stands + events, f"{events} events")
        pause(rng.uniform(0, 0.1))

    def stand_at(self) -> int:
        with psycopg.connect(self.address) as conn:
            row = conn.execute("SELECT seq FROM halls").fetchone()
        return int(row[0]) if row else 0

    def kill(self, rng: random.Random) -> None:
        """One after the other, in any order, with presses at the others between."""
        rng.shuffle(self.running)
        while self.running:
            pause(rng.uniform(0, 0.1))
            self._end(kills=True)

    def kill_one(self, rng: random.Random) -> str:
        """Whichever; the address that nobody answers at any more."""
        rng.shuffle(self.running)
        url = self.running[-1].url
        self._end(kills=True)
        return url

    def close(self) -> None:
        while self.running:
            self._end()

    def _end(self, kills: bool = False) -> None:
        process = self.running.pop()
        if kills:
            process.kill()
        process.stop()
        self.said += process.said()

    def records(self) -> Records:
        """What the database holds at this moment, as a file."""
        self._copies += 1
        file = self.home / f"copy-{self._copies}.db"
        copy_out(self.address, "crowd", file)
        return Records(file)


def torture(home: Path, cluster: Cluster, rounds: int, seed: str, processes: int) -> Outcome:
    """Every other round its database dies first."""
    home.mkdir()
    rng, told, outcome = random.Random(seed), Told(), Outcome()
    with ExitStack() as stack:
        redis = Redis(home) if processes > 1 else None
        if redis:
            stack.callback(redis.stop)
        servers = Servers(home, cluster.new_database(), redis.url if redis else "", processes)
        servers.start()
        crowd = Crowd(seed, seats(servers.urls[0], servers.running[0].said()))
        stack.callback(crowd.leave)
        stack.callback(servers.close)  # first of all: who presses stops when nobody answers
        for n in range(rounds):
            crowd.send(servers.urls[0], True, *servers.urls[1:], wanted=untried(told))
            servers.wait_for(RUSH, rng)
            if n % 2 == 0:
                crash(cluster)
                servers.wait_for(ON, rng)
            servers.kill(rng)
            crowd.hear(told)
            outcome.kills += 1
            outcome.note(judge(told, servers.records()))
            servers.start()
        crowd.send(servers.urls[0], False, *servers.urls[1:])
        crowd.hear(told)
        servers.close()
        outcome.note(judge(told, servers.records()))
    assert "Traceback" not in servers.said and not told.open, servers.said
    outcome.done = done(told)
    outcome.acknowledged, outcome.repeated = len(told.changes), told.repeated
    return outcome


def crash(cluster: Cluster) -> None:
    """As by a power cut: nothing is finished, nothing more is written."""
    cluster.stop("immediate")
    pause(AWAY)
    cluster.start()
