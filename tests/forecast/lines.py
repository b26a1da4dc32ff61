"""Made-up lines: people come and are called in turn, looked at every five minutes as a public feed does."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

HEADING = (
    "office,queue_id,queue,date,t,waiting,counters,published_min,"
    "calls30,span30,calls60,span60,cur,les,since_call,wait"
)
OPENS, CLOSES = 480.0, 960.0


def made_lines(days: int, seed: int, lines: int = 4, first: int = 1) -> list[dict[str, str]]:
    """Rows of the file in the order of queue, day and minute; each queue has a speed of its own."""
    chance = np.random.default_rng(seed)
    each = chance.uniform(3.0, 9.0, lines)
    return [
        row
        for queue in range(lines)
        for day in range(days)
        for row in _day(f"2020-03-{first + day:02}", queue, float(each[queue]), chance)
    ]


def _day(date: str, queue: int, minutes: float, chance: np.random.Generator) -> list[dict[str, str]]:
    """One window that calls the next one when it is free, in a day a little slower than it can bear."""
    came = np.sort(chance.uniform(OPENS, CLOSES, int(1.05 * (CLOSES - OPENS) / minutes)))
    work = chance.lognormal(np.log(minutes), 0.6, len(came))
    called, free = np.empty(len(came)), OPENS
    for at in range(len(came)):
        called[at] = max(came[at], free)
        free = called[at] + work[at]
    looks = (_look(minute, came, called, minutes) for minute in np.arange(OPENS, CLOSES, 5.0))
    names = {"office": f"Office {queue % 2}", "queue_id": str(queue), "queue": f"{queue}: x, y", "date": date}
    return [names | {key: repr(value) for key, value in look.items()} for look in looks if look]


def _look(now: float, came: np.ndarray, called: np.ndarray, minutes: float) -> dict[str, float]:
    """What the feed says at a minute, and the wait of the last one in line; nothing if nobody waits."""
    joined, gone = int(np.sum(came <= now)), int(np.sum(called <= now))
    if joined == gone:
        return {}
    calls = {span: float(np.sum((called > now - span) & (called <= now))) for span in (30.0, 60.0)}
    last = float(called[gone - 1] - came[gone - 1]) if gone else 0.0
    told = {
        "t": now,
        "waiting": float(joined - gone),
        "counters": 1.0,
        "published_min": round(minutes),
        "calls30": calls[30.0],
        "span30": min(30.0, now - OPENS),
        "calls60": calls[60.0],
        "span60": min(60.0, now - OPENS),
        "cur": float(gone),
        "les": last,
        "since_call": float(now - called[gone - 1]) if gone else 0.0,
        "wait": float(called[joined - 1] - now),
    }
    return {name: float(value) for name, value in told.items()}


def written(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADING.split(","))
        writer.writeheader()
        writer.writerows(rows)
    return path
