"""The blueprint that the room's addresses hang on; printers are woken when the hall opens."""

from __future__ import annotations

import logging
from importlib.util import find_spec

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from printing.office import EXTENSION, PrintOffice
from queueing.records import Json
from web.context import EXTENSION as HALL

LOG = logging.getLogger(__name__)

blueprint = Blueprint("printing", __name__)


@blueprint.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Nothing runs before the hall opens, and nothing at all in a hall without printers."""
    built = state.app.extensions[HALL]
    office = PrintOffice(built)
    state.app.extensions[EXTENSION] = office
    if built.house.printers and can_draw():
        built.starting.append(office.open)
        built.small.append(lambda: not_printing(office))


def not_printing(office: PrintOffice) -> list[Json]:
    """Printers that somebody should go to."""
    told = (office.told(each) for each in office.printers)
    return [{"what": "printer", "which": each["printer"], "state": each["state"]}
            for each in told if not each["fine"]]  # fmt: skip


def can_draw() -> bool:
    """Whether this machine has what slips are drawn with; the hall goes on without."""
    there = all(find_spec(each) is not None for each in ("plutoprint", "escpos"))
    if not there:
        LOG.error("The hall's printers can't be used: PlutoPrint isn't to be had for this kind of machine.")
    return there
