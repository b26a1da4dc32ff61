"""Any buttons in any order: what must hold in a hall, whatever people press."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from queueing.class_rules import TicketClass
from queueing.errors import HallError
from queueing.help_rules import RuleLine
from queueing.states import AT_WINDOW, NEXT_STATE
from tests.scene import Scene

SEATS = {"1": "li", "2": "wang"}
windows = st.sampled_from(sorted(SEATS))
services = st.sampled_from(["id-card", "household", "residence-permit", "pension"])
presses = st.sampled_from(
    ["call_next", "recall", "serve", "finish", "finish_and_next", "mark_no_show", "hold", "undo",
     "refuse_class", "confirm_class"]
)
picked = st.sampled_from(["call", "resume", "reinstate", "postpone", "transfer"])


SEEN = {"walk_in": TicketClass(), "priority": TicketClass(rate=3.0, granted_by=("kiosk",), confirm=True)}
HELP = RuleLine(
    "line of residence-permit exceeds 1", "window 2 helps with residence-permit", at_least_minutes=0
)


def in_lines(book):
    return {service: sorted(book.of(service)) for service in book.services}


def as_kept(desk):
    """What the writer of a hall may have in memory, as the database has it."""
    return {
        "book": in_lines(desk.book()), "running": desk.running(), "windows": desk.windows(),
        "effects": desk.effects_on(), "numbers 2026-10-12": desk.issued_numbers("2026-10-12"),
    }  # fmt: skip


class AnyOrder(RuleBasedStateMachine):
    """Two windows, any number of visitors, every press with or without sense."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.scene = Scene(Path(self.folder.name), classes=SEEN, rules=(HELP,))
        for window, clerk in SEATS.items():
            self.scene.sit(window, clerk)
        self.keys: list[str] = []
        self.refused = 0

    def teardown(self) -> None:
        self.scene.close()
        self.folder.cleanup()

    def tried(self, name, window, **more):
        """A press that the hall takes whole or refuses whole."""
        before = len(self.scene.events())
        try:
            self.scene.press(name, window, SEATS[window], **more)
        except HallError:
            self.refused += 1
            assert len(self.scene.events()) == before

    @rule(service=services, ticket_class=st.sampled_from(["walk_in", "priority"]))
    def somebody_comes(self, service, ticket_class):
        self.keys.append(self.scene.take(service, ticket_class))

    @rule(window=windows, name=presses)
    def a_clerk_presses(self, window, name):
        self.tried(name, window)

    @precondition(lambda self: self.keys)
    @rule(window=windows, name=picked, data=st.data())
    def a_clerk_picks_a_ticket(self, window, name, data):
        key = data.draw(st.sampled_from(self.keys))
        more = {"service": data.draw(services)} if name == "transfer" else {}
        self.tried(name, window, ticket=key, **more)

    @precondition(lambda self: self.keys)
    @rule(data=st.data())
    def somebody_leaves(self, data):
        try:
            self.scene.hall.abandon(
                ticket=data.draw(st.sampled_from(self.keys)), by=self.scene.by(role="holder")
            )
        except HallError:
            self.refused += 1

    @rule(seconds=st.sampled_from([1, 5, 11, 90]))
    def time_passes(self, seconds):
        self.scene.clock.turn(seconds=seconds)
        self.scene.hall.ruling.apply()

    @invariant()
    def nobody_stands_before_the_time_of_joining(self):
        """Nor does anybody gain by a class that wasn't due."""
        for ticket in map(self.scene.ticket, self.keys):
            assert ticket.line_at >= ticket.joined_at
            assert not (ticket.confirmed and ticket.ticket_class == "walk_in")

    @invariant()
    def a_window_has_one_ticket_at_the_most(self):
        tickets = [self.scene.ticket(key) for key in self.keys]
        at_windows = [t.window for t in tickets if t.state in AT_WINDOW]
        assert len(at_windows) == len(set(at_windows))

    @invariant()
    def numbers_are_distinct_and_events_have_no_holes(self):
        numbers = [self.scene.number(key) for key in self.keys]
        assert len(numbers) == len(set(numbers))
        seqs = [event.seq for event in self.scene.events()]
        assert seqs == list(range(1, len(seqs) + 1))

    @invariant()
    def the_writer_has_in_memory_what_is_kept(self):
        known = self.scene.store._standing
        for name, kept in self.scene.store.look(as_kept).items():
            read = known._parts.get(name)
            assert read is None or (in_lines(read) if name == "book" else read) == kept, name

    @invariant()
    def every_step_in_the_log_is_in_the_table(self):
        states: dict[str, str] = {}
        for event in self.scene.events():
            if event.ticket is None:
                continue
            was, now = states.get(event.ticket), event.shown["state"]
            if event.action not in ("issue", "undo"):
                assert NEXT_STATE[was, event.action] == now
            states[event.ticket] = now


AnyOrder.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestAnyOrder = AnyOrder.TestCase
