"""The hall's own voice, as the office sees it: what is recorded, uploads of clips, a fresh start."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Literal

from flask import request
from pydantic import Field, StringConstraints

from queueing.records import Json
from queueing.voice_rules import Tongue
from speech.blueprint import blueprint, voices_here
from speech.sentences import SPEECH
from speech.sound import Why
from web.context import here, the_hall
from web.idempotency import the_press
from web.refusals import NotFound, UnusableClips
from web.routes import Answer, Answered, Body, Nothing, endpoint

ROOT = Path(__file__).resolve().parent.parent
LARGEST_UPLOAD = 24 << 20
PATIENCE_SECONDS = 90.0


class ClipState(Answer):
    """One clip that this hall needs: the name of its file and the word that it holds."""

    clip: str
    word: str
    there: bool


class Recorded(Answer):
    """How far a recording has come; it is used when it is complete."""

    of: int
    have: int
    clips: list[ClipState]
    at: str | None
    damaged: bool = Field(description="The clips are there and can't be read")


class LanguageState(Answer):
    """How a language is spoken now: by recorded clips, by the synthetic voice, or not and why."""

    language: Tongue
    available: bool
    by: Literal["clips", "synthetic"] | None
    why: str | None
    recorded: Recorded


class AreaState(Answer):
    """An area and the languages of its calls, in their order."""

    area: str
    languages: list[Tongue]
    windows: list[str]


class VoiceState(Answer):
    """All that can be heard in this hall."""

    engine: str = Field(description="The synthetic voice's version; empty before its first sentence")
    areas: list[AreaState]
    languages: list[LanguageState]


class Refused(Answer):
    """A recording that can't be used, and why."""

    name: str
    why: Why | Literal["unknown", "twice"]


class Taken(Answer):
    """What came of an upload, and how the language stands now."""

    taken: list[str]
    refused: list[Refused]
    state: LanguageState


class Which(Body):
    """The clip that a single WAV holds; a ZIP names its clips itself."""

    clip: Annotated[str, StringConstraints(max_length=40, pattern="^[A-Za-z0-9-]*$")] = ""


@endpoint(blueprint, "GET", "/api/v1/voice", gives=VoiceState)
def voice() -> Answered:
    """How calls are spoken: the languages of each area, and what each language is spoken by."""
    voices, house = voices_here(), here().house
    states = [state_of(language) for language in SPEECH]
    areas = [
        {
            "area": area.id,
            "languages": list(voices.spoken_in(area.id)),
            "windows": [each.id for each in house.windows if each.area == area.id],
        }
        for area in house.areas
    ]
    return {"engine": voices.engine.version, "areas": areas, "languages": states}


@endpoint(
    blueprint, "POST", "/api/v1/voice/packs/<language>", gives=Taken, query=Which, refuses=("unusable_clips",)
)
def record(language: str, query: Which) -> Answered:
    """Adds recorded clips: one ZIP of WAV files as the body, or one WAV whose clip the query names."""
    tongue = tongue_of(language)
    request.max_content_length = LARGEST_UPLOAD
    report, archive = looked_through(request.get_data(), tongue, query.clip)
    if report["taken"]:
        voices = voices_here()
        with voices.recording:
            here().in_thread(lambda: voices.packs.put(tongue, archive))
        the_hall().note("voice_recorded", the_press(), language=tongue, clips=len(report["taken"]))
    return report | {"state": state_of(tongue)}


@endpoint(blueprint, "POST", "/api/v1/voice/packs/<language>/remove", takes=Nothing, gives=LanguageState)
def remove(language: str, body: Nothing) -> Answered:
    """Takes all recorded clips of a language away; the synthetic voice speaks again."""
    tongue, voices = tongue_of(language), voices_here()
    with voices.recording:
        here().in_thread(lambda: voices.packs.remove(tongue))
    the_hall().note("voice_removed", the_press(), language=tongue)
    return state_of(tongue)


def tongue_of(language: str) -> Tongue:
    found = next((each for each in SPEECH if each == language), None)
    if found is None:
        raise NotFound
    return found


def state_of(language: Tongue) -> Json:
    voices = voices_here()
    return voices.state(language) | {"recorded": here().in_thread(lambda: voices.packs.facts(language))}


def looked_through(upload: bytes, language: Tongue, clip: str) -> tuple[Json, bytes]:
    """In a process of its own: neither a bomb nor a mistake in a decoder ends the hall."""
    command = [sys.executable, "-m", "speech.intake", language, clip]
    try:
        done = subprocess.run(
            command, cwd=ROOT, input=upload, capture_output=True, timeout=PATIENCE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnusableClips(why="late") from None
    first, _, archive = done.stdout.partition(b"\n")
    report: Json = json.loads(first) if done.returncode == 0 and first else {"unusable": "failed"}
    if "unusable" in report:
        raise UnusableClips(why=report["unusable"])
    return report, archive
