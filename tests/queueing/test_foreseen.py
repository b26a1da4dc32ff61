"""How the hall stands, told over the wire and understood on the other side."""

from __future__ import annotations

import json

from forecast.situations import Opening, Running, Situation, TurnFigures, Waiting
from forecast.telling import situation_told
from queueing.foreseen import Moment
from tests.scene import Scene

ZONE = "Asia/Shanghai"
NINE = 540.0


def understood(scene: Scene) -> Situation:
    """As the forecast process has it after a look and a line of JSON."""
    hall, at = scene.hall, scene.hall.now()
    told = scene.store.look(lambda desk: Moment(hall, desk, at).told(hall.plan))
    return situation_told(json.loads(json.dumps(told)), hall.plan.reluctances, ZONE)


def test_who_waits_who_is_served_and_which_window_goes_on(scene: Scene) -> None:
    scene.sit("1", "li")
    served, sent = scene.take(), scene.take()
    scene.press("call_next", "1", "li")
    scene.clock.turn(minutes=1)
    scene.press("serve", "1", "li")
    scene.clock.turn(minutes=3)
    late = scene.take("household", "priority")
    told = understood(scene)
    assert [each.ticket for each in told.waiting] == [sent, late]
    assert told.waiting[0] == Waiting(sent, "id-card", "walk_in", NINE, NINE, scene.ticket(sent).tie)
    assert (told.waiting[1].line_at, told.waiting[1].ticket_class) == (NINE + 4, "priority")
    assert served not in [each.ticket for each in told.waiting]
    assert told.running == (Running("1", "li", "id-card", "walk_in", NINE, NINE + 1),)
    assert told.openings == tuple(
        Opening("1", "li", scene.hall.plan.reluctances["1"], opens, closes)
        for opens, closes in ((510.0, 720.0), (840.0, 1050.0))
    )
    assert (told.now, told.classes["walk_in"]) == (NINE + 4, TurnFigures(0.0, 1.0))


def test_time_aside_counts_as_not_begun(scene: Scene) -> None:
    scene.sit("1", "li")
    key = scene.take()
    scene.press("call_next", "1", "li"), scene.press("serve", "1", "li")
    scene.clock.turn(minutes=2)
    scene.press("hold", "1", "li")
    assert understood(scene).running == ()
    scene.clock.turn(minutes=10)
    scene.press("resume", "1", "li", ticket=key)
    assert understood(scene).running == (Running("1", "li", "id-card", "walk_in", NINE, NINE + 10),)
