"""Kills one of two processes while the other serves, with Redis cut or hanging at any moment.

What had no answer is asked of the other process with its key. After each kill the boards at both have to be
right, and now and then all is held against what the database holds.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.cluster import Cluster
from tests.faults.judging import Told, judge
from tests.faults.rushing import Crowd
from tests.faults.torture import Outcome, done, pause, repeat_some, seats, untried
from tests.faults.torture_database import Servers
from tests.many.stage import Redis
from tests.running import Person, Screen

TOGETHER, ALONE = 0.8, 0.8
"""Seconds that people press at both, and at the least at the one that was left."""

MOST_KILLS, JUDGED_EVERY = 10, 5
"""A hall has only so many numbers in a day."""

REDIS_IS = ("there", "stopped", "hanging")
AWAY = 1.5
"""Seconds at the most."""


class Boards:
    """One at each process; each has to hear every event since it came, in order."""

    def __init__(self, servers: Servers, told: Told) -> None:
        self._servers, self._told = servers, told
        self._screens: dict[str, Screen] = {}
        self.holes: list[str] = []

    def follow(self) -> None:
        """At every process that runs, and at no other."""
        for url in self._screens.keys() - set(self._servers.urls):
            self._leave(self._screens.pop(url))
        for url in set(self._servers.urls) - self._screens.keys():
            self._screens[url] = Screen(Person(url), screen="board", area="main")

    def must_be_right(self) -> None:
        """As far as the log has come by now."""
        seq = self._servers.stand_at()
        for screen in self._screens.values():
            if screen.joined["seq"] < seq:
                screen.wait_for(seq)

    def leave(self) -> None:
        while self._screens:
            self._leave(self._screens.popitem()[1])

    def _leave(self, screen: Screen) -> None:
        """What it was told until then, none left out; what was under way when it came may be told twice."""
        screen.close()
        first = screen.joined["seq"]
        news = [event for event in screen.events() if event["seq"] > first]
        if [event["seq"] for event in news] != list(range(first + 1, first + 1 + len(news))):
            self.holes.append(f"a board that came at {first} heard {[event['seq'] for event in news]}")
        heard = [{"what": "heard"} | event | {"window": None} for event in news]
        self._told.take({"told": heard})


@contextmanager
def troubled(redis: Redis, rng: random.Random) -> Iterator[None]:
    """Meanwhile it is there, or goes away for a moment, or hangs."""
    what, before, seconds = rng.choice(REDIS_IS), rng.uniform(0, AWAY), rng.uniform(0.2, AWAY)
    trouble = threading.Thread(target=trouble_it, args=(redis, what, before, seconds))
    trouble.start()
    try:
        yield
    finally:
        trouble.join()


def trouble_it(redis: Redis, what: str, before: float, seconds: float) -> None:
    if what == "there":
        return
    pause(before)
    if what == "hanging":
        with redis.hanging():
            pause(seconds)
        return
    redis.stop()
    pause(seconds)
    redis.start()


def one_dies(servers: Servers, crowd: Crowd, told: Told, rng: random.Random) -> None:
    """Everybody presses at both; then at the one that is left, while the other is started again."""
    urls = rng.sample(servers.urls, len(servers.urls))
    crowd.send(urls[0], True, *urls[1:], seconds=TOGETHER, wanted=untried(told))
    pause(rng.uniform(0.1, TOGETHER))
    servers.kill_one(rng)
    crowd.hear(told)
    crowd.send(servers.urls[0], True, seconds=ALONE, wanted=untried(told))
    servers.start()
    crowd.hear(told)


def torture(home: Path, cluster: Cluster, kills: int, seed: str) -> Outcome:
    """One hall from its first number to its last."""
    home.mkdir()
    rng, told, outcome = random.Random(seed), Told(), Outcome(watches=frozenset())
    with ExitStack() as stack:
        redis = Redis(home)
        stack.callback(redis.stop)
        servers = Servers(home, cluster.new_database(), redis.url, 2)
        stack.callback(servers.close)
        servers.start()
        crowd, boards = Crowd(seed, seats(servers.urls[0], servers.running[0].said())), Boards(servers, told)
        stack.callback(crowd.leave)
        stack.callback(boards.leave)
        for n in range(kills):
            boards.follow()
            with troubled(redis, rng):
                one_dies(servers, crowd, told, rng)
            boards.follow()
            boards.must_be_right()
            outcome.kills += 1
            if n % JUDGED_EVERY == JUDGED_EVERY - 1:
                outcome.note(judge(told, servers.records()))
        crowd.send(servers.urls[0], False)
        crowd.hear(told)
        for url in servers.urls:
            repeat_some(url, told)
        boards.must_be_right()
    outcome.note(judge(told, servers.records()))
    outcome.found.holes += boards.holes
    assert "Traceback" not in servers.said and not told.open, servers.said
    outcome.done = done(told)
    outcome.acknowledged, outcome.repeated = len(told.changes), told.repeated
    return outcome


def torture_halls(
    home: Path, cluster: Cluster, kills: int, seed: str, say: Callable[[str], None]
) -> Outcome:
    """As many as it takes, one after the other."""
    outcome = Outcome(watches=frozenset())
    for n, first in enumerate(range(0, kills, MOST_KILLS)):
        came = torture(home / f"hall-{n}", cluster, min(MOST_KILLS, kills - first), f"{seed}-{n}")
        say(f"hall {n + 1}: {came.last_line}, {came.acknowledged} acknowledged, {came.repeated} repeated")
        outcome.add(came)
    return outcome
