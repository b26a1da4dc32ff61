"""Sounds that were made once: in memory and in the data folder, both bounded."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from threading import Lock
from uuid import uuid4

from queueing.errors import HallError

LEFT_BEHIND = 60_000_000_000
"""Nanoseconds."""


class Shelf:
    """The sounds used last, in memory, up to so many bytes."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def get(self, name: str) -> bytes | None:
        if name in self._kept:
            self._kept.move_to_end(name)
        return self._kept.get(name)

    def put(self, name: str, sound: bytes) -> None:
        self._size += len(sound) - len(self._kept.pop(name, b""))
        self._kept[name] = sound
        while self._size > self._most:
            self._size -= len(self._kept.popitem(last=False)[1])


class Drawer:
    """The sounds used last, one file each, up to so many bytes.

    Used from several real threads at once, without a lock: the engine's own locks hold no thread back.
    """

    def __init__(self, folder: Path, most: int) -> None:
        self._folder, self._most = folder, most

    def get(self, name: str) -> bytes | None:
        """Looking at it makes it younger."""
        file = self._folder / f"{name}.wav"
        try:
            sound = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        return sound

    def put(self, name: str, sound: bytes) -> OSError | None:
        """A disk that can't be written is no trouble; why not is told."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = self._folder / f"{name}.{uuid4().hex}.new"
            fresh.write_bytes(sound)
            fresh.replace(self._folder / f"{name}.wav")
            self._sweep()
        except OSError as reason:
            return reason
        return None

    def _sweep(self) -> None:
        """The oldest go; so do halves that an end of the process left behind a minute ago or more."""
        files = sorted(self._files(), reverse=True)
        size = 0
        for changed, each, file in files:
            size += each
            left = file.suffix != ".wav" and changed < files[0][0] - LEFT_BEHIND
            if size > self._most or left:
                file.unlink(missing_ok=True)

    def _files(self) -> Iterator[tuple[int, int, Path]]:
        """When each was used last, its size, and where it is; others may take some away meanwhile."""
        for file in self._folder.iterdir():
            with suppress(FileNotFoundError):
                facts = file.stat()
                yield facts.st_mtime_ns, facts.st_size, file


class Once:
    """Whoever asks for what is being made already waits for it; it is made once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._making: dict[str, Future[bytes]] = {}

    def do(self, name: str, make: Callable[[], bytes]) -> bytes:
        with self._lock:
            mine = name not in self._making
            made = self._making.setdefault(name, Future())
        if mine:
            self._make(name, made, make)
        return made.result()

    def _make(self, name: str, made: Future[bytes], make: Callable[[], bytes]) -> None:
        try:
            made.set_result(make())
        except HallError as reason:
            made.set_exception(reason)
        finally:
            with self._lock:
                del self._making[name]
            made.cancel()  # nobody waits for ever for what went wrong in another way
