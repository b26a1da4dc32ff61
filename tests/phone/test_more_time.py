"""What the ticket's link may ask for: more time, being back, the receipt."""

from __future__ import annotations

import pytest

from tests.running import Json, Person, Refused, RunningHall, fresh_key


@pytest.fixture
def ticket(server: RunningHall) -> Json:
    return server.somebody().take("pension")


def own(person: Person, ticket: Json) -> Json:
    return person.get(f"/api/v1{ticket['link']}")


def press(person: Person, ticket: Json, name: str, key: str | None = None) -> Json:
    return person.post(f"/api/v1{ticket['link']}/{name}", key=key)


def test_the_holder_asks_for_more_time_and_comes_back(server: RunningHall, ticket: Json) -> None:
    holder = server.somebody()
    assert (own(holder, ticket)["not_before"], own(holder, ticket)["postpones_left"]) == (None, 2)
    told = press(holder, ticket, "postpone")
    assert own(holder, ticket)["not_before"] == told["not_before"] and told["postpones_left"] == 1
    assert press(holder, ticket, "rejoin")["not_before"] is None


def test_the_same_press_sent_twice_costs_one(server: RunningHall, ticket: Json) -> None:
    holder, key = server.somebody(), fresh_key()
    assert press(holder, ticket, "postpone", key) == press(holder, ticket, "postpone", key)
    assert own(holder, ticket)["postpones_left"] == 1


def test_the_budget_ends(server: RunningHall, ticket: Json) -> None:
    holder = server.somebody()
    press(holder, ticket, "postpone"), press(holder, ticket, "postpone")
    with pytest.raises(Refused) as refused:
        press(holder, ticket, "postpone")
    assert refused.value.code == "postponed_enough"
    assert "已推迟过 2 次" in refused.value.problem["detail"]


def test_staff_see_until_when_somebody_is_away(server: RunningHall, ticket: Json) -> None:
    wang = server.clerk("wang")
    wang.press("sit", "3")
    terminal = server.screen(wang, screen="terminal", window="3")
    told = press(server.somebody(), ticket, "postpone")
    heard = terminal.wait_for(told["seq"])[-1]
    assert heard["ticket"]["not_before"] == told["not_before"]
    found = server.clerk("chen").get("/api/v1/tickets", number=ticket["ticket"]["number"])["tickets"]
    assert [each["not_before"] for each in found] == [told["not_before"]]
    wang.press("leave", "3")


def test_the_public_hears_that_it_moved_and_no_more(server: RunningHall, ticket: Json) -> None:
    board = server.screen(screen="board")
    told = press(server.somebody(), ticket, "postpone")
    heard = board.wait_for(told["seq"])[-1]
    assert heard["action"] == "postpone"
    assert set(heard["ticket"]) == {"ticket", "number", "service", "state", "window", "called_at", "calls"}


def test_the_receipt_names_number_minutes_and_rule_and_nothing_else(server: RunningHall) -> None:
    holder, li = server.somebody(), server.clerk("li")
    me, other = holder.take("household"), holder.take("household")
    li.press("sit", "1")
    li.press("call", "1", ticket=other["ticket"]["ticket"])
    told = holder.get(f"/api/v1{me['link']}/receipt")
    expected = {"number": other["ticket"]["number"], "minutes": 0, "rule": "chosen"}
    assert (told["overtakings"], told["more"]) == ([expected], False)
    li.press("undo", "1")
    assert holder.get(f"/api/v1{me['link']}/receipt")["overtakings"] == []
    li.press("leave", "1")


def test_a_strange_link_gets_nothing(server: RunningHall) -> None:
    for name in ("postpone", "rejoin"):
        with pytest.raises(Refused, match="unknown_ticket"):
            server.somebody().post(f"/api/v1/t/nobody.1.x/{name}")
    with pytest.raises(Refused, match="unknown_ticket"):
        server.somebody().get("/api/v1/t/nobody.1.x/receipt")
