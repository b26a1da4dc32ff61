"""One recorded clip made fit: a real WAV, not too long, silence cut off, as loud as the others."""

from __future__ import annotations

from array import array

import miniaudio

from speech.sound import FAINTEST, FULL, Sound, Why, rms_of

PER_SECOND = 22_050
"""What every clip is kept at, like the synthetic voice."""

LARGEST = 4 << 20
LONGEST_RECORDING, LONGEST, SHORTEST = 12.0, 4.0, 0.08
"""Seconds: as it comes, and of what is left when the silence is cut off."""

RATES = range(8_000, 192_001)
STEP = PER_SECOND // 100
MARGIN = 2
"""Hundredths of a second that stay before and after."""

LOUDNESS, PEAK = 3_277, 31_000
"""Root mean square that every clip is brought to, 20 dB below full scale, and what no sample passes."""

QUIET_PART = 0.03
"""Of the loudest hundredth of a second: what is below is silence or breath."""


class Unfit(Exception):
    """Why a recording can't be used."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


def cleaned(content: bytes) -> Sound:
    """The recording as the hall plays it; raises Unfit."""
    sound = trimmed(decoded(content))
    if not SHORTEST <= sound.seconds <= LONGEST:
        raise Unfit("too_short" if sound.seconds < SHORTEST else "too_long")
    return evened(sound)


def decoded(content: bytes) -> Sound:
    """Mono, 16 bits, at the hall's own rate, whatever the recorder wrote."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise Unfit("not_wav")
    if len(content) > LARGEST:
        raise Unfit("too_large")
    try:
        _look(miniaudio.wav_get_info(content))
        made = miniaudio.decode(content, miniaudio.SampleFormat.SIGNED16, 1, PER_SECOND)
    except miniaudio.DecodeError:
        raise Unfit("not_wav") from None
    return Sound(array("h", made.samples), PER_SECOND)


def _look(info: miniaudio.SoundFileInfo) -> None:
    if not 1 <= info.nchannels <= 2:
        raise Unfit("channels")
    if info.sample_rate not in RATES:
        raise Unfit("rate")
    if info.num_frames > LONGEST_RECORDING * info.sample_rate:
        raise Unfit("too_long")


def trimmed(sound: Sound) -> Sound:
    """From where somebody begins to speak until they have ended."""
    steps = [rms_of(sound.samples[at : at + STEP]) for at in range(0, len(sound.samples), STEP)]
    floor = max(FAINTEST, QUIET_PART * max(steps, default=0.0))
    loud = [at for at, each in enumerate(steps) if each >= floor]
    if not loud:
        raise Unfit("silent")
    first, last = max(0, loud[0] - MARGIN), loud[-1] + 1 + MARGIN
    return Sound(sound.samples[first * STEP : last * STEP], sound.per_second)


def evened(sound: Sound) -> Sound:
    """As loud as every other clip, as far as its loudest sample allows."""
    loudest = max(max(sound.samples), -min(sound.samples), 1)
    gain = min(LOUDNESS / sound.rms, PEAK / loudest)
    return Sound(
        array("h", (max(-FULL, min(FULL, round(each * gain))) for each in sound.samples)), sound.per_second
    )
