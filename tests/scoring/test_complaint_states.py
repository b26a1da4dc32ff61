"""Every pair of state and action of complaints, praise and suggestions; then any sequence of presses."""

from __future__ import annotations

from itertools import count, product
from typing import cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queueing.errors import HallError
from queueing.records import Press
from scoring.complaint_records import Complaint, ComplaintStore
from scoring.complaint_states import ACTIONS, KINDS, STATES, CannotHere, actions_from, next_state
from scoring.complaint_verdicts import ComplaintVerdicts
from scoring.complaints import Complaints, Said
from scoring.fact_store import FactStore
from tests.scene import Scene

LIFE = {
    "complaint": {
        "received": {"pass_on": "passed_on", "set_aside": "closed"},
        "passed_on": {"pass_on": "passed_on", "solve": "solved", "set_aside": "closed"},
        "solved": {"ask_after": "asked_after"},
        "asked_after": {"reopen": "passed_on", "close": "closed"},
    },
    "praise": {
        "received": {"pass_on": "passed_on", "close": "closed", "set_aside": "closed"},
        "passed_on": {"pass_on": "passed_on", "close": "closed", "set_aside": "closed"},
    },
}
LIFE["suggestion"] = LIFE["praise"]
"""Written down a second time from the rules."""

KEYS = count(1)


@pytest.mark.parametrize(("kind", "state", "action"), list(product(KINDS, STATES, ACTIONS)))
def test_every_step_is_in_the_table_or_refused(kind, state, action):
    expected = LIFE[kind].get(state, {}).get(action)
    assert (action in actions_from(kind, state)) is (expected is not None)
    if expected:
        assert next_state(kind, state, action) == expected
    else:
        with pytest.raises(CannotHere, match=f"the complaint is {state}"):
            next_state(kind, state, action)


def by(staff: str, role: str = "supervisor") -> Press:
    return Press(f"staff:{staff}", role, f"state-{next(KEYS)}", clerk=staff)


MORE = {
    "pass_on": {"handler": "chen"},
    "ask_after": {"solved": "no", "satisfied": "no"},
    "set_aside": {"reason": "twice"},
}
PRESSES = st.sampled_from([*ACTIONS, "verify", "refuse", "take_back"])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(KINDS), presses=st.lists(PRESSES, max_size=12))
def test_any_sequence_of_presses_leaves_one_fact_or_none(scene: Scene, kind, presses):
    doing, judging = Complaints(scene.hall), ComplaintVerdicts(scene.hall)
    key = doing.by_anybody(Said(kind, "So it was."), by=Press("visitor", "visitor", f"s-{next(KEYS)}"))
    state = "received"
    for press in presses:
        scene.clock.turn(minutes=1)
        before = kept(scene, key["complaint"])
        try:
            pressed(doing, judging, key["complaint"], press)
        except HallError:
            assert kept(scene, key["complaint"]) == before, "a refusal changes nothing"
            continue
        state = next_state(kind, state, press) if press in ACTIONS else state
        it = kept(scene, key["complaint"])
        assert it.state == state
        assert (it.due_at is None) is (kind != "complaint" or state in ("asked_after", "closed"))
        assert bool(it.fact) is (it.verdict == "verified")
        assert (it.closed_at is not None) is (state == "closed")
    counting = [f for f in facts(scene, key["complaint"]) if f.withdrawn is None]
    assert [f.id for f in counting] == ([kept(scene, key["complaint"]).fact] if counting else [])
    assert bool(counting) is (kept(scene, key["complaint"]).verdict == "verified")


def pressed(doing: Complaints, judging: ComplaintVerdicts, key: str, press: str) -> None:
    if press in ACTIONS:
        getattr(doing, press)(complaint=key, by=by("chen"), **MORE.get(press, {}))
    elif press == "take_back":
        judging.take_back(complaint=key, reason="A mistake.", by=by("admin", "administrator"))
    else:
        verified = press == "verify"
        judging.decide(complaint=key, verified=verified, window="2", by=by("admin", "administrator"))


def kept(scene: Scene, key: str) -> Complaint:
    return scene.store.look(lambda desk: cast(ComplaintStore, desk).complaint(key))


def facts(scene: Scene, key: str):
    found = scene.store.look(
        lambda desk: cast(FactStore, desk).entered_facts("2026-01-01", "2027-01-01", origin="complaint")
    )
    return [fact for fact in found if fact.note == key]
