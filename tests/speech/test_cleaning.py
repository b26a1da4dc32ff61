"""A recorded clip is made fit or refused with its reason, and sentences are put together sample by sample."""

from __future__ import annotations

import tracemalloc
import zipfile
from array import array
from io import BytesIO

import pytest

from speech.cleaning import LARGEST, LONGEST, LOUDNESS, PEAK, PER_SECOND, STEP, Unfit, cleaned
from speech.intake import MOST_FILES, NoUpload, looked_through
from speech.packs import joined
from speech.sentences import Unit
from speech.sound import Sound, from_wav, silence
from tests.speech.recordings import tone, wav, zipped


def why_not(content: bytes) -> str:
    with pytest.raises(Unfit) as refused:
        cleaned(content)
    return refused.value.why


@pytest.mark.parametrize(
    ("per_second", "channels", "width"),
    [(8_000, 1, 2), (16_000, 1, 2), (44_100, 2, 2), (48_000, 2, 3), (96_000, 1, 4)],
)
def test_whatever_a_recorder_writes_is_taken(per_second: int, channels: int, width: int) -> None:
    sound = cleaned(wav(tone(0.5, per_second), channels, width, before=0.4, after=0.6))
    assert sound.per_second == PER_SECOND
    assert abs(sound.seconds - 0.5) < 0.06


def test_silence_is_cut_off_but_not_the_word() -> None:
    sound = cleaned(wav(tone(0.5), before=1.0, after=2.0))
    assert 0.5 <= sound.seconds <= 0.5 + 5 * STEP / PER_SECOND


def test_a_pause_within_a_word_stays() -> None:
    word = tone(0.3).samples + silence(200, PER_SECOND) + tone(0.3).samples
    assert cleaned(wav(Sound(word, PER_SECOND))).seconds >= 0.8


@pytest.mark.parametrize("height", [400, 3_000, 30_000])
def test_all_clips_are_equally_loud(height: int) -> None:
    assert cleaned(wav(tone(0.5, height=height))).rms == pytest.approx(LOUDNESS, rel=0.08)


def test_evening_never_clips() -> None:
    spiky = Sound(tone(0.5, height=600).samples, PER_SECOND)
    spiky.samples[3_000] = 32_000
    sound = cleaned(wav(spiky))
    assert max(sound.samples) <= PEAK


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not_wav"),
        (b"ID3\x04 not a wav at all", "not_wav"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "not_wav"),
        (b"RIFF\xff\xff\xff\xffWAVE" + bytes(5 << 20), "too_large"),
        (wav(tone(13.0, 8_000)), "too_long"),
        (wav(tone(LONGEST + 0.5)), "too_long"),
        (wav(tone(0.02)), "too_short"),
        (wav(tone(1.0, height=0)), "silent"),
        (wav(tone(1.0, height=50)), "silent"),
        (wav(tone(0.3), channels=6), "channels"),
        (wav(tone(0.5, 4_000)), "rate"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_used_is_refused_with_its_reason(content: bytes, why: str) -> None:
    assert why_not(content) == why


def test_a_sentence_is_its_clips_sample_by_sample() -> None:
    clips = {
        name: tone(0.1, pitch=pitch)
        for name, pitch in [("please", 300.0), ("digit-0", 400.0), ("window", 500.0)]
    }
    pieces = (
        Unit("请", ("please",)),
        Unit("零零", ("digit-0", "digit-0"), pause=150),
        Unit("号窗口", ("window",)),
    )
    gap, breath = silence(40, PER_SECOND), silence(150, PER_SECOND)
    please, zero, window = (each.samples for each in clips.values())
    wanted: array[int] = please + gap + zero + gap + zero + breath + gap + window
    assert joined(clips, pieces).samples == wanted


FIT = wav(tone(0.3))


def test_a_zip_is_looked_through_file_by_file() -> None:
    upload = zipped(
        {
            "mandarin/Digit-0.WAV": FIT, "digit-1.wav": b"nothing", "notes.txt": b"x", "digit-0.wav": FIT,
            "__MACOSX/._digit-0.wav": b"x", "mandarin/.DS_Store": b"x", "letter-a.wav": FIT,
            "../digit-2.wav": FIT, "/etc/digit-3.wav": FIT, "..\\digit-4.wav": FIT,
        }
    )  # fmt: skip
    report, archive = looked_through(upload, "zh_Hans", "")
    assert report["taken"] == ["digit-0", "letter-A"]
    assert {each["name"]: each["why"] for each in report["refused"]} == {  # type: ignore[attr-defined]
        "digit-1.wav": "not_wav", "notes.txt": "unknown", "digit-0.wav": "twice",
        "../digit-2.wav": "unknown", "/etc/digit-3.wav": "unknown", "..\\digit-4.wav": "unknown",
    }  # fmt: skip
    with zipfile.ZipFile(BytesIO(archive)) as made:
        assert made.namelist() == ["digit-0.wav", "letter-A.wav"]
        assert from_wav(made.read("letter-A.wav")).seconds == pytest.approx(0.34, abs=0.05)


def test_one_wav_is_the_clip_that_is_named() -> None:
    assert looked_through(FIT, "en", "twenty")[0] == {"taken": ["twenty"], "refused": []}
    assert looked_through(FIT, "en", "please")[0]["taken"] == []
    assert looked_through(FIT, "en", "../x")[0]["taken"] == []


def damaged() -> bytes:
    good = bytearray(zipped({"digit-0.wav": FIT}, zipfile.ZIP_STORED))
    good[200] ^= 0xFF
    return bytes(good)


@pytest.mark.parametrize(
    ("upload", "why"),
    [
        (b"", "not_sound"),
        (b"\x89PNG", "not_sound"),
        (b"PK\x03\x04 no zip", "unreadable"),
        (damaged(), "unreadable"),
        (zipped({f"{at}.wav": b"x" for at in range(MOST_FILES + 1)}), "too_many"),
        (zipped({f"{at}.wav": bytes(5 << 20) for at in range(25)}), "too_large"),
    ],
    ids=["nothing", "picture", "no zip", "damaged", "many files", "bomb"],
)
def test_an_upload_that_is_none_is_refused_whole(upload: bytes, why: str) -> None:
    with pytest.raises(NoUpload, match=why):
        looked_through(upload, "en", "")


def test_a_single_bomb_is_read_no_further_than_a_clip_may_be() -> None:
    upload = zipped({"digit-0.wav": b"RIFF1234WAVE" + bytes(80 << 20)})
    tracemalloc.start()
    report, _ = looked_through(upload, "en", "")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 5 * LARGEST
    assert report == {"taken": [], "refused": [{"name": "digit-0.wav", "why": "too_large"}]}
