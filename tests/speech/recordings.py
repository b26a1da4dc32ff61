"""Recordings as a hall makes them: real speech of the synthetic voice, written the way recorders write it."""

from __future__ import annotations

import io
import math
import wave
import zipfile
from array import array
from functools import cache

from queueing.voice_rules import Tongue, VoiceRules
from speech.engine import Engine
from speech.sentences import clips_of
from speech.sound import Sound


@cache
def voice(language: Tongue) -> Engine:
    return Engine(VoiceRules(), lambda work: work())


def tone(seconds: float, per_second: int = 22_050, height: int = 8_000, pitch: float = 440.0) -> Sound:
    steps = range(round(seconds * per_second))
    samples = (round(height * math.sin(2 * math.pi * pitch * at / per_second)) for at in steps)
    return Sound(array("h", samples), per_second)


def wav(sound: Sound, channels: int = 1, width: int = 2, before: float = 0.0, after: float = 0.0) -> bytes:
    """As a recorder writes it: with silence around, in stereo, with more bits."""
    quiet = [array("h", bytes(2 * round(each * sound.per_second))) for each in (before, after)]
    samples = quiet[0] + sound.samples + quiet[1]
    frames = b"".join(
        each.to_bytes(2, "little", signed=True).rjust(width, b"\0") * channels for each in samples
    )
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((channels, width, sound.per_second, 0, "NONE", ""))
        file.writeframes(frames)
    return out.getvalue()


def zipped(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def whole_pack(language: Tongue, only: list[str] | None = None) -> bytes:
    """Every clip as a tone of its own: what is put together can be told apart by its pitch."""
    names = only or list(clips_of(language))
    return zipped(
        {f"{name}.wav": wav(tone(0.3, pitch=300 + 20 * at), before=0.2) for at, name in enumerate(names)}
    )
