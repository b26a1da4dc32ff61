"""The real hall, unchanged but for its clock: it goes on to the next morning when a line on stdin says so."""

from __future__ import annotations

import sys
import threading
from datetime import datetime, timedelta

import queueing.clock


class SkippingClock(queueing.clock.HallClock):
    """A simulated clock that runs on evenly, and can be set forwards while the hall is open."""

    skipped = timedelta()

    def now(self) -> datetime:
        return super().now() + self.skipped

    def skip_to(self, morning: datetime) -> None:
        SkippingClock.skipped += max(morning - self.now(), timedelta())


made: list[SkippingClock] = []


def clock_of_the_hall(start: datetime, speed: float = 1.0) -> SkippingClock:
    made.append(SkippingClock(start, speed))
    return made[-1]


def listen() -> None:
    """In a thread of the system's, begun before any engine changes what a thread is."""
    for line in sys.stdin:
        made[-1].skip_to(datetime.fromisoformat(line.strip()))


if __name__ == "__main__":
    threading.Thread(target=listen, daemon=True).start()
    queueing.clock.HallClock = clock_of_the_hall  # type: ignore[assignment, misc]
    import app

    sys.exit(app.main())
