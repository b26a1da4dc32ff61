"""Sounds over HTTP: really rendered, measured, bounded, and refused in words where there is no voice."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Semaphore

import pytest
from flask import Flask
from flask.testing import FlaskClient

from queueing.voice_rules import VoiceRules
from speech.blueprint import VOICES
from speech.caches import Drawer, Shelf
from speech.engine import Engine, NoSound, Place, run
from speech.sound import FAINTEST, from_wav, rms_of
from speech.voices import Voices
from tests.speech.conftest import folder_of
from web.starting import welcome

CALL = "/voice/call.wav?number=A005&window=2&language={}"


def voices_of(app: Flask) -> Voices:
    found: Voices = app.extensions[VOICES]
    return found


@pytest.fixture
def mute(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Voices:
    """The same hall without its engine."""
    lost = Engine(VoiceRules(), lambda work: work(), Place("/nowhere/libespeak-ng.so", "/nowhere"))
    built = app.extensions["service-hall"]
    silent = Voices(built.house, built.data, lambda work: work(), lost)
    monkeypatch.setitem(app.extensions, VOICES, silent)
    return silent


@pytest.mark.parametrize(("language", "least"), [("zh_Hans", 2.0), ("yue", 2.0), ("en", 2.0)])
def test_a_call_is_heard(browser: FlaskClient, language: str, least: float) -> None:
    answer = browser.get(CALL.format(language))
    assert (answer.status_code, answer.content_type) == (200, "audio/wav")
    sound = from_wav(answer.data)
    assert least < sound.seconds < 6
    assert sound.rms > 5 * FAINTEST
    tenth = sound.per_second // 10
    parts = [sound.samples[at : at + tenth] for at in range(0, len(sound.samples), tenth)]
    assert sum(rms_of(part) > FAINTEST for part in parts) > 0.6 * len(parts), "mostly silence"


def test_every_sentence_sounds_different(browser: FlaskClient) -> None:
    asked = [("A005", "2"), ("A006", "2"), ("A005", "1"), ("B005", "2")]
    sounds = {browser.get(f"/voice/call.wav?number={n}&window={w}&language=en").data for n, w in asked}
    assert len(sounds) == len(asked)


def test_mandarin_is_mandarin_and_the_letter_a_letter(phonemes: Callable[[str, str], list[str]]) -> None:
    said = phonemes("cmn-latn-pinyin", "请 A 零零五 号 到 12 号窗口")
    assert said[:5] == ["tɕhˈi2ŋ", "(en)ˈeɪ(cmn)", "lˈiɜŋ", "lˈiɜŋ", "wˈu2"]
    assert said[-1].startswith("ts.hw")
    assert phonemes("cmn-latn-pinyin", "幺") != phonemes("cmn-latn-pinyin", "一")
    assert phonemes("yue", "請 零")[0].startswith("cˈinɡ")


def test_the_second_time_comes_from_the_data_folder(app: Flask, browser: FlaskClient) -> None:
    first = browser.get(CALL.format("zh_Hans"))
    kept = {file: file.stat().st_ino for file in (folder_of(app) / "voices" / "spoken").iterdir()}
    again = browser.get(CALL.format("zh_Hans"), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert kept and {file: file.stat().st_ino for file in kept} == kept


def test_ten_at_once_render_once(app: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    voices, rendered = voices_of(app), []
    speak, waits = voices.engine.speak, Semaphore(0)

    class Counted(Future[bytes]):
        def result(self, timeout: float | None = None) -> bytes:
            waits.release()
            return super().result(timeout)

    def counted(*about: object, **how: object) -> object:
        rendered.append(about)
        for _ in range(9):
            assert waits.acquire(timeout=10), "not all of the others came in meanwhile"
        return speak(*about, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(voices.engine, "speak", counted)
    monkeypatch.setattr("speech.caches.Future", Counted)
    with ThreadPoolExecutor(10) as pool:
        asked = pool.map(lambda _: voices.call("en", "A123", "2", lambda: None), range(10))
    assert len({*asked}) == 1 and len(rendered) == 1


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("number=A005&window=99&language=en", 404),
        ("number=A005&window=2&language=fr", 422),
        ("number=../../x&window=2&language=en", 422),
        ("number=A005%0A&window=2&language=en", 422),
        ("number=ABCD1&window=2&language=en", 422),
        ("number=A1234567&window=2&language=en", 422),
        ("number=a005&window=2&language=en", 422),
        ("window=2&language=en", 422),
    ],
)
def test_nothing_else_is_rendered(app: Flask, browser: FlaskClient, query: str, status: int) -> None:
    kept = len(list((folder_of(app) / "voices").glob("**/*")))
    answer = browser.get(f"/voice/call.wav?{query}")
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert len(list((folder_of(app) / "voices").glob("**/*"))) == kept


def test_a_text_is_heard_in_the_language_of_the_page(app: Flask, browser: FlaskClient) -> None:
    kept = len(list((folder_of(app) / "voices").glob("**/*")))
    for language, text in [
        ("zh_Hans", "取号"),
        ("zh_Hant", "居民身份證辦理"),
        ("en", "Take a number & <b>go"),
    ]:
        answer = browser.get("/voice/text.wav", query_string={"language": language, "text": text})
        assert answer.status_code == 200, answer.json
        assert from_wav(answer.data).rms > FAINTEST
    assert len(list((folder_of(app) / "voices").glob("**/*"))) == kept


@pytest.mark.parametrize("text", ["", "   ", "啊" * 201])
def test_a_text_has_its_length(browser: FlaskClient, text: str) -> None:
    assert browser.get("/voice/text.wav", query_string={"language": "en", "text": text}).status_code == 422


@pytest.mark.parametrize("text", [".", "…", "—", "\u200b", "😀", "。"])
def test_a_text_of_signs_alone_has_no_sound(browser: FlaskClient, text: str) -> None:
    answer = browser.get("/voice/text.wav", query_string={"language": "zh_Hans", "text": text})
    assert (answer.status_code, answer.data) == (204, b"")


def test_wide_letters_and_digits_are_read_as_the_usual_ones(browser: FlaskClient) -> None:
    wide, usual = (
        browser.get("/voice/text.wav", query_string={"language": "en", "text": text})
        for text in ("Ａ１２", "A12")
    )
    assert wide.status_code == 200 and wide.data == usual.data


def test_what_nobody_can_read_at_a_kiosk_says_nothing_of_the_calls(
    app: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    voices = voices_of(app)
    assert browser.get(CALL.format("en")).status_code == 200

    def silent(*about: object, **how: object) -> object:
        raise NoSound("silent")

    monkeypatch.setattr(voices.engine, "speak", silent)
    answer = browser.get("/voice/text.wav", query_string={"language": "en", "text": "a text of its own"})
    assert answer.status_code == 404 and answer.json and answer.json["why"] == "silent"
    assert voices.trouble() is None and voices.state("en")["available"]


def test_invented_numbers_are_not_rendered_without_end(
    app: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("speech.playing.CALLS_A_MINUTE", 0.2)
    asked = [
        browser.get(f"/voice/call.wav?number={number}&window=2&language=en")
        for number in ("X1", "X2", "X1", "X2", "X3", "X1")
    ]
    assert [each.status_code for each in asked] == [200, 200, 200, 200, 429, 200]
    assert int(asked[4].headers["Retry-After"]) > 0


def test_a_kiosk_that_asks_without_end_waits(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speech.playing.TEXTS_A_MINUTE", 2)
    kiosk = app.test_client()
    answers = [kiosk.get("/voice/text.wav?language=en&text=one") for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_an_area_tells_its_languages_in_their_order(browser: FlaskClient) -> None:
    said = browser.get("/voice/languages?area=main").json
    assert said and [each["language"] for each in said["languages"]] == ["zh_Hans", "en"]
    assert [(each["available"], each["by"], each["why"]) for each in said["languages"]] == [
        (True, "synthetic", None)
    ] * 2
    assert said["languages"][0]["example"] == "请 A 零零五 号 到 1 号窗口"
    assert browser.get("/voice/languages?area=attic").status_code == 404


def test_without_an_engine_everybody_is_told(mute: Voices, app: Flask, browser: FlaskClient) -> None:
    answer = browser.get("/voice/call.wav?number=A777&window=2&language=en")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.json and (answer.json["code"], answer.json["why"]) == ("no_voice", "missing")
    said = browser.get("/voice/languages?area=main").json
    assert said and {(each["available"], each["why"]) for each in said["languages"]} == {(False, "missing")}
    assert mute.trouble() == "no_voice zh_Hans en"


def test_monitors_the_start_and_the_office_tell_it(
    mute: Voices, app: Flask, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = app.extensions["service-hall"]
    assert browser.get("/healthz").json == {"status": "ok"}
    assert "No synthetic voice" not in welcome(built, built.file, None)
    monkeypatch.setattr(built, "troubles", [mute.trouble])
    assert browser.get("/healthz").json == {"status": "degraded", "trouble": "no_voice zh_Hans en"}
    assert "No synthetic voice here" in welcome(built, built.file, None)


def test_a_voice_that_is_unknown_or_silent_is_named(tmp_path: Path) -> None:
    engine = Engine(VoiceRules(), lambda work: work())
    with pytest.raises(NoSound, match="silent"):
        engine.speak("en", " ")
    broken = Engine(VoiceRules(), lambda work: work(), Place(engine._where.library, str(tmp_path)))
    with pytest.raises(NoSound, match="missing"):
        broken.speak("en", "one")


def test_a_library_that_is_none_and_a_process_that_hangs_cost_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nonsense = tmp_path / "libespeak-ng.so"
    nonsense.write_bytes(b"\x7fELF nothing")
    with pytest.raises(NoSound, match="missing"):
        Engine(VoiceRules(), lambda work: work(), Place(str(nonsense))).speak("en", "one")
    with pytest.raises(NoSound, match="failed"):
        run([sys.executable, "-c", "import os; os.kill(os.getpid(), 11)"], "")
    monkeypatch.setattr("speech.engine.PATIENCE_SECONDS", 0.2)
    with pytest.raises(NoSound, match="late"):
        run([sys.executable, "-c", "import sys; sys.stdin.buffer.read(); import time; time.sleep(30)"], "")


def test_a_drawer_keeps_no_more_than_it_may(tmp_path: Path) -> None:
    drawer = Drawer(tmp_path / "spoken", 2500)
    for at, name in enumerate("abcd"):
        drawer.put(name, bytes(1000))
        (tmp_path / "spoken" / f"{name}.wav").touch()
        assert len(list((tmp_path / "spoken").iterdir())) == min(at + 1, 2)
    assert drawer.get("a") is None and drawer.get("d") == bytes(1000)


def test_a_full_disk_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "spoken").write_text("a file where the folder should be")
    assert isinstance(Drawer(tmp_path / "spoken", 2500).put("a", b"sound"), OSError)
    assert Drawer(tmp_path / "spoken", 2500).get("a") is None


def test_a_shelf_keeps_what_was_asked_for_last() -> None:
    shelf = Shelf(2500)
    for name in "abac":
        shelf.put(name, bytes(1000))
    assert (shelf.get("a"), shelf.get("b"), shelf.get("c")) == (bytes(1000), None, bytes(1000))
