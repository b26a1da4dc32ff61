"""The voices of a hall: a call or a text in, a WAV out, and how each language stands."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import cast

from queueing.house import Area, House
from queueing.records import Json
from queueing.voice_rules import Tongue
from speech.caches import Drawer, Once, Shelf
from speech.engine import Engine, InThread, NoSound
from speech.packs import Packs
from speech.sentences import SPEECH, Unit, marked_up, units, written
from speech.sound import as_wav
from web.refusals import NoVoice
from web.seldom import Seldom

LOG = logging.getLogger(__name__)

FOLDER = "voices"
ON_DISK = 64 << 20
IN_MEMORY = 8 << 20
AT_ONCE = 2
"""So many processes render at the same time; others wait a few milliseconds."""

TRY_AGAIN_SECONDS = 30.0
"""Real time after which a voice that failed is tried again by whoever asks how it stands."""


class Voices:
    """Made once with the hall."""

    def __init__(self, house: House, data: Path, in_thread: InThread, engine: Engine | None = None) -> None:
        self._house, self._in_thread = house, in_thread
        self.engine = engine or Engine(house.voice, in_thread)
        self.packs = Packs(data / FOLDER / "packs", house)
        self.recording = Lock()
        """Held around a change of recordings, outside the thread that makes it."""
        self._drawer = Drawer(data / FOLDER / "spoken", ON_DISK)
        self._shelf = Shelf(IN_MEMORY)
        self._once, self._room = Once(), BoundedSemaphore(AT_ONCE)
        self._failed: dict[Tongue, tuple[NoSound, float]] = {}
        self._heard: set[Tongue] = set()
        self._log = Seldom(LOG)

    # -- sounds ---------------------------------------------------------------------------------

    def call(self, language: Tongue, number: str, window: str, may_render: Callable[[], None]) -> bytes:
        """The call of a number to a window: from the hall's own clips where it has them all.

        `may_render` is asked before something is rendered, and refuses whoever asks for too much.
        """
        pieces, recorded = units(language, number, window), None
        if self._may_be_recorded(window):
            recorded = self._in_thread(lambda: self._recorded(language, pieces))
        return recorded or self._synthetic(language, marked_up(pieces), may_render)

    def _may_be_recorded(self, window: str) -> bool:
        """An area may want one voice for all that is said there, and recordings are of few languages."""
        return next(self._area(each.area).recorded for each in self._house.windows if each.id == window)

    def _recorded(self, language: Tongue, pieces: tuple[Unit, ...]) -> bytes | None:
        sound = self.packs.say(language, pieces)
        return as_wav(sound) if sound else None

    def _synthetic(self, language: Tongue, text: str, may_render: Callable[[], None]) -> bytes:
        name = self._name(language, text)
        kept: bytes | None = self._in_thread(lambda: self._drawer.get(name))
        if kept is not None:
            return kept
        may_render()
        return self._once.do(name, lambda: self._made(name, language, text))

    def text(self, language: Tongue, text: str) -> bytes:
        """Any short text; kept in memory only."""
        name = self._name(language, f"plain {text}")
        return self._shelf.get(name) or self._once.do(name, lambda: self._shelved(name, language, text))

    def _made(self, name: str, language: Tongue, text: str) -> bytes:
        sound = self._called(language, text)
        unkept: OSError | None = self._in_thread(lambda: self._drawer.put(name, sound))
        if unkept:
            self._log.warn("A spoken sentence couldn't be kept: %s", unkept)
        return sound

    def _shelved(self, name: str, language: Tongue, text: str) -> bytes:
        try:
            sound = self._spoken(language, text, marked=False)
        except NoSound as reason:
            raise NoVoice(language=language, why=reason.why) from reason
        self._shelf.put(name, sound)
        return sound

    def _spoken(self, language: Tongue, text: str, *, marked: bool) -> bytes:
        with self._room:
            return as_wav(self.engine.speak(language, text, marked=marked))

    def _called(self, language: Tongue, text: str) -> bytes:
        """A call tells how the language stands; what somebody wants to hear at a kiosk doesn't."""
        try:
            sound = self._spoken(language, text, marked=True)
        except NoSound as reason:
            self._failed[language] = (reason, time.monotonic())
            self._log.warn("No voice for %s: %s", language, reason)
            raise NoVoice(language=language, why=reason.why) from reason
        self._failed.pop(language, None)
        self._heard.add(language)
        return sound

    def _name(self, language: Tongue, text: str) -> str:
        """Other settings or another voice make other sounds."""
        return hashlib.sha256(f"{self.engine.marks} {language} {text}".encode()).hexdigest()[:40]

    # -- how they stand -------------------------------------------------------------------------

    def spoken_in(self, area: str) -> tuple[Tongue, ...]:
        """The languages of an area's calls, in their order."""
        return self._area(area).voices or self._house.voice.languages

    def _area(self, area: str) -> Area:
        return next(each for each in self._house.areas if each.id == area)

    def state(self, language: Tongue, *, clips: bool = True) -> Json:
        """Whether the language can be heard now, by what, and why not; `clips`: recordings may speak."""
        recorded = clips and self._is_recorded(language)
        why = None if recorded else self._why_not(language)
        by = None if why else "clips" if recorded else "synthetic"
        return {"language": language, "available": why is None, "by": by, "why": why}

    def _is_recorded(self, language: Tongue) -> bool:
        complete: bool = self._in_thread(lambda: self.packs.is_complete(language))
        return complete

    def states(self, area: str) -> list[Json]:
        clips = self._area(area).recorded
        return [self.state(language, clips=clips) for language in self.spoken_in(area)]

    def used(self) -> list[Tongue]:
        """Every language that this hall speaks somewhere."""
        wanted = {language for area in self._house.areas for language in self.spoken_in(area.id)}
        return [language for language in SPEECH if language in wanted]

    def _why_not(self, language: Tongue) -> str | None:
        """Nothing is said to be heard before something was: the first look renders a sentence."""
        failure = self._failed.get(language)
        if failure and time.monotonic() - failure[1] < TRY_AGAIN_SECONDS:
            return failure[0].why
        if failure or language not in self._heard:
            try:
                example = units(language, "A001", self._house.windows[0].id)
                self._called(language, marked_up(example))
            except NoVoice as reason:
                return str(reason.detail["why"])
        return None

    def trouble(self) -> str | None:
        """For monitors, if a language had no voice when it was needed last; renders nothing."""
        silent = [each for each in self.used() if self._is_silent(each) and not self._is_recorded(each)]
        return f"no_voice {' '.join(silent)}" if silent else None

    def _is_silent(self, language: Tongue) -> bool:
        return language in self._failed or self.engine.is_missing


def sentence(language: str, number: str, window: str) -> str:
    """What a call says, for people's eyes."""
    return written(units(cast(Tongue, language), number, window))
