"""What the hall asks of whatever keeps it: the contract that every storage fulfils.

Inside a change a *desk* is handed to the work: everything it reads and writes is one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from queueing.clock import Instant
from queueing.persons import Identity, Lift
from queueing.records import Event, Json, Press, Ticket, Waiting, WindowState

Answer = TypeVar("Answer")


class Desk(Protocol):
    """One hall's records within one transaction."""

    hall: str

    # the log
    def seq(self) -> int: ...
    def last_at(self) -> Instant: ...
    def record(self, event: Event) -> Event:
        """Gives the event its `seq` and its place in the hash chain, and keeps it."""
        ...

    def events_after(self, seq: int, limit: int) -> list[Event]: ...
    def last_press_at(self, window: str) -> list[Event]:
        """The events of the newest press (or undo) that a clerk made on tickets at that window."""
        ...

    # tickets
    def ticket(self, key: str) -> Ticket:
        """Raises UnknownTicket."""
        ...

    def add_ticket(self, ticket: Ticket) -> None: ...
    def replace_ticket(self, was: Ticket, now: Ticket) -> None:
        """Raises TicketMoved when the stored ticket isn't `was` any more."""
        ...

    def next_number(self, day: str, prefix: str, first: int) -> int: ...
    def issued_numbers(self, day: str) -> dict[str, int]:
        """The last number given out today, by prefix."""
        ...

    def heads(self, services: Sequence[str], classes: Sequence[str], window: str) -> list[Ticket]:
        """The first waiting ticket of each line, and of the window's own lines."""
        ...

    def line(self, service: str, ticket_class: str, limit: int) -> list[Ticket]: ...
    def in_states(self, states: Sequence[str]) -> list[Ticket]:
        """Open tickets in these states in the order of their lines."""
        ...

    def waiting(self, services: Sequence[str] | None = None) -> list[Waiting]:
        """Everybody who waits (for these services), in the order of `line_at` and `tie`."""
        ...

    def running(self) -> dict[str, str]:
        """Per window with a ticket: that ticket's service."""
        ...

    def no_shows(self, day: str) -> list[Ticket]: ...
    def at_window(self, window: str) -> Ticket | None: ...
    def called_since(self, at: Instant, limit: int) -> list[Ticket]: ...
    def clerk_day(self, clerk: str, day: str) -> list[Ticket]: ...
    def service_times(self, since_day: str) -> dict[str, tuple[int, float]]:
        """Per service: how many finished services, and their minutes together."""
        ...

    # persons of real-name services
    def add_identity(self, identity: Identity) -> None: ...
    def identity_of(self, ticket: str) -> Identity | None: ...
    def open_tickets_of(self, person: str) -> list[Ticket]: ...
    def missed_by(self, person: str) -> list[Ticket]:
        """Tickets that stand as no-shows, oldest first, without those that the end of a day made such."""
        ...

    def lifted_at(self, person: str) -> Instant | None: ...
    def add_lift(self, lift: Lift) -> None: ...
    def forget_identities(self, today: str, kept_since: str) -> int:
        """Deletes what was kept until before today, or is of a day before; how many rows."""
        ...

    # windows
    def window(self, window: str) -> WindowState: ...
    def windows(self) -> dict[str, WindowState]: ...
    def set_window(self, state: WindowState) -> None: ...
    def window_of(self, clerk: str) -> str | None: ...

    # ratings
    def is_rated(self, ticket: str) -> bool: ...


class Store(Protocol):
    """Keeps one hall durably; an answer leaves only after its change is on the disk."""

    @property
    def trouble(self) -> str | None:
        """The code of what keeps changes from being kept at the moment: disk_full, disk_read_only, …"""
        ...

    def try_again(self) -> None:
        """While there is trouble: finds out whether it is over."""
        ...

    def change(self, work: Callable[[Desk], Json], press: Press) -> Json:
        """Runs the work in one transaction; with a key seen before, the first answer comes back instead.

        Raises what the work raises (nothing is then changed), KeyReused, StorageFailed.
        """
        ...

    def look(self, work: Callable[[Desk], Answer]) -> Answer:
        """Runs a read on one consistent picture of the hall."""
        ...
