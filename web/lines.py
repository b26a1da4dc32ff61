"""How every service stands: worked out beside the event loop once a second at most, kept for all who ask."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock

from queueing.records import Json
from queueing.store import Desk
from web.context import Built
from web.written import Written

Places = dict[str, tuple[int, int | None, int | None]]


class Lines:
    """The last picture of all lines."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self._kept: list[Json] | None = None
        self._written = Written()
        self._old = False
        self._guard = Lock()

    def now(self) -> list[Json]:
        """The lines as last worked out; while no screen follows them, when they are asked for."""
        if self._kept is None or self._old:
            with self._guard:
                if self._kept is None or self._old:
                    self._kept = self._looked()
        return self._kept

    def told(self) -> Written:
        """The same, as the part of a picture that many screens are given."""
        lines, written = self.now(), self._written
        if written.get("lines") is not lines:
            self._written = written = Written({"lines": lines})
        return written

    def leave(self) -> None:
        """Something has changed, and no screen shows it: whoever asks next has them worked out again."""
        self._old = True

    def refresh(self) -> list[Json]:
        """Works them out again; those that differ from what the screens show."""
        with self._guard:
            looked = self._looked()
            before, self._kept = self._kept, looked
        if before is None:
            return looked
        return [now for now, was in zip(looked, before, strict=True) if now != was]

    def _looked(self) -> list[Json]:
        hall, store = self._built.hall, self._built.store
        at, self._old = hall.now(), False  # what changes while it is looked makes it old again
        try:
            lines: list[Json] = self._built.in_thread(lambda: store.look(lambda desk: hall.lines(desk, at)))
        except BaseException:
            self._old = True
            raise
        return lines

    def places(self, services: Iterable[str]) -> dict[str, Places]:
        """The place and wait of everybody who waits for these services."""
        hall, store, wanted = self._built.hall, self._built.store, list(services)
        at = hall.now()

        def look(desk: Desk) -> dict[str, Places]:
            line = hall.line(desk, at)
            found = {service: line.places(service) for service in wanted}
            return {s: {k: (p.ahead, p.low, p.high) for k, p in each.items()} for s, each in found.items()}

        places: dict[str, Places] = self._built.in_thread(lambda: store.look(look))
        return places
