"""What screens hear: everything, in order, without a hole, and no more than they may."""

from __future__ import annotations

from typing import Any

from tests.running import RunningHall, wait_until

SECRETS = {"ticket_class", "joined_at", "line_at", "clerk", "tie"}


def serve_one(hall: RunningHall, service: str = "id-card", **wish: Any) -> dict[str, Any]:
    """A visit at window 1; the answer to its end."""
    li, kiosk = hall.clerk("li"), hall.somebody()
    li.press("sit", "1")
    kiosk.take(service, **wish)
    li.press("call_next", "1")
    li.press("serve", "1")
    return li.press("finish", "1")


def test_events_arrive_in_order_without_a_hole(server: RunningHall) -> None:
    board = server.screen(screen="board", area="main")
    last = [serve_one(server) for _ in range(5)][-1]["seq"]
    seqs = [event["seq"] for event in board.wait_for(last)]
    assert seqs == list(range(board.joined["seq"] + 1, last + 1))


def test_the_public_hears_no_class_and_no_clerk(server: RunningHall) -> None:
    board = server.screen(screen="board", area="main")
    terminal = server.screen(server.clerk("li"), screen="terminal", window="1")
    last = serve_one(server, ticket_class="priority", ground=0)["seq"]
    in_public = [event["ticket"] for event in board.wait_for(last) if event.get("ticket")]
    at_window = [event["ticket"] for event in terminal.wait_for(last) if event.get("ticket")]
    assert in_public and not [ticket for ticket in in_public if SECRETS & ticket.keys()]
    assert {ticket["ticket_class"] for ticket in at_window} == {"priority"}


def test_only_the_office_hears_how_a_visit_was_rated(server: RunningHall) -> None:
    screens = {
        "board": server.screen(screen="board", area="main"),
        "terminal": server.screen(server.clerk("li"), screen="terminal", window="1"),
        "office": server.screen(server.administrator(), screen="office"),
    }
    ticket = serve_one(server)["ticket"]["ticket"]
    verdict = {"ticket": ticket, "level": "dissatisfied", "reasons": ["201"], "comment": "slow"}
    seq = server.somebody().post("/api/v1/windows/1/rating", verdict)["seq"]
    heard = {name: screen.wait_for(seq)[-1] for name, screen in screens.items()}
    assert heard.pop("office")["rating"]["level"] == "dissatisfied"
    assert not [name for name, event in heard.items() if "rating" in event or "slow" in str(event)]


def test_a_rating_moves_the_score_table_of_the_office(server: RunningHall) -> None:
    office = server.screen(server.administrator(), screen="office")
    before = office.joined["snapshot"]["scores"]["rows"][0]["n"]
    ticket = serve_one(server)["ticket"]["ticket"]
    server.somebody().post("/api/v1/windows/1/rating", {"ticket": ticket, "level": "very_satisfied"})

    def told() -> list[tuple[str, int]]:
        return [(row["window"], row["n"]) for message in office.told["scores"] for row in message["rows"]]

    wait_until(lambda: ("1", before + 1) in told(), "the score table")
    assert {window for window, _ in told()} == {"1"}


def test_a_rating_set_aside_moves_the_table_back_and_only_the_office_hears_of_what(
    server: RunningHall,
) -> None:
    ticket = serve_one(server)["ticket"]["ticket"]
    server.somebody().post("/api/v1/windows/1/rating", {"ticket": ticket, "level": "very_satisfied"})
    office = server.screen(server.administrator(), screen="office")
    others = [
        server.screen(screen="board", area="main"),
        server.screen(server.clerk("li"), screen="terminal", window="1"),
    ]
    before = office.joined["snapshot"]["scores"]["rows"][0]["n"]
    review = {"tickets": [ticket], "reason": "the clerk pressed"}
    seq = server.administrator().post("/api/v1/ratings/set_aside", review)["seq"]
    wait_until(
        lambda: any(row["n"] == before - 1 for message in office.told["scores"] for row in message["rows"]),
        "the score table",
    )
    for screen in others:
        heard = [event for event in screen.wait_for(seq) if event["seq"] == seq]
        assert len(heard) == 1
        assert ticket not in str(heard) and "clerk pressed" not in str(heard)


def test_catching_up_tells_what_was_missed(server: RunningHall) -> None:
    board = server.screen(screen="board", area="main")
    last = serve_one(server)["seq"]
    live = board.wait_for(last)
    caught_up = board.ask("catch_up", {"since": board.joined["seq"]})
    assert [e["seq"] for e in caught_up["events"]] == [e["seq"] for e in live]
    assert [e["ticket"] for e in caught_up["events"]] == [e["ticket"] for e in live]


def test_a_stranger_catches_up_on_nothing(server: RunningHall) -> None:
    screen = server.screen(screen="no-such-screen")
    assert screen.joined["ok"] is False
    assert screen.ask("catch_up", {"since": 0}) == {"ok": False}


def test_joining_wants_sense(server: RunningHall) -> None:
    refused = {
        "unknown_window": [{"screen": "panel", "window": "99"}, {"screen": "panel"}],
        "unknown_area": [{"screen": "board", "area": "cellar"}],
        "unknown_ticket": [{"screen": "phone", "token": "x"}],
        "not_found": [{"screen": "no-such-screen"}],
        "bad_request": [{}, {"screen": "board", "colour": "red"}],
    }
    for code, wishes in refused.items():
        assert {server.screen(**wish).joined["problem"]["code"] for wish in wishes} == {code}


def test_the_heart_beats(server: RunningHall) -> None:
    board = server.screen(screen="board", area="main")
    wait_until(lambda: len(board.told["beat"]) >= 2, "two beats", patience=4.0)
    assert board.told["beat"][0]["now"] < board.told["beat"][1]["now"]


def test_lines_follow_within_a_second_or_two(server: RunningHall) -> None:
    kiosk = server.screen(screen="kiosk")
    before = {line["service"]: line["waiting"] for line in kiosk.joined["snapshot"]["lines"]}
    server.somebody().take("residence-permit")

    def grown() -> bool:
        lines = [line for told in kiosk.told["lines"] for line in told["lines"]]
        return any(line["waiting"] == before[line["service"]] + 1 for line in lines)

    wait_until(grown, "a longer line", patience=4.0)


def test_a_phone_learns_its_place_and_follows_a_transfer(server: RunningHall) -> None:
    li = server.clerk("li")
    li.press("sit", "1")
    taken = li.take("id-card")
    phone = server.screen(screen="phone", token=taken["link"].removeprefix("/t/"))
    key = phone.joined["snapshot"]["ticket"]["ticket"]
    wait_until(lambda: phone.told["places"], "the place in the line", patience=4.0)
    assert key in phone.told["places"][-1]["places"]
    li.press("call", "1", ticket=key)
    li.press("transfer", "1", ticket=key, service="pension")
    wait_until(lambda: phone.told["places"][-1]["service"] == "pension", "the other line", patience=4.0)
    assert key in phone.told["places"][-1]["places"]


def test_a_terminal_hears_its_own_figures(server: RunningHall) -> None:
    terminal = server.screen(server.clerk("li"), screen="terminal", window="1")
    served = terminal.joined["snapshot"]["figures"]["served"]
    serve_one(server)
    wait_until(lambda: terminal.told["figures"], "the figures", patience=4.0)
    assert terminal.told["figures"][-1]["served"] == served + 1


def test_signing_out_closes_the_terminal(server: RunningHall) -> None:
    wang = server.clerk("wang")
    terminal = server.screen(wang, screen="terminal", window="3")
    wang.post("/api/v1/session/end")
    wait_until(lambda: not terminal.client.connected, "the closed socket", patience=5.0)


def test_a_stranger_at_the_start_page_hears_no_events(server: RunningHall) -> None:
    start, clerk = server.screen(screen="start"), server.screen(server.clerk("li"), screen="start")
    last = serve_one(server)["seq"]
    clerk.wait_for(last)
    wait_until(lambda: len(start.told["beat"]) >= 2, "two beats", patience=5.0)
    assert start.joined["snapshot"]["lines"] and not start.events()
    assert not [beat for beat in start.told["beat"] if "seq" in beat]
    assert start.ask("catch_up", {"since": 0}) == {"ok": False}
    server.somebody().take("id-card")
    wait_until(lambda: start.told["lines"], "the lines", patience=5.0)
