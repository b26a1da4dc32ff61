"""Sounds that were made once: in memory and in the data folder, both bounded."""

from __future__ import annotations

import logging
import os
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Lock

from queueing.errors import HallError

LOG = logging.getLogger(__name__)


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
    """The sounds used last, one file each, up to so many bytes; a full disk is no trouble."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder, self._most = folder, most
        self._lock = Lock()

    def get(self, name: str) -> bytes | None:
        """Looking at it makes it younger."""
        file = self._folder / f"{name}.wav"
        try:
            sound = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        return sound

    def put(self, name: str, sound: bytes) -> None:
        try:
            with self._lock:
                self._write(self._folder / f"{name}.wav", sound)
                self._sweep()
        except OSError as reason:
            LOG.warning("A spoken sentence couldn't be kept: %s", reason)

    def _write(self, file: Path, sound: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        fresh.write_bytes(sound)
        fresh.replace(file)

    def _sweep(self) -> None:
        """The oldest go; so do halves that an end of the process left behind."""
        files = [(each.stat(), each) for each in self._folder.iterdir()]
        files.sort(key=lambda pair: pair[0].st_mtime_ns, reverse=True)
        size = 0
        for facts, file in files:
            size += facts.st_size
            if size > self._most or file.suffix != ".wav":
                file.unlink(missing_ok=True)


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
