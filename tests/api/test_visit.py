"""A whole visit over HTTP: ticket, call, service, rating, score; every screen hears of it."""

from __future__ import annotations

from tests.running import RunningHall


def seat(hall: RunningHall, clerk: str, window: str) -> None:
    hall.clerk(clerk).press("sit", window)


def test_a_visit_from_the_ticket_to_the_score(server: RunningHall) -> None:
    li, kiosk = server.clerk("li"), server.somebody()
    board = server.screen(screen="board", area="main")
    li.press("sit", "1")
    taken = kiosk.take("id-card")
    key = taken["ticket"]["ticket"]
    called = li.press("call_next", "1")
    assert called["ticket"]["ticket"] == key and called["window"]["number"] == taken["ticket"]["number"]
    li.press("serve", "1", ticket=key)
    finished = li.press("finish", "1", ticket=key, outcome="done")
    kiosk.post("/api/v1/windows/1/rating", {"ticket": key, "level": "satisfied"})
    actions = [event["action"] for event in board.wait_for(finished["seq"] + 1)]
    assert actions[-1] == "other", "the rating, which names nobody"
    told = [action for action in actions if action != "other"]  # somebody's sign-in may be noted meanwhile
    assert told == ["sit", "issue", "call", "serve", "finish"]
    row = server.administrator().get("/api/v1/scores", by="window")["rows"][0]
    assert (row["n"], row["positive"], finished["ticket"]["state"]) == (1, 1.0, "finished")
