"""The disk of the database is full: said by name, nothing is lost, and the hall goes on by itself."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from storage.moving import copy_out
from tests.cluster import Cluster, keeper
from tests.faults.disks import hear, mounted
from tests.faults.judging import Records, holes, twice
from tests.faults.test_disk import UNCHANGED, health, take_until_refused
from tests.running import PATIENCE, Refused, running_hall, wait_until

MEGABYTES = 24
FULL = """CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
    CREATE TRIGGER full_disk BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION full_disk()"""


class Disk:
    """Of one database: a small one in memory; where none may be mounted, the database says so itself."""

    def __init__(self, cluster: Cluster, folder: Path, is_mounted: bool) -> None:
        self._cluster, self._ballast, self._is_mounted = cluster, folder / "ballast", is_mounted
        where = ""
        if is_mounted:
            (folder / "space").mkdir(mode=0o700)
            os.chown(folder / "space", *(keeper().get(name, -1) for name in ("user", "group")))
            cluster.ask(f"CREATE TABLESPACE small LOCATION '{folder / 'space'}'")
            where = "TABLESPACE small"
        cluster.ask(f"CREATE DATABASE small_disk {where}")
        self.address = cluster.address("small_disk")

    def fill(self) -> None:
        if not self._is_mounted:
            self._cluster.ask(FULL, "small_disk")
            return
        with suppress(OSError), self._ballast.open("ab", buffering=0) as out:
            while True:
                out.write(bytes(4096))

    def make_room(self) -> None:
        if self._is_mounted:
            self._ballast.unlink()
        else:
            self._cluster.ask("DROP TRIGGER full_disk ON events", "small_disk")

    def leave(self) -> None:
        self._cluster.ask("DROP DATABASE small_disk WITH (FORCE)")
        if self._is_mounted:
            self._cluster.ask("DROP TABLESPACE small")


@contextmanager
def small_disk(cluster: Cluster) -> Iterator[Disk]:
    folder = cluster.folder / "disk"
    folder.mkdir()
    is_mounted = mounted(folder, "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=755", "tmpfs")
    disk = Disk(cluster, folder, is_mounted)
    try:
        yield disk
    finally:
        disk.leave()
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True, timeout=PATIENCE)


@pytest.mark.timeout(120)
def test_a_full_disk_refuses_clearly_loses_nothing_and_goes_on_by_itself(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(cluster) as disk:
        monkeypatch.setenv("HALL_DATABASE", disk.address)
        with running_hall(tmp_path / "data") as hall:
            hall.clerk("li").press("sit", "1")
            kiosk = hall.somebody()
            disk.fill()
            numbers, refusal, key = take_until_refused(kiosk)
            assert (refusal.code, refusal.response.status_code) == ("disk_full", 507)
            assert UNCHANGED in refusal.problem["detail"]
            with pytest.raises(Refused, match=UNCHANGED):
                kiosk.post("/api/v1/tickets", {"service": ("id-card", "household")[len(numbers) % 2]}, key)
            hear(hall, "the hall goes on by itself")
            assert health(hall) == {"status": "degraded", "trouble": "disk_full"}
            board = hall.screen(screen="board", area="main")
            wait_until(lambda: board.told["beat"], "a beat")
            disk.make_room()
            wait_until(lambda: health(hall) == {"status": "ok"}, "the hall to keep changes again")
            hear(hall, "keeps changes again")
            service = ("id-card", "household")[len(numbers) % 2]
            late = kiosk.post("/api/v1/tickets", {"service": service}, key)["ticket"]["number"]
            assert kiosk.post("/api/v1/tickets", {"service": service}, key)["ticket"]["number"] == late
        copy_out(disk.address, "small", tmp_path / "copy.db")
    records = Records(tmp_path / "copy.db")
    assert [*holes(records), *twice(records)] == []
    assert {row["number"] for row in records.tickets.values()} == {*numbers, late}
