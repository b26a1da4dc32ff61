"""Whose screens are connected to this process, which rooms they are in, and how they are hung up on."""

from __future__ import annotations

from collections.abc import Sequence

from flask_socketio import SocketIO

from queueing.clock import Instant
from web.context import Built
from web.screens import Screen


class Present:
    """All screens that have joined here."""

    def __init__(self, built: Built, sockets: SocketIO) -> None:
        self._built, self._sockets = built, sockets
        self.screens: dict[str, Screen] = {}

    def is_heard(self, room: str) -> bool:
        """Whether anybody here is in it."""
        return bool(self._sockets.server.manager.rooms.get("/", {}).get(room))

    def watched_services(self) -> set[str]:
        """The services that phones wait for."""
        rooms = self._sockets.server.manager.rooms.get("/", {})
        return {room.removeprefix("line:") for room in rooms if room and room.startswith("line:")}

    def present_staff(self) -> set[str]:
        """Who has a terminal open."""
        return {s.staff for s in self.screens.values() if s.kind == "terminal" and s.staff}

    def running_kiosks(self) -> frozenset[str]:
        """Those whose page is open and connected, anywhere, by the name under which they press."""
        return self.own_kiosks().union(*(word.get("kiosks", ()) for word in self._built.together.others))

    def own_kiosks(self) -> frozenset[str]:
        """Those that are connected to this process."""
        return frozenset(
            f"device:{s.device}" for s in self.screens.values() if s.kind == "kiosk" and s.device
        )

    def close_screens_of_staff(self) -> None:
        """Everybody's, when sessions have ended; who is still signed in comes back by itself."""
        for staff in self.staff_with_screens():
            self.close_screens_of(staff=staff)

    def staff_with_screens(self) -> set[str | None]:
        """Whose screens show more than everybody's."""
        return {screen.staff for screen in self.screens.values() if screen.feed != "public"}

    def close_loopback_screens(self) -> None:
        """Closes the sockets of browsers on the hall's own machine that are neither paired nor signed in."""
        self._hang_up([sid for sid, screen in self.screens.items() if screen.loopback])

    def close_screens_of(self, *, device: str | None = None, staff: str | None = None) -> None:
        """Closes the sockets of a device that was revoked, or of a person whose session ended."""
        gone = [sid for sid, s in self.screens.items() if ({device, staff} - {None}) & {s.device, s.staff}]
        self._hang_up(gone)

    def _hang_up(self, sids: Sequence[str]) -> None:
        for sid in sids:
            self.hang_up(self._sockets.server.manager.eio_sid_from_sid(sid, "/"))

    def drop_ended(self, at: Instant) -> None:
        """A session that has ended hears nothing more; its page asks to sign in."""
        ended = [sid for sid, screen in self.screens.items() if screen.ends_at and screen.ends_at <= at]
        for sid in ended:
            self.hang_up(self._sockets.server.manager.eio_sid_from_sid(sid, "/"))

    def hang_up(self, connection: str) -> None:
        """Ends the connection without a goodbye, after which a client stays away: this one comes back."""
        socket = self._sockets.server.eio.sockets.get(connection)
        if socket is not None:
            socket.close(wait=False, abort=True)
