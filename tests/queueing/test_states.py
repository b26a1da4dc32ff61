"""Every pair of state and action, whether the table holds it or not."""

from __future__ import annotations

from itertools import product

import pytest

from queueing.errors import Cannot
from queueing.states import ACTIONS, NEXT_STATE, STATES, next_state

LIFE = {
    "waiting": {"call": "called", "transfer": "waiting", "postpone": "waiting", "rejoin": "waiting",
                "grant_class": "waiting", "abandon": "abandoned",
                "expire": "abandoned"},
    "called": {"recall": "called", "serve": "serving", "mark_no_show": "no_show", "transfer": "waiting",
               "confirm_class": "called", "refuse_class": "waiting",
               "abandon": "abandoned", "expire": "no_show"},
    "serving": {"finish": "finished", "hold": "held", "transfer": "waiting", "expire": "finished",
                "confirm_class": "serving", "refuse_class": "waiting"},
    "held": {"resume": "serving", "transfer": "waiting", "abandon": "abandoned", "expire": "abandoned"},
    "no_show": {"reinstate": "waiting"},
}  # fmt: skip
"""The life of a ticket, written down a second time from the design."""


@pytest.mark.parametrize(("state", "action"), list(product(STATES, ACTIONS)))
def test_every_step_is_in_the_table_or_refused(state, action):
    expected = LIFE.get(state, {}).get(action)
    if expected:
        assert next_state(state, action) == expected
    else:
        with pytest.raises(Cannot, match=f"{state} can't {action}"):
            next_state(state, action)


def test_the_table_holds_nothing_else():
    assert {(s, a): to for s, steps in LIFE.items() for a, to in steps.items()} == NEXT_STATE
