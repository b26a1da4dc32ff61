"""One hall on one machine is started anew: who comes in meanwhile waits, and the board is right at once."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.display.screens import Screens, chromium
from tests.running import MORNING, PASSWORD, PATIENCE, ROOT, SMALL, RunningHall, first_words

STALE_AT_MOST = 5.0
# Not the shell's `exec 3<&12`: dash takes one digit only, and how many files are open before is chance.
HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.execve(sys.argv[2], sys.argv[2:], {**os.environ, "LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())})
"""


@contextmanager
def listener() -> Iterator[socket.socket]:
    """What systemd does for a hall: it listens, and hands the socket to each process."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as made:
        yield made


@contextmanager
def started(listening: socket.socket, data: Path) -> Iterator[subprocess.Popen[str]]:
    """The hall with that socket as its file number 3; it is gone afterwards, whatever happened."""
    serve = [sys.executable, "app.py", "serve", "--hall", str(SMALL), "--data", str(data), "--clock", MORNING]
    with subprocess.Popen(
        [sys.executable, "-c", HAND_OVER, str(listening.fileno()), *serve],
        cwd=ROOT, text=True, pass_fds=[listening.fileno()], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def test_nobody_is_refused_and_the_board_is_back(tmp_path: Path) -> None:
    with (
        listener() as listening,
        chromium() as browser,
        ThreadPoolExecutor(1) as meanwhile,
        ExitStack() as stack,
    ):
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        process = stack.enter_context(started(listening, tmp_path))
        said = first_words(process)
        password = PASSWORD.search(said)
        assert password, said
        hall = RunningHall(url, process, password[1], "")
        li, screens = hall.clerk("li"), Screens(browser)
        li.press("sit", "1")
        board = screens.open(f"{url}/board/main")
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
        number = meanwhile.submit(lambda: hall.somebody().take()["ticket"]["number"])
        process.communicate()
        process = stack.enter_context(started(listening, tmp_path))
        first_words(process)
        assert number.result(PATIENCE) == "A001"
        li.press("call_next", "1")
        board.get_by_text("A001").first.wait_for(timeout=STALE_AT_MOST * 1000)
        screens.close()
        hall.leave()
        process.terminate()
        assert "Traceback" not in process.communicate(timeout=PATIENCE)[0]
