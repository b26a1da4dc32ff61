"""How every service stands: worked out beside the event loop once a second at most, kept for all who ask."""

from __future__ import annotations

from collections.abc import Iterable

from queueing.records import Json
from queueing.store import Desk
from web.context import Built

Places = dict[str, tuple[int, int | None, int | None]]


class Lines:
    """The last picture of all lines."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self._kept: list[Json] | None = None

    def now(self) -> list[Json]:
        """The lines as last worked out; a fresh server works them out at the first question."""
        if self._kept is None:
            self._kept = self._looked()
        return self._kept

    def refresh(self) -> list[Json]:
        """Works them out again; those that differ from what the screens show."""
        before, self._kept = self._kept, self._looked()
        if before is None:
            return self._kept
        return [now for now, was in zip(self._kept, before, strict=True) if now != was]

    def _looked(self) -> list[Json]:
        hall, store = self._built.hall, self._built.store
        at = hall.now()
        lines: list[Json] = self._built.in_thread(lambda: store.look(lambda desk: hall.lines(desk, at)))
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
