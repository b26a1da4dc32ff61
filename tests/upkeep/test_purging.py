"""What has been kept for long enough goes at night, is noted, and leaves the log whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from queueing.house import House
from queueing.upkeep_rules import KeepRules
from storage.chain import verdict_of
from storage.keeping import KINDS
from storage.opening import FILE
from tests.scene import Scene
from upkeep.aside import sweep
from upkeep.care import Care
from upkeep.purging import kept, purge_all

DAY = 24 * 60.0
WORDS = "两趟都没说清楚，下次请一次讲完。"


def rated(scene: Scene) -> str:
    scene.sit("1", "li")
    scene.take()
    key = scene.serve_one("1", "li")
    scene.ratings.rate_at_pad(
        window="1", ticket=key, level="dissatisfied", reasons=["202"], comment=WORDS, by=scene.by(role="pad")
    )
    return key


def comment(scene: Scene, key: str) -> str:
    return scene.store.look(lambda desk: desk.rating_comment(key))


def purges(scene: Scene) -> list[object]:
    return [event.after for event in scene.events() if event.action == "purge"]


def keeping(scene: Scene, **days: float) -> House:
    """The same hall under other rules."""
    scene.hall.house = replace(scene.house, keep=KeepRules(**days))
    return scene.hall.house


def test_words_go_after_their_time_and_the_rating_stays(scene: Scene, tmp_path: Path) -> None:
    keeping(scene, comment_days=30)
    key = rated(scene)
    scene.clock.turn(minutes=29 * DAY)
    purge_all(scene.hall)
    assert comment(scene, key) == WORDS
    scene.clock.turn(minutes=2 * DAY)
    purge_all(scene.hall)
    assert comment(scene, key) == ""
    assert scene.store.look(lambda desk: desk.is_rated(key))
    assert {"kind": "comments", "rows": 1} in purges(scene)
    scene.close()
    assert verdict_of(tmp_path / FILE).good


def test_purged_words_are_gone_from_the_file_itself(scene: Scene, tmp_path: Path) -> None:
    keeping(scene, comment_days=30)
    rated(scene)
    scene.clock.turn(minutes=31 * DAY)
    purge_all(scene.hall)
    scene.close()
    assert WORDS.encode() not in (tmp_path / FILE).read_bytes()


def test_a_night_without_anything_old_notes_nothing(scene: Scene) -> None:
    rated(scene)
    purge_all(scene.hall)
    assert purges(scene) == []


def test_answers_are_forgotten_after_their_time(scene: Scene) -> None:
    once = scene.by(role="kiosk", key="once")
    first = scene.hall.issue(service="id-card", by=once)
    scene.clock.turn(minutes=DAY)
    purge_all(scene.hall)
    assert scene.hall.issue(service="id-card", by=once) == first
    scene.clock.turn(minutes=60 * scene.house.limits.idempotency_hours)
    purge_all(scene.hall)
    assert scene.hall.issue(service="id-card", by=once)["ticket"] != first["ticket"]


def test_sessions_codes_tries_and_old_screens_go_each_by_its_rule(scene: Scene) -> None:
    def furnish(desk):  # type: ignore[no-untyped-def]
        run, hall = desk.db.run, desk.hall
        run("INSERT INTO accounts (hall, staff) VALUES (:hall, 'li')", hall=hall)
        for n, (old, new) in enumerate([("2026-10-01", "2026-10-12"), ("2026-10-09", "2026-10-13")]):
            run(
                "INSERT INTO sessions VALUES (:hall, :n, 'li', :at, :at)", hall=hall, n=f"{n}", at=f"{new}T09"
            )
            run(
                "INSERT INTO wrong_tries VALUES (:hall, 'code', :n, 1, '', :at)",
                hall=hall,
                n=f"{n}",
                at=f"{old}T0",
            )
            run(
                "INSERT INTO pairing_codes VALUES (:hall, :n, 'pad', '1', NULL, :at)",
                hall=hall,
                n=f"{n}",
                at=f"{new}T0",
            )
        for n, revoked in enumerate((None, "2025-01-01T00", "2026-10-01T00")):
            run(
                "INSERT INTO devices VALUES (:hall, :n, :n, 'pad', '1', NULL, '2024', 'here', :at)",
                hall=hall,
                n=f"{n}",
                at=revoked,
            )
        return {}

    scene.store.change(furnish, replace(scene.by(), key=None))
    scene.clock.turn(minutes=DAY / 2)
    taken = purge_all(scene.hall)
    some = {"sessions": 1, "wrong_tries": 2, "codes": 1, "old_devices": 1}
    assert taken == dict.fromkeys(taken, 0) | some and len(taken) > 10


def test_what_is_kept_is_told_kind_by_kind(scene: Scene) -> None:
    rated(scene)
    keeping(scene, comment_days=0)
    scene.clock.turn(minutes=5)
    purge_all(scene.hall)
    told = scene.store.look(lambda desk: kept(desk, scene.hall.house, scene.hall.now()))
    rows = {each["kind"]: each for each in told}
    assert set(rows) == {kind.name for kind in KINDS}
    assert rows["comments"] == {
        "kind": "comments", "days": 0, "rows": 0, "oldest": None,
        "purged": {"at": "2026-10-12T01:10:00.000Z", "rows": 1},
    }  # fmt: skip
    assert (rows["events"]["days"], rows["events"]["oldest"]) == (None, "2026-10-12T01:00:00.000Z")
    assert rows["tickets"]["rows"] == rows["ratings"]["rows"] == 1


def test_the_night_purges_signs_and_backs_up(care: Care, scene: Scene) -> None:
    keeping(scene, comment_days=30)
    key = rated(scene)
    scene.clock.turn(minutes=31 * DAY)
    care.night_begins("2026-11-12")
    care.look()
    newest = care.archive.newest_good()
    assert newest
    assert comment(scene, key) == ""
    assert scene.store.look(lambda desk: desk.signatures())[0].day == "2026-10-12"
    assert newest.seq == scene.events()[-2].seq


def test_databases_put_aside_go_after_their_time_and_nothing_else(tmp_path: Path) -> None:
    for name in ("before-upgrade/hall.db", "set-aside-20260101-080000/hall.db"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(b"old")
    (tmp_path / "before-restore-20260101T080000.db").write_bytes(b"old")
    (tmp_path / FILE).write_bytes(b"today")
    assert sweep(tmp_path, days=1) == 0
    assert sweep(tmp_path, days=-1) == 3
    assert [each.name for each in tmp_path.iterdir()] == [FILE]
