"""Renders one sentence with espeak-ng, in a process of its own: what crashes here leaves the hall alone.

python -I -S mouth.py LIBRARY DATA VOICE RATE PITCH plain|marked    the sentence on standard input

Writes a line with version and samples per second, then the samples: mono, 16 bits, lowest byte first.
Knows nothing of the project and no package: it is started by its path, without either.
"""

from __future__ import annotations

import ctypes
import resource
import sys
from typing import Any

SYNCHRONOUS, UTF8, SSML = 2, 1, 0x10
RATE, PITCH = 1, 3
MEMORY, SECONDS = 1 << 29, 10
LONGEST = 60
"""Seconds of sound; a sentence takes four."""

Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def opened(library: str, data: str) -> tuple[ctypes.CDLL, int]:
    """The library and how many samples it gives a second; ends the process when there is none."""
    try:
        lib = ctypes.CDLL(library)
    except OSError as reason:
        sys.exit(f"missing: {reason}")
    samples = lib.espeak_Initialize(SYNCHRONOUS, 0, data.encode() or None, 0x8000)
    if samples <= 0:
        sys.exit(f"missing: no voices in {data}")
    lib.espeak_Info.restype = ctypes.c_char_p
    return lib, samples


def speak(lib: ctypes.CDLL, samples: int, text: bytes, marked: bool) -> bytes:
    sound = bytearray()

    def more(wave: Any, count: int, _events: Any) -> int:
        sound.extend(ctypes.string_at(wave, 2 * count) if wave else b"")
        return int(len(sound) > 2 * samples * LONGEST)

    lib.espeak_SetSynthCallback(called_back := Callback(more))
    lib.espeak_Synth(text, len(text) + 1, 0, 1, 0, UTF8 | (SSML if marked else 0), None, None)
    lib.espeak_Synchronize()
    del called_back
    return bytes(sound)


def main() -> None:
    library, data, voice, rate, pitch, kind = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    lib, samples = opened(library, data)
    if lib.espeak_SetVoiceByName(voice.encode()):
        sys.exit(f"no_voice: {voice}")
    lib.espeak_SetParameter(RATE, int(rate), 0)
    lib.espeak_SetParameter(PITCH, int(pitch), 0)
    sound = speak(lib, samples, sys.stdin.buffer.read(), kind == "marked")
    sys.stdout.buffer.write(f"{lib.espeak_Info(None).decode()} {samples}\n".encode() + sound)


if __name__ == "__main__":
    main()
