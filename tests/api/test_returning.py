"""Who missed a call comes back at the kiosk, and shows that the number is theirs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.running import Json, Person, Refused, RunningHall

WRONG = "000000"


@pytest.fixture
def li(server: RunningHall) -> Iterator[Person]:
    li = server.clerk("li")
    li.press("sit", "1")
    yield li
    li.press("leave", "1")


def missed(hall: RunningHall, li: Person) -> Json:
    """Somebody's ticket whose call was missed."""
    ticket = hall.somebody().take()
    li.press("call", "1", ticket=ticket["ticket"]["ticket"])
    li.press("mark_no_show", "1")
    return ticket


def test_the_digits_of_the_slip_bring_a_missed_number_back(server: RunningHall, li: Person) -> None:
    ticket, other = missed(server, li), missed(server, li)
    back = server.somebody().post("/api/v1/tickets/return", {"digits": ticket["digits"]})
    assert back["ticket"]["number"] == ticket["ticket"]["number"]
    assert (back["ticket"]["state"], back["ahead"]) == ("waiting", 0)
    assert back["link"] == ticket["link"]
    state = server.somebody().get(f"/api/v1{other['link']}")["ticket"]["state"]
    assert state == "no_show"


def test_a_reader_of_codes_types_the_link(server: RunningHall, li: Person) -> None:
    ticket = missed(server, li)
    token = ticket["link"].rpartition("/")[2]
    back = server.somebody().post("/api/v1/tickets/return", {"token": token})
    assert back["ticket"]["number"] == ticket["ticket"]["number"]


def test_digits_open_nothing_while_a_number_still_waits(server: RunningHall) -> None:
    ticket = server.somebody().take()
    with pytest.raises(Refused) as refused:
        server.somebody().post("/api/v1/tickets/return", {"digits": ticket["digits"]})
    assert refused.value.code == "unknown_ticket"


def test_the_key_that_every_screen_hears_proves_nothing(server: RunningHall, li: Person) -> None:
    key = missed(server, li)["ticket"]["ticket"]
    with pytest.raises(Refused) as refused:
        server.somebody().post(f"/api/v1/tickets/{key}/reinstate")
    assert refused.value.code == "not_signed_in"
    with pytest.raises(Refused) as forged:
        server.somebody().post("/api/v1/tickets/return", {"token": f"{key}.1.forged"})
    assert forged.value.code == "unknown_ticket"


def test_digits_cannot_be_tried_out(fresh_server: RunningHall) -> None:
    kiosk, codes = fresh_server.somebody(), []
    for _ in range(11):
        with pytest.raises(Refused) as refused:
            kiosk.post("/api/v1/tickets/return", {"digits": WRONG})
        codes.append(refused.value.code)
    assert codes == ["unknown_ticket"] * 10 + ["too_many"]


def test_slip_and_page_say_within_which_limits(server: RunningHall, li: Person) -> None:
    ticket = missed(server, li)
    digits = f"{ticket['digits'][:3]} {ticket['digits'][3:]}"
    told = "叫号后 120 分钟内可重排，限 2 次，先让同队最多 3 人。"
    page = server.somebody().session.get(f"{server.url}{ticket['link']}").text
    assert told in page and digits in page
    slip = server.somebody().session.get(f"{server.url}/slips/{ticket['ticket']['ticket']}").text
    assert told in slip and digits in slip
