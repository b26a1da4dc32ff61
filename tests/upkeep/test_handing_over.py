"""One hall on one machine is started anew: who comes in meanwhile waits, and the board is right at once."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.display.screens import Screens, chromium
from tests.running import MORNING, PASSWORD, PATIENCE, ROOT, SMALL, RunningHall, first_words

STALE_AT_MOST = 5.0


@contextmanager
def listener() -> Iterator[socket.socket]:
    """What systemd does for a hall: it listens, and hands the socket to each process."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as made:
        yield made


def started(listening: socket.socket, data: Path) -> subprocess.Popen[str]:
    """The hall with that socket as its file number 3, which only it may use."""
    serve = [sys.executable, "app.py", "serve", "--hall", str(SMALL), "--data", str(data), "--clock", MORNING]
    environment = {**os.environ, "LISTEN_PID": "", "LISTEN_FDS": ""}
    shell = f'exec 3<&{listening.fileno()}; LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"'
    return subprocess.Popen(
        ["/bin/sh", "-c", shell, "sh", *serve], cwd=ROOT, text=True, pass_fds=[listening.fileno()],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment,
    )  # fmt: skip


def test_nobody_is_refused_and_the_board_is_back(tmp_path: Path) -> None:
    with listener() as listening, chromium() as browser, ThreadPoolExecutor(1) as meanwhile:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        process = started(listening, tmp_path)
        password = PASSWORD.search(first_words(process))
        assert password
        hall = RunningHall(url, process, password[1], "")
        li, screens = hall.clerk("li"), Screens(browser)
        li.press("sit", "1")
        board = screens.open(f"{url}/board/main")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        number = meanwhile.submit(lambda: hall.somebody().take()["ticket"]["number"])
        process.communicate()
        process = started(listening, tmp_path)
        first_words(process)
        assert number.result(PATIENCE) == "A001"
        li.press("call_next", "1")
        board.get_by_text("A001").first.wait_for(timeout=STALE_AT_MOST * 1000)
        screens.close()
        hall.leave()
        process.terminate()
        assert "Traceback" not in process.communicate(timeout=PATIENCE)[0]
