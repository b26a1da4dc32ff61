"""A line to PostgreSQL that breaks with a commit on its way, or with its answer, or that falls silent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

Moment = Literal["", "before", "after"]
NAME = ".s.PGSQL.5432"


class CutLine:
    """Stands between a store and its database; `cut` says when the next commit breaks the line.

    While `speaks` isn't set it stays open, takes whatever is said, and hands nothing on in either direction.
    What stands in `instead` is said otherwise. The next `kept_waiting` are let in and hear nothing.
    """

    def __init__(self, folder: Path, database: str, door: socket.socket | None = None) -> None:
        self.cut: Moment = ""
        self.instead: dict[bytes, bytes] = {}
        self.speaks = threading.Event()
        self.speaks.set()
        self.closed_to_all = False
        self.kept_waiting = 0
        self._to = f"{database}/{NAME}"
        self._door = door or socket.socket(socket.AF_UNIX)
        if door is None:
            self._door.bind(str(folder / NAME))
            self._door.listen()
        self._open = [self._door]
        threading.Thread(target=self._let_in, daemon=True).start()

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                near = self._door.accept()[0]
                if self.closed_to_all:
                    near.close()
                    continue
                if self.kept_waiting:
                    self.kept_waiting -= 1
                    self._open.append(near)
                    continue
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._to)
                self._open += [near, far]
                threading.Thread(target=self._carry, args=(far, near), daemon=True).start()
                threading.Thread(target=self._carry_commits, args=(near, far), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while said := source.recv(65536):
                self.speaks.wait()
                target.sendall(self._otherwise(said))
        hang_up(target)

    def _carry_commits(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while said := near.recv(65536):
                self.speaks.wait()
                if self.cut and b"COMMIT" in said:
                    self._break(near, far, said)
                    return
                far.sendall(self._otherwise(said))
        hang_up(far)

    def _otherwise(self, said: bytes) -> bytes:
        for each, other in self.instead.items():
            said = said.replace(each, other)
        return said

    @contextmanager
    def away(self) -> Iterator[None]:
        """As a server that was stopped: nobody is let in, whoever was is thrown out."""
        self.closed_to_all = True
        for each in self._open[1:]:
            hang_up(each)
        try:
            yield
        finally:
            self.closed_to_all = False

    def _break(self, near: socket.socket, far: socket.socket, said: bytes) -> None:
        """The database hears of the commit, or doesn't; whoever asked hears nothing of it."""
        after, self.cut = self.cut == "after", ""
        hang_up(near)
        if after:
            far.sendall(said)
        else:
            hang_up(far)

    def close(self) -> None:
        self.speaks.set()
        for each in self._open:
            hang_up(each)
            each.close()


def hang_up(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
