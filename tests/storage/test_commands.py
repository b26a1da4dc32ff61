"""What commands say of a hall is the same in a file and, moved, in a database."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cluster import Cluster
from tests.scene import SMALL, Scene
from upkeep.commands import loopback, one_time_password
from upkeep.looking import hall_to_look_at
from upkeep.moving import moved
from upkeep.own_past import own_past
from upkeep.rules import ruled
from upkeep.score import scored
from web.starting import house_of

pytestmark = pytest.mark.of_files


@pytest.fixture
def options(tmp_path: Path) -> argparse.Namespace:
    return argparse.Namespace(hall=SMALL, data=tmp_path / "data", to="", staff="li", wanted="off")


@pytest.fixture
def lived(options: argparse.Namespace) -> None:
    """A morning with ratings, a no-show and a fact."""
    scene = Scene(options.data)
    scene.store.change(lambda desk: desk.open_accounts(("li", "wang")) or {}, scene.by())
    scene.sit("1", "li")
    for n in range(7):
        scene.take("id-card", "walk_in")
        scene.clock.turn(minutes=1)
        if n % 2:
            key = scene.serve_one("1", "li")
            scene.ratings.rate_by_phone(ticket=key, level="satisfied", reasons=[], by=scene.by(role="holder"))
    scene.press("call_next", "1", "li")
    scene.press("mark_no_show", "1", "li")
    scene.close()


def all_said(options: argparse.Namespace) -> dict[str, Any]:
    """By every command that only reads, once more in each place."""
    asked: dict[str, Any] = {"scheme": None, "period": "2026-10", "facts": None, "json": True}
    where = {"hall": options.hall, "data": options.data}
    said: dict[str, Any] = {}
    for whom in ({"window": "1", "clerk": None}, {"window": None, "clerk": "li"}):
        said[str(whom)] = json.loads(scored(argparse.Namespace(**where, **asked, **whom)))
    rules = {"dry_run": True, "day": "2026-10-12", "json": False, "months": None}
    said["rules"] = ruled(argparse.Namespace(**where, **rules))
    with hall_to_look_at(options, house_of(options.hall)) as hall:
        said["past"] = own_past(hall)
    return said


def test_commands_that_read_say_the_same(options, lived, cluster: Cluster, monkeypatch) -> None:
    in_file = all_said(options)
    options.to = cluster.new_database()
    moved(options)
    monkeypatch.setenv("HALL_DATABASE", options.to)
    assert all_said(options) == in_file
    assert len(in_file["past"][0]) == 7


def test_a_password_and_the_door_of_this_machine(
    options, lived, cluster: Cluster, monkeypatch, capsys
) -> None:
    options.to = cluster.new_database()
    moved(options)
    monkeypatch.setenv("HALL_DATABASE", options.to)
    one_time_password(options)
    loopback(options)
    said = capsys.readouterr().out
    assert "Sign in as li with the one-time password: " in said and "without a code: off" in said
    name = options.to.partition("@/")[2].partition("?")[0]
    assert cluster.ask("SELECT one_time FROM accounts WHERE staff = 'li'", name) == [(1,)]
    assert cluster.ask("SELECT is_open FROM door_switches", name) == [(0,)]
    log = cluster.ask("SELECT action FROM events ORDER BY seq DESC LIMIT 2", name)
    assert {action for (action,) in log} == {"one_time_password", "loopback"}
