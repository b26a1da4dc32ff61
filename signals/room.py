"""The blueprint of signals; hooks and strips that the hall's file names begin when it opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import Blueprint, Flask, current_app
from flask.blueprints import BlueprintSetupState

from queueing.records import Event
from signals.hooks import Worker
from signals.led.strips import Strips
from signals.near import Near
from signals.phones import Phones
from web.context import EXTENSION as HALL
from web.context import Built

blueprint = Blueprint("signals", __name__)
EXTENSION = "signals"


class Signals:
    """Everything that is told of what happens, beside the pages."""

    def __init__(self, built: Built, app: Flask) -> None:
        rules = built.house.signals
        self.phones = [Phones(built, app)] if rules.push else []
        self.workers = [Worker(built, hook) for hook in rules.hooks]
        self._curious = [each for each in self.workers if "almost" in each.hook.events]
        self.near = Near(built, [*self._curious, *self.phones])
        self.strips = [Strips(built, controller) for controller in built.house.led]
        self._told: list[Worker | Phones | Strips] = [*self.workers, *self.phones, *self.strips]
        self._wakes = [self.near.wake, *(each.wake for each in self._told)]

    def start(self) -> None:
        for each in self._told:
            each.start()
        if self._curious or self.phones:
            self.near.start()

    @property
    def is_needed(self) -> bool:
        return bool(self._told)

    def hear(self, events: Sequence[Event]) -> None:
        """After each commit; nothing is done here but waking others."""
        for wake in self._wakes:
            wake()


def signals_here() -> Signals:
    found: Signals = current_app.extensions[EXTENSION]
    return found


@blueprint.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Nothing runs before the hall opens."""
    built = state.app.extensions[HALL]
    signals = state.app.extensions[EXTENSION] = Signals(built, cast(Flask, state.app))
    if signals.is_needed:
        built.starting.append(signals.start)
        built.hearing.append(signals.hear)
