"""What is counted by the minute is counted in one place; on a fast clock the hall's minute is meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from api.returning import TRIES_A_MINUTE, count_try
from queueing.clock import HandClock
from speech.playing import CALLS_A_MINUTE, count_call
from web.refusals import TooMany


def passed(count: Callable[[], None], most: int) -> int:
    """How many of twice as many and one pass."""
    for before in range(2 * most + 1):
        try:
            count()
        except TooMany:
            return before
    return 2 * most + 1


@pytest.mark.parametrize("speed", [1, 2])
@pytest.mark.parametrize(("count", "most"), [(count_try, TRIES_A_MINUTE), (count_call, 10 * CALLS_A_MINUTE)])
def test_a_fast_hall_may_ask_as_often_in_its_minute(
    app: Flask, clock: HandClock, count: Callable[[], None], most: int, speed: int
) -> None:
    clock.speed = float(speed)
    with app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        assert passed(count, most) == most * speed
