"""An upgrade without a gap: one process leaves while the other serves, and the board is never stale long."""

from __future__ import annotations

import time
from pathlib import Path

from tests.cluster import Cluster
from tests.display.screens import Screens, chromium
from tests.many.stage import stage
from tests.many.test_nginx import at, nginx
from tests.running import Json, Person

STALE_AT_MOST = 5.0
"""Seconds."""


def test_a_call_pressed_while_one_process_leaves_is_shown(cluster: Cluster, tmp_path: Path) -> None:
    address = cluster.new_database()
    with stage(tmp_path, address, trusted_proxies=1, host="127.0.0.1") as two, chromium() as browser:
        first, _ = two.open_one(), two.open_one()
        two.chief = two.administrator(first)
        with nginx(tmp_path, two.processes) as front:
            clerk = two.same_person(two.clerk("li", two.chief, first), front.plain)
            clerk.press("sit", "1")
            number = two.chief.take()["ticket"]["number"]
            television, screens = two.somebody(front.plain), Screens(browser)
            code = two.chief.post("/api/v1/devices/codes", {"kind": "board", "place": "main"})["code"]
            television.post("/api/v1/devices/pair", {"code": code})
            board = screens.open(f"{front.plain}/board/main", known=cookies_of(television))
            leaving = next(each for each in two.processes if at(television) == f"127.0.0.1:{each.port}")
            leaving.process.terminate()
            assert leaving.process.wait(20) == 0
            ended = time.monotonic()
            clerk.press("call_next", "1")
            board.get_by_text(number).first.wait_for(timeout=STALE_AT_MOST * 1000)
            assert time.monotonic() - ended < STALE_AT_MOST
            assert at(television) != f"127.0.0.1:{leaving.port}"
            screens.close()


def cookies_of(person: Person) -> list[Json]:
    """As a browser takes them."""
    kept = person.session.cookies
    return [{"name": each.name, "value": each.value, "url": person.url} for each in kept]
