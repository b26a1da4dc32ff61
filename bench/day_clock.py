"""The hall's time as the player keeps it: set by what the hall says, run by the event loop."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


class PlayedClock:
    """Tells and waits for the hall's time; make it inside a running event loop."""

    def __init__(self, now: datetime, speed: float, timezone: str) -> None:
        self._loop = asyncio.get_running_loop()
        self._set_at = self._loop.time()
        self._start = now.astimezone(ZoneInfo(timezone))
        self.speed = speed

    def now(self) -> datetime:
        """The hall's time, in its own zone."""
        return self._start + timedelta(seconds=(self._loop.time() - self._set_at) * self.speed)

    async def sleep(self, seconds: float) -> None:
        """Waits so many seconds of the hall's time."""
        await asyncio.sleep(max(seconds, 0.0) / self.speed)

    async def until(self, moment: datetime) -> None:
        """Waits for a moment of the hall's time; one that has passed doesn't wait."""
        await self.sleep((moment - self.now()).total_seconds())

    def real(self, moment: datetime) -> float:
        """Real seconds until a moment of the hall's time."""
        return max((moment - self.now()).total_seconds(), 0.0) / self.speed
