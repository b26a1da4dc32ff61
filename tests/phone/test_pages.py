"""The ticket's page and its QR code as the server sends them."""

from __future__ import annotations

import json
import re

import qrcode
import requests
from qrcode.constants import ERROR_CORRECT_M

from tests.running import RunningHall

QUIET_ZONE = 4


def fetched(hall: RunningHall, path: str, **headers: str) -> requests.Response:
    return hall.somebody().session.get(f"{hall.url}{path}", headers=headers, timeout=10)


def test_the_page_has_the_number_before_any_script_runs(server: RunningHall) -> None:
    ticket = server.somebody().take("pension", ticket_class="priority")
    page = fetched(server, ticket["link"] + "?lang=zh_Hans")
    assert page.status_code == 200
    assert ticket["ticket"]["number"] in page.text
    assert "养老保险待遇申领" in page.text
    assert page.headers["Cache-Control"] == "private, no-store"


def test_the_page_says_what_is_stored_and_until_when(server: RunningHall) -> None:
    ticket = server.somebody().take()
    told = fetched(server, ticket["link"] + "?lang=en").text
    assert "No name, no identity number, no telephone number." in told
    assert "This page can be opened until 20 October 2026." in told


def test_what_to_bring_stands_closed_below_the_buttons(server: RunningHall) -> None:
    ticket = server.somebody().take("id-card")
    page = fetched(server, ticket["link"] + "?lang=en").text
    buttons, things = page.index("data-postpone>"), page.index('<details class="stored bring">')
    assert buttons < things < page.index("called_at")
    assert "You can ask for this 1 more time." in page and "You can ask for this 2 more times." in page


def test_the_page_knows_nothing_of_other_tickets_or_of_priority(server: RunningHall) -> None:
    other = server.somebody().take()
    ticket = server.somebody().take(ticket_class="priority", ground=0)
    page = fetched(server, ticket["link"]).text
    assert other["ticket"]["ticket"] not in page
    told = json.loads(page.partition('id="page-data">')[2].partition("</script>")[0])
    assert told.pop("words") and "priority" not in json.dumps(told)


def test_a_wrong_link_is_answered_kindly_and_not_with_an_error_page(server: RunningHall) -> None:
    ticket = server.somebody().take()
    for link in ("/t/nobody", ticket["link"] + "x", ticket["link"].replace(".7", ".8")):
        page = fetched(server, link + "?lang=en")
        assert page.status_code == 404
        assert "This link does not work any more" in page.text


def test_the_code_holds_the_public_address_of_the_page(server: RunningHall) -> None:
    ticket = server.somebody().take()
    picture = fetched(server, ticket["qr"])
    assert picture.headers["Content-Type"].startswith("image/svg+xml")
    assert ticket["url"].endswith(ticket["link"])
    assert dark_modules(picture.text) == expected_modules(ticket["url"])


def test_no_code_is_made_for_a_link_that_is_not_ours(server: RunningHall) -> None:
    assert fetched(server, "/t/nobody.1.x/qr.svg").status_code == 404


def dark_modules(svg: str) -> set[tuple[int, int]]:
    """The squares of the picture's one path, as column and row."""
    return {(int(x), int(y)) for x, y in re.findall(r"M(\d+),(\d+)H", svg)}


def expected_modules(address: str) -> set[tuple[int, int]]:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(address)
    return {(x, y) for y, row in enumerate(code.get_matrix()) for x, dark in enumerate(row) if dark}
