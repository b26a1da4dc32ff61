"""hall.js with a hall that a test plays: what is late, doubled, out of turn or lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.display.screens import Screens

PLAY = """
async () => {
  const { openHall } = await import("/static/shared/hall.js");
  window.TOLD = [];
  window.ASKED = [];
  window.EVENTS = Array.from({ length: 40 }, (_, at) => ({ seq: at + 1, action: "other" }));
  window.SEQ = 10;
  window.NOON = "2026-10-12T04:00:00.000Z";
  window.answers = {
    join: () => ({ ok: true, seq: SEQ, snapshot: { at: SEQ }, now: NOON, speed: 60, simulated: true }),
    catch_up: ({ since }) => ({ ok: true, events: EVENTS.slice(since, SEQ) }),
  };
  class Socket {
    heard = {};
    connected = false;
    active = true;
    onAny(told) { this.any = told; }
    on(name, told) { this.heard[name] = told; }
    timeout() { return this; }
    emit(name, message, answered) {
      ASKED.push([name, message]);
      queueMicrotask(() => answers[name] && answered(null, answers[name](message)));
    }
    hear(name, message) { this.any?.(name, message); this.heard[name]?.(message); }
    connect() { this.connected = true; this.heard.connect(); }
    disconnect() { this.connected = false; this.heard.disconnect?.("transport close"); }
  }
  window.socket = new Socket();
  window.events = (...seqs) => socket.hear("events", { events: seqs.map((seq) => EVENTS[seq - 1]) });
  window.hall = openHall({ screen: "board" }, {
    snapshot: (state, meta) => TOLD.push(["snapshot", state.at, meta.missed]),
    events: (list) => TOLD.push(...list.map((event) => event.seq)),
    lines: (list) => TOLD.push(["lines", ...list]),
    live: (isLive) => {
      if (window.LIVE !== isLive) TOLD.push(isLive ? "live" : "not live");
      window.LIVE = isLive;
    },
    refused: (problem) => TOLD.push(["refused", problem.code]),
  }, () => socket);
  window.toldAtLeast = (count) => TOLD.length >= count;
  socket.connect();
}
"""
FIRST = [["snapshot", 10, False], "live"]


@pytest.fixture
def page(modules: str, screens: Screens) -> Page:
    """A screen that has just joined at seq 10."""
    page = screens.open(modules, wait=False)
    page.evaluate(PLAY)
    page.wait_for_function("() => toldAtLeast(2)")
    return page


def told(page: Page, count: int) -> list[Any]:
    """What the page was told after it had joined."""
    page.wait_for_function("count => toldAtLeast(count)", arg=count + len(FIRST))
    said: list[Any] = page.evaluate("TOLD")
    assert said[:2] == FIRST
    return said[2:]


def asked(page: Page) -> list[Any]:
    said: list[Any] = page.evaluate("ASKED.map(([name, message]) => message.since ?? name)")
    return said


def test_events_come_in_order_and_once(page: Page) -> None:
    page.evaluate("() => { SEQ = 14; events(11); events(11, 12); events(12, 13, 14); events(9); }")
    assert told(page, 4) == [11, 12, 13, 14]
    assert asked(page) == ["join"]


def test_two_events_that_changed_places_are_put_right(page: Page) -> None:
    page.evaluate("() => { SEQ = 13; events(13); events(12); events(11); }")
    assert told(page, 3) == [11, 12, 13]
    assert asked(page) == ["join"]


def test_a_hole_is_asked_for(page: Page) -> None:
    page.evaluate("() => { SEQ = 15; events(11); events(15); }")
    assert told(page, 5) == [11, 12, 13, 14, 15]
    assert asked(page) == ["join", 11]


def test_a_beat_tells_that_the_last_event_was_lost(page: Page) -> None:
    page.evaluate("() => { SEQ = 12; socket.hear('beat', { seq: 12, now: '2026-10-12T01:01:00.000Z' }); }")
    assert told(page, 2) == [11, 12]
    assert asked(page) == ["join", 10]


def test_after_a_break_the_missed_events_come_before_the_new_picture(page: Page) -> None:
    page.evaluate("() => { socket.disconnect(); SEQ = 13; socket.connect(); }")
    assert told(page, 4) == [11, 12, 13, ["snapshot", 13, False]]


def test_what_happens_while_it_catches_up_comes_after_the_picture(page: Page) -> None:
    page.evaluate("""() => {
      socket.disconnect();
      SEQ = 12;
      const before = answers.catch_up;
      answers.catch_up = (message) => {
        events(14);
        events(13);
        return before(message);
      };
      socket.connect();
    }""")
    assert told(page, 5) == [11, 12, ["snapshot", 12, False], 13, 14]


def test_a_hall_that_cannot_catch_up_gives_the_picture_alone(page: Page) -> None:
    page.evaluate("() => { answers.catch_up = () => ({ ok: false }); SEQ = 30; events(30); }")
    assert told(page, 1) == [["snapshot", 30, True]]


def test_another_history_begins_with_its_picture(page: Page) -> None:
    page.evaluate("() => { socket.disconnect(); SEQ = 3; socket.connect(); }")
    page.wait_for_function("() => hall.seq === 3")
    page.evaluate("() => events(4)")
    assert told(page, 2) == [["snapshot", 3, True], 4]


def test_a_page_that_stumbles_over_one_message_gets_the_next(page: Page, screens: Screens) -> None:
    page.evaluate("() => { SEQ = 11; socket.hear('lines', { lines: null }); events(11); }")
    assert told(page, 1) == [11]
    assert len(screens.mistakes) == 1
    screens.mistakes.clear()


def test_a_refused_screen_says_so_once_and_asks_again(page: Page) -> None:
    page.clock.install()
    page.evaluate("""() => {
      answers.join = () => ({ ok: false, problem: { code: "not_paired" } });
      socket.disconnect();
      socket.connect();
    }""")
    page.clock.run_for(11_000)
    assert told(page, 1)[0] == ["refused", "not_paired"]
    assert asked(page)[1:] == ["join", "join", "join"]


def test_the_hall_clock_runs_at_its_own_speed(page: Page) -> None:
    page.evaluate("() => { window.START = [hall.now().getTime(), performance.now()]; }")
    page.wait_for_function("() => performance.now() - START[1] > 200")
    hall, real = page.evaluate("[hall.now().getTime() - START[0], performance.now() - START[1]]")
    assert hall == pytest.approx(60 * real, rel=0.1)


def test_a_history_that_tells_our_last_event_otherwise_is_another_one(page: Page) -> None:
    page.evaluate("""() => {
      EVENTS = EVENTS.map((event) => ({ ...event, at: "before" }));
      SEQ = 11;
      events(11);
      EVENTS = EVENTS.map((event) => ({ ...event, at: "restored" }));
      socket.disconnect();
      SEQ = 14;
      socket.connect();
    }""")
    assert told(page, 2) == [11, ["snapshot", 14, True]]


def test_beats_that_stay_behind_mean_that_the_hall_went_back(page: Page) -> None:
    page.evaluate("""() => {
      window.beat = () => socket.hear("beat", { seq: 4, now: NOON });
      SEQ = 11;
      events(11);
      beat();
      events(12);
      beat();
      SEQ = 4;
      beat();
    }""")
    assert told(page, 3) == [11, 12, ["snapshot", 4, True]]


def test_pictures_that_overtake_the_snapshot_are_told_after_it(page: Page) -> None:
    page.evaluate("""() => {
      socket.disconnect();
      const before = answers.join;
      answers.join = () => {
        socket.hear("lines", { lines: ["newer"] });
        return before();
      };
      socket.connect();
    }""")
    assert told(page, 2) == [["snapshot", 10, False], ["lines", "newer"]]
