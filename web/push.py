"""What goes out to screens: events in the order of their seq, right after the commit."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from engineio.packet import MESSAGE
from engineio.packet import Packet as Carrier
from flask_socketio import SocketIO
from socketio.packet import EVENT

from queueing.errors import StorageFailed
from queueing.records import Event, Json
from web.context import Built
from web.crowd import Crowd
from web.echoes import echo
from web.feeds import FEEDS, Feed, Seen, heard_by, rated_clerk, rated_in, seen_of, told_with, windows_of
from web.keeping_up import KeepingUp
from web.lines import Lines
from web.loudspeakers import Loudspeakers
from web.metrics import DROPPED
from web.outlets import Outlets
from web.present import Present
from web.screens import Screen as Screen
from web.shared_looks import SharedLooks

LOG = logging.getLogger(__name__)

LONGEST_QUEUE = 500
"""Messages that a screen may be behind; a slower one is dropped and catches up when it is back."""

WITHOUT_EVENTS = "beat"
"""The room of those who hear that the hall lives, and no events."""

ANNOUNCING = "announcing"
"""The room of those who show what is being said aloud."""


class Push(Present):
    """Sends; whoever wants to be heard leaves events here and goes on with its work."""

    def __init__(self, built: Built, sockets: SocketIO) -> None:
        super().__init__(built, sockets)
        self._outlets = Outlets(sockets)
        self._outlets.on_slow = DROPPED.labels(built.house.hall.id, "slow").inc
        self._queue: Any = sockets.server.eio.create_queue()
        self.lines = Lines(built)
        self.crowd = Crowd()
        self.shared_looks = SharedLooks(built.clock.speed or 1.0)
        self.loudspeakers = Loudspeakers(built, lambda told: self.emit("announcing", told, ANNOUNCING))
        self._silent: set[str] = set()
        self.fresh: list[Event] = []
        self.reached = KeepingUp(built)

    def hear(self, events: Sequence[Event]) -> None:
        """Takes what was committed, and returns at once."""
        self._queue.put(events)
        self._built.bus.tell("reached", {"seq": events[-1].seq})

    def hear_of(self, seq: int) -> None:
        """The hall has come so far, by whichever process: what isn't told here yet is read and told."""
        if seq > self.reached.seq:
            self._queue.put(())

    def start(self) -> None:
        """From now on what is heard is sent."""
        self.loudspeakers.begin()
        if self._built.together.many:
            self.reached.start()
            self._built.bus.on("reached", lambda told: self.hear_of(told["seq"]))
        self._sockets.start_background_task(self._drain)

    def emit(self, name: str, data: Json, to: str | list[str]) -> None:
        """To a room, or to several, each socket once; encoded once for all."""
        server = self._sockets.server
        connections = [connection for _, connection in server.manager.get_participants("/", to)]
        if connections:
            said = server.packet_class(EVENT, namespace="/", data=[name, data]).encode()
            self._outlets.tell(connections, Carrier(MESSAGE, said))

    def joined(self, sid: str, screen: Screen, rooms: set[str]) -> None:
        """From now on the screen hears these rooms, and no longer those of an earlier join."""
        self._move(sid, rooms | {sid})
        if self.screens.get(sid) != screen:
            self.loudspeakers.leave(sid)
        self.screens[sid] = screen

    def left(self, sid: str) -> None:
        """From now on the screen hears nothing any more."""
        self.screens.pop(sid, None)
        self.loudspeakers.leave(sid)
        self._move(sid, set())

    def take_fresh(self) -> list[Event]:
        """The events since this was last asked, for pictures that are redrawn once a second."""
        fresh, self.fresh = self.fresh, []
        return fresh

    def _drain(self) -> None:
        while True:
            events = self._next()
            try:
                self._tell_all(events)
            except StorageFailed as error:  # screens follow with the beat once it is over
                LOG.warning("Not pushed yet: %s", error)
            except Exception:
                LOG.exception("Not pushed: %s", [event.seq for event in events] or "events of others")

    def _tell_all(self, committed: Sequence[Event]) -> None:
        """What was committed here, and where several processes commit, what was elsewhere meanwhile."""
        if not self._built.together.many:
            self._send(committed)
            return
        own = {event.seq for event in committed}
        for part in self.reached.parts(committed):
            self._send(part)
            for event in part:
                if event.seq not in own:
                    echo(self, event)

    def _next(self) -> list[Event]:
        """All events that wait to be sent; sleeps until there are some."""
        events = list(self._queue.get())
        if self._built.together.many:
            self.reached.gather()
        while not self._queue.empty():
            events += self._queue.get()
        return events

    def _send(self, events: Sequence[Event]) -> None:
        """Screens first, with one message per audience; then whoever works with what happened."""
        try:
            heard = [feed for feed in FEEDS if self.is_heard(feed)]
            told = told_with(self._seen(events), events) if heard else ()
            for feed in heard:
                self._tell(feed, told)
        finally:
            self._pass_on(events)
            if self.loudspeakers.hear(events):
                self.loudspeakers.tell()

    def _seen(self, events: Sequence[Event]) -> Seen:
        """What has to be looked up for them; of a database server, beside the event loop."""
        built = self._built
        if not windows_of(events) and not rated_in(events):
            return Seen()

        def look() -> Seen:
            return built.store.look(lambda desk: seen_of(built.hall, desk, events))

        found: Seen = built.in_thread(look) if built.together.many else look()
        return found

    def _pass_on(self, events: Sequence[Event]) -> None:
        self.fresh += events
        for hear in self._built.hearing:
            hear(events)
        self._follow(events)
        for event in events:
            if event.action == "rate":
                self.emit("rated", {"ticket": event.ticket}, askers_of(event))

    def _tell(self, feed: Feed, told: Sequence[Json]) -> None:
        """One message for all; in the office, while somebody there was rated, each hears their own."""
        rated = {rated_clerk(message) for message in told} - {None} if feed == "office" else set()
        there = self.screens.items() if rated else ()
        listeners = {sid: screen.staff for sid, screen in there if screen.feed == feed and screen.staff}
        if not rated & set(listeners.values()):
            self.emit("events", {"events": heard_by(feed, told)}, feed)
            return
        for sid, listener in listeners.items():
            self.emit("events", {"events": heard_by(feed, told, listener)}, sid)

    def _follow(self, events: Sequence[Event]) -> None:
        """A phone hears of the line that its ticket stands in, also after a transfer."""
        lines = {e.ticket: e.shown["service"] for e in events if e.action in ("transfer", "undo") and e.shown}
        for sid, screen in self.screens.items() if lines else ():
            if screen.ticket in lines:
                here = {sid, "public", f"ticket:{screen.ticket}"}
                self._move(sid, here | {f"line:{lines[screen.ticket]}"})

    def _move(self, sid: str, wanted: set[str]) -> None:
        """Leaves the rooms that aren't wanted any more and enters the new ones."""
        server = self._sockets.server
        now = set(server.rooms(sid))
        for room in now - wanted:
            server.leave_room(sid, room)
        for room in wanted - now:
            server.enter_room(sid, room)

    def drop_slow(self) -> None:
        """Ends sockets that read slower than the hall speaks, and those that never say who they are."""
        server = self._sockets.server
        sockets = dict(server.eio.sockets)
        greeted = server.manager.rooms.get("/", {}).get(None, {})
        silent = set(sockets) - set(greeted.values())
        for name, socket in sockets.items():
            is_slow = socket.queue.qsize() > LONGEST_QUEUE
            if is_slow or name in silent & self._silent:
                DROPPED.labels(self._built.house.hall.id, "slow" if is_slow else "silent").inc()
                self.hang_up(name)
        self._silent = silent


def askers_of(event: Event) -> list[str]:
    """Who asks for that ticket's rating, and may know that it came: its own page and its window's pad."""
    return [f"ticket:{event.ticket}", f"pad:{event.window}"]
