"""What the processes that serve one hall have agreed on: who leads, who speaks where, what the others say.

With one process nothing has to be agreed on: it leads, and keeps every area. Who serves with others is given
an agreement by app.py (`storage.together`); rooms and loops only ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from queueing.records import Json

LEAD = "lead"
"""The name under which the lead is held; areas are held as `speaks ` and their id."""


class Together(Protocol):
    """One process among those of its hall."""

    many: bool
    """Whether there can be others at all."""

    @property
    def leads(self) -> bool:
        """Whether it does what has to be done once for the hall."""
        ...

    def holds(self, name: str) -> bool: ...

    @property
    def others(self) -> Sequence[Json]:
        """The last word of every other process that lives."""
        ...

    def agree(self, word: Json, wanted: Mapping[str, bool]) -> None:
        """Says the own word, hears the others', takes and gives back what is held; blocks for a moment."""
        ...

    def close(self) -> None:
        """Gives back everything at once."""
        ...


RETURNED = "returned"
"""What is heard when others can be told and heard again, or for the first time."""

Joined = Callable[[Json, Json], Json]


class Bus(Protocol):
    """What processes tell each other at once; whatever gets lost they find out by themselves."""

    @property
    def away(self) -> bool:
        """Whether nothing can be told or heard."""
        ...

    def tell(self, what: str, data: Json, about: str = "", joined: Joined | None = None) -> None:
        """Returns at once; of what is told again before it was sent only the newest goes out, or both joined.

        What is under `more` in the data is left out where the message would become too long.
        """
        ...

    def on(self, what: str, hear: Callable[[Json], None]) -> None: ...


class Alone:
    """The only process of its hall."""

    many = False
    leads = True
    others: Sequence[Json] = ()

    def holds(self, name: str) -> bool:
        return True

    def agree(self, word: Json, wanted: Mapping[str, bool]) -> None:
        pass

    def close(self) -> None:
        pass


class NoBus:
    """Nobody to be told."""

    away = True

    def tell(self, what: str, data: Json, about: str = "", joined: Joined | None = None) -> None:
        pass

    def on(self, what: str, hear: Callable[[Json], None]) -> None:
        pass
