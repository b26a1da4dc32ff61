"""The link on a ticket: short, signed, good for the days in which a visit may be rated."""

from __future__ import annotations

import hmac
from collections.abc import Iterator

import pytest
from flask import Flask
from itsdangerous import Signer

from queueing.clock import HandClock
from web.context import here
from web.refusals import LinkExpired
from web.secret import sealed
from web.tokens import ticket_of, token_for

DAY = 24 * 60


@pytest.fixture(autouse=True)
def within(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def test_it_is_signed_as_the_library_signs() -> None:
    """Links that an earlier release has printed stay good."""
    word, secret = token_for("k-3_f.9"), here().secret
    told = word.rpartition(".")[0]
    assert Signer(secret, salt="ticket-holder").sign(told).decode() == word
    assert [sealed(secret, b"one"), sealed(secret, b"two")] == [
        hmac.digest(secret, words, "sha256") for words in (b"one", b"two")
    ]


def test_it_leads_back_to_the_ticket() -> None:
    assert ticket_of(token_for("k-3_f.9")) == "k-3_f.9"
    assert len(token_for("abcdefghijkl")) < 50


@pytest.mark.parametrize(
    "token", ["", "x", "a.b.c", "k.739901", "k.739901.AAAAAAAAAAAAAAAAAAAAAAAAAAA", "…", "k..x"]
)
def test_nobody_makes_one_up(token: str) -> None:
    with pytest.raises(LinkExpired):
        ticket_of(token)


def test_it_expires_some_days_after_the_visit(clock: HandClock) -> None:
    token = token_for("k")
    clock.turn(minutes=8 * DAY)
    assert ticket_of(token) == "k"
    clock.turn(minutes=DAY)
    with pytest.raises(LinkExpired):
        ticket_of(token)
