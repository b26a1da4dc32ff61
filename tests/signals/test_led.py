"""LED strips over real TCP: they show what the panel shows, again after every cut, never something old."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from queueing.signal_rules import LedController
from signals.led.driver import NoStrip, Shown
from signals.led.line import LineDriver
from signals.led.picture import pictures
from signals.led.template import Mine
from tests.running import SMALL, RunningHall, running_hall, wait_until
from tests.scene import Scene
from tests.signals.receivers import Controller, serving

WINDOWS = ("1", "2", "3")


@pytest.fixture(scope="module")
def controller() -> Iterator[Controller]:
    with serving(Controller()) as server:
        yield server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, controller: Controller) -> Iterator[RunningHall]:
    here = tmp_path_factory.mktemp("led")
    led = f'\n[[led]]\nid = "hall"\nhost = "127.0.0.1"\nport = {controller.server_address[1]}\n'
    led += 'windows = ["1", "3"]\n'
    (here / "hall.toml").write_text(SMALL.read_text("utf-8") + led, "utf-8")
    with running_hall(here / "data", here / "hall.toml") as hall:
        yield hall


def test_a_strip_shows_what_the_panel_shows(server: RunningHall, controller: Controller) -> None:
    wait_until(lambda: controller.shown == {"1": "amber —", "3": "amber —"}, "empty windows")
    li = server.clerk("li")
    li.press("sit", "1")
    wait_until(lambda: controller.shown["1"] == "green 公安综合窗口", "the window's name")
    number = server.somebody().take("residence-permit")["ticket"]["number"]
    li.press("call_next", "1")
    wait_until(lambda: controller.shown["1"] == f"red {number}", "the call")
    li.press("serve", "1")
    wait_until(lambda: controller.shown["1"] == f"green {number}", "the service")
    assert controller.shown["3"] == "amber —"
    controller.cut()
    wait_until(lambda: controller.shown == {"1": f"green {number}", "3": "amber —"}, "everything anew")
    assert controller.connections >= 2
    li.press("finish", "1", outcome="done")
    wait_until(lambda: controller.shown["1"] == "green 公安综合窗口", "a free window")
    assert server.administrator().get("/api/v1/signals")["strips"][0]["fine"] is True


def test_a_strip_says_nothing_old_when_the_hours_are_over(tmp_path: Path) -> None:
    scene = Scene(tmp_path)

    def shown() -> dict[str, Shown]:
        return scene.store.look(lambda desk: pictures(scene.hall, desk, WINDOWS))

    scene.sit("1", "li")
    assert shown()["1"] == Shown("green", "公安综合窗口")
    scene.press("pause", "1", "li", reason=scene.house.pauses[0].id, sign="go_to", go_to="2")
    assert shown()["1"] == Shown("amber", "请到 2 号窗口")
    scene.press("open", "1", "li")
    scene.clock.turn(minutes=9 * 60)
    assert shown()["1"] == Shown("amber", "—")
    scene.close()


def test_a_text_is_cut_and_stays_on_its_line(controller: Controller) -> None:
    rules = LedController("x", "127.0.0.1", ("9",), port=controller.server_address[1], characters=4)
    driver = LineDriver(rules, lambda work: work())
    driver.open()
    driver.show("9", Shown("amber", "一二\n三四五"))
    driver.alive()
    driver.close()
    assert controller.shown.pop("9") == "amber 一二 三"


def test_a_controller_that_says_something_else_is_not_believed() -> None:
    with pytest.raises(NoStrip):
        LineDriver(LedController("x", "127.0.0.1", (), port=1), lambda work: work()).open()
    with pytest.raises(NoStrip):
        LineDriver(LedController("x", "127.0.0.1", ()), lambda work: work()).alive()
    mine = Mine(LedController("x", "127.0.0.1", ()), lambda work: work())
    for call in (mine.open, mine.alive):
        with pytest.raises(NoStrip, match=r"driver|connected"):
            call()


def test_an_answer_that_drips_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signals.led.line.SECONDS", 0.3)
    silence, told = threading.Event(), []

    def drip() -> None:
        wire, _ = door.accept()
        with wire, contextlib.suppress(OSError):
            told.append(wire.recv(100))
            for each in b" " * 40 + b"OK\n":
                wire.sendall(bytes([each]))
                silence.wait(0.03)

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=drip)
        thread.start()
        rules = LedController("a", "127.0.0.1", ("1",), door.getsockname()[1])
        driver = LineDriver(rules, lambda work: work())
        driver.open()
        with pytest.raises(NoStrip, match=r"slowly|timed out"):
            driver.alive()
        driver.close()
        thread.join()
    assert told == [b"PING\n"]
