"""What screens play: calls for announcers, short texts for kiosks, and which languages can be heard."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Literal
from unicodedata import normalize

from flask import Response, jsonify, request
from pydantic import ConfigDict, Field, StringConstraints

from queueing.errors import UnknownWindow
from queueing.house import House
from queueing.voice_rules import Tongue
from speech.blueprint import blueprint, voices_here
from speech.sentences import NUMBER
from speech.voices import sentence
from web.context import here
from web.counters import few
from web.rates import AT_THE_MACHINE, owner_here
from web.refusals import NotFound
from web.routes import Body

LONGEST_TEXT = 200
TEXTS_A_MINUTE = 120
"""Of one kiosk: a person who walks through all of a page's choices needs fewer."""

CALLS_A_MINUTE = 60
"""That must be rendered, for one announcer or board: more than it can say. What is kept isn't counted."""

SCRIPTS: dict[str, Tongue] = {"zh_Hant": "zh_Hans"}
"""Pages in Traditional Chinese are read in Mandarin."""


class Call(Body):
    """The call of a number to a window."""

    model_config = ConfigDict(extra="ignore")
    number: Annotated[str, StringConstraints(pattern=f"^(?:{NUMBER.pattern})$", max_length=9)]
    window: Annotated[str, StringConstraints(max_length=40)]
    language: Tongue


class Text(Body):
    """A short text in the language of a page."""

    model_config = ConfigDict(extra="ignore")
    text: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT, strip_whitespace=True)]
    language: Tongue | Literal["zh_Hant"]


class Place(Body):
    """An area, and a call to put into words as an example."""

    model_config = ConfigDict(extra="ignore")
    area: str = Field(max_length=80)
    number: Annotated[str, StringConstraints(pattern=f"^(?:{NUMBER.pattern})$", max_length=9)] = "A005"
    window: Annotated[str, StringConstraints(max_length=40)] = ""


@blueprint.get("/voice/call.wav")
def call() -> Response:
    """A call as sound."""
    asked = Call.model_validate(request.args.to_dict())
    window = known_window(here().house, asked.window)
    return as_sound(voices_here().call(asked.language, asked.number, window, count_call))


@blueprint.get("/voice/text.wav")
def text() -> Response:
    """A text as sound, for headphones at a kiosk; nothing (204) for one without a letter or a digit."""
    asked = Text.model_validate(request.args.to_dict())
    count("text", TEXTS_A_MINUTE)
    words = readable(asked.text)
    if not any(map(str.isalnum, words)):
        return Response(status=204)
    language = SCRIPTS.get(asked.language) or asked.language
    return as_sound(voices_here().text(language, words))  # type: ignore[arg-type]


@blueprint.get("/voice/languages")
def languages() -> Response:
    """The languages of an area's calls in their order; whether each can be heard, and why not."""
    house, asked = here().house, Place.model_validate(request.args.to_dict())
    if asked.area not in {each.id for each in house.areas}:
        raise NotFound
    window = known_window(house, asked.window) if asked.window else first_window(house, asked.area)
    found = voices_here().states(asked.area)
    return jsonify(
        languages=[each | {"example": sentence(each["language"], asked.number, window)} for each in found]
    )


def first_window(house: House, area: str) -> str:
    """An area without a window of its own borrows one."""
    return next((each.id for each in house.windows if each.area == area), house.windows[0].id)


def known_window(house: House, window: str) -> str:
    if window not in {each.id for each in house.windows}:
        raise UnknownWindow(window=window)
    return window


def readable(text: str) -> str:
    """As the voice can read it: wide digits are digits, what can't be printed is a space."""
    plain = normalize("NFKC", text)[:LONGEST_TEXT]
    return "".join(each if each.isprintable() else " " for each in plain)


def count_call() -> None:
    """All announcers may run in one browser on the hall's own machine."""
    count("call", CALLS_A_MINUTE * (AT_THE_MACHINE if owner_here().kind == "loopback" else 1))


def count(what: str, most: int) -> None:
    """Sounds are rendered one by one: whoever asks without end is told to wait."""
    owner = owner_here()
    few(most, what, owner.kind, owner.name)


def as_sound(content: bytes) -> Response:
    """A browser asks whether its copy is still the right one: another voice, other sounds."""
    answer = Response(content, content_type="audio/wav", headers={"Cache-Control": "private, no-cache"})
    answer.set_etag(sha256(content).hexdigest()[:32])
    answer.make_conditional(request)
    return answer
