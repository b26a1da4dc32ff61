"""What processes hear of one another: only what is closed with the hall's key, and nothing of themselves."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest

from tests.running import Json
from web.bus import Queue
from web.seals import COUNT_BYTES, MARK_BYTES, MOST_SENDERS, Seals

KEY = b"k" * 32
SAID: Json = {"news": [["news", {"seq": 7}]]}


def another(key: bytes = KEY, hall: str = "small") -> Seals:
    return Seals(key, hall)


def heard_of(*messages: bytes) -> list[Json]:
    """What a process of the small hall makes of them."""
    queue, heard = Queue("redis://127.0.0.1:1/0", "small", KEY), list[Json]()
    queue.on("news", heard.append)
    for message in messages:
        queue._heard(message)
    return heard


def test_another_process_of_the_hall_is_heard() -> None:
    sender = another()
    assert heard_of(sender.closed(SAID), sender.closed(SAID)) == [{"seq": 7}] * 2


@pytest.mark.parametrize("place", [0, MARK_BYTES - 1, MARK_BYTES, MARK_BYTES + COUNT_BYTES, -1])
def test_a_message_that_was_changed_anywhere_is_nothing(place: int) -> None:
    message = bytearray(another().closed(SAID))
    message[place] ^= 1
    assert heard_of(bytes(message)) == []


@pytest.mark.parametrize("length", [0, MARK_BYTES, MARK_BYTES + COUNT_BYTES, MARK_BYTES + COUNT_BYTES + 5])
def test_a_message_that_was_cut_short_is_nothing(length: int) -> None:
    assert heard_of(another().closed(SAID)[:length]) == []


def test_who_has_no_key_and_who_serves_another_hall_is_not_heard() -> None:
    assert heard_of(another(key=b"0" * 32).closed(SAID), another(hall="neighbour").closed(SAID)) == []


def test_a_process_doesnt_hear_itself_and_says_nothing_the_same_way_twice() -> None:
    own = another()
    message, again = own.closed(SAID), own.closed(SAID)
    assert own.opened(message) is None
    assert message != again and b"news" not in message
    assert another().opened(message) == SAID == another().opened(again)


def test_an_ear_that_fails_costs_the_others_nothing(caplog: pytest.LogCaptureFixture) -> None:
    queue, heard = Queue("redis://127.0.0.1:1/0", "small", KEY), list[Json]()

    def deaf(data: Json) -> None:
        raise ValueError("what?")

    queue.on("news", deaf)
    queue.on("news", heard.append)
    queue._heard(another().closed(SAID))
    assert heard == [{"seq": 7}] and "was heard and not understood" in caplog.text


def test_what_was_heard_once_isnt_heard_again() -> None:
    """Somebody who may write to Redis can send it once more, and can't make anything new of it."""
    sender, other = another(), another()
    first, second = sender.closed(SAID), sender.closed(SAID)
    assert len(heard_of(first, other.closed(SAID), first, second, first, second)) == 3


def test_only_so_many_senders_are_remembered() -> None:
    seals = another()
    for _ in range(2 * MOST_SENDERS):
        assert seals.opened(another().closed(SAID)) == SAID
    assert len(seals._heard) == MOST_SENDERS


class Over(Exception):
    """The test has seen enough."""


def test_what_cant_be_said_costs_only_itself(caplog: pytest.LogCaptureFixture) -> None:
    queue, sent = Queue("redis://127.0.0.1:1/0", "small", KEY), list[bytes]()
    rounds = iter([lambda: queue.tell("news", {"seq": 7})])

    def next_round(seconds: float) -> None:
        next(rounds, over)()

    queue.server, queue._wake = SimpleNamespace(sleep=next_round), threading.Event()
    queue._publish = sent.append  # type: ignore[method-assign]
    queue.tell("news", {"seq": object()})
    with pytest.raises(Over):
        queue._tell_for_ever()
    assert heard_of(*sent) == [{"seq": 7}]
    assert "Not told to the other processes: ['news']" in caplog.text


def over() -> None:
    raise Over


def test_a_redis_that_isnt_there_is_told_with_what_to_do(caplog: pytest.LogCaptureFixture) -> None:
    queue = Queue("redis://127.0.0.1:1/0", "small", KEY)
    queue._publish(b"")
    assert "Redis isn't told: " in caplog.text and "correct its name and port in server.queue" in caplog.text
