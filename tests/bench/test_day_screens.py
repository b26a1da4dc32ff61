"""How a screen keeps account of what it hears."""

from __future__ import annotations

from typing import Any

from bench.day_screens import Account


def event(seq: int, action: str = "issue", ticket: str = "k1", calls: int = 0) -> dict[str, Any]:
    return {"seq": seq, "action": action, "ticket": {"ticket": ticket, "calls": calls}}


def joined(seq: int = 10) -> Account:
    account = Account(began=100.0)
    account.joined(seq)
    return account


def test_events_of_the_snapshot_are_not_taken_twice() -> None:
    account = joined(10)
    assert not account.take(event(10))
    assert account.take(event(11))
    assert not account.take(event(11))
    assert (account.events, account.holes) == (1, 0)


def test_a_jump_in_the_numbers_is_a_hole() -> None:
    account = joined(10)
    account.take(event(11))
    account.take(event(14))
    assert account.holes == 2


def test_calls_and_recalls_are_remembered() -> None:
    account = joined()
    account.take(event(11, "call", calls=1))
    account.take(event(12, "recall", calls=2))
    account.take({"seq": 13, "action": "other"})
    assert account.calls == {("k1", 1), ("k1", 2)}


def test_the_longest_silence_counts() -> None:
    account = joined()
    for moment in (101.0, 104.5, 105.0):
        account.hear(moment)
    assert account.longest_silence == 3.5


def test_an_event_that_comes_right_after_the_beat_is_no_hole() -> None:
    account = joined(10)
    account.beat(11)
    account.take(event(11))
    account.beat(11)
    assert account.holes == 0


def test_an_event_still_missing_at_the_next_beat_is_a_hole() -> None:
    account = joined(10)
    account.beat(12)
    account.beat(12)
    assert account.holes == 2
    account.beat(12)
    assert account.holes == 2
