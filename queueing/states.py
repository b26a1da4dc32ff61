"""A ticket's life: one table says every step there is (docs/glossary.md has the words)."""

from __future__ import annotations

from typing import Literal, get_args

from queueing.errors import Cannot

State = Literal["waiting", "called", "serving", "held", "no_show", "finished", "abandoned"]
Action = Literal[
    "call", "recall", "serve", "finish", "mark_no_show", "hold", "resume", "transfer",
    "postpone", "rejoin", "abandon", "expire", "reinstate",
    "grant_class", "confirm_class", "refuse_class",
]  # fmt: skip
Outcome = Literal["done", "more_needed", "referred", "withdrawn", "unclosed"]

STATES: tuple[State, ...] = get_args(State)
ACTIONS: tuple[Action, ...] = get_args(Action)
OUTCOMES: tuple[Outcome, ...] = ("done", "more_needed", "referred", "withdrawn")
"""What a clerk may say; *unclosed* is what the end of the day says of a service left open."""

AT_WINDOW: frozenset[State] = frozenset({"called", "serving"})
OPEN: frozenset[State] = frozenset({"waiting", "called", "serving", "held"})

NEXT_STATE: dict[tuple[State, Action], State] = {
    ("waiting", "call"): "called",
    ("waiting", "transfer"): "waiting",
    ("waiting", "postpone"): "waiting",
    ("waiting", "rejoin"): "waiting",
    ("waiting", "grant_class"): "waiting",
    ("waiting", "abandon"): "abandoned",
    ("waiting", "expire"): "abandoned",
    ("called", "recall"): "called",
    ("called", "serve"): "serving",
    ("called", "mark_no_show"): "no_show",
    ("called", "confirm_class"): "called",
    ("called", "refuse_class"): "waiting",
    ("called", "transfer"): "waiting",
    ("called", "abandon"): "abandoned",
    ("called", "expire"): "no_show",
    ("serving", "finish"): "finished",
    ("serving", "hold"): "held",
    ("serving", "confirm_class"): "serving",
    ("serving", "refuse_class"): "waiting",
    ("serving", "transfer"): "waiting",
    ("serving", "expire"): "finished",
    ("held", "resume"): "serving",
    ("held", "transfer"): "waiting",
    ("held", "abandon"): "abandoned",
    ("held", "expire"): "abandoned",
    ("no_show", "reinstate"): "waiting",
}


def next_state(state: State, action: Action, number: str = "") -> State:
    """The state that an action leads to; refuses with `Cannot` what the table doesn't hold."""
    try:
        return NEXT_STATE[state, action]
    except KeyError:
        raise Cannot(state=state, action=action, number=number) from None
