"""A book counts who stands before somebody as a look at each of them would, whatever has happened in it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queueing.book import Book
from queueing.class_rules import TicketClass
from queueing.clock import shifted
from queueing.outlook import Outlook, Picture, Span
from queueing.plan import Plan
from queueing.records import Waiting, WindowState
from queueing.waits import Line
from settings import load_house
from tests.queueing.plain_line import PlainLine
from tests.scene import SMALL

AT = "2026-10-12T01:00:00.000Z"
CLASSES = {
    "walk_in": TicketClass(),
    "priority": TicketClass(rate=3.0),
    "early": TicketClass(head_start=20.0, rate=0.0),
}
HOUSE = replace(load_house(SMALL), classes=CLASSES)
PLAN = Plan(HOUSE)
SERVICES = [service.id for service in HOUSE.services]
WINDOWS = [window.id for window in HOUSE.windows]
MINUTES = {service.id: service.minutes for service in HOUSE.services}

half_minutes = st.integers(-120, 6).map(lambda n: shifted(AT, minutes=n / 2))
tickets = st.builds(
    Waiting,
    key=st.uuids().map(str),
    service=st.sampled_from(SERVICES),
    ticket_class=st.sampled_from(sorted(CLASSES)),
    line_at=half_minutes,
    tie=st.integers(1, 999),
    direct_window=st.none() | st.none() | st.sampled_from(WINDOWS),
    not_before=st.none() | st.none() | st.integers(-10, 40).map(lambda n: shifted(AT, minutes=n)),
)
crowds = st.lists(tickets, max_size=25, unique_by=(lambda ticket: ticket.key, lambda ticket: ticket.tie))
spans = st.none() | st.integers(1, 60).map(lambda n: Span(n / 2, n, 2.0 * n))


def others(crowd):
    """The same with keys of their own: nobody stands in a book twice."""
    return [ticket._replace(key=f"other {ticket.key}") for ticket in crowd]


@st.composite
def halls(draw):
    """Everybody who waits, whom the forecast knows, and who came before and has gone."""
    crowd, gone = draw(crowds), others(draw(crowds))
    known = [ticket for ticket in crowd + gone if draw(st.booleans())]
    prices = {ticket.key: draw(spans) for ticket in known}
    newcomers = {(s, c): draw(spans) for s in SERVICES for c in CLASSES if draw(st.booleans())}
    outlook = Outlook()
    if draw(st.booleans()):
        outlook.take(Picture(AT, {ticket.key: ticket for ticket in known}, prices, newcomers))
    states = st.sampled_from(["open", "open", "paused", "closed"])
    windows = {window: WindowState(window, draw(states)) for window in WINDOWS}
    busy = {window: draw(st.sampled_from(SERVICES)) for window in WINDOWS if draw(st.booleans())}
    return crowd, gone, outlook, windows, busy


def book_of(crowd, gone, outlook):
    """Kept as a writer keeps it: some come, are asked for, and go again."""
    book = Book(gone)
    if outlook.seen:
        book.unknown_to(outlook.seen)
    for ticket in crowd:
        book.add(ticket)
    for ticket in gone:
        book.remove(ticket)
    return book


def same(found, expected):
    assert (found.ahead, found.low, found.high, found.played) == (
        expected.ahead, expected.low, expected.high, expected.played,
    )  # fmt: skip
    assert found.span == (expected.span and pytest.approx(expected.span))


@settings(max_examples=150, deadline=None)
@given(halls())
def test_places_are_the_same_as_by_looking_at_everybody(hall):
    crowd, gone, outlook, windows, busy = hall
    about = busy, windows, MINUTES.__getitem__, AT, outlook
    lines = Line(PLAN, book_of(crowd, gone, outlook), *about)
    plain = PlainLine(PLAN, crowd, *about)
    for service in SERVICES:
        for name in CLASSES:
            first = PLAN.alike[service]
            same(lines.newcomer(service, name), plain.newcomer(first, name))
        told, expected = lines.places(service), plain.places(service)
        assert told.keys() == expected.keys()
        for key, place in told.items():
            same(place, expected[key])


@given(crowds, crowds)
def test_what_has_gone_leaves_nothing_behind(crowd, gone):
    book, gone = Book(crowd), others(gone)
    for ticket in gone:
        book.add(ticket)
    for ticket in gone:
        book.remove(ticket)
        book.remove(ticket)  # once more changes nothing
    assert sorted(t for s in book.services for t in book.of(s)) == sorted(crowd)
    assert {s: book.waiting(s) for s in book.services} == {
        s: sum(t.service == s for t in crowd) for s in {t.service for t in crowd}
    }
