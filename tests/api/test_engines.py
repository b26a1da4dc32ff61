"""The same visit on each engine that a hall may be served by."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.api.loud_threads import LINES, TALKERS
from tests.running import ROOT, SMALL, running_hall

CALL = "/voice/call.wav?number=A001&window=1&language=zh_Hans"


def hall_file(folder: Path, engine: str) -> Path:
    """The small hall, served by that engine."""
    file = folder / "hall.toml"
    file.write_text(SMALL.read_text("utf-8") + f'\n[server]\nengine = "{engine}"\n', "utf-8")
    return file


@pytest.mark.parametrize("engine", ["eventlet", "gevent", "threading"])
def test_a_visit(tmp_path: Path, engine: str) -> None:
    with running_hall(tmp_path / "data", hall_file(tmp_path, engine)) as hall:
        li, kiosk = hall.clerk("li"), hall.somebody()
        board = hall.screen(screen="board", area="main")
        li.press("sit", "1")
        ticket = kiosk.take("id-card")["ticket"]["ticket"]
        li.press("call_next", "1")
        li.press("serve", "1")
        li.press("finish", "1")
        rated = kiosk.post("/api/v1/windows/1/rating", {"ticket": ticket, "level": "satisfied"})
        heard = kiosk.session.get(f"{hall.url}{CALL}", timeout=20)
        actions = [event["action"] for event in board.wait_for(rated["seq"])]
    assert [each for each in actions if each != "other"] == ["sit", "issue", "call", "serve", "finish"]
    assert actions[-1] == "other"
    assert heard.content.startswith(b"RIFF") and len(heard.content) > 80_000


@pytest.mark.parametrize("engine", ["eventlet", "gevent", "threading"])
def test_many_at_once(tmp_path: Path, engine: str) -> None:
    """Numbers stay distinct when everybody comes in the same moment."""
    with running_hall(tmp_path / "data", hall_file(tmp_path, engine)) as hall:
        board = hall.screen(screen="board", area="main")
        kiosks = [hall.somebody() for _ in range(8)]
        with ThreadPoolExecutor(8) as pool:
            taken = list(pool.map(lambda n: kiosks[n % 8].take("id-card"), range(80)))
        seqs = [event["seq"] for event in board.wait_for(max(each["seq"] for each in taken))]
    assert sorted(each["ticket"]["number"] for each in taken) == [f"A{n:03d}" for n in range(1, 81)]
    assert seqs == list(range(1, 81))


@pytest.mark.parametrize("engine", ["eventlet", "gevent"])
def test_real_threads_and_the_loop_write_one_log(tmp_path: Path, engine: str) -> None:
    """Nobody waits for a lock for ever, and no line is lost."""
    file = tmp_path / "log"
    command = [sys.executable, "-m", "tests.api.loud_threads", engine, str(file)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    talkers = [f"{where}{n}" for where in ("thread", "loop") for n in range(TALKERS)]
    lines = sorted(f"{who} {n}" for who in talkers for n in range(LINES))
    assert sorted(file.read_text("utf-8").splitlines()) == lines, said.stderr
    assert "Traceback" not in said.stderr
