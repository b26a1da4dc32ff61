"""What terminals and public screens hear: moves by their names, of all else that something happened."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from queueing.looks import HEARD_BY_ALL, event_message, public_message, staff_message
from queueing.records import Event

ROOT = Path(__file__).resolve().parents[2]
AT = "2026-10-12T09:00:00+08:00"
KEPT_FROM_CLERKS = (
    "rate", "rate_again", "remedy", "contact_left", "ratings_appealed", "ratings_set_aside",
    "ratings_put_back", "rating_refused", "looked", "release", "release_pending", "fact_entered",
    "fact_withdrawn", "facts_imported", "evidence_added", "appeal", "appeal_decided",
    "appeal_evidence_added", "honour", "honour_taken_back", "complaint_received", "complaint_decided",
    "callbacks_drawn", "callback_made", "a_note_that_nobody_has_thought_of_yet",
)  # fmt: skip


def told(action: str) -> dict[str, object]:
    after = {"level": "satisfied", "reasons": [], "channel": "pad"}
    return event_message(Event(7, AT, action, "p", "staff:chen", None, None, {}, after, {}), None)


@pytest.mark.parametrize("action", KEPT_FROM_CLERKS)
def test_of_what_moves_nothing_terminals_hear_only_that_something_happened(action):
    assert staff_message(told(action)) == {"seq": 7, "at": AT, "action": "other"}
    assert public_message(told(action)) == {"seq": 7, "at": AT, "action": "other"}


def test_moves_are_heard_by_their_names():
    for action in ("call", "finish", "postpone", "issue", "undo", "sit", "leave", "pause", "open"):
        assert staff_message(told(action))["action"] == action


@pytest.mark.parametrize(
    "page", ["window/undoing.js", "window/choosing.js", "rating/desk.js", "phone/phone.js"]
)
def test_what_pages_wait_for_is_heard(page):
    """Whatever a page of clerks or visitors compares an event's action with."""
    script = (ROOT / "static" / page).read_text(encoding="utf-8")
    sets = re.findall(r"const (?:UNDOABLE|SEATING|OVERTAKING|RELOCATING) = new Set\(\[([^\]]*)\]", script)
    waited_for = {name for names in sets for name in re.findall(r'"(\w+)"', names)}
    assert waited_for and waited_for <= HEARD_BY_ALL
