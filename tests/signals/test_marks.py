"""How far hooks have been told, when the log is another one than before, and when their own loop fails."""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from queueing.signal_rules import Hook
from signals import faults, marks
from signals.hooks import Worker
from signals.pagers import tied, untied
from tests.running import SMALL
from tests.scene import Scene
from upkeep.folder import empty
from upkeep.operator import Data, backed_up, data_of, put_back
from web.context import Built
from web.together import Alone

HOOK = Hook("lamp", "http://127.0.0.1:9/", "lamp.key")


@pytest.fixture
def data(tmp_path: Path) -> Data:
    return data_of(argparse.Namespace(hall=SMALL, data=tmp_path / "data"))


@pytest.fixture
def scene(data: Data) -> Iterator[Scene]:
    opened = Scene(data.folder)
    yield opened
    opened.close()


class Loop:
    """Starts nothing; ends the worker's own loop after some tries."""

    def __init__(self, tries: int = 0) -> None:
        self.pauses: list[float] = []
        self._tries = tries

    def start_background_task(self, work: object) -> None: ...

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        if len(self.pauses) == self._tries:
            raise KeyboardInterrupt


def built_on(scene: Scene, folder: Path, loop: Loop) -> Built:
    parts = {"hall": scene.hall, "store": scene.store, "data": folder, "sockets": loop, "together": Alone()}
    return cast(Built, SimpleNamespace(in_thread=lambda work: work(), **parts))


def started(scene: Scene, folder: Path) -> Worker:
    worker = Worker(built_on(scene, folder, Loop()), HOOK)
    worker.start()
    return worker


def mark_at(folder: Path, seq: int) -> Path:
    file = folder / "signals" / "lamp.json"
    marks.write(file, marks.Mark(seq, "2026-10-12"))
    return file


def test_a_mark_beyond_the_log_is_given_up_and_that_is_said(
    scene: Scene, data: Data, caplog: pytest.LogCaptureFixture
) -> None:
    scene.take()
    mark_at(data.folder, 1)
    scene.take()
    assert started(scene, data.folder).mark.seq == 1 and not caplog.messages
    mark_at(data.folder, 99)
    assert started(scene, data.folder).mark.seq == 2
    assert "lamp: told until event 99; the log ends at 2" in caplog.text


def test_who_begins_anew_knows_the_pagers_that_are_out(scene: Scene, data: Data) -> None:
    one, other = scene.take(), scene.take()
    for key, pager in ((one, "16"), (one, "17"), (other, "18")):
        scene.hall.change(scene.by("li"), partial(tied, key=key, pager=pager, holders=set()))
    scene.hall.change(scene.by("li"), partial(untied, key=other))
    mark = started(scene, data.folder).mark
    mark.on(scene.ticket(one).day)
    assert mark.pagers == {one: "17"}


def test_a_restore_takes_the_marks_aside(scene: Scene, data: Data) -> None:
    scene.take()
    backed_up(data)
    scene.close()
    found = data.archive.newest_good()
    assert found
    file = mark_at(data.folder, 40)
    put_back(data, found.name)
    assert not file.exists()
    (kept,) = data.folder.glob("before-restore-*.db-signals/lamp.json")
    assert '"seq": 40' in kept.read_text("utf-8")


def test_a_trial_begins_without_marks(data: Data) -> None:
    data.folder.mkdir()
    file = mark_at(data.folder, 40)
    empty(data.folder)
    assert not file.exists()


def test_a_loop_that_fails_is_logged_once_and_tried_ever_more_seldom(
    scene: Scene, data: Data, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop, rounds = Loop(tries=9), []
    worker = Worker(built_on(scene, data.folder, loop), HOOK)

    def fails(self: Any) -> bool:
        rounds.append(self.standing.trouble)
        if len(rounds) == 8:
            self.wake()
            return True
        raise ZeroDivisionError

    monkeypatch.setattr(Worker, "_round", fails)
    with pytest.raises(KeyboardInterrupt), caplog.at_level(logging.WARNING):
        worker._again_and_again()
    assert loop.pauses == [1, 2, 4, 8, 16, 32, 60, 1, 2]
    assert rounds == ["", *[faults.FAULT] * 7, "", faults.FAULT]
    assert caplog.text.count("Traceback") == 2 and "works again" in caplog.text
