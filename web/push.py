"""What goes out to screens: events in the order of their seq, right after the commit."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
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
from web.feeds import FEEDS, Feed, Seen, heard_by, rated_clerk, rated_in, seen_of, told_with
from web.keeping_up import KeepingUp
from web.lines import Lines
from web.loudspeakers import Loudspeakers
from web.metrics import DROPPED
from web.outlets import Outlets
from web.present import Present
from web.screens import Screen as Screen
from web.shared_events import News, heard, told, told_together
from web.shared_looks import SharedLooks
from web.together import RETURNED
from web.views_known import ViewsKnown

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
        self._empty: type[Exception] = sockets.server.eio.get_queue_empty_exception()
        self._known = ViewsKnown()
        self.lines = Lines(built)
        self.crowd = Crowd()
        self.shared_looks = SharedLooks(built.clock.speed or 1.0)
        self.loudspeakers = Loudspeakers(built, lambda told: self.emit("announcing", told, ANNOUNCING))
        self._silent: set[str] = set()
        self._rooms: dict[str, set[str]] = {}
        """Of each screen; the server itself would look through everybody's to tell."""

        self.fresh: list[Event] = []
        self.reached = KeepingUp(built)

    def hear(self, events: Sequence[Event]) -> None:
        """Takes what was committed, and returns at once."""
        self._queue.put(News(events, events[-1].seq, own=True))

    def hear_of(self, seq: int) -> None:
        """The hall has come so far, by whichever process: what isn't told here yet is read and told."""
        if seq > self.reached.seq:
            self._queue.put(News(seq=seq))

    def start(self) -> None:
        """From now on what is heard is sent."""
        self.reached.start(self.loudspeakers.begin())
        if self._built.together.many:
            self._built.bus.on("reached", lambda said: self._queue.put(heard(said)))
            begin = self._sockets.start_background_task
            self._built.bus.on(RETURNED, lambda said: begin(self._look_how_far))
        self._sockets.start_background_task(self._drain)

    def _look_how_far(self) -> None:
        """The others can be heard again: what they said meanwhile is known to the database."""
        store = self._built.store
        with suppress(StorageFailed):  # the operator has been told, and each beat looks again
            self.hear_of(self._built.in_thread(lambda: store.look(lambda desk: desk.seq())))

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
            news = self._news()
            try:
                self._tell_all(news)
            except StorageFailed as error:  # screens follow with the beat once it is over
                LOG.warning("Not pushed yet: %s", error)
            except Exception:
                LOG.exception("Not pushed: %s", [event.seq for each in news for event in each.events])

    def _news(self) -> list[News]:
        """All that waits to be sent; sleeps until there is some, or something is missing for too long."""
        news = []
        with suppress(self._empty):
            news.append(self._queue.get(timeout=self.reached.patience()))
        if self._built.together.many:
            self.reached.gather()
        while not self._queue.empty():
            news.append(self._queue.get())
        return news

    def _tell_all(self, news: Sequence[News]) -> None:
        """What was committed here, and where several processes commit, what was elsewhere meanwhile."""
        own = [event for each in news if each.own for event in each.events]
        if not self._built.together.many:
            self._send(own)
            return
        for each in news:
            self._known.take(each.views)
            self.reached.take(each)
        if own:
            self._share(own)
        for part in self.reached.parts():
            try:
                self._send(part)
            finally:
                self._echo(part)

    def _share(self, own: Sequence[Event]) -> None:
        """With the other processes, before their turn has come here: what was looked up need not be again."""
        is_heard = any(map(self.is_heard, FEEDS))
        if is_heard and not self._known.show(own):
            self._look_up(own)
        self._built.bus.tell("reached", told(own, self._known.views), joined=told_together)
        if is_heard:
            self._sockets.sleep(0)  # it leaves before the screens here are told, which takes a while

    def _echo(self, events: Sequence[Event]) -> None:
        for event in events:
            if not self.reached.is_own(event):
                echo(self, event)

    def _send(self, events: Sequence[Event]) -> None:
        """Screens first, with one message per audience; then whoever works with what happened."""
        try:
            feeds = [feed for feed in FEEDS if self.is_heard(feed)]
            messages = told_with(self._seen(events, feeds), events) if feeds else ()
            for feed in feeds:
                self._tell(feed, messages)
        finally:
            self._pass_on(events)
            if self.loudspeakers.hear(events):
                self.loudspeakers.tell()

    def _seen(self, events: Sequence[Event], feeds: Sequence[Feed]) -> Seen:
        """What has to be known beside them for these audiences."""
        must_look = ("office" in feeds and rated_in(events)) or not self._known.show(events)
        return self._look_up(events) if must_look else Seen(self._known.windows())

    def _look_up(self, events: Sequence[Event]) -> Seen:
        """Of a database server, beside the event loop."""
        built = self._built

        def look() -> Seen:
            return built.store.look(lambda desk: seen_of(built.hall, desk, events))

        seen: Seen = built.in_thread(look) if built.together.many else look()
        self._known.keep(seen.windows, events[-1].seq)
        return seen

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
        now = self._rooms.pop(sid, {sid})
        for room in now - wanted:
            server.leave_room(sid, room)
        for room in wanted - now:
            server.enter_room(sid, room)
        if wanted:
            self._rooms[sid] = wanted

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
