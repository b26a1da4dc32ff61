"""What the hall asks of whatever keeps it: the contract that every storage fulfils.

Inside a change a *desk* is handed to the work: everything it reads and writes is one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from queueing.book import Book
from queueing.clock import Instant
from queueing.help_rules import InForce
from queueing.outlook import Kept
from queueing.persons import Identity, Lift
from queueing.records import (
    Block,
    Event,
    Json,
    PastVisit,
    Press,
    Ticket,
    UnderWay,
    Waiting,
    WindowState,
)  # fmt: skip
from queueing.walking import Walk

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
    def history(self, ticket: str) -> list[Event]:
        """All that happened to a ticket, in order."""
        ...

    def calls_between(self, since: Instant, until: Instant | None, limit: int) -> list[Event]:
        """Calls, and undone presses, of tickets that joined after `since`, from then on, in order."""
        ...

    def last_press_at(self, window: str) -> list[Event]:
        """The events of the newest press (or undo) that a clerk made on tickets at that window."""
        ...

    def notes_since(self, at: Instant, actions: Sequence[str]) -> list[Event]:
        """Notes of these kinds since that instant, the oldest first."""
        ...

    def events_between(self, since: Instant, until: Instant) -> list[Event]:
        """What happened to tickets, and the switches of rules, in order; `until` is no part of it."""
        ...

    # rules by time and line
    def effects_on(self) -> tuple[str, ...]:
        """What the rules that are on say, ordered by rule; asked at every press."""
        ...

    def rules_on(self) -> dict[str, InForce]: ...
    def put_rule_on(self, rule: InForce) -> None: ...
    def take_rule_off(self, rule: str) -> None: ...
    def rules_off(self, day: str) -> set[str]:
        """Those that somebody switched off for the day."""
        ...

    def keep_rule_off(self, rule: str, day: str) -> None: ...
    def let_rule_work(self, rule: str) -> None: ...

    # tickets
    def ticket(self, key: str) -> Ticket:
        """Raises UnknownTicket."""
        ...

    def add_ticket(self, ticket: Ticket) -> None: ...
    def replace_ticket(self, was: Ticket, now: Ticket) -> None:
        """Raises TicketMoved when the stored ticket isn't `was` any more."""
        ...

    def next_number(self, day: str, prefix: str, first: int) -> int: ...
    def reserve_numbers(self, day: str, prefix: str, count: int) -> int:
        """Takes so many consecutive numbers, from 1 on; the last of them."""
        ...

    def ticket_numbered(self, day: str, number: str) -> Ticket | None: ...
    def add_block(self, block: Block) -> None: ...
    def block(self, key: str) -> Block | None: ...
    def blocks_of(self, day: str, holder: str) -> list[Block]: ...
    def entered_numbers(self, day: str) -> set[str]:
        """All numbers of the day that were given out without the server."""
        ...

    def block_with(self, day: str, prefix: str, place: int) -> Block | None:
        """The block that holds that number of the day."""
        ...

    def settle(self, press: Press, key: str, at: Instant) -> Json | None:
        """The answer that this actor got under another key; without one the key is void from now on."""
        ...

    def issued_numbers(self, day: str) -> Mapping[str, int]:
        """The last number given out today, by prefix."""
        ...

    def heads(
        self, services: Sequence[str], classes: Sequence[str], window: str, at: Instant
    ) -> list[Ticket]:
        """The first waiting ticket of each line, and of the window's own lines, whose holder isn't away."""
        ...

    def line(self, service: str, ticket_class: str, limit: int) -> list[Ticket]: ...
    def in_states(self, states: Sequence[str]) -> list[Ticket]:
        """Open tickets in these states in the order of their lines."""
        ...

    def waiting(self, services: Sequence[str] | None = None) -> list[Waiting]:
        """Everybody who waits (for these services), in the order of `line_at` and `tie`."""
        ...

    def book(self, services: Sequence[str] | None = None) -> Book:
        """Everybody who waits, line by line; with `services` at least all who wait for these."""
        ...

    def running(self) -> dict[str, str]:
        """Per window with a ticket: that ticket's service."""
        ...

    def no_shows(self, day: str) -> list[Ticket]: ...
    def at_window(self, window: str) -> Ticket | None: ...
    def called_since(self, at: Instant, limit: int) -> list[Ticket]: ...
    def clerk_day(self, clerk: str, day: str) -> list[Ticket]:
        """Whom a clerk served to the end on that day, and who stands as missed."""
        ...

    def service_times(self, since_day: str) -> dict[str, tuple[int, float]]:
        """Per service: how many finished services, and their minutes together."""
        ...

    # waits: what came of what was told, and what is learned from
    def kept_waits(self, since_day: str) -> Kept:
        """How many ranges told since then have an outcome, and how many of them held.

        Without those whose holder asked for more time, missed a call or was sent on.
        """
        ...

    def walks(self, since_day: str) -> list[Walk]:
        """How long visits since then took from call to start, per window and class."""
        ...

    def days_before(self, day: str, limit: int) -> list[str]: ...
    def under_way(self) -> list[UnderWay]:
        """Whom windows have called, or are serving."""
        ...

    def past_visits(self, day: str, after_seq: int = 0) -> list[PastVisit]:
        """The visits of a day that are over, or have been since that event."""
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
    def windows(self) -> Mapping[str, WindowState]: ...
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

    def change(self, work: Callable[[Desk], Json], press: Press, quick: bool = False) -> Json:
        """Runs the work in one transaction; with a key seen before, the first answer comes back instead.

        A `quick` work takes a millisecond at the most: it may run where it is asked for; others run beside.

        Raises what the work raises (nothing is then changed), KeyReused, StorageFailed.
        """
        ...

    def look(self, work: Callable[[Desk], Answer]) -> Answer:
        """Runs a read on one consistent picture of the hall."""
        ...
