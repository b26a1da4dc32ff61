"""The blueprint of signals; hooks and strips that the hall's file names begin when it opens."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, current_app
from flask.blueprints import BlueprintSetupState

from queueing.records import Event
from signals.hooks import Worker
from signals.led.strips import Strips
from signals.near import Near
from web.context import EXTENSION as HALL
from web.context import Built

blueprint = Blueprint("signals", __name__)
EXTENSION = "signals"


class Signals:
    """Everything that is told of what happens, beside the pages."""

    def __init__(self, built: Built) -> None:
        rules = built.house.signals
        self.workers = [Worker(built, hook) for hook in rules.hooks]
        self.near = Near(built, [each for each in self.workers if "almost" in each.hook.events])
        self.strips = [Strips(built, controller) for controller in built.house.led]
        self._wakes = [self.near.wake, *(w.wake for w in self.workers), *(s.wake for s in self.strips)]

    def start(self) -> None:
        for worker in self.workers:
            worker.start()
        for strips in self.strips:
            strips.start()
        if any("almost" in each.hook.events for each in self.workers):
            self.near.start()

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
    signals = state.app.extensions[EXTENSION] = Signals(built)
    if signals.workers or signals.strips:
        built.starting.append(signals.start)
        built.hearing.append(signals.hear)
