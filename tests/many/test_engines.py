"""Two processes on the other engines: told across, without Redis too, and nothing lost with one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cluster import Cluster
from tests.many.stage import news, stage
from tests.running import wait_until


@pytest.mark.parametrize("engine", ["gevent", "threading"])
def test_two_processes_serve_one_hall_on_every_engine(cluster: Cluster, tmp_path: Path, engine: str) -> None:
    with stage(tmp_path, cluster.new_database(), engine=engine) as two:
        here, there = two.open_one(), two.open_one()
        clerk = two.clerk("li", two.administrator(here), here)
        clerk.press("sit", "1")
        wait_until(lambda: two.redis.listeners() == 2, "both to listen")
        board = two.screen(there, screen="board", area="main")

        taken = clerk.take()
        called = clerk.press("call_next", "1")
        told = news(board, called["seq"])
        assert told[-1]["action"] == "call" and told[-1]["window"]["number"] == taken["ticket"]["number"]

        two.redis.stop()
        missed = clerk.press("mark_no_show", "1")["seq"]
        assert news(board, missed)[-1]["seq"] == missed, "by the beat alone"
        two.redis.start()
        wait_until(lambda: two.redis.listeners() == 2, "both to be back")

        pressed = clerk.post("/api/v1/tickets", {"service": "id-card"}, "one press")
        here.kill()
        elsewhere = two.same_person(clerk, there)
        assert elsewhere.post("/api/v1/tickets", {"service": "id-card"}, "one press") == pressed
        last = elsewhere.press("call_next", "1")
        assert last["ticket"]["number"] == pressed["ticket"]["number"]
        seqs = [event["seq"] for event in news(board, last["seq"])]
        assert seqs == list(range(board.joined["seq"] + 1, last["seq"] + 1))
