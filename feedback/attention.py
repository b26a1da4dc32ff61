"""What the office's menu says beside this room's name: how much waits there that is urgent."""

from __future__ import annotations

from collections.abc import Callable

from flask.blueprints import BlueprintSetupState

from feedback.blueprint import blueprint
from web.context import EXTENSION as HALL
from web.context import Built

COUNTERS: list[Callable[[Built], int]] = []
"""Each kind of feedback adds its own: what is urgent of it."""


def urgent_ratings(built: Built) -> int:
    """Bad ratings that nobody has taken up yet, and those whose limit ends or has ended."""
    return built.store.look(built.following.urgent)


COUNTERS.append(urgent_ratings)


@blueprint.record_once
def tell(state: BlueprintSetupState) -> None:
    """Asked at every page of the office."""
    built: Built = state.app.extensions[HALL]
    built.attention["feedback"] = lambda: sum(count(built) for count in COUNTERS)
