"""The windows that are open, and what follows from that alone: worked out once until somebody sits down."""

from __future__ import annotations

from collections.abc import Mapping

from queueing.records import WindowState


class Opened:
    """Who takes what among the open windows; `windows_of` and `takers_of` are the plan's."""

    def __init__(
        self,
        windows_of: Mapping[str, tuple[str, ...]],
        takers_of: Mapping[str, frozenset[str]],
        windows: Mapping[str, WindowState],
    ) -> None:
        self._windows_of, self._takers_of, self.windows = windows_of, takers_of, windows
        self._names = frozenset(name for name, state in windows.items() if state.state == "open")
        self._of: dict[str, tuple[str, ...]] = {}
        self._shares: dict[tuple[str, str], float] = {}

    def of(self, service: str) -> tuple[str, ...]:
        """The open windows that take the service, in the house's order."""
        if service not in self._of:
            self._of[service] = tuple(w for w in self._windows_of[service] if w in self._names)
        return self._of[service]

    def share(self, other: str, service: str) -> float:
        """The part of the other service's tickets that this one's windows will take, out of all open ones."""
        if (other, service) not in self._shares:
            takers = self._takers_of[other] & self._names
            ours = len(takers.intersection(self.of(service)))
            self._shares[other, service] = ours / len(takers) if takers else 1.0
        return self._shares[other, service]
