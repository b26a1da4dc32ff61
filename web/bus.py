"""Socket.IO's message queue in Redis, which reaches no screen: each process pushes events to its own.

What travels here makes that happen at once: "the hall has reached event 4711" with the events that lead
there, who is being called aloud, what the forecast says. A lost message costs a moment: the database has it.
Each message is closed with the hall's key (`web.seals`): who can read and write in Redis can keep the hall
waiting, and no more.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from socketio import RedisManager
from socketio.manager import Manager

from queueing.records import Json
from web.seals import Seals
from web.seldom import Seldom
from web.together import RETURNED, Joined

LOG = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
REMEDY = (
    "Start it, mend the network between, or correct its name and port in server.queue; meanwhile screens "
    "follow what other processes do within 1.5 s."
)
"""After which a Redis that was away is looked for again."""

PING_SECONDS, SILENT_SECONDS, PATIENCE = 2.0, 6.0, 2.0
"""How often a quiet line is tried, when it is given up, and how long a message may take."""

GATHER_SECONDS = 0.008
"""After something was told, what comes next is gathered for so long."""

MOST_BYTES = 256 * 1024
"""In one message; what is longer goes without what others can do without."""

Ear = Callable[[Json], None]


class Queue(RedisManager):  # type: ignore[misc]
    """The processes of one hall, heard and told; screens are this process's own alone."""

    redis: Any

    def __init__(self, url: str, hall: str, key: bytes) -> None:
        super().__init__(url, channel=f"hall:{hall}")
        self._seals = Seals(key, hall)
        self._ears: dict[str, list[Ear]] = {}
        self._out: dict[tuple[str, str], Json] = {}
        self._log, self._away = Seldom(LOG), True
        self._again_at = 0.0

    def initialize(self) -> None:
        """Called by the server at the first connection, or by `open`: whichever is first."""

    def open(self) -> None:
        """From now on it hears and tells."""
        self._wake = self.server.eio.create_event()
        self.server.start_background_task(self._hear_for_ever)
        self.server.start_background_task(self._tell_for_ever)

    @property
    def away(self) -> bool:
        return self._away

    def trouble(self) -> str | None:
        """For monitors: screens follow what happens elsewhere a moment later."""
        return "queue_away" if self._away else None

    # -- screens: each process has its own, and reaches no other's --------------------------------

    def emit(self, *what: Any, **how: Any) -> None:
        Manager.emit(self, *what, **how)

    def can_disconnect(self, sid: str, namespace: str) -> Any:
        return Manager.can_disconnect(self, sid, namespace)

    def disconnect(self, sid: str, namespace: str, **how: Any) -> Any:
        return Manager.disconnect(self, sid, namespace, **how)

    def enter_room(self, sid: str, namespace: str, room: Any, eio_sid: str | None = None) -> None:
        Manager.enter_room(self, sid, namespace, room, eio_sid=eio_sid)

    def leave_room(self, sid: str, namespace: str, room: Any) -> None:
        Manager.leave_room(self, sid, namespace, room)

    def close_room(self, room: Any, namespace: str) -> None:
        Manager.close_room(self, room, namespace)

    # -- telling ----------------------------------------------------------------------------------

    def tell(self, what: str, data: Json, about: str = "", joined: Joined | None = None) -> None:
        """See web.together.Bus. While Redis is away, what is told is forgotten."""
        before = self._out.get((what, about)) if joined else None
        self._out[what, about] = joined(before, data) if joined and before else data
        self._wake.set()

    def _tell_for_ever(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            news = [(what, self._out.pop((what, about))) for what, about in list(self._out)]
            try:
                if time.monotonic() >= self._again_at:
                    self._publish(self._closed(news))
            except Exception:  # what comes next may be sayable
                LOG.exception("Not told to the other processes: %s", [what for what, _ in news])
            self.server.sleep(GATHER_SECONDS)

    def _closed(self, news: list[tuple[str, Json]]) -> bytes:
        """All of it as one message."""
        message = self._seals.closed({"news": news})
        if len(message) <= MOST_BYTES:
            return message
        return self._seals.closed({"news": [(what, data | {"more": None}) for what, data in news]})

    def _publish(self, message: bytes) -> None:
        try:
            if self.redis is None:
                self.redis = self._client(socket_timeout=PATIENCE)
            self.redis.publish(self.channel, message)
        except (redis.RedisError, OSError) as reason:
            self._again_at = time.monotonic() + PAUSE_SECONDS
            self._log.warn("Redis isn't told: %s. %s", reason, REMEDY)

    def _client(self, **more: Any) -> Any:
        """Tries once; when to try again is decided here."""
        never = Retry(NoBackoff(), 0)
        more |= {"socket_connect_timeout": PATIENCE, "socket_keepalive": True}
        return redis.Redis.from_url(self.redis_url, retry=never, protocol=2, **more)

    # -- hearing ----------------------------------------------------------------------------------

    def on(self, what: str, hear: Ear) -> None:
        """Whoever hears returns at once."""
        self._ears.setdefault(what, []).append(hear)

    def _hear_for_ever(self) -> None:
        while True:
            try:
                for message in self._messages():
                    self._heard(message)
            except (redis.RedisError, OSError, ValueError) as reason:
                self._away = True
                self._log.warn("Redis isn't heard: %s. %s", reason, REMEDY)
            except Exception:
                LOG.exception("What Redis said couldn't be understood")
            self.server.sleep(PAUSE_SECONDS)

    def _messages(self) -> Iterator[bytes]:
        """As long as the line holds; a quiet one is asked for a sign of life."""
        with self._client() as client, client.pubsub() as line:
            line.subscribe(self.channel)
            heard = time.monotonic()
            while True:
                said = line.get_message(timeout=PING_SECONDS)
                if said is None:
                    still_there(heard)
                    line.ping()
                    continue
                heard = time.monotonic()
                if said["type"] == "subscribe":
                    self._returned()
                elif said["type"] == "message":
                    yield said["data"]

    def _returned(self) -> None:
        self._away, self._again_at = False, 0.0
        self._tell_ears(RETURNED, {})

    def _heard(self, message: bytes) -> None:
        said = self._seals.opened(message)
        for what, data in said["news"] if said else ():
            self._tell_ears(what, data)

    def _tell_ears(self, what: str, data: Json) -> None:
        """A fault of one costs the others nothing."""
        for hear in self._ears.get(what, ()):
            try:
                hear(data)
            except Exception:
                LOG.exception("%s was heard and not understood", what)


def still_there(heard: float) -> None:
    """Raises TimeoutError when the line has been silent for too long."""
    if time.monotonic() - heard > SILENT_SECONDS:
        raise TimeoutError("it says nothing")
