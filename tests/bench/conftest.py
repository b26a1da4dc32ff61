"""A hall of three windows for the player's own tests, and the Monday on which it is open."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bench.day_trace import Queue, Trace
from queueing.house import (
    Area,
    Department,
    HallInfo,
    Help,
    Hours,
    House,
    Service,
    StaffMember,
    Stretch,
    Text,
    TicketClass,
    Window,
)

ZONE = ZoneInfo("Asia/Shanghai")


def text(word: str) -> Text:
    return Text(zh=word, en=word)


def at(clock: str) -> datetime:
    """A moment of the Monday."""
    return datetime.fromisoformat(f"2026-10-12T{clock}").replace(tzinfo=ZONE)


@pytest.fixture
def monday() -> date:
    return date(2026, 10, 12)


@pytest.fixture
def house() -> House:
    """Tax has windows 1 and 2, land has window 3; window 1 stays open over noon."""
    short = Stretch(days=("mon",), opens="08:30", closes="11:30")
    late = Stretch(days=("mon",), opens="14:00", closes="17:30")
    noon = Stretch(days=("mon",), opens="11:30", closes="14:00")
    return House(
        hall=HallInfo(id="three", name=text("Three windows")),
        areas=(Area("main", text("Main")),),
        hours=(Hours("short", (short, late)), Hours("long", (short, noon, late))),
        departments=(Department("tax", text("Tax")), Department("land", text("Land"))),
        services=(
            Service("return", "tax", text("Return"), "A", minutes=8, common=True),
            Service("invoice", "tax", text("Invoice"), "AB", minutes=4),
            Service("deed", "land", text("Deed"), "B", minutes=12),
        ),
        windows=(
            Window("1", text("One"), "main", "long", departments=("tax",)),
            Window("2", text("Two"), "main", "short", serves=("invoice",), helps=(Help("deed", 10),)),
            Window("3", text("Three"), "main", "short", departments=("land",)),
        ),
        classes={
            "walk_in": TicketClass(),
            "priority": TicketClass(rate=3, grounds=(text("70"), text("infant"))),
        },
        staff=(
            StaffMember("c1", text("Chen"), text("Clerk"), windows=("1",)),
            StaffMember("c2", text("Li"), text("Clerk"), windows=("1", "2")),
            StaffMember("boss", text("Wu"), text("Boss"), role="supervisor"),
        ),
    )


@pytest.fixture
def trace() -> Trace:
    """Two queues: a busy one that comes in the first quarter of the day, a quiet one in the last."""
    return Trace("office", "2020-01-13", (Queue((9, 0, 0, 0)), Queue((0, 0, 0, 3))))
