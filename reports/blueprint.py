"""The blueprint of reports, and what makes them in the running hall."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, current_app
from flask.blueprints import BlueprintSetupState

from reports.making import Maker
from reports.nights import Nights
from reports.turn_keeper import TurnKeeper
from web.context import EXTENSION

MAKER, TURNS = "reports", "reports-turns"

blueprint = Blueprint("reports", __name__)


@blueprint.record
def open_reports(state: BlueprintSetupState) -> None:
    """Made once with the app; every night writes what has become due."""
    built = state.app.extensions[EXTENSION]
    maker = Maker(built, state.app)
    state.app.extensions[MAKER] = maker
    turns = TurnKeeper(maker)
    state.app.extensions[TURNS] = turns
    built.after_hours += [Nights(maker).write_what_is_due, turns.know_yesterday]


def turns_here() -> TurnKeeper:
    """What it knows of how fair its turns were."""
    return cast(TurnKeeper, current_app.extensions[TURNS])


def maker_here() -> Maker:
    """That of the hall that the present request came to."""
    return cast(Maker, current_app.extensions[MAKER])
