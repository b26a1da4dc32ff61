"""The clips that a hall recorded: one file per language in the data folder, replaced whole or not at all.

Read and written in real threads, so without locks and log lines: the engine's locks hold no thread back.
"""

from __future__ import annotations

import io
import os
import wave
import zipfile
from array import array
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from queueing.clock import instant
from queueing.house import House
from queueing.records import Json
from queueing.voice_rules import Tongue
from speech.sentences import Unit, clips_of, units
from speech.sound import Sound, from_wav, silence

GAP = 40
"""Milliseconds between two words."""

Clips = Mapping[str, Sound]


class Packs:
    """Read when they are needed first, and again when the file is another one."""

    def __init__(self, folder: Path, house: House) -> None:
        self._folder, self._house = folder, house
        self._read: dict[Tongue, tuple[int, Clips]] = {}

    def file(self, language: Tongue) -> Path:
        return self._folder / f"{language}.zip"

    def clips(self, language: Tongue) -> Clips:
        """Every clip that was recorded; none where the file can't be read."""
        file = self.file(language)
        try:
            changed = file.stat().st_mtime_ns
        except OSError:
            return {}
        known = self._read.get(language)
        if known is None or known[0] != changed:
            known = self._read[language] = (changed, self._opened(file))
        return known[1]

    def _opened(self, file: Path) -> Clips:
        try:
            with zipfile.ZipFile(file) as archive:
                return {
                    name.removesuffix(".wav"): from_wav(archive.read(name)) for name in archive.namelist()
                }
        except (OSError, zipfile.BadZipFile, EOFError, wave.Error):
            return {}  # `facts` tells it

    def needed(self, language: Tongue) -> list[str]:
        """What this hall's numbers and windows are called with, in the order of the list."""
        house = self._house
        prefixes = [
            *(each.prefix for each in house.services),
            house.fallback.prefix,
            house.fallback.paper_prefix,
        ]
        number = "".join(sorted(set("".join(prefixes)))) + "0123456789"
        wanted = {
            clip for w in house.windows for unit in units(language, number, w.id) for clip in unit.clips
        }
        return [clip for clip in clips_of(language) if clip in wanted]

    def is_complete(self, language: Tongue) -> bool:
        return self._has_all(language, self.clips(language))

    def _has_all(self, language: Tongue, have: Clips) -> bool:
        return all(clip in have for clip in self.needed(language))

    def facts(self, language: Tongue) -> Json:
        """How far the recording has come."""
        have, needed = self.clips(language), self.needed(language)
        words = clips_of(language)
        return {
            "of": len(needed),
            "have": sum(clip in have for clip in needed),
            "clips": [{"clip": clip, "word": words[clip], "there": clip in have} for clip in needed],
            "at": (at := self._changed(language)),
            "damaged": at is not None and not have,
        }

    def _changed(self, language: Tongue) -> str | None:
        try:
            return instant(datetime.fromtimestamp(self.file(language).stat().st_mtime, UTC))
        except OSError:
            return None

    def say(self, language: Tongue, pieces: tuple[Unit, ...]) -> Sound | None:
        """The sentence, clip after clip; the clips are looked up once, they may be taken away meanwhile.

        None without a complete recording; a number that no service here gives out may have other letters.
        """
        have = self.clips(language)
        can = all(clip in have for piece in pieces for clip in piece.clips)
        return joined(have, pieces) if can and self._has_all(language, have) else None

    def put(self, language: Tongue, archive: bytes) -> None:
        """Adds to what is there and takes the place of what has the same name; one at a time."""
        with zipfile.ZipFile(io.BytesIO(archive)) as fresh:
            clips = self._kept(language) | {each[:-4]: fresh.read(each) for each in fresh.namelist()}
            self._write(self.file(language), packed(clips))

    def _kept(self, language: Tongue) -> dict[str, bytes]:
        """Nothing of a file that is damaged: what is recorded anew takes its place."""
        if not self.clips(language):
            return {}
        with zipfile.ZipFile(self.file(language)) as archive:
            return {each[:-4]: archive.read(each) for each in archive.namelist()}

    def _write(self, file: Path, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        with fresh.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)

    def remove(self, language: Tongue) -> None:
        self.file(language).unlink(missing_ok=True)
        self._read.pop(language, None)


def joined(clips: Clips, pieces: tuple[Unit, ...]) -> Sound:
    """Clips with a short gap between them, and a breath where the sentence has one."""
    per_second = next(iter(clips.values())).per_second
    said = array("h")
    for piece in pieces:
        for clip in piece.clips:
            said += (silence(GAP, per_second) if said else array("h")) + clips[clip].samples
        said += silence(piece.pause, per_second)
    return Sound(said, per_second)


def packed(clips: dict[str, bytes]) -> bytes:
    """Not compressed: it is read often and hardly shrinks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(clips):
            archive.writestr(zipfile.ZipInfo(f"{name}.wav"), clips[name])
    return out.getvalue()
