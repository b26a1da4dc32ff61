"""A forecast process that is stopped, neither ended nor answering: it is given up and started anew."""

from __future__ import annotations

import os
import signal
import time
from types import SimpleNamespace
from typing import cast

import pytest

from tests.forecast.test_worker import BEGIN, situation
from web import forecaster as forecaster_file
from web.context import Built
from web.forecaster import Ended, Forecaster


def test_one_that_is_stopped_is_ended_after_the_usual_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecaster_file, "USUAL_PATIENCE", 1.0)
    monkeypatch.setattr(forecaster_file, "FAREWELL_SECONDS", 0.1)
    house = SimpleNamespace(hall=SimpleNamespace(id="small"))
    sockets = SimpleNamespace(sleep=time.sleep)
    built = cast(Built, SimpleNamespace(house=house, sockets=sockets, forecasts=None))
    one = Forecaster(built)
    with one.started():
        process = one.process
        assert process is not None
        one.ask(one.line_of(BEGIN))
        one.ask(one.line_of({"takes": {"1": {"a": 0.0}}}))
        now = one.line_of({"now": {"situation": situation(600.0, 4), "over": []}})
        assert one.ask(now)["tickets"]
        one.warm()
        os.kill(process, signal.SIGSTOP)
        with pytest.raises(Ended):
            one.ask(now)
    assert one.process is None
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
