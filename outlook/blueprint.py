"""The blueprint of the room, and the twin of the running hall."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app
from flask.blueprints import BlueprintSetupState

from outlook.afterwards import Afterwards
from outlook.twin import Twin
from web.context import EXTENSION

TWIN = "twin"

blueprint = Blueprint("outlook", __name__)


@blueprint.record
def open_twin(state: BlueprintSetupState) -> None:
    """Made once with the app; every night says what yesterday's suggestions did."""
    built = state.app.extensions[EXTENSION]
    twin = Twin(built)
    state.app.extensions[TWIN] = twin
    built.nightly.append(Afterwards(built, twin).judge)


def twin_here() -> Twin:
    """That of the hall that the present request came to."""
    return cast(Twin, current_app.extensions[TWIN])
