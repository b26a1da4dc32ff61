"""How windows stood when they were last looked at: one look for all processes that tell the same event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from queueing.records import Event, Json
from web.shared_events import View


class ViewsKnown:
    """By window the newest look, and the last event of which it shows what came of it."""

    def __init__(self) -> None:
        self.views: dict[str, View] = {}

    def take(self, views: Mapping[str, View]) -> None:
        """Looked at here or elsewhere."""
        for window, view in views.items():
            if window not in self.views or self.views[window][0] <= view[0]:
                self.views[window] = view

    def keep(self, seen: Mapping[str, Json], seq: int) -> None:
        """Looked at after that event."""
        self.take({window: (seq, view) for window, view in seen.items()})

    def show(self, events: Iterable[Event]) -> bool:
        """Whether they show all that came of these events."""
        return all(
            event.window in self.views and self.views[event.window][0] >= event.seq
            for event in events
            if event.window
        )

    def windows(self) -> dict[str, Json]:
        return {window: view for window, (_, view) in self.views.items()}
