"""The administrator's switch for the hall's own machine, and what the kernel knows of who is connected."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path

import pytest

from tests.people.conftest import Doors
from tests.running import ROOT, SMALL, Refused, running_hall, wait_until
from web.peers import may_be_a_person, user_of


def test_the_switch_ends_the_rule_and_brings_it_back(doors: Doors) -> None:
    here = doors.here()
    for wanted, status in ((False, 302), (True, 200)):
        answer = doors.admin.post("/api/v1/doors/loopback", open=wanted)
        assert answer.get_json() == {"loopback": wanted, "behind_proxies": False}
        assert here.get("/kiosk").status_code == status
    assert doors.closed == ["admin", "loopback"]
    said = [(e.actor, e.after) for e in doors.scene.events() if e.action == "loopback"]
    assert said == [("staff:admin", {"open": False}), ("staff:admin", {"open": True})]


def test_a_paired_screen_on_the_machine_stays_when_the_door_is_shut(doors: Doors) -> None:
    doors.admin.post("/api/v1/doors/loopback", open=False)
    here = doors.here()
    assert here.post("/api/v1/devices/pair", code=doors.code("kiosk")).status_code == 200
    assert here.get("/kiosk").status_code == 200 and here.get("/board").status_code == 403


def test_only_an_administrator_has_the_switch(doors: Doors) -> None:
    supervisor = doors.member("chen")
    assert supervisor.get("/api/v1/doors").get_json()["loopback"] is True
    assert supervisor.post("/api/v1/doors/loopback", open=False).status_code == 403
    assert doors.here().post("/api/v1/doors/loopback", open=False).status_code == 401


def test_open_sockets_of_the_machine_are_hung_up_and_the_operator_has_a_way_back(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running_hall(data) as hall:
        board = hall.screen(screen="board", area="main")
        terminal = hall.screen(hall.administrator(), screen="office")
        hall.administrator().post("/api/v1/doors/loopback", {"open": False})
        wait_until(lambda: not board.client.connected, "the board's end")
        assert terminal.client.connected
        with pytest.raises(Refused, match="not_signed_in"):
            hall.somebody().take("id-card")
    command = [sys.executable, "app.py", "loopback", "on", "--hall", str(SMALL), "--data", str(data)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with running_hall(data) as hall:
        kiosk = hall.somebody().session.get(f"{hall.url}/kiosk", timeout=10, allow_redirects=False)
        assert kiosk.status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_the_kernel_knows_whose_connection_it_is(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as door:
        port = door.getsockname()[1]
        with socket.create_connection((host, port)) as person:
            own = person.getsockname()[1]
            assert user_of(ip_address(host), own, port) == os.geteuid()
            assert may_be_a_person(ip_address(host), own, port)
        assert user_of(ip_address(host), 1, port) is None
        assert not may_be_a_person(ip_address(host), 1, port)


def test_a_kernel_that_may_not_be_asked_is_told_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(*kind: int) -> None:
        raise OSError("no such family for you")

    monkeypatch.setattr(socket, "socket", refused)
    assert all(may_be_a_person(ip_address("127.0.0.1"), 4711, 8000) for _ in range(3))
    assert caplog.text.count("no such family for you") == 1
