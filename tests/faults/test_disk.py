"""A disk that is full, fails or can't be written: a clear refusal, nothing is lost, the hall goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.disks import compiled, hear, must_be_sound, read_only, small_disk
from tests.faults.starts import refused
from tests.running import Person, Refused, RunningHall, fresh_key, running_hall, wait_until

FAILING = Path(__file__).with_name("disk_shim.c")
MANY = 2000
UNCHANGED = "没有做任何改动"


def take_until_refused(kiosk: Person) -> tuple[list[str], Refused, str]:
    """The numbers that were given out, the refusal, and the key of the press that was refused."""
    numbers: list[str] = []
    for n in range(MANY):
        key = fresh_key()
        try:
            service = ("id-card", "household")[n % 2]
            given = kiosk.post("/api/v1/tickets", {"service": service}, key)
            numbers.append(given["ticket"]["number"])
        except Refused as refusal:
            return numbers, refusal, key
    raise AssertionError("the disk never came to be full")


def health(hall: RunningHall) -> dict[str, str]:
    return hall.somebody().get("/healthz")


def test_a_full_disk_refuses_clearly_loses_nothing_and_goes_on_by_itself(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        data = disk.folder / "data"
        with running_hall(data) as hall:
            clerk, kiosk = hall.clerk("li"), hall.somebody()
            clerk.press("sit", "1")
            disk.fill(hall)
            numbers, refusal, key = take_until_refused(kiosk)
            assert refusal.code in disk.codes
            assert refusal.response.status_code == {"disk_full": 507}.get(refusal.code, 503)
            assert UNCHANGED in refusal.problem["detail"]
            with pytest.raises(Refused, match=UNCHANGED):
                clerk.press("pause", "1", reason="short_break")
            hear(
                hall,
                "the hall goes on by itself" if "disk_full" in disk.codes else "the hall tries by itself",
            )
            assert health(hall) == {"status": "degraded", "trouble": refusal.code}
            board = hall.screen(screen="board", area="main")
            wait_until(lambda: board.told["beat"], "a beat")
            lines = [service["line"] for service in kiosk.get("/api/v1/services")["services"]]
            assert sum(line["waiting"] for line in lines) == len(numbers)
            disk.make_room(hall)
            wait_until(lambda: health(hall) == {"status": "ok"}, "the hall to keep changes again")
            hear(hall, "keeps changes again")
            service = ("id-card", "household")[len(numbers) % 2]
            late = kiosk.post("/api/v1/tickets", {"service": service}, key)["ticket"]["number"]
            assert kiosk.post("/api/v1/tickets", {"service": service}, key)["ticket"]["number"] == late
            called = clerk.press("call_next", "1")["ticket"]["number"]
        records = must_be_sound(data)
        kept = {row["number"] for row in records.tickets.values()}
        assert kept == {*numbers, late} and called in kept
        assert late == f"{late[0]}{1 + sum(number[0] == late[0] for number in numbers):03d}"


@pytest.mark.parametrize("how", ["sync", "write"])
def test_a_disk_that_fails_is_never_answered_with_success(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """EIO from the sync, or a disk that the system has made read-only: writes fail from then on."""
    trouble, data = tmp_path / "trouble", tmp_path / "data"
    monkeypatch.setenv("LD_PRELOAD", str(compiled(FAILING, tmp_path)))
    monkeypatch.setenv("SHIM_TROUBLE", str(trouble))
    with running_hall(data) as hall:
        kiosk = hall.somebody()
        first = kiosk.take()["ticket"]["number"]
        trouble.write_text(how)
        key = fresh_key()
        for _ in range(2):
            with pytest.raises(Refused) as refused:
                kiosk.post("/api/v1/tickets", {"service": "id-card"}, key)
            assert refused.value.code in ("storage_failed", "disk_full", "disk_read_only")
        assert health(hall)["status"] == "degraded"
        hear(hall, "Nothing new is kept")
        assert kiosk.get("/api/v1/services")
        trouble.unlink()
        wait_until(lambda: health(hall) == {"status": "ok"}, "the disk to be well again")
        other = kiosk.take()["ticket"]["number"]
        again = kiosk.post("/api/v1/tickets", {"service": "id-card"}, key)["ticket"]["number"]
    assert [first, other, again] == ["A001", "A002", "A003"]
    assert len(must_be_sound(data).tickets) == 3


def test_what_was_refused_after_a_failed_sync_stays_away_after_a_kill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change stood in the file, unsynced; 'nothing was changed' has to be true at the next start, too."""
    trouble, data = tmp_path / "trouble", tmp_path / "data"
    monkeypatch.setenv("LD_PRELOAD", str(compiled(FAILING, tmp_path)))
    monkeypatch.setenv("SHIM_TROUBLE", str(trouble))
    with pytest.raises(AssertionError), running_hall(data) as hall:
        kiosk = hall.somebody()
        kiosk.take()
        trouble.write_text("sync once")
        with pytest.raises(Refused):
            kiosk.take()
        hall.process.kill()
        hall.leave()
    with running_hall(data) as hall:
        assert hall.somebody().take()["ticket"]["number"] == "A002"
    assert len(must_be_sound(data).tickets) == 2


def test_a_hall_that_is_closed_while_its_disk_fails_ends_in_order_and_is_looked_at_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble, data = tmp_path / "trouble", tmp_path / "data"
    monkeypatch.setenv("LD_PRELOAD", str(compiled(FAILING, tmp_path)))
    monkeypatch.setenv("SHIM_TROUBLE", str(trouble))
    with running_hall(data) as hall:
        first = hall.somebody().take()["link"]
        trouble.write_text("write")
        with pytest.raises(Refused):
            hall.somebody().take()
    trouble.unlink()
    with running_hall(data) as hall:
        assert "wasn't closed properly" in hall.said
        assert hall.somebody().get(f"/api/v1{first}")["ticket"]["number"] == "A001"
        assert hall.somebody().take()["ticket"]["number"] == "A002"


def test_a_folder_that_cant_be_made_is_told_from_one_that_cant_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "locked").mkdir()
    for folder in (tmp_path / "file", tmp_path / "file" / "data"):
        assert f"{tmp_path / 'file'} is there, and it isn't a folder. Move it away" in refused(folder)
    with read_only(tmp_path / "locked"):
        said = refused(tmp_path / "locked" / "data")
    assert f"data can't be made in {tmp_path / 'locked'}: " in said and "Make it yourself" in said


def test_a_folder_that_cant_be_written_is_said_at_the_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running_hall(data) as hall:
        hall.somebody().take()
    with read_only(data):
        said = refused(data, "--clock", "2026-10-12T09:00")
        assert f"can't write to its data folder {data}" in said and "DATA=" in said
    with running_hall(data) as hall:
        assert hall.somebody().take()["ticket"]["number"] == "A002"
