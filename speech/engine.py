"""The synthetic voice: espeak-ng from a pinned package, or the system's own where that is missing.

The process is waited for as everything is waited for here, others go on meanwhile under every engine; what is
computed with its samples goes into a thread.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from queueing.voice_rules import Tongue, VoiceRules
from speech.sentences import SPEECH
from speech.sound import Sound, from_bytes

MOUTH = Path(__file__).with_name("mouth.py")
SYSTEMS = "libespeak-ng.so.1"
PATIENCE_SECONDS = 15.0

InThread = Callable[..., Any]


class NoSound(Exception):
    """Why nothing is heard: missing, no_voice, failed, late, silent."""

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(f"{why}: {detail}")
        self.why, self.detail = why, detail


@dataclass(frozen=True)
class Place:
    """Where the library and its voices lie; without a folder the library knows it."""

    library: str
    data: str = ""


@cache
def place() -> Place:
    """The package brings both; Debian's libespeak-ng1 finds its own data."""
    found = find_spec("espeakng_loader")
    if found is None or not found.submodule_search_locations:
        return Place(SYSTEMS)
    folder = Path(next(iter(found.submodule_search_locations)))
    return Place(str(folder / "libespeak-ng.so"), str(folder / "espeak-ng-data"))


class Engine:
    """Renders each text in a process of its own."""

    def __init__(self, rules: VoiceRules, in_thread: InThread, where: Place | None = None) -> None:
        self._rules, self._in_thread, self._where = rules, in_thread, where or place()
        self.version = ""

    @property
    def marks(self) -> str:
        """What a rendered sentence depends on, beside its words."""
        return f"{self._where.library} {self._rules.rate} {self._rules.pitch}"

    @property
    def is_missing(self) -> bool:
        """Known without trying, where the library should lie at a place of its own."""
        library = Path(self._where.library)
        return library.is_absolute() and not library.exists()

    def speak(self, language: Tongue, text: str, *, marked: bool = False) -> Sound:
        """The sound of a text, measured: silence is a failure and never handed on."""
        rules, speech = self._rules, SPEECH[language]
        command = [
            *(sys.executable, "-I", "-S", str(MOUTH), self._where.library, self._where.data),
            *(speech.voice, str(rules.rate), str(rules.pitch), "marked" if marked else "plain"),
        ]
        said = run(command, text)
        sound: Sound = self._in_thread(lambda: measured(self._heard(said)))
        return sound

    def _heard(self, said: bytes) -> Sound:
        first, _, samples = said.partition(b"\n")
        self.version, _, per_second = first.decode().rpartition(" ")
        return from_bytes(samples, int(per_second))


def run(command: list[str], text: str) -> bytes:
    """What the process wrote; its own words when it failed."""
    try:
        done = subprocess.run(
            command, input=text.encode(), capture_output=True, timeout=PATIENCE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise NoSound("late") from None
    except OSError as reason:
        raise NoSound("failed", str(reason)) from reason
    if done.returncode == 0 and b"\n" in done.stdout:
        return done.stdout
    why, _, detail = done.stderr.decode(errors="replace").strip()[-300:].partition(": ")
    if why in ("missing", "no_voice"):
        raise NoSound(why, detail)
    raise NoSound("failed", f"{done.returncode} {why} {detail}".strip())


def measured(sound: Sound) -> Sound:
    if sound.is_silent:
        raise NoSound("silent", f"{sound.seconds:.1f} s")
    return sound
