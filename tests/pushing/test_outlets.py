"""What everybody hears, on each engine: whole frames in order, whoever else is slow, leaves or polls."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from tests.pushing.listeners import Client, Listener, talking
from tests.running import wait_until
from web.frames import MOST_BEHIND

BIG, MANY = 8 * 1024, 100
"""Together more than a client that reads nothing may be behind, and the systems on both sides keep."""

BIT = 1400


def seldom_until(true: Callable[[], bool]) -> None:
    """Asks at a pace that the server bears."""
    wait_until(lambda: true() or time.sleep(0.1))


@pytest.fixture(scope="module", params=["eventlet", "gevent", "threading"])
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    with talking(request.param) as opened:
        yield opened


@pytest.fixture(scope="module")
def asker(port: int) -> Iterator[Client]:
    """Who asks the talker to talk, and hears it, too."""
    client = Client(port, "websocket")
    yield client
    client.disconnect()


def test_all_hear_everything_in_order(port: int, asker: Client) -> None:
    listeners = [Listener(port) for _ in range(5)]
    told = asker.asks("say", {"times": 200, "size": 300})
    for listener in listeners:
        while listener.heard()[-1:] != [told]:
            assert listener.read()
        assert listener.heard() == list(range(told - 199, told + 1))
        listener.close()


def test_a_slow_reader_hears_whole_frames_in_order(port: int, asker: Client) -> None:
    """The system takes a part of a frame only: the rest follows, before all that was said afterwards."""
    slow = Listener(port, room=2048)
    told = asker.asks("say", {"times": 40, "size": BIG})
    assert asker.asks("count")["behind"] > 0
    while slow.heard()[-1:] != [told]:
        assert slow.read(BIT)
    assert slow.heard() == list(range(told - 39, told + 1))
    told = asker.asks("say", {"times": 1, "size": 10})
    slow.until(f'42["said",{{"n":{told}')
    assert asker.asks("count")["behind"] == 0
    slow.close()


def test_answers_keep_their_place(port: int, asker: Client) -> None:
    """An answer to a client that is behind comes after what was said to it before."""
    slow = Listener(port, room=2048)
    told = asker.asks("say", {"times": 40, "size": BIG})
    slow.say('425["count",{}]')
    slow.until("435", BIT)
    assert slow.heard()[-1] == told
    slow.close()


def test_who_never_reads_is_cut_and_costs_a_bounded_amount(port: int, asker: Client) -> None:
    silent = Listener(port, room=2048)
    before = asker.asks("count")["outlets"]
    told = asker.asks("say", {"times": MANY, "size": BIG, "pause": 0.001})
    seldom_until(lambda: asker.asks("count")["outlets"] < before)
    assert MOST_BEHIND - BIG < asker.asks("count")["most"] <= MOST_BEHIND + BIG + 100
    assert asker.said[-MANY:] == list(range(told - MANY + 1, told + 1))
    while silent.read():
        pass
    heard = silent.heard()
    assert heard == list(range(heard[0], heard[-1] + 1))
    silent.close()


def test_who_leaves_while_it_is_behind_holds_nobody_up(port: int, asker: Client) -> None:
    before = asker.asks("count")["outlets"]
    leaving = [Listener(port, room=2048) for _ in range(4)]
    asker.asks("say", {"times": 30, "size": BIG})
    for number, listener in enumerate(leaving):
        if number % 2:
            listener.socket.shutdown(1)  # half: it says no more, and reads no more either
        else:
            listener.close()
    told = asker.asks("say", {"times": 30, "size": BIG})
    seldom_until(lambda: asker.asks("count")["outlets"] == before)
    assert asker.said[-60:] == list(range(told - 59, told + 1))
    for listener in leaving:
        listener.close()


def test_nothing_is_squeezed(port: int) -> None:
    listener = Listener(port, offers="permessage-deflate; client_max_window_bits")
    assert listener.granted == ""
    listener.close()


def test_a_polling_client_hears_everything_in_order(port: int, asker: Client) -> None:
    polling = Client(port, "polling")
    assert polling.transport() == "polling"
    told = asker.asks("say", {"times": 60, "size": 300, "pause": 0.002})
    wait_until(lambda: polling.said[-1:] == [told])
    assert polling.said == list(range(told - 59, told + 1))
    assert polling.asks("count")["open"] >= 2
    polling.disconnect()


def test_a_client_that_changes_to_a_websocket_meanwhile_misses_nothing(port: int, asker: Client) -> None:
    talking_on = asker.asks("say", {"times": 1, "size": 50}) + 300
    asker.emit("say", {"times": 300, "size": 50, "pause": 0.002})
    changing = [Client(port, "polling", "websocket") for _ in range(2)]
    assert {client.transport() for client in changing} == {"websocket"}
    last = asker.asks("say", {"times": 1, "size": 50})
    wait_until(lambda: asker.said[-1] >= talking_on)
    for client in changing:
        wait_until(lambda client=client: client.said[-1:] >= [last])
        assert client.said == list(range(client.said[0], client.said[-1] + 1))
        client.disconnect()
