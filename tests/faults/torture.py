"""Kills the server again and again under load, and looks each time: was anything lost, doubled or torn?

python -m tests.faults.torture [--kills 200] [--seed N] [--processes 2]

Halls are killed side by side, two at a time; each lives through 25 kills at most, so that its numbers
suffice.
The last line says `kills=… lost=… doubled=… holes=…`; the exit code is 0 when all three are 0 and no answer
left before its sync. With two processes one of them is killed while the other serves: `torture_by_turns`.
A seed repeats the choices of a run; the moments depend on the machine, too.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.crowd import crowded_hall
from tests.faults.disks import compiled
from tests.faults.judging import Records, Told, Verdict, judge
from tests.faults.rushing import Crowd
from tests.faults.victim import SHIM, Victim
from tests.running import PASSWORD, ROOT, Person, RunningHall

Json = dict[str, Any]
APP = ROOT / "app.py"
WINDOWS = ("1", "2", "3", "4")
WANTED = {"issue", "call_next", "serve", "finish", "finish_and_next", "rate"}
WATCHED = frozenset({"watched an answer", "watched a number"})
"""What the shim says of itself, where a hall has one."""

MOST_KILLS = 25
SIDE_BY_SIDE = 2
LONGEST_RUSH = 0.6
LONGEST_START = 1.2
KILLED_AT_THE_START = 0.1
"""The share of kills that come before the hall is open."""


@dataclass
class Outcome:
    """What came of one hall, or of all."""

    kills: int = 0
    acknowledged: int = 0
    repeated: int = 0
    found: Verdict = field(default_factory=Verdict)
    early: list[str] = field(default_factory=list)
    watched: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    watches: frozenset[str] = WATCHED

    def add(self, other: Outcome) -> None:
        self.kills += other.kills
        self.acknowledged += other.acknowledged
        self.repeated += other.repeated
        self.note(other.found)
        self.early += other.early
        self.watched |= other.watched
        self.done |= other.done

    def note(self, found: Verdict) -> None:
        self.found.lost += found.lost
        self.found.doubled += found.doubled
        self.found.holes += found.holes

    @property
    def last_line(self) -> str:
        found = self.found
        return (
            f"kills={self.kills} lost={len(found.lost)} doubled={len(found.doubled)} holes={len(found.holes)}"
        )

    @property
    def good(self) -> bool:
        """Nothing found, by a torture that hurt: every kind of press was acknowledged, the shim saw it."""
        found = self.found
        return not (self.untried or found.lost or found.doubled or found.holes or self.early)

    @property
    def untried(self) -> list[str]:
        """What should have happened under the kills and didn't: then they prove nothing."""
        return sorted((WANTED - self.done) | (self.watches - self.watched))


def seats(url: str, said: str) -> list[str]:
    """A clerk signed in at each window, as the arguments that a client process takes."""
    found = PASSWORD.search(said)
    assert found, said
    hall = RunningHall(url, None, found[1], said)  # type: ignore[arg-type]
    taken = []
    for window in WINDOWS:
        clerk = hall.clerk(f"clerk{window}")
        clerk.press("sit", window)
        taken.append(f"{window}={clerk.cookies()}")
    hall.leave()
    return taken


def torture(home: Path, shim: Path, kills: int, seed: str, script: Path = APP) -> Outcome:
    """One hall's whole suffering; the honest server sets it up, the script comes from the first kill on."""
    home.mkdir()
    rng, told, outcome = random.Random(seed), Told(), Outcome()
    victim = Victim(home, crowded_hall(home), "crowd", shim)
    victim.start()
    url = victim.opened()
    crowd = Crowd(seed, seats(url, victim.said))
    victim.script, wait = script, 0.0
    while url and outcome.kills < kills:
        rush_and_kill(victim, crowd, url, told, rng.uniform(0.02, LONGEST_RUSH) + wait)
        outcome.kills, wait = outcome.kills + 1, wait + LONGEST_RUSH if untried(told) else 0.0
        outcome.note(judge(told, Records(copied(victim, home / "copy"))))
        url = "" if victim.violations() else risen(victim, rng, outcome, kills)
    if url:
        repeat_the_last(victim, crowd, url, told)
        outcome.note(judge(told, Records(copied(victim, home / "copy"))))
        assert "Traceback" not in victim.said and not told.open, victim.said
    crowd.leave()
    outcome.done = done(told)
    outcome.acknowledged, outcome.repeated = len(told.changes), told.repeated
    outcome.early, outcome.watched = victim.violations(), set(victim.notes()) - set(victim.violations())
    return outcome


def rush_and_kill(victim: Victim, crowd: Crowd, url: str, told: Told, seconds: float) -> None:
    """Everybody presses, and in the middle of it the server is gone."""
    crowd.send(url, press=True, wanted=untried(told))
    pause(seconds)
    victim.kill()
    crowd.hear(told)


def done(told: Told) -> set[str]:
    return {fact["what"] for fact in told.changes.values()}


def untried(told: Told) -> set[str]:
    """What nobody of this hall has been answered yet; until then each round is longer than the last."""
    return WANTED - done(told)


def risen(victim: Victim, rng: random.Random, outcome: Outcome, kills: int) -> str:
    """The server's new address; now and then it is killed before it is open, too."""
    victim.start()
    while outcome.kills < kills and rng.random() < KILLED_AT_THE_START:
        pause(rng.uniform(0, LONGEST_START))
        victim.kill()
        outcome.kills += 1
        victim.start()
    return victim.opened()


def repeat_the_last(victim: Victim, crowd: Crowd, url: str, told: Told) -> None:
    """What has no answer gets one; what was answered long ago gets the same answer again; then it closes."""
    crowd.send(url, press=False)
    crowd.hear(told)
    repeat_some(url, told)
    victim.close()


def repeat_some(url: str, told: Told) -> None:
    """One of twenty presses that need no password, once more with its key."""
    nobody = Person(url)
    for fact in [each for each in told.changes.values() if not each["by_staff"]][::20]:
        answer = nobody.post(f"/api/v1{fact['path']}", fact["body"], fact["key"])
        answer.pop("url", None)
        told.take({"told": [fact | {"again": True, "answer": answer}]})
    nobody.close()


def copied(victim: Victim, to: Path) -> Path:
    """The files as the killed process left them; to open them here would tidy them up."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir()
    for file in victim.data.glob("hall.db*"):
        if not file.name.endswith("-shm"):
            shutil.copy(file, to)
    return to / "hall.db"


def pause(seconds: float) -> None:
    """Lets the clients press for a while."""
    subprocess.run(["sleep", f"{seconds:.3f}"], check=True)


def torture_all(home: Path, kills: int, seed: int) -> Outcome:
    """As many halls as it takes, two at a time."""
    shim, outcome = compiled(SHIM, home), Outcome()
    halls = max(SIDE_BY_SIDE if kills > 1 else 1, -(-kills // MOST_KILLS))
    shares = [kills // halls + (n < kills % halls) for n in range(halls)]

    def one(n: int) -> Outcome:
        came = torture(home / f"hall-{n}", shim, shares[n], f"{seed}-{n}")
        say(f"hall {n + 1} of {halls}: {came.last_line}, {came.acknowledged} changes acknowledged, "
            f"{came.repeated} repeated")  # fmt: skip
        return came

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        for came in pool.map(one, range(halls)):
            outcome.add(came)
    return outcome


def torture_both(home: Path, kills: int, seed: int) -> Outcome:
    """Two processes of one hall after the other, in a database of their own."""
    from tests.cluster import running_cluster
    from tests.faults.torture_by_turns import torture_halls

    with running_cluster() as cluster:
        return torture_halls(home, cluster, kills, str(seed), say)


TORTURES = {1: torture_all, 2: torture_both}


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill the server under load, again and again.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--processes", type=int, default=1, choices=(1, 2), help="2: on PostgreSQL")
    options = parser.parse_args()
    say(f"seed={options.seed}")
    with tempfile.TemporaryDirectory(prefix="torture-") as home:
        outcome = TORTURES[options.processes](Path(home), options.kills, options.seed)
    found = outcome.found
    for line in [*found.lost, *found.doubled, *found.holes, *outcome.early][:50]:
        say(line)
    say(f"acknowledged={outcome.acknowledged} repeated={outcome.repeated} early={len(outcome.early)}")
    if outcome.untried:
        say(f"never happened, so that more kills are needed: {', '.join(outcome.untried)}")
    say(outcome.last_line)
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
