"""What arrives over one connection of the green engine: looked at as it comes, before anybody reads it.

The library asks its loop anew for every single read: it enters the file, sets a clock, takes out both again.
A connection that only says what is understood at a glance stays entered here, and its clock is looked at
when it would have rung. As soon as the library is to read by itself, its loop knows nothing of this any more.
"""

from __future__ import annotations

import io
from typing import Any

from web.glance import MOST_BYTES


class Arriving(io.RawIOBase):
    """One connection; read as a file it gives first what was only looked at."""

    def __init__(self, connection: Any, raw: io.RawIOBase, library: Any) -> None:
        """`connection` doesn't block, `raw` waits as the library does; one green thread may ask."""
        super().__init__()
        self._connection, self._raw, self._library = connection, raw, library
        self._receive, self._silent = connection.fd.recv, connection.gettimeout()
        self._loop, self._asker = library.hubs.get_hub(), library.getcurrent()
        self._entered: Any = None
        self._clock: Any = None
        self._waits, self._since, self._only_buffered = False, 0.0, False
        self.held = b""
        """What has arrived and nobody has taken."""

    def look(self) -> bytes:
        """What is there; waits for the first of it. Raises TimeoutError when nothing comes for too long.

        Others have their turn first, however fast this side asks. Nothing: the other side says no more.
        """
        if self.held:
            self._library.sleep(0)
        while not self.held:
            self._wait()
            try:
                self.held = self._receive(MOST_BYTES)
                break
            except BlockingIOError:
                continue
            except OSError:
                break  # the library finds the line broken, too
        return self.held

    def leave(self) -> None:
        """From now on the library may wait for the connection by itself."""
        entered, self._entered = self._entered, None
        clock, self._clock = self._clock, None
        if entered is not None:
            self._loop.remove(entered)
        if clock is not None:
            clock.cancel()

    def take_back(self, buffered: Any) -> None:
        """What the library has taken from here and not used."""
        self._only_buffered = True
        try:
            self.held = buffered.read1(MOST_BYTES) + self.held
        finally:
            self._only_buffered = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        if self._only_buffered:
            return None
        if not self.held:
            return self._raw.readinto(buffer)
        given = self.held[: len(buffer)]
        buffer[: len(given)] = given
        self.held = self.held[len(given) :]
        return len(given)

    def close(self) -> None:
        self.leave()
        self._raw.close()
        super().close()

    def _wait(self) -> None:
        """Until something has come, and it is this connection's turn."""
        if self._entered is None:
            self._enter()
        self._since, self._waits = self._loop.clock(), True
        try:
            self._loop.switch()
        finally:
            self._waits = False

    def _enter(self) -> None:
        loop, connection = self._loop, self._connection
        self._entered = loop.add(
            loop.READ, connection.fileno(), self._come, self._gone, connection._mark_as_closed
        )
        if self._silent is not None:
            self._clock = loop.schedule_call_global(self._silent, self._ring)

    def _come(self, number: int) -> None:
        """The loop says that something is there; where nobody waits for it, it needn't say so again."""
        if self._waits:
            self._asker.switch()
        else:
            self.leave()

    def _gone(self, reason: BaseException) -> None:
        """The loop says that the file is another's now."""
        if self._waits:
            self._asker.throw(reason)

    def _ring(self) -> None:
        """The time is over, if nothing has come since the clock was set."""
        left = self._since + self._silent - self._loop.clock() if self._waits else self._silent
        if left > 0:
            self._clock = self._loop.schedule_call_global(left, self._ring)
        else:
            self._asker.throw(TimeoutError("timed out"))
