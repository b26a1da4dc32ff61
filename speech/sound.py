"""Sound as plain samples: mono, 16 bits; written as WAV, measured, put together."""

from __future__ import annotations

import io
import operator
import wave
from array import array
from dataclasses import dataclass
from math import sqrt
from typing import Literal

Why = Literal["not_wav", "too_large", "too_long", "too_short", "silent", "channels", "rate"]
"""Why a recording can't be used."""

FULL = 32767
FAINTEST = 200
"""The least root mean square that counts as sound: 44 dB below full scale; speech is 10 times that."""


@dataclass(frozen=True)
class Sound:
    """Samples and how many of them make a second."""

    samples: array[int]
    per_second: int

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.per_second

    @property
    def rms(self) -> float:
        """The root mean square, what a loudness meter shows."""
        return rms_of(self.samples)

    @property
    def is_silent(self) -> bool:
        return self.rms < FAINTEST


def rms_of(samples: array[int]) -> float:
    return sqrt(sum(map(operator.mul, samples, samples)) / len(samples)) if samples else 0.0


def from_bytes(content: bytes, per_second: int) -> Sound:
    samples = array("h")
    samples.frombytes(content[: len(content) // 2 * 2])
    return Sound(samples, per_second)


def as_wav(sound: Sound) -> bytes:
    """A file that every browser plays."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sound.per_second)
        file.writeframes(sound.samples.tobytes())
    return out.getvalue()


def from_wav(content: bytes) -> Sound:
    """The hall's own files only: mono, 16 bits."""
    with wave.open(io.BytesIO(content)) as file:
        return from_bytes(file.readframes(file.getnframes()), file.getframerate())


def silence(milliseconds: int, per_second: int) -> array[int]:
    return array("h", bytes(2 * (per_second * milliseconds // 1000)))
