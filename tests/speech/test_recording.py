"""A hall records its own voice: uploads over HTTP, completeness, and when which voice is used."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from queueing.voice_rules import Tongue
from speech.intake import looked_through
from speech.packs import Clips, Packs, joined
from speech.recording import LARGEST_UPLOAD
from speech.sentences import units
from speech.sound import FAINTEST, as_wav, from_wav
from speech.voices import Voices
from tests.running import Json, Person, Refused, RunningHall, fresh_key, running_hall
from tests.scene import Scene
from tests.speech.recordings import tone, wav, whole_pack, zipped

CALL = "/voice/call.wav?number=A005&window=2&language={}"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("recording") / "data"


@pytest.fixture(scope="module")
def hall(data: Path) -> Iterator[RunningHall]:
    with running_hall(data) as opened:
        yield opened


@pytest.fixture(scope="module")
def packs(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packs]:
    """The same files, read by somebody else."""
    scene = Scene(tmp_path_factory.mktemp("house"))
    yield Packs(data / "voices" / "packs", scene.house)
    scene.close()


@pytest.fixture(autouse=True)
def nothing_recorded(hall: RunningHall, data: Path) -> None:
    for file in data.glob("voices/packs/*"):
        file.unlink()


def upload(person: Person, language: str, body: bytes, clip: str = "") -> requests.Response:
    address, headers = f"{person.url}/api/v1/voice/packs/{language}", {"Idempotency-Key": fresh_key()}
    return person.session.post(
        address, data=body, params={"clip": clip} if clip else {}, headers=headers, timeout=60
    )


def record(packs: Packs, language: Tongue, upload: bytes, clip: str = "") -> None:
    """What an upload leaves behind, without the way over HTTP."""
    packs.put(language, looked_through(upload, language, clip)[1])


def stands(hall: RunningHall, language: str) -> Json:
    found = hall.administrator().get("/api/v1/voice")["languages"]
    state: Json = next(each for each in found if each["language"] == language)
    return state


def heard(hall: RunningHall, language: str) -> bytes:
    answer = hall.somebody().session.get(hall.url + CALL.format(language), timeout=30)
    assert answer.status_code == 200, answer.text
    return answer.content


def test_a_complete_pack_takes_the_place_of_the_synthetic_voice(hall: RunningHall, packs: Packs) -> None:
    before = heard(hall, "zh_Hans")
    answer = upload(hall.administrator(), "zh_Hans", whole_pack("zh_Hans")).json()
    assert answer["refused"] == [] and answer["state"]["by"] == "clips"
    after = heard(hall, "zh_Hans")
    assert after != before
    wanted = joined(packs.clips("zh_Hans"), units("zh_Hans", "A005", "2"))
    assert after == as_wav(wanted)
    assert from_wav(after).rms > FAINTEST


def test_an_area_may_have_the_synthetic_voice_beside_one_that_is_recorded(tmp_path: Path) -> None:
    """Windows 1 and 2 are on the ground floor, window 3 is upstairs."""
    scene = Scene(tmp_path)
    areas = tuple(replace(each, recorded=each.id != "upstairs") for each in scene.house.areas)
    voices = Voices(replace(scene.house, areas=areas), tmp_path, lambda work: work())
    record(voices.packs, "zh_Hans", whole_pack("zh_Hans"))
    below, above = (voices.call("zh_Hans", "A005", window, lambda: None) for window in ("2", "3"))
    assert below == as_wav(joined(voices.packs.clips("zh_Hans"), units("zh_Hans", "A005", "2")))
    assert above != as_wav(joined(voices.packs.clips("zh_Hans"), units("zh_Hans", "A005", "3")))
    assert from_wav(above).rms > FAINTEST
    told = {area.id: voices.states(area.id)[0]["by"] for area in areas}
    assert told == {"main": "clips", "upstairs": "synthetic"}
    scene.close()


def test_what_a_hall_needs_follows_from_its_numbers_and_windows(hall: RunningHall) -> None:
    needed = [each["clip"] for each in stands(hall, "zh_Hans")["recorded"]["clips"]]
    assert {"please", "number", "go-to", "window", "digit-0", "digit-1", "one", "letter-Z"} <= set(needed)
    assert "ten" not in needed and "letter-X" not in needed, "the small hall has three windows"
    words = {each["clip"]: each["word"] for each in stands(hall, "zh_Hans")["recorded"]["clips"]}
    assert (words["digit-1"], words["one"]) == ("幺", "一")


def test_an_incomplete_pack_is_counted_and_never_mixed_in(hall: RunningHall) -> None:
    before = heard(hall, "en")
    needed = [each["clip"] for each in stands(hall, "en")["recorded"]["clips"]]
    state = upload(hall.administrator(), "en", whole_pack("en", needed[:-1])).json()["state"]
    assert (state["by"], state["recorded"]["have"]) == ("synthetic", len(needed) - 1)
    assert [each["clip"] for each in state["recorded"]["clips"] if not each["there"]] == needed[-1:]
    assert heard(hall, "en") == before
    last = upload(hall.administrator(), "en", wav(tone(0.3)), clip=needed[-1]).json()["state"]
    assert (last["by"], last["recorded"]["have"]) == ("clips", len(needed))


def test_a_letter_that_nobody_recorded_is_said_by_the_synthetic_voice_alone(
    hall: RunningHall, packs: Packs
) -> None:
    record(packs, "yue", whole_pack("yue", packs.needed("yue")))
    assert stands(hall, "yue")["by"] == "clips"
    answer = hall.somebody().session.get(f"{hall.url}/voice/call.wav?number=X005&window=2&language=yue")
    assert answer.status_code == 200
    assert "letter-X" not in packs.clips("yue")


def test_a_pack_that_is_taken_away_while_it_speaks_ends_no_sentence(
    packs: Packs, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(packs, "en", whole_pack("en"))
    pieces, clips = units("en", "A005", "2"), packs.clips
    whole = joined(clips("en"), pieces)

    def gone_after(language: Tongue) -> Clips:
        found = clips(language)
        packs.remove(language)
        return found

    monkeypatch.setattr(packs, "clips", gone_after)
    assert packs.say("en", pieces) == whole
    assert packs.say("en", pieces) is None


def test_a_clip_takes_the_place_of_the_one_before(packs: Packs) -> None:
    for seconds in (0.3, 0.6):
        record(packs, "en", wav(tone(seconds)), "digit-0")
    assert packs.clips("en")["digit-0"].seconds == pytest.approx(0.6, abs=0.05)
    assert list(packs.clips("en")) == ["digit-0"]


def test_bad_recordings_are_named_and_the_good_ones_taken(hall: RunningHall, data: Path) -> None:
    body = zipped({"digit-0.wav": wav(tone(0.3)), "digit-1.wav": b"x", "../../digit-2.wav": wav(tone(0.3))})
    answer = upload(hall.administrator(), "en", body).json()
    assert answer["taken"] == ["digit-0"]
    assert [each["why"] for each in answer["refused"]] == ["not_wav", "unknown"]
    kept = {file.name for file in data.glob("voices/packs/*")}
    assert kept == {"en.zip"}


@pytest.mark.parametrize(("body", "status", "code"), [
    (b"<html>", 422, "unusable_clips"),
    (bytes(LARGEST_UPLOAD + 1), 413, "too_large"),
])  # fmt: skip
def test_what_is_no_upload_changes_nothing(
    hall: RunningHall, data: Path, body: bytes, status: int, code: str
) -> None:
    answer = upload(hall.administrator(), "en", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not list(data.glob("voices/packs/*"))


def test_only_the_administrator_changes_a_voice_and_the_log_says_so(hall: RunningHall) -> None:
    supervisor = hall.clerk("chen")
    assert upload(supervisor, "en", wav(tone(0.3)), clip="digit-0").status_code == 403
    with pytest.raises(Refused, match="not_allowed"):
        supervisor.post("/api/v1/voice/packs/en/remove")
    assert supervisor.get("/api/v1/voice")["areas"][0]["languages"] == ["zh_Hans", "en"]
    upload(hall.administrator(), "en", wav(tone(0.3)), clip="digit-0")
    entry = hall.administrator().get("/api/v1/log", action="voice_recorded")["entries"][0]
    assert (entry["actor"]["id"], entry["facts"]) == ("staff:admin", {"language": "en", "clips": 1}), entry
    state = hall.administrator().post("/api/v1/voice/packs/en/remove")
    assert (state["by"], state["recorded"]["have"]) == ("synthetic", 0)
    assert hall.administrator().get("/api/v1/log", action="voice_removed")["entries"]


def test_there_is_no_pack_of_an_unknown_language(hall: RunningHall) -> None:
    assert upload(hall.administrator(), "fr", wav(tone(0.3)), clip="digit-0").status_code == 404


def test_a_clip_that_no_process_could_be_told_is_refused(hall: RunningHall) -> None:
    assert upload(hall.administrator(), "en", wav(tone(0.3)), clip="digit\0-0").status_code == 400


def test_a_damaged_pack_is_none(hall: RunningHall, data: Path, packs: Packs) -> None:
    record(packs, "en", whole_pack("en"))
    file = data / "voices" / "packs" / "en.zip"
    file.write_bytes(file.read_bytes()[:5_000])
    state = stands(hall, "en")
    assert (state["by"], state["recorded"]["damaged"]) == ("synthetic", True)
    assert (
        upload(hall.administrator(), "en", wav(tone(0.3)), clip="digit-0").json()["state"]["recorded"]["have"]
        == 1
    )


@pytest.mark.parametrize("language", ["zh_Hans", "yue", "en"])
def test_every_call_of_the_hall_can_be_put_together_from_what_it_needs(
    packs: Packs, language: Tongue
) -> None:
    needed = set(packs.needed(language))
    for number in ("A001", "B999", "ZY020", "ZP345"):
        for window in ("1", "2", "3"):
            assert {clip for unit in units(language, number, window) for clip in unit.clips} <= needed


def test_many_different_calls_at_once_are_all_heard(hall: RunningHall) -> None:
    """Each waits for processes, threads and files while the others do."""
    people = [hall.somebody() for _ in range(8)]

    def listen(at: int) -> int:
        address = f"{hall.url}/voice/call.wav?number=B{at:03d}&window=3&language=yue"
        return people[at % 8].session.get(address, timeout=20).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(listen, range(24))) == {200}
