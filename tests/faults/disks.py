"""Disks that are too small, that can't be written, that fail; and what the server on them says."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.faults.judging import Records, holes, twice
from tests.running import PATIENCE, RunningHall, wait_until

MEGABYTES = 6


class SmallDisk:
    """A disk of a few megabytes in memory, that can be filled up and emptied again."""

    codes = frozenset({"disk_full"})

    def __init__(self, folder: Path) -> None:
        self.folder, self._ballast = folder, folder / "ballast"

    def fill(self, hall: RunningHall) -> None:
        with suppress(OSError), self._ballast.open("ab", buffering=0) as out:
            while True:
                out.write(bytes(4096))

    def make_room(self, hall: RunningHall) -> None:
        self._ballast.unlink()


class Ration(SmallDisk):
    """Where nothing may be mounted: a limit on the size of files, lowered to what the log of changes has."""

    codes = frozenset({"storage_failed", "disk_full"})

    def fill(self, hall: RunningHall) -> None:
        size = max(file.stat().st_size for file in self.folder.rglob("hall.db*"))
        resource.prlimit(hall.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def make_room(self, hall: RunningHall) -> None:
        endless = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(hall.process.pid, resource.RLIMIT_FSIZE, endless)


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    folder.mkdir()
    if not mounted(folder, "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs"):
        yield Ration(folder)
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True, timeout=PATIENCE)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nobody can write there, not even root; where nothing may be mounted, nobody is root."""
    if mounted(folder, "--bind", str(folder)):
        try:
            assert mounted(folder, "-o", "remount,bind,ro")
            yield
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True, timeout=PATIENCE)
        return
    assert os.geteuid() != 0, "root can write here and may not mount"
    folder.chmod(0o500)
    yield
    folder.chmod(0o700)


def mounted(folder: Path, *how: str) -> bool:
    done = subprocess.run(["mount", *how, str(folder)], capture_output=True, check=False, timeout=PATIENCE)
    return done.returncode == 0


def hear(hall: RunningHall, words: str) -> None:
    """Waits until the server has said so to its operator."""
    out = hall.process.stdout
    assert out is not None
    os.set_blocking(out.fileno(), False)

    def said() -> bool:
        with suppress(BlockingIOError):
            hall.said += (os.read(out.fileno(), 65536) or b"").decode()
        return words in hall.said

    wait_until(said, f"the server to say: {words}")
    os.set_blocking(out.fileno(), True)


def must_be_sound(data: Path) -> Records:
    """What a closed hall left: no holes, nothing twice."""
    records = Records(data / "hall.db")
    assert [*holes(records), *twice(records)] == []
    return records


def compiled(source: Path, folder: Path) -> Path:
    """A shim, made by the C compiler that the tests need."""
    made = folder / f"{source.stem}.so"
    command = ["cc", "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-U_FORTIFY_SOURCE"]
    subprocess.run([*command, "-o", str(made), str(source)], check=True, timeout=PATIENCE)
    return made
