"""How many sockets each device, account, ticket and address holds open."""

from __future__ import annotations

from collections import Counter

from web.refusals import TooManySockets


class Crowd:
    """Counts who is in; whoever holds too many gets no further one."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._owners: dict[str, set[str]] = {}

    def enter(self, sid: str, owner: str, most: int) -> None:
        """One more for this owner, or TooManySockets."""
        if owner in self._owners.get(sid, ()):
            return
        if self._open[owner] >= most:
            raise TooManySockets(most=most)
        self._open[owner] += 1
        self._owners.setdefault(sid, set()).add(owner)

    def leave(self, sid: str) -> None:
        for owner in self._owners.pop(sid, ()):
            self._open[owner] -= 1
            if not self._open[owner]:
                del self._open[owner]

    def __len__(self) -> int:
        return len(self._owners)
