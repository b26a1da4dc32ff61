"""One visit to an installed hall, from a process on the same cut-off machine: python visit.py FOLDER wish…

take      takes a number, says which and its link
speak     has a call made into sound, says how large it is
/t/…      says what has become of the number with that link
"""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any

OPEN = "Press Ctrl+C"
CLOSES_WITHIN = 20.0
OUTSIDE = ("203.0.113.1", 9)
"""An address that nobody has; without a network not even the way there is known."""


def ask(url: str, body: dict[str, Any] | None = None) -> Any:
    request = urllib.request.Request(url, json.dumps(body).encode() if body else None)
    request.add_header("Content-Type", "application/json")
    request.add_header("Idempotency-Key", uuid.uuid4().hex)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=20) as answer:
        return json.loads(answer.read())


def heard(url: str) -> int:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    call = f"{url}/voice/call.wav?number=A001&window=1&language=zh_Hans"
    with opener.open(call, timeout=20) as answer:
        return len(answer.read())


def has_network() -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(OUTSIDE)
        except OSError:
            return False
    return True


def visit(folder: Path, wishes: list[str]) -> list[dict[str, Any]]:
    command = [str(folder / "hall"), "serve", "--port", "0", "--clock", "2026-10-12T09:00"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as hall:
        try:
            said = first_words(hall)
            found = re.search(r"http://localhost:\d+", said)
            assert found, said
            url = found[0].replace("localhost", "127.0.0.1")
            return [told(url, wish) | {"network": has_network()} for wish in wishes]
        finally:
            hall.send_signal(signal.SIGTERM)
            hall.wait(CLOSES_WITHIN)


def first_words(hall: subprocess.Popen[str]) -> str:
    said = ""
    for line in hall.stdout or ():
        said += line
        if line.startswith(OPEN):
            break
    return said


def told(url: str, wish: str) -> dict[str, Any]:
    if wish == "take":
        taken = ask(f"{url}/api/v1/tickets", {"service": "id-card"})
        return {"number": taken["ticket"]["number"], "link": taken["link"]}
    if wish == "speak":
        return {"bytes": heard(url)}
    try:
        seen = ask(f"{url}/api/v1{wish}")
    except urllib.error.HTTPError as error:
        return {"state": f"refused {error.code}"}
    return {"number": seen["ticket"]["number"], "state": seen["ticket"]["state"]}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(visit(Path(sys.argv[1]), sys.argv[2:])))
