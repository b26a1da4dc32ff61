"""Wrong passwords: guessing gets slow, and nobody can keep the owner of an account out by it."""

from __future__ import annotations

import pytest

from queueing.tries import network_of
from tests.people.conftest import Doors
from tests.people.test_signing_in import code_of

OWN, WRONG = "three-words-long", "wrong-wrong"


def guess_from_everywhere(doors: Doors, times: int, name: str = "li") -> list[str]:
    """One wrong password from each of so many addresses."""
    return [code_of(doors.browser(f"10.1.0.{n}").sign_in(name, WRONG)) for n in range(times)]


def test_wrong_passwords_from_one_address_wait_longer_and_longer(doors: Doors) -> None:
    browser = doors.browser()
    for _ in range(3):
        assert code_of(browser.sign_in("admin", WRONG)) == "password_wrong"
    waits = []
    for _ in range(8):
        assert code_of(browser.sign_in("admin", WRONG)) == "password_wrong"
        refused = browser.sign_in("admin", doors.first)
        assert (refused.status_code, code_of(refused)) == (429, "throttled")
        waits.append(refused.get_json()["seconds"])
        doors.real.turn(seconds=waits[-1])
    assert waits == [5, 10, 20, 40, 80, 160, 300, 300]
    assert browser.sign_in("admin", doors.first).status_code == 200
    assert code_of(browser.sign_in("admin", WRONG)) == "password_wrong"


def test_a_delay_is_real_time_and_belongs_to_one_account(doors: Doors) -> None:
    clerk, browser = doors.member("li"), doors.browser()
    for _ in range(4):
        browser.sign_in("li", WRONG)
    doors.scene.clock.turn(minutes=30)
    assert code_of(browser.sign_in("li", OWN)) == "throttled"
    assert doors.browser().sign_in("admin", OWN).status_code == 200
    assert clerk.get("/api/v1/session").get_json()["staff"]["id"] == "li"


def test_a_guesser_at_another_address_keeps_nobody_out(doors: Doors) -> None:
    doors.member("li")
    guesser = doors.browser("10.9.9.9")
    answers = [code_of(guesser.sign_in("li", WRONG)) for _ in range(30)]
    assert answers == ["password_wrong"] * 4 + ["throttled"] * 26
    assert doors.browser("10.0.0.50").sign_in("li", OWN).status_code == 200
    assert code_of(guesser.sign_in("li", OWN)) == "throttled"


def test_guessing_from_many_addresses_is_slow_too(doors: Doors) -> None:
    doors.member("li")
    assert guess_from_everywhere(doors, 22) == ["password_wrong"] * 21 + ["throttled"]
    waits = []
    for n in range(6):
        refused = doors.browser(f"10.2.0.{n}").sign_in("li", OWN)
        assert code_of(refused) == "throttled"
        waits.append(refused.get_json()["seconds"])
        doors.real.turn(seconds=waits[-1])
        assert code_of(doors.browser(f"10.3.0.{n}").sign_in("li", WRONG)) == "password_wrong"
    assert waits == [1, 2, 4, 8, 10, 10]
    doors.real.turn(seconds=10)
    assert doors.browser("10.2.0.99").sign_in("li", OWN).status_code == 200


def test_a_browser_that_knows_its_owner_lets_them_in_through_any_flood(doors: Doors) -> None:
    clerk, stranger = doors.member("li"), doors.browser()
    clerk.post("/api/v1/session/end")
    for _ in range(9):
        stranger.sign_in("li", WRONG)
    guess_from_everywhere(doors, 30)
    assert code_of(stranger.sign_in("li", OWN)) == "throttled"
    assert clerk.sign_in("li", OWN).status_code == 200


def test_a_shared_browser_knows_everyone_who_signed_in_on_it(doors: Doors) -> None:
    doors.member("wang")
    shared = doors.member("li")
    assert shared.sign_in("wang", OWN).status_code == 200
    guess_from_everywhere(doors, 30, "li")
    guess_from_everywhere(doors, 30, "wang")
    assert [shared.sign_in(name, OWN).status_code for name in ("li", "wang")] == [200, 200]


def test_guessing_is_slow_on_a_known_browser_too(doors: Doors) -> None:
    clerk = doors.member("li")
    answers = [code_of(clerk.sign_in("li", WRONG)) for _ in range(5)]
    assert answers == ["password_wrong"] * 4 + ["throttled"]
    assert code_of(clerk.sign_in("li", OWN)) == "throttled"


@pytest.mark.parametrize("mark", ["", "nonsense", "W1sibGkiLCJhYmNkIl1d.c2lnbmF0dXJl"])
def test_a_made_up_mark_opens_nothing(doors: Doors, mark: str) -> None:
    doors.member("li")
    guess_from_everywhere(doors, 30)
    liar = doors.browser("10.4.0.1")
    liar.client.set_cookie("known", mark, domain="hall.test")
    assert code_of(liar.sign_in("li", OWN)) == "throttled"


def test_somebody_elses_mark_opens_nothing(doors: Doors) -> None:
    doors.member("li")
    colleague = doors.member("wang")
    guess_from_everywhere(doors, 30)
    assert code_of(colleague.sign_in("li", OWN)) == "throttled"


def test_a_new_one_time_password_forgives_the_tries_from_everywhere(doors: Doors) -> None:
    doors.member("li")
    browser = doors.browser()
    for _ in range(5):
        browser.sign_in("li", WRONG)
    guess_from_everywhere(doors, 30)
    assert browser.sign_in("li", doors.one_time_password("li")).status_code == 200


def test_a_name_that_nobody_has_is_answered_like_any_other(doors: Doors) -> None:
    browser = doors.browser()
    answers = [code_of(browser.sign_in("nobody", WRONG)) for _ in range(5)]
    assert answers == ["password_wrong"] * 4 + ["throttled"]
    assert guess_from_everywhere(doors, 18, "nobody") == ["password_wrong"] * 17 + ["throttled"]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.0.0.7", "10.0.0.7"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_addresses_that_one_machine_may_choose_from_count_as_one(address: str, network: str) -> None:
    assert network_of(address) == network
