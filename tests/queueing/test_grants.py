"""Classes: who gives them, and the clerk's one press for who isn't entitled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from queueing.class_rules import TicketClass
from queueing.errors import Cannot, ClassNotOffered, NotYourWindow, UndoMovedOn
from queueing.grants import NothingToConfirm, class_given, entitled_by_age
from queueing.identity import Document, Person, age_on
from queueing.looks import event_message, public_message, staff_message
from queueing.text import Text
from settings import load_house
from tests.scene import SMALL, Scene

CLASSES = {
    "walk_in": TicketClass(),
    "priority": TicketClass(
        rate=3.0, grounds=(Text("孕妇", "Pregnant"),), granted_by=("kiosk", "guide", "age"), confirm=True,
        age=70,
    ),
    "appointment": TicketClass(rate=3.0),
    "green_channel": TicketClass(
        head_start=30.0, name=Text("绿色通道", "Green channel"), granted_by=("guide",)
    ),
}  # fmt: skip


@pytest.fixture
def hall(tmp_path):
    opened = Scene(tmp_path, classes=CLASSES)
    opened.sit("1", "li")
    yield opened
    opened.close()


def called_priority(hall: Scene) -> tuple[str, str]:
    """Two walk-ins, then somebody with priority, who is called first after a while."""
    hall.take(), hall.clock.turn(minutes=1)
    hall.take(), hall.clock.turn(minutes=1)
    pushy = hall.take("id-card", "priority")
    hall.clock.turn(minutes=1)
    later = hall.take()
    hall.clock.turn(minutes=20)
    assert hall.press("call_next", "1", "li")["ticket"]["ticket"] == pushy
    return pushy, later


def test_who_isnt_entitled_stands_where_it_would_have_stood(hall):
    pushy, later = called_priority(hall)
    answer = hall.press("refuse_class", "1", "li", ticket=pushy)
    ticket = hall.ticket(pushy)
    assert answer["window"]["number"] is None, "the window is free for the next"
    assert (ticket.state, ticket.ticket_class, ticket.line_at) == ("waiting", "walk_in", ticket.joined_at)
    assert (ticket.calls, ticket.called_at, ticket.window) == (0, None, None)
    order = [hall.serve_one("1", "li", 1) for _ in range(4)]
    assert [hall.number(key) for key in order] == ["A001", "A002", "A003", "A004"]
    assert order[2:] == [pushy, later]


def test_it_is_recorded_and_the_hall_sees_no_more_than_that_it_was_sent_on(hall):
    pushy, _ = called_priority(hall)
    hall.press("refuse_class", "1", "li", ticket=pushy)
    event = hall.events()[-1]
    assert (event.action, event.actor) == ("refuse_class", "staff:li")
    assert (event.before["ticket_class"], event.after["ticket_class"]) == ("priority", "walk_in")
    assert staff_message(event_message(event, None))["action"] == "refuse_class"
    shown = public_message(event_message(event, None))
    assert shown["action"] == "transfer" and "class" not in str(shown)


def test_the_press_can_be_undone(hall):
    pushy, _ = called_priority(hall)
    before = replace(hall.ticket(pushy), seq=0)
    hall.press("refuse_class", "1", "li", ticket=pushy)
    answer = hall.press("undo", "1", "li")
    assert answer["window"]["ticket"] == pushy
    assert replace(hall.ticket(pushy), seq=0) == before


def test_not_once_the_ticket_was_called_elsewhere(hall):
    pushy, _ = called_priority(hall)
    hall.press("refuse_class", "1", "li", ticket=pushy)
    hall.sit("2", "wang")
    hall.press("call", "2", "wang", ticket=pushy)
    with pytest.raises(UndoMovedOn):
        hall.press("undo", "1", "li")


def test_time_that_was_asked_for_is_not_given_back(hall):
    from queueing.postponing import Postponing

    pushy = hall.take("id-card", "priority")
    Postponing(hall.hall).postpone(ticket=pushy, by=hall.by())
    hall.clock.turn(minutes=30)
    hall.press("call_next", "1", "li")
    hall.press("serve", "1", "li")
    hall.press("refuse_class", "1", "li")
    ticket = hall.ticket(pushy)
    assert ticket.line_at > ticket.joined_at and ticket.started_at is None


def test_serving_needs_no_confirming_and_confirming_is_one_press(hall):
    pushy, _ = called_priority(hall)
    answer = hall.press("confirm_class", "1", "li", ticket=pushy)
    assert answer["ticket"]["confirmed"] and hall.ticket(pushy).state == "called"
    with pytest.raises(NothingToConfirm):
        hall.press("refuse_class", "1", "li", ticket=pushy)
    assert public_message(event_message(hall.events()[-1], None))["action"] == "other"
    assert hall.press("serve", "1", "li")["ticket"]["state"] == "serving"


def test_walk_ins_have_nothing_to_confirm(hall):
    hall.take()
    hall.press("call_next", "1", "li")
    for press in ("confirm_class", "refuse_class"):
        with pytest.raises(NothingToConfirm, match="A001"):
            hall.press(press, "1", "li")


def test_only_who_sits_there_may_refuse(hall):
    called_priority(hall)
    with pytest.raises(NotYourWindow):
        hall.press("refuse_class", "1", "wang")


def test_the_kiosk_gives_what_the_file_lets_it(hall):
    assert hall.ticket(hall.take("id-card", "priority")).confirmed is False
    for name in ("green_channel", "appointment"):
        with pytest.raises(ClassNotOffered, match=name):
            hall.take("id-card", name)


def by_guide(hall: Scene, key: str, name: str) -> None:
    hall.hall.grant_class(ticket=key, ticket_class=name, by=hall.by("zhao", role="guide"))


def test_a_guide_puts_somebody_into_a_class_and_the_place_in_time_stays(hall):
    first, old = hall.take(), hall.take("household")
    joined = hall.ticket(old).joined_at
    by_guide(hall, old, "green_channel")
    ticket = hall.ticket(old)
    assert (ticket.ticket_class, ticket.line_at, ticket.confirmed) == ("green_channel", joined, True)
    assert hall.press("call_next", "1", "li")["ticket"]["ticket"] == old
    assert public_message(event_message(hall.events()[-2], None))["action"] == "other"
    with pytest.raises(Cannot):
        by_guide(hall, old, "walk_in")
    assert hall.ticket(first).state == "waiting"


def test_a_guide_takes_a_class_back_and_gives_no_appointment(hall):
    key = hall.take("id-card", "priority")
    by_guide(hall, key, "walk_in")
    assert hall.ticket(key).ticket_class == "walk_in" and not hall.ticket(key).confirmed
    with pytest.raises(ClassNotOffered, match="appointment"):
        by_guide(hall, key, "appointment")


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [("19561012", "2026-10-12", 70), ("19561013", "2026-10-12", 69), ("20040229", "2026-02-28", 21),
     ("20040229", "2026-03-01", 22)],
)  # fmt: skip
def test_age_counts_full_years_on_the_day(born, today, age):
    assert age_on(Document("resident", f"110101{born}0013"), date.fromisoformat(today)) == age


def test_other_documents_tell_no_age():
    assert age_on(Document("other", "E12345678"), date(2026, 10, 12)) is None
    assert entitled_by_age(CLASSES, None) == ()


def test_the_card_gives_the_class_to_who_asked_for_none(hall):
    person = Person("h", "resident", "***", entitled_by_age(CLASSES, 70))
    assert entitled_by_age(CLASSES, 69) == ()
    assert class_given("walk_in", person) == "priority"
    assert class_given("green_channel", person) == "green_channel"
    issued = hall.hall.issue(service="id-card", person=person, by=hall.by(role="kiosk"))
    ticket = hall.ticket(issued["ticket"]["ticket"])
    assert (ticket.ticket_class, ticket.confirmed) == ("priority", True)
    assert "ticket_class" not in issued["ticket"]
    assert not {"age", "ground", "granted_by"} & {*hall.events()[-1].after, *hall.events()[-1].shown}


def test_a_file_of_before_offers_what_it_did():
    classes = load_house(SMALL).classes
    assert classes["priority"].grantors == {"kiosk", "guide"} and not classes["priority"].confirm
    assert classes["appointment"].grantors == set()
