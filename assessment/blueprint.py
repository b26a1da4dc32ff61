"""The blueprint that the pages of assessment hang on, and what the office's menu says beside them."""

from __future__ import annotations

from typing import cast

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from queueing.store import Desk
from scoring.appeals import AppealStore
from web.context import EXTENSION

MOST = 100

blueprint = Blueprint("assessment", __name__)


@blueprint.record
def count_appeals(state: BlueprintSetupState) -> None:
    """How many wait for a decision."""
    built = state.app.extensions[EXTENSION]
    built.attention["assessment"] = lambda: built.store.look(open_appeals)


def open_appeals(desk: Desk) -> int:
    return len(cast(AppealStore, desk).appeals_in("open", MOST))
