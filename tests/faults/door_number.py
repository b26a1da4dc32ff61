"""Shuts an eventlet server's door, then connects to a database: the connection gets the door's number.

python -m tests.faults.door_number postgresql://…
"""

from __future__ import annotations

import os
import sys

from web.engines import Eventlet


def main() -> None:
    engine = Eventlet()
    import socket

    door = socket.create_server(("127.0.0.1", 0))
    number = door.fileno()
    engine.open(door, lambda environ, start_response: [])
    engine.give_way()
    for shut in engine.doors:
        shut()
    from storage.postgres import connected

    with connected(sys.argv[1]) as conn:
        same = conn.fileno() == number
        sys.stdout.write(f"same number: {same}, answer: {conn.execute('SELECT 42').fetchone()}")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
