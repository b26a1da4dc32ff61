"""What everybody is told alike, worked out once for all who ask within two seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import cast

from flask import current_app
from flask.blueprints import BlueprintSetupState

from city.blueprint import blueprint
from city.offers import Need, needs_of
from web.deployment import Deployment

LATELY = "lately"
FRESH_SECONDS = 2.0


class Lately:
    """The needs of all halls until another one opens, and pages that hold nothing of who asks."""

    def __init__(self) -> None:
        self._of: tuple[str, ...] = ()
        self._needs: dict[str, Need] = {}
        self._pages: dict[tuple[str, str], tuple[float, str]] = {}

    def needs(self, deployment: Deployment) -> dict[str, Need]:
        """As `needs_of` finds them."""
        halls = tuple(deployment.halls)
        if halls != self._of:
            self._of, self._needs, self._pages = halls, needs_of(deployment), {}
        return self._needs

    def page(self, need: str, language: str, draw: Callable[[], str]) -> str:
        """The page for that need in that language, as it was drawn last; what is old is thrown away."""
        at, now = (need, language), time.monotonic()
        if at not in self._pages or now - self._pages[at][0] > FRESH_SECONDS:
            drawn = draw()
            kept = {key: page for key, page in self._pages.items() if now - page[0] <= FRESH_SECONDS}
            self._pages = kept | {at: (now, drawn)}
        return self._pages[at][1]


def lately() -> Lately:
    """The present city's."""
    return cast(Lately, current_app.extensions[LATELY])


@blueprint.record_once
def prepare(state: BlueprintSetupState) -> None:
    state.app.extensions[LATELY] = Lately()
