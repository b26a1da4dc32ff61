"""Real-name services at a real server: who is refused, who sees what, where a number never lies."""

from __future__ import annotations

import base64
import hashlib
import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.cards import card, real_name_file, shown
from tests.running import OWN_PASSWORD, ROOT, SMALL, Person, Refused, RunningHall, running_hall, wait_until

NAME = "王小明"
A_MONTH_LATER = "2026-11-12T09:00"
KEPT_UNTIL = "2026-11-11"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    """The small hall, whose households go to real names only."""
    folder = tmp_path_factory.mktemp("real")
    with running_hall(folder / "data", real_name_file(folder, SMALL, "household")) as opened:
        yield opened


def refused(person: Person, service: str = "household", **wish: object) -> requests.Response:
    with pytest.raises(Refused) as refusal:
        person.take(service, **wish)
    return refusal.value.response


def test_a_number_is_given_to_a_document_and_says_what_is_kept(hall: RunningHall) -> None:
    kiosk = hall.somebody()
    assert refused(kiosk).json()["code"] == "identity_needed"
    taken = kiosk.take("household", identity=shown(10))
    assert taken["stored"] == {
        "document": "resident", "masked": "*" * 15 + card(10)[-3:], "until": KEPT_UNTIL,
    }  # fmt: skip
    told = requests.get(f"{hall.url}{taken['link']}?lang=en", timeout=10).text
    assert f"its last signs, …{card(10)[-3:]}, and a code" in told and "11 November 2026" in told


def test_a_document_is_not_taken_where_none_is_asked(hall: RunningHall) -> None:
    assert refused(hall.somebody(), "id-card", identity=shown(11)).json()["code"] == "identity_not_asked"


@pytest.mark.parametrize("number", ["123", card(12)[:17] + "Z", card(12)[:-2] + "99", "9" * 201, ""])
def test_a_refusal_does_not_repeat_what_was_typed(hall: RunningHall, number: str) -> None:
    response = refused(hall.somebody(), identity={"document": "resident", "number": number})
    assert response.status_code == 422
    assert not number or number not in response.text


def test_a_second_number_is_refused_without_naming_the_first(hall: RunningHall) -> None:
    kiosk = hall.somebody()
    first = kiosk.take("household", identity=shown(13))["ticket"]["number"]
    response = refused(kiosk, identity=shown(13))
    assert response.json()["code"] == "already_in_line" and first not in response.text


def test_the_guide_finds_the_number_and_a_clerk_may_not(hall: RunningHall) -> None:
    chen, li = hall.clerk("chen"), hall.clerk("li")
    number = hall.somebody().take("household", identity=shown(14))["ticket"]["number"]
    found = chen.post("/api/v1/identities/look", shown(14))
    assert [each["number"] for each in found["open"]] == [number]
    for path in ("look", "lift"):
        with pytest.raises(Refused) as refusal:
            li.post(f"/api/v1/identities/{path}", shown(14))
        assert refusal.value.code == "not_allowed"


def test_two_missed_calls_block_until_the_supervisor_lifts_it(hall: RunningHall) -> None:
    kiosk, li, chen = hall.somebody(), hall.clerk("li"), hall.clerk("chen")
    li.press("sit", "1", take_over=True)
    for _ in range(2):
        ticket = kiosk.take("household", identity=shown(15))["ticket"]["ticket"]
        li.press("call", "1", ticket=ticket)
        li.press("mark_no_show", "1", ticket=ticket)
    said = refused(kiosk, identity=shown(15)).json()
    assert (said["code"], said["until"]) == ("blocked_until", "2026-10-19")
    assert "2026年10月19日" in said["detail"]
    lifted = chen.post("/api/v1/identities/lift", shown(15))
    assert (lifted["was_blocked_until"], lifted["blocked_until"]) == ("2026-10-19", None)
    kiosk.take("household", identity=shown(15))


def test_the_clerk_at_the_window_alone_sees_the_last_signs(hall: RunningHall) -> None:
    kiosk, li, wang = hall.somebody(), hall.clerk("li"), hall.clerk("wang")
    board = hall.screen(screen="board")
    li.press("sit", "1", take_over=True), wang.press("sit", "3", take_over=True)
    ticket = kiosk.take("household", identity=shown(16))["ticket"]["ticket"]
    path = f"/api/v1/tickets/{ticket}/identity"
    for person in (li, wang, kiosk):
        with pytest.raises(Refused):
            person.get(path)
    called = li.press("call", "1", ticket=ticket)
    assert li.get(path)["masked"].endswith(card(16)[-3:])
    assert hall.clerk("chen").get(path)["document"] == "resident"
    with pytest.raises(Refused):
        wang.get(path)
    heard = json.dumps([board.joined, board.wait_for(called["seq"])])
    assert "****" not in heard and "identity" not in heard
    assert "****" not in json.dumps(called)


def test_a_supervisor_gives_a_number_to_somebody_without_a_document(hall: RunningHall) -> None:
    taken = hall.clerk("chen").take("household")
    assert taken["stored"] == {"document": None, "masked": None, "until": None}


def test_sending_the_same_press_again_gives_the_same_number(hall: RunningHall) -> None:
    kiosk, wish = hall.somebody(), {"service": "household", "identity": shown(17)}
    assert kiosk.post("/api/v1/tickets", wish, "one-key") == kiosk.post("/api/v1/tickets", wish, "one-key")


def backup(data: Path, file: Path) -> None:
    """As the operator makes one at the machine."""
    command = [sys.executable, str(ROOT / "app.py"), "backup", "--hall", str(file), "--data", str(data)]

    def made() -> bool:
        """The hall may be making one of its own."""
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        assert done.returncode == 0 or "another one is being made" in done.stderr, done.stderr
        return done.returncode == 0

    wait_until(made, "a backup")
    assert list(data.rglob("*.db"))


def traces(number: str, body: bytes) -> dict[str, bytes]:
    """How the number might lie somewhere: plain, cut, or under a hash that anybody can work out."""
    found = {"number": number, "first seventeen": number[:17], "birth and sequence": number[6:], "name": NAME}
    plain = {what: text.encode() for what, text in found.items()}
    hashes = {
        f"{algorithm} of {what}": hashlib.new(algorithm, content).digest()
        for algorithm in ("md5", "sha1", "sha256")
        for what, content in {"the number": number.encode(), "the body": body}.items()
    }
    spelled = {f"{what} in hex": digest.hex().encode() for what, digest in hashes.items()}
    based = {f"{what} in base64": base64.b64encode(digest)[:-2] for what, digest in hashes.items()}
    return plain | hashes | spelled | based


def found_in(folder: Path, wanted: dict[str, bytes]) -> set[tuple[str, str]]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return {
        (file.name, what) for file in files for what, trace in wanted.items() if trace in file.read_bytes()
    }


def test_the_number_lies_nowhere_and_after_a_month_nothing_does(tmp_path: Path) -> None:
    """Every byte of the data folder and of what the server says, while it runs, after it and in a backup."""
    data, file = tmp_path / "data", real_name_file(tmp_path, SMALL, "household")
    number, wrong = card(123_456), card(654_321)[:17] + "?"
    body = json.dumps(
        {"service": "household", "identity": {"document": "resident", "number": number}}
    ).encode()
    wanted = traces(number, body) | {"the wrong one": wrong.encode()}
    with running_hall(data, file) as hall:
        kiosk, headers = hall.somebody(), {"Content-Type": "application/json"}
        taken = kiosk.session.post(
            f"{hall.url}/api/v1/tickets", body, headers=headers | {"Idempotency-Key": "k"}, timeout=10
        ).json()
        refused(kiosk, identity={"document": "resident", "number": f"{NAME} {number}"})
        refused(kiosk, identity={"document": "resident", "number": f"{NAME} {wrong}"})
        hall.clerk("chen").post("/api/v1/identities/look", {"document": "other", "number": number})
        assert found_in(data, {"its number in line": taken["ticket"]["number"].encode()})
        assert found_in(data, wanted) == set()
        backup(data, file)
    assert not any(trace in hall.said.encode() for trace in wanted.values())
    assert found_in(data, wanted) == set()
    key = data / "identity.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600 and len(key.read_bytes()) == 32


def test_what_is_kept_goes_by_itself_when_its_time_is_over(tmp_path: Path) -> None:
    data, file = tmp_path / "data", real_name_file(tmp_path, SMALL, "household")
    with running_hall(data, file) as hall:
        kept = hall.somebody().take("household", identity=shown(123_456))
        chen = hall.clerk("chen")
        path = f"/api/v1/tickets/{kept['ticket']['ticket']}/identity"
        assert chen.get(path) == kept["stored"]
    masked = {"masked": kept["stored"]["masked"].encode()}
    assert found_in(data, masked) == {("hall.db", "masked")}  # no backup has it
    with running_hall(data, file, A_MONTH_LATER) as hall:
        chen = hall.somebody()
        chen.sign_in("chen", OWN_PASSWORD)
        wait_until(lambda: chen.get(path)["document"] is None, "the night's purge")
    assert found_in(data, masked) == set()
