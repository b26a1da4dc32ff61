"""The blueprint that the room's addresses hang on; printers are woken when the hall opens."""

from __future__ import annotations

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from printing.office import EXTENSION, PrintOffice
from web.context import EXTENSION as HALL

blueprint = Blueprint("printing", __name__)


@blueprint.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Nothing runs before the hall opens, and nothing at all in a hall without printers."""
    built = state.app.extensions[HALL]
    office = PrintOffice(built)
    state.app.extensions[EXTENSION] = office
    if built.house.printers:
        built.starting.append(office.open)
