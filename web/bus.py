"""Socket.IO's message queue in Redis, which carries no event to any screen: only that there are some.

Each process reads the events after its own last one from the database and pushes them to its own screens.
What travels here makes that happen at once: "the hall has reached event 4711", who is being called aloud,
what the forecast says. A lost message costs a moment; nothing here is shown to who may not see it.
Each message is signed with the hall's key: who can write to Redis can keep the hall waiting, and no more.
"""

from __future__ import annotations

import hmac
import json
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
from web.seldom import Seldom

LOG = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
"""After which a Redis that was away is looked for again."""

PING_SECONDS, SILENT_SECONDS, PATIENCE = 2.0, 6.0, 2.0
"""How often a quiet line is tried, when it is given up, and how long a message may take."""

GATHER_SECONDS = 0.008
"""After something was told, what comes next is gathered for so long."""

MARK_BYTES = 32
RETURNED = "returned"
"""What is heard when Redis is there again, or for the first time."""

Ear = Callable[[Json], None]


class Queue(RedisManager):  # type: ignore[misc]
    """The processes of one hall, heard and told; screens are this process's own alone."""

    redis: Any

    def __init__(self, url: str, hall: str, key: bytes) -> None:
        super().__init__(url, channel=f"hall:{hall}")
        self._hall, self._key = hall, key
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

    def tell(self, what: str, data: Json, about: str = "") -> None:
        """See web.together.Bus. While Redis is away, what is told is forgotten."""
        self._out[what, about] = data
        self._wake.set()

    def _tell_for_ever(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            for (what, _), data in self._taken():
                if time.monotonic() >= self._again_at:
                    self._publish({"hall": self._hall, "from": self.host_id, "what": what, "data": data})
            self.server.sleep(GATHER_SECONDS)

    def _taken(self) -> list[tuple[tuple[str, str], Json]]:
        """All that waits to be told, which then waits no longer."""
        return [(key, self._out.pop(key)) for key in list(self._out)]

    def _publish(self, data: Json) -> None:
        try:
            if self.redis is None:
                self.redis = self._client(socket_timeout=PATIENCE)
            self.redis.publish(self.channel, sealed(self._key, data))
        except (redis.RedisError, OSError) as reason:
            self._again_at = time.monotonic() + PAUSE_SECONDS
            self._log.warn("Redis isn't told: %s", reason)

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
                self._log.warn("Redis isn't heard: %s", reason)
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
        data = opened(self._key, message)
        if data and data["hall"] == self._hall and data["from"] != self.host_id:
            self._tell_ears(data["what"], data["data"])

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


def sealed(key: bytes, data: Json) -> bytes:
    """The message with its mark in front."""
    body = json.dumps(data, separators=(",", ":")).encode()
    return mark(key, body) + body


def opened(key: bytes, message: bytes) -> Json | None:
    """None: nobody of ours has said that."""
    body = message[MARK_BYTES:]
    if not hmac.compare_digest(message[:MARK_BYTES], mark(key, body)):
        return None
    data: Json = json.loads(body)
    return data


def mark(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, b"bus:" + body, "sha256")
