"""announcing.js: a board of several areas rings where nobody speaks, no louder than the hour allows."""

from __future__ import annotations

from typing import Any

import pytest

from queueing.voice_rules import VoiceRules
from tests.display.screens import Screens
from web.announcing import Area

RING = """async (state) => {
  document.body.innerHTML = "<p data-caption><span></span></p>"
    + "<p data-not-heard></p><button data-sound></button>";
  const gains = [], parts = [];
  class Sound extends EventTarget {
    state = "running"; currentTime = 0; destination = null;
    resume() {}
  }
  class Node {
    constructor(context, { gain } = {}) {
      parts.push(this);
      this.loud = gain;
      this.gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };
    }
    connect(other) { this.into = other; return other; }
    disconnect() {}
    start() {
      gains.push(...parts.filter(({ loud, into }) => loud && into === null).map(({ loud }) => loud));
    }
    stop() {}
  }
  window.AudioContext = Sound;
  window.OscillatorNode = window.GainNode = Node;
  const { openAnnouncing } = await import("/static/display/announcing.js");
  const facts = { area: null, speaks_for: null, window_area: { 1: "main" }, language: "en" };
  const announcing = openAnnouncing(document.body, facts, () => {});
  announcing.begin([{ area: "main", now: null, ...state }]);
  announcing.called("1");
  await new Promise((done) => { setTimeout(done); });
  return { loudest: Math.max(0, ...gains), rang: parts.length > 0 };
}"""


@pytest.mark.parametrize(
    ("state", "loudest"),
    [
        ({"sound": "none", "volume": 100}, 1),
        ({"sound": "none", "volume": 40}, 0.4),
        ({"sound": "none", "volume": 0}, 0),
        ({"sound": "heard", "volume": 100}, 0),
    ],
)
def test_the_bell_keeps_to_the_hours_volume(
    screens: Screens, modules: str, state: dict[str, Any], loudest: float
) -> None:
    rung = screens.open(modules, wait=False).evaluate(RING, state)
    assert rung == {"loudest": loudest, "rang": loudest > 0}


def test_screens_are_told_the_hours_volume_where_nobody_speaks() -> None:
    area = Area("main", ["en"], VoiceRules(), lambda line: None, lambda *_: "")
    assert [area.state(0.0, percent)["volume"] for percent in (100, 0)] == [100, 0]
