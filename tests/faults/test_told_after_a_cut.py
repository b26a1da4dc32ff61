"""The database goes away while phones and hooks are told: nothing is told twice, nothing is lost."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import requests

from queueing.errors import StorageFailed
from queueing.signal_rules import Hook
from signals.hooks import Worker
from signals.near import Near
from signals.phones import Phones
from tests import scene as scenes
from tests.faults.cut_line import CutLine
from tests.running import SMALL, Json, RunningHall, running_hall, wait_until
from tests.scene import Scene
from tests.signals.push_service import Browser, PushService
from tests.signals.receivers import SECRET, Receiver, serving
from web.context import Built
from web.together import Alone

LEAD_SECONDS = 3.5
"""Away for longer than that, a process doesn't know whether it still leads."""

RULES = """
[signals]
ahead = 0
push = true
push_contact = "mailto:hall@example.org"
push_services = ["{push}"]

[[signals.hooks]]
id = "all"
url = "{hook}"
secret_file = "hook.key"
"""


class Told:
    """Who is told: a receiver of hooks, a push service and a phone."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.hook: Receiver = stack.enter_context(serving(Receiver()))
        self.push: PushService = stack.enter_context(serving(PushService(folder)))
        self.phone: Browser = self.push.browser("second")

    def titles(self) -> list[str]:
        """What the phone has shown."""
        return [self.phone.opened(body)["title"] for body in self.push.taken.get("second", [])]


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    with ExitStack() as stack:
        yield Told(stack, tmp_path)


@pytest.fixture
def hall(told: Told, behind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningHall]:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "hook.key").write_bytes(SECRET)
    text = SMALL.read_text("utf-8").replace("forecast = false", "forecast = true")
    file = tmp_path / "hall.toml"
    file.write_text(text + RULES.format(push=told.push.place, hook=told.hook.url), "utf-8")
    monkeypatch.setenv("HALL_DATABASE", behind)
    monkeypatch.setenv("SSL_CERT_FILE", str(told.push.certificate))
    with running_hall(tmp_path / "data", file) as opened:
        opened.clerk("wang").press("sit", "3")
        yield opened


def asks(hall: RunningHall, browser: Browser) -> str:
    """Somebody takes a number and wants to be told on the phone; the number."""
    person = hall.somebody()
    taken: Json = person.take("pension")
    person.post(f"/api/v1{taken['link']}/push", browser.wish)
    number: str = taken["ticket"]["number"]
    return number


@pytest.mark.timeout(120)
def test_phones_and_hooks_are_told_once_and_the_forecast_goes_on(
    hall: RunningHall, told: Told, line: CutLine
) -> None:
    wang, hook, push = hall.clerk("wang"), told.hook, told.push
    hall.somebody().take("pension")
    number = asks(hall, told.phone)
    for press, body in (("call_next", {}), ("serve", {}), ("finish", {"outcome": "done"})):
        wang.press(press, "3", **body)
    wait_until(lambda: len(told.titles()) == 1 and hook.of(number) == ["almost"], "the word that it is near")
    push.shut["second"] = threading.Event()
    hook.free.clear()
    wang.press("call_next", "3")
    wait_until(lambda: push.tries.count("second") == 2, "the phone to be told")
    wait_until(lambda: len(hook.tries) > len(hook.told), "the hook to be told")
    with line.away():
        wait_until(lambda: health(hall) == "degraded", "the hall to notice")
        push.shut["second"].set()
        hook.free.set()
        threading.Event().wait(LEAD_SECONDS)
    wait_until(lambda: health(hall) == "ok", "the hall to go on by itself")
    later = hall.somebody().take("pension")["ticket"]["number"]
    wait_until(lambda: hook.of(later) == ["almost"], "the word of who is near by now")
    wang.press("recall", "3")
    wait_until(lambda: len(told.titles()) == 3, "the second call")
    wang.press("serve", "3")
    wang.press("finish", "3", outcome="done")
    wait_until(lambda: hook.of(number)[-1:] == ["finished"], "the end of the visit")
    assert hook.of(number) == ["almost", "called", "called", "finished"]
    assert len(hook.tries) == len(set(hook.tries)), "nothing was said again"
    assert push.tries.count("second") == 3 and hook.forged == push.forged == 0
    wait_until(lambda: foresees(hall), "the forecast")


def health(hall: RunningHall) -> str:
    return str(requests.get(f"{hall.url}/healthz", timeout=10).json()["status"])


def foresees(hall: RunningHall) -> bool:
    return "hall_forecast_age_" in requests.get(f"{hall.url}/metrics", timeout=10).text


# -- what waited to be told when nothing could be read ------------------------------------------


@pytest.fixture
def scene(tmp_path: Path, behind: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setattr(scenes, "ADDRESS", behind)
    opened = Scene(tmp_path)
    yield opened
    opened.close()


def built_on(scene: Scene, folder: Path) -> Built:
    parts = {"hall": scene.hall, "store": scene.store, "data": folder, "house": scene.house}
    return cast(Built, SimpleNamespace(in_thread=lambda work: work(), together=Alone(), **parts))


def test_who_came_near_is_told_when_the_database_is_back(scene: Scene, line: CutLine, tmp_path: Path) -> None:
    hook = Hook("lamp", "file:told.jsonl", "lamp.key")
    built, key = built_on(scene, tmp_path), scene.take()
    worker, phones = Worker(built, hook), Phones(built, cast(Any, None))
    near = Near(built, [worker, phones])
    near.look()
    with line.away():
        for loop in (worker, phones):
            with pytest.raises(StorageFailed):
                loop._round()
    wait_until(lambda: tried(scene) is None, "the hall to go on")
    worker._round()
    phones._round()
    lines = (tmp_path / "signals" / "told.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(each)["ticket"] for each in lines if '"almost"' in each] == [key]
    assert not phones._near and not worker._near


def tried(scene: Scene) -> str | None:
    scene.store.try_again()
    return scene.store.trouble


def test_who_leads_next_says_nobody_again_that_they_are_near(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    listener = SimpleNamespace(is_near=lambda told: heard.append(told["ticket"]))
    built, first = built_on(scene, tmp_path), scene.take()
    monkeypatch.setattr("signals.near.ARRIVED_SECONDS", 0.0)
    for come in (lambda: None, lambda: scene.take("pension")):
        come()
        near = Near(built, [cast(Any, listener)])
        assert near._ours.now()
        near.look()
        near._keep()
    assert heard[0] == first and len(heard) == len(set(heard)) == 2
