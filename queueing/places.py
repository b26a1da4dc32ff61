"""How many more visits fit into one half hour, when several windows share several services.

Minutes that were booked flow from services to windows that serve them; a service has room for as many
minutes as can still flow when all that is booked keeps its own. Source: maximum flow by augmenting paths,
Ford and Fulkerson 1956; a half hour has a handful of services and windows, so nothing quicker is needed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence


class Room:
    """The bookable seconds of windows in one slot, and what is taken of them."""

    def __init__(self, windows: Mapping[str, int], served_by: Mapping[str, Sequence[str]]) -> None:
        self._free = dict(windows)
        self._served_by = {s: [w for w in served if w in windows] for s, served in served_by.items()}
        self._taken: dict[str, dict[str, int]] = {window: {} for window in windows}

    def take(self, service: str, seconds: int) -> int:
        """As many of these seconds as fit; what others have may move to another window, never shrink."""
        left = seconds
        while left > 0 and (path := self._path(service)) is not None:
            left -= self._push(path, left)
        return seconds - left

    def _path(self, service: str) -> list[tuple[str, str]] | None:
        """Steps (service, window) from this service to a window with room, over who can make way."""
        came: dict[str, list[tuple[str, str]]] = {service: []}
        queue = deque([service])
        while queue:
            one = queue.popleft()
            for window in self._served_by.get(one, ()):
                path = [*came[one], (one, window)]
                if self._free[window] > 0:
                    return path
                for other, seconds in self._taken[window].items():
                    if seconds > 0 and other not in came:
                        came[other] = path
                        queue.append(other)
        return None

    def _push(self, path: Sequence[tuple[str, str]], most: int) -> int:
        """Moves along the path as much as each step allows."""
        movers = [(path[at + 1][0], path[at][1]) for at in range(len(path) - 1)]
        amount = min([most, self._free[path[-1][1]], *(self._taken[w][other] for other, w in movers)])
        for service, window in path:
            self._taken[window][service] = self._taken[window].get(service, 0) + amount
        for other, window in movers:
            self._taken[window][other] -= amount
        self._free[path[-1][1]] -= amount
        return amount
