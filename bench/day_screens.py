"""Screens that listen: each joins like a real one and keeps account of what it heard, and of silence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

import socketio

from bench.day_door import Json, Person
from bench.day_tally import ScreenRecord

STALE_AFTER = 5.0
"""Real seconds of silence after which a screen tells people that it isn't live."""

TRIES = 4
PATIENCE = 20.0
"""Real seconds for the answer to a join."""

CALLS = frozenset({"call", "recall"})
Heard = Callable[[Json], None]


class JoinRefused(Exception):
    """The hall didn't let a screen in."""


def nothing(_: Json) -> None:
    """What a screen does that only watches."""


class Account:
    """What a screen has heard: no sockets, no clock of its own."""

    def __init__(self, began: float) -> None:
        self.seq: int | None = None
        self.events = 0
        self.holes = 0
        self.longest_silence = 0.0
        self.calls: set[tuple[str, int]] = set()
        self._heard_at = began
        self._behind_since: int | None = None

    def hear(self, at: float) -> None:
        """Any message at all ends a silence."""
        self.longest_silence = max(self.longest_silence, at - self._heard_at)
        self._heard_at = at

    def joined(self, seq: int) -> None:
        """The snapshot's number; events up to it are in the snapshot."""
        self.seq = seq

    def take(self, event: Json) -> bool:
        """Whether the event is new here; notes a hole before it."""
        seq = int(event["seq"])
        if self.seq is None or seq <= self.seq:
            return False
        self.holes += seq - self.seq - 1
        self.seq = seq
        self.events += 1
        self._note_call(event)
        return True

    def _note_call(self, event: Json) -> None:
        ticket = event.get("ticket")
        if ticket and event["action"] in CALLS:
            self.calls.add((str(ticket["ticket"]), int(ticket["calls"])))

    def beat(self, seq: int) -> None:
        """A heartbeat names the newest event; what is still missing one beat later counts as a hole."""
        mine = self.seq or 0
        if self._behind_since is not None and mine < self._behind_since:
            self.holes += self._behind_since - mine
            self.seq = self._behind_since
        self._behind_since = seq if mine < seq else None


class Screen:
    """One connected screen."""

    def __init__(
        self, name: str, person: Person, join: Json, on_event: Heard = nothing, on_snapshot: Heard = nothing
    ) -> None:
        self.name = name
        self._person = person
        self._join = join
        self._on_event = on_event
        self._on_snapshot = on_snapshot
        self._early: list[Json] = []
        self._loop = asyncio.get_running_loop()
        self.account = Account(self._loop.time())
        self._socket: Any = socketio.AsyncClient(
            http_session=person.http, reconnection=False, handle_sigint=False
        )
        for name_, handler in (("events", self._events), ("beat", self._beat), ("disconnect", self._gone)):
            self._socket.on(name_, handler)
        for name_ in ("lines", "places", "scores", "figures"):
            self._socket.on(name_, self._other)
        self._open = False

    async def open(self) -> Json:
        """Connects, joins, and returns the join's answer."""
        await self._connect()
        answer = await self._ask_to_join()
        self.account = Account(self._loop.time())
        self.account.joined(int(answer["seq"]))
        self._on_snapshot(answer["snapshot"])
        self._open = True
        early, self._early = self._early, []
        self._take_all(early)
        return answer

    async def _connect(self) -> None:
        """A connection that fails is tried again, as every screen does."""
        for again in range(TRIES):
            try:
                await self._socket.connect(self._person.door.url, transports=["websocket"])
                return
            except socketio.exceptions.ConnectionError:
                self._person.door.tally.count("retries")
                await asyncio.sleep(0.5 * (again + 1))
        raise JoinRefused(f"{self.name}: no connection in {TRIES} tries")

    async def _ask_to_join(self) -> Json:
        try:
            answer: Json = await self._socket.call("join", self._join, timeout=PATIENCE)
        except socketio.exceptions.TimeoutError as error:
            raise JoinRefused(f"{self.name}: no answer to join in {PATIENCE:g} s") from error
        if not answer.get("ok"):
            raise JoinRefused(f"{self.name}: {answer.get('problem')}")
        return answer

    async def close(self) -> None:
        """Leaves; a silence that lasts until now counts."""
        if self._open:
            self.account.hear(self._loop.time())
        self._open = False
        await self._socket.disconnect()

    async def heard_up_to(self, seq: int, seconds: float) -> None:
        """Waits until the screen has heard that event, at most so many real seconds."""
        ends = self._loop.time() + seconds
        while (self.account.seq or 0) < seq and self._loop.time() < ends:
            await asyncio.sleep(0.05)

    def record(self, calls: set[tuple[str, int]]) -> ScreenRecord:
        """How it fared, given the calls that were answered to clerks while it watched."""
        account = self.account
        missed = len(calls - account.calls)
        return ScreenRecord(self.name, account.events, account.holes, missed, account.longest_silence)

    async def _events(self, message: Json) -> None:
        self.account.hear(self._loop.time())
        events: list[Json] = message["events"]
        if self._open:
            self._take_all(events)
        else:
            self._early += events

    def _take_all(self, events: list[Json]) -> None:
        for event in events:
            if self.account.take(event):
                self._on_event(event)

    async def _beat(self, message: Json) -> None:
        self.account.hear(self._loop.time())
        if self._open:
            self.account.beat(int(message["seq"]))

    async def _other(self, _message: Json) -> None:
        self.account.hear(self._loop.time())

    async def _gone(self, *_: object) -> None:
        if self._open:
            self._person.door.tally.error(f"{self.name}: the connection was lost")


def hall_time(answer: Json) -> datetime:
    """The hall's time in a join's answer."""
    return datetime.fromisoformat(answer["now"])
