"""What the office reads of a complaint, and what the citizen does: no inner notes, nobody's name."""

from __future__ import annotations

from queueing.clock import Instant
from queueing.hall import Hall
from queueing.records import Json
from scoring.complaint_limits import tone_of
from scoring.complaint_records import Complaint, ComplaintStore, Words
from scoring.complaint_states import actions_from

PLAIN = (
    "id", "kind", "channel", "state", "weight", "about_day", "received_at", "step_at", "due_at", "window",
    "clerk", "taken_by", "handler", "closed_at", "solved", "satisfied", "verdict", "item", "decided_by",
    "set_aside",
)  # fmt: skip
DECIDED = ("verified", "unfounded")


def office_row(hall: Hall, desk: ComplaintStore, it: Complaint, at: Instant, reader: str | None) -> Json:
    """One line of the list; whom it is about learns no ticket's number by it."""
    told: Json = {name: getattr(it, name) for name in PLAIN}
    own = it.clerk is not None and it.clerk == reader
    number = desk.ticket(it.ticket).number if it.ticket and not own else None
    return told | {
        "number": number,
        "tone": tone_of(it, at, hall.house.complaints),
        "missed": [step for step in it.missed.split(",") if step],
        "concerns_reader": own,
    }


def office_whole(hall: Hall, desk: ComplaintStore, it: Complaint, at: Instant, reader: str | None) -> Json:
    """With all words, but to whom it is about; and what this reader may do next."""
    row = office_row(hall, desk, it, at, reader)
    if row["concerns_reader"]:
        return row | {"words": [], "actions": []}
    actions = [*actions_from(it.kind, it.state), *verdict_actions(it, reader)]
    return row | {"words": [word_view(each) for each in desk.words_of(it.id)], "actions": actions}


def verdict_actions(it: Complaint, reader: str | None) -> list[str]:
    """Four eyes: nothing for who took it down or handled it."""
    too_early = (it.kind, it.state) == ("complaint", "received")
    if reader in (it.taken_by, *it.hands.split(",")) or it.set_aside or too_early:
        return []
    return ["take_back"] if it.verdict in DECIDED else ["decide"]


def word_view(words: Words) -> Json:
    return {"sort": words.sort, "at": words.at, "author": words.author, "text": words.text}


def own_view(desk: ComplaintStore, it: Complaint) -> Json:
    """For who said it: where it stands, by when the next step is due, what the hall answers."""
    answers = [each.text for each in desk.words_of(it.id) if each.sort == "answer"]
    verdict = it.verdict if it.state == "closed" and it.verdict in DECIDED else ""
    return {
        "kind": it.kind, "state": it.state, "received_at": it.received_at, "step_at": it.step_at,
        "due_at": it.due_at, "closed_at": it.closed_at, "answers": answers, "verdict": verdict,
        "set_aside": it.set_aside,
    }  # fmt: skip
