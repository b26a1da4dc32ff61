"""The blueprint that everything audible hangs on, and the voices of the running hall."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app
from flask.blueprints import BlueprintSetupState

from speech.voices import Voices, sentence
from web.context import EXTENSION
from web.words import _

VOICES = "voices"

blueprint = Blueprint("speech", __name__)


@blueprint.record
def open_voices(state: BlueprintSetupState) -> None:
    """Made once with the app; nothing is rendered before somebody asks."""
    built = state.app.extensions[EXTENSION]
    state.app.extensions[VOICES] = voices = Voices(built.house, built.data, built.in_thread)
    built.wording = sentence
    built.troubles.append(voices.trouble)
    built.attention["sound"] = lambda: _("No voice") if voices.trouble() else None


def voices_here() -> Voices:
    """Those of the hall that the present request came to."""
    return cast(Voices, current_app.extensions[VOICES])
