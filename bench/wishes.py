"""Sockets in a process of their own, which does what its parent wishes: a line of JSON in, one out."""

from __future__ import annotations

import json
import resource
import select
import sys
from typing import Any, Protocol


class Reads(Protocol):
    """What has a socket, and reads what has come there."""

    socket: Any

    def read(self) -> None: ...


class Wishes:
    """All sockets of the process; each wish is a method, and what it gives back is the answer."""

    def __init__(self) -> None:
        self._ready = select.epoll()
        self._watched: dict[int, Reads] = {}

    def watch(self, screen: Reads) -> None:
        """From now on it is told what comes."""
        self._watched[screen.socket.fileno()] = screen
        self._ready.register(screen.socket, select.EPOLLIN)

    def forget(self, screen: Reads) -> None:
        """Nothing of it is read any more."""
        if self._watched.pop(screen.socket.fileno(), None):
            self._ready.unregister(screen.socket)

    def read(self, seconds: float) -> bool:
        """Reads whatever has come; whether the other side of the pipe has a wish."""
        ready = [number for number, _ in self._ready.poll(seconds)]
        for number in ready:
            if number in self._watched:
                self._watched[number].read()
        return 0 in ready

    def serve(self) -> None:
        """Until the pipe is closed."""
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        self._ready.register(0, select.EPOLLIN)
        while True:
            if self.read(1.0):
                line = sys.stdin.readline()
                if not line:
                    return
                wish = json.loads(line)
                print(json.dumps(getattr(self, wish.pop("do"))(**wish)), flush=True)
