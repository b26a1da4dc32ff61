"""What counting costs a press: numbers taken in one process, with and without everything that /metrics tells.

    python -m bench.counting [--rounds 15] [--presses 100]

The real hall in this process, asked through its app without a socket; every other round nothing is counted.
Processor time of all threads, medians; afterwards each thing that is counted by itself.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from bench.servers import HALL, MORNING
from queueing.clock import HallClock
from upkeep.opening import open_hall
from web import metrics
from web.engines import Engine
from web.metrics import Commits, Delays
from web.starting import house_of

BODY = b'{"service": "s1"}'
ALONE = 20_000
"""How often each part is done by itself."""


def asked(key: str) -> dict[str, Any]:
    """A press of the kiosk on the hall's own machine."""
    return {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/tickets", "SCRIPT_NAME": "", "QUERY_STRING": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "HTTP_HOST": "localhost:8000",
        "REMOTE_ADDR": "127.0.0.1", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(BODY),
        "wsgi.errors": io.StringIO(), "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(BODY)),
        "HTTP_IDEMPOTENCY_KEY": key, "wsgi.multithread": True,
        "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip


def taken(app: Any, presses: int, name: str) -> float:
    """Milliseconds of processor time for one number."""
    told: list[str] = []
    began = time.process_time()
    for n in range(presses):
        b"".join(app(asked(f"{name}-{n}"), lambda status, headers: told.append(status)))
    spent = time.process_time() - began
    assert {each[:3] for each in told} == {"201"}, set(told)
    return spent / presses * 1000


@contextmanager
def uncounted(store: Any) -> Iterator[None]:
    """Nothing is counted inside."""
    quiet: Callable[..., None] = lambda *args: None  # noqa: E731 - it stands for three functions
    watched, store.watched = store.watched, lambda group: nullcontext()
    with (
        patch.object(metrics, "press", quiet),
        patch.object(Delays, "committed", quiet),
        patch.object(Delays, "sent", quiet),
    ):
        yield
    store.watched = watched


def compared(app: Any, store: Any, rounds: int, presses: int) -> tuple[list[float], list[float]]:
    """Round by round: with, without."""
    taken(app, presses, "warm")
    found: dict[bool, list[float]] = {True: [], False: []}
    for n in range(2 * rounds):
        counts = n % 4 in (0, 3)  # neither goes always first: the line grows meanwhile
        with nullcontext() if counts else uncounted(store):
            found[counts].append(taken(app, presses, f"{counts}-{n}"))
    return found[True], found[False]


def microseconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    for _ in range(ALONE):
        work()
    return (time.process_time() - began) / ALONE * 1e6


def one_commit(commits: Commits) -> None:
    with commits.watched([1]):
        pass


def one_push(delays: Delays, event: Any) -> None:
    delays.committed([event])
    delays.sent([event])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--presses", type=int, default=100)
    wish = parser.parse_args()
    with TemporaryDirectory() as folder:
        opened = open_hall(
            Engine(),
            house_of(HALL),
            HallClock(MORNING.replace(tzinfo=UTC), 0.0),
            Path(folder),
            8000,
            HALL,
            True,
        )
        counted, bare = compared(opened.app, opened.built.store, wish.rounds, wish.presses)
        shares = sorted(one / other for one, other in zip(counted, bare, strict=True))
        print(f"one number taken: {median(counted):.3f} ms counted, {median(bare):.3f} ms uncounted;")
        print(f"ratio round by round: median {median(shares):.3f}, {shares[0]:.3f} to {shares[-1]:.3f}")
        commits = Commits("alone")
        delays, event = Delays("alone"), SimpleNamespace(seq=1, action="issue")
        press = microseconds(lambda: metrics.press("alone", "take", "done", 0.001))
        commit, push = (
            microseconds(lambda: one_commit(commits)),
            microseconds(lambda: one_push(delays, event)),
        )
        print(f"alone: a press {press:.1f} µs, a commit {commit:.1f} µs, a push {push:.1f} µs")
        began = time.process_time()
        size = len(metrics.told())
        print(f"one scrape: {(time.process_time() - began) * 1000:.1f} ms, {size} bytes")
        opened.built.store.close()


if __name__ == "__main__":
    main()
