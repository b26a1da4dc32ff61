"""The order in which a server of one loop answers a crowd and one press that comes after it, as JSON.

python -m tests.doors.crowd_at_once kept|new ENGINE     connections that were open before, or new ones
"""

from __future__ import annotations

import json
import sys

from web.engines import Eventlet, Gevent

CROWD, SMALL = 40, b"GET /t/%d HTTP/1.1\r\nHost: x\r\n\r\n"
PRESS = b"POST /press HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"


def main(kept: bool, engine) -> None:
    import socket

    answered: list[str] = []

    def app(environ, start_response):
        answered.append(environ["REQUEST_METHOD"])
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    door = socket.create_server(("127.0.0.1", 0), backlog=CROWD + 8)
    engine.open(door, app)

    def connected():
        return socket.create_connection(door.getsockname())

    def asked(line, request):
        line.sendall(request)
        return line.recv(4096)

    crowd, clerk = [connected() for _ in range(CROWD if kept else 0)], connected()
    for line in (*crowd, clerk):
        asked(line, SMALL % 0)
    answered.clear()
    if not kept:
        crowd = [plain_connection(door.getsockname()) for _ in range(CROWD)]
    for n, line in enumerate(crowd):
        line.send(SMALL % n)  # nobody else runs before the first wait
    clerk.send(PRESS)
    clerk.recv(4096)
    for line in crowd:
        line.recv(4096)
    sys.stdout.write(json.dumps(answered))


def plain_connection(at):
    """Made without letting the server run: the system lets it wait before the door."""
    import socket

    line = socket.socket()
    raw = getattr(line, "fd", line)
    raw.setblocking(False)
    raw.connect_ex(at)
    return line


if __name__ == "__main__":
    main(sys.argv[1] == "kept", {"eventlet": Eventlet, "gevent": Gevent}[sys.argv[2]]())
