"""A complaint's life: one table says every step there is, a shorter one those of praise and suggestions."""

from __future__ import annotations

from typing import Literal, get_args

from queueing.errors import HallError

Kind = Literal["complaint", "praise", "suggestion"]
Channel = Literal["phone", "web", "desk", "letter", "call"]
"""The ticket's own page, the page for everybody, at the desk, by letter, by telephone."""

State = Literal["received", "passed_on", "solved", "asked_after", "closed"]
Action = Literal["pass_on", "solve", "ask_after", "reopen", "close", "set_aside"]
Weight = Literal["ordinary", "major"]
Answered = Literal["yes", "no", "not_reached"]
SetAside = Literal["no_complaint", "twice", "not_this_hall", "abuse", "withdrawn"]
Verdict = Literal["", "verified", "unfounded", "taken_back"]
Item = Literal[
    "complaint", "complaint:case", "complaint_discipline", "praise", "praise:quality", "suggestion"
]  # fmt: skip

KINDS: tuple[Kind, ...] = get_args(Kind)
STATES: tuple[State, ...] = get_args(State)
ACTIONS: tuple[Action, ...] = get_args(Action)

ITEMS: dict[Kind, tuple[Item, ...]] = {
    "complaint": ("complaint", "complaint:case", "complaint_discipline"),
    "praise": ("praise", "praise:quality"),
    "suggestion": ("suggestion",),
}
"""As which kind of fact each may count once it is verified; behind a colon what it is about more narrowly."""

OF_COMPLAINTS: dict[tuple[State, Action], State] = {
    ("received", "pass_on"): "passed_on",
    ("received", "set_aside"): "closed",
    ("passed_on", "pass_on"): "passed_on",
    ("passed_on", "solve"): "solved",
    ("passed_on", "set_aside"): "closed",
    ("solved", "ask_after"): "asked_after",
    ("asked_after", "reopen"): "passed_on",
    ("asked_after", "close"): "closed",
}
OF_OTHERS: dict[tuple[State, Action], State] = {
    ("received", "pass_on"): "passed_on",
    ("received", "close"): "closed",
    ("received", "set_aside"): "closed",
    ("passed_on", "pass_on"): "passed_on",
    ("passed_on", "close"): "closed",
    ("passed_on", "set_aside"): "closed",
}


class CannotHere(HallError):
    code = "complaint_cannot"
    sentence = "That isn't possible: the complaint is {state}."


def table_of(kind: Kind) -> dict[tuple[State, Action], State]:
    return OF_COMPLAINTS if kind == "complaint" else OF_OTHERS


def next_state(kind: Kind, state: State, action: Action) -> State:
    """The state that an action leads to; refuses with `CannotHere` what the table doesn't hold."""
    try:
        return table_of(kind)[state, action]
    except KeyError:
        raise CannotHere(state=state, action=action) from None


def actions_from(kind: Kind, state: State) -> tuple[Action, ...]:
    """What may be done next."""
    return tuple(action for action in ACTIONS if (state, action) in table_of(kind))
