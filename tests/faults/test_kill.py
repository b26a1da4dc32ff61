"""The server is killed in the middle of a rush: what was answered stands, a retry changes nothing twice."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Any

import requests

from tests.running import Person, Refused, fresh_key, running_hall, start

Answers = dict[str, dict[str, Any]]
ENOUGH = 60


def take_until_the_end(kiosk: Person, answered: Answers, rushing: threading.Event) -> None:
    """Takes numbers as fast as it can; remembers each answer under its key."""
    try:
        while True:
            key = fresh_key()
            answered[key] = kiosk.post("/api/v1/tickets", {"service": "id-card"}, key)
            if len(answered) >= ENOUGH:
                rushing.set()
    except (requests.ConnectionError, Refused, ValueError):
        rushing.set()


def rush(url: str, kill: Any) -> Answers:
    """Four kiosks at once, until the server is gone."""
    answered: Answers = {}
    rushing = threading.Event()
    kiosks = [Person(url) for _ in range(4)]
    threads = [threading.Thread(target=take_until_the_end, args=(k, answered, rushing)) for k in kiosks]
    for thread in threads:
        thread.start()
    rushing.wait()
    kill()
    for thread, kiosk in zip(threads, kiosks, strict=True):
        thread.join()
        kiosk.close()
    return answered


def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    data = tmp_path / "data"
    process = start(data)
    assert process.stdout is not None
    url = next(line.split()[-1] for line in process.stdout if "http://localhost" in line)
    answered = rush(
        url.rstrip("/").replace("localhost", "127.0.0.1"), lambda: process.send_signal(signal.SIGKILL)
    )
    process.communicate()
    with running_hall(data) as hall:
        kiosk = hall.somebody()
        again = {key: kiosk.post("/api/v1/tickets", {"service": "id-card"}, key) for key in answered}
        fresh = kiosk.take("id-card")
    assert len(answered) >= ENOUGH
    assert {key: without_address(each) for key, each in again.items()} == {
        key: without_address(each) for key, each in answered.items()
    }
    numbers = {each["ticket"]["number"] for each in answered.values()}
    assert len(numbers) == len(answered) and fresh["ticket"]["number"] not in numbers


def without_address(answer: dict[str, Any]) -> dict[str, Any]:
    """The other server listens at another port."""
    return {name: value for name, value in answer.items() if name != "url"}
