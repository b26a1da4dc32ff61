"""Every door has a line in the access table, and every line a door."""

from __future__ import annotations

from flask import Flask

from web.access import ACCESS
from web.admission import line_of
from web.city_access import OF_CITY
from web.snapshots import PICTURES


def routes(app: Flask) -> set[str]:
    """Each rule with each of its methods; HEAD and OPTIONS come for free."""
    return {
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def socket_events(app: Flask) -> set[str]:
    handlers = app.extensions["socketio"].server.handlers["/"]
    return {f"socket:{event}" for event in handlers}


def doors(app: Flask) -> set[str]:
    return routes(app) | socket_events(app) | {f"screen:{kind}" for kind in PICTURES}


def test_every_route_socket_event_and_screen_has_a_line(app: Flask) -> None:
    assert not {door for door in doors(app) if line_of(door) is None}


def test_no_line_without_a_door(app: Flask) -> None:
    there = {plain(door) for door in doors(app) | OF_CITY.keys()}  # the city's own office has the others
    assert not {line for line in ACCESS if plain(line) not in there}


def plain(door: str) -> str:
    """What the path's variables are called doesn't matter."""
    return "/".join("<>" if "<" in part else part for part in door.split("/"))


def test_changes_are_posts(app: Flask) -> None:
    assert {door.split()[0] for door in routes(app)} == {"GET", "POST"}
