"""What monitors are told: counted presses, waits, pushes and screens, read as Prometheus reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from tests.running import SMALL, Refused, RunningHall, running_hall, wait_until
from web import metrics

OWN = {"hall"}
BOUNDED = {"action", "outcome", "service", "screen", "reason", "trouble", "le"}
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "metrics.md"

Told = dict[tuple[str, frozenset[tuple[str, str]]], float]


def scraped(hall: RunningHall) -> Told:
    """Every sample of ours by its name and labels."""
    text = requests.get(f"{hall.url}/metrics", timeout=20).text
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(told: Told, name: str, **labels: str) -> float:
    return told.get((name, frozenset({"hall": "small", **labels}.items())), 0.0)


@pytest.fixture(scope="module")
def after(server: RunningHall) -> Iterator[tuple[RunningHall, Told]]:
    """A small morning: three numbers taken, one called, a call refused, two boards watching."""
    board, _ = (server.screen(screen="board", area="main") for _ in range(2))
    kiosk, li = server.somebody(), server.clerk("li")
    for _ in range(3):
        kiosk.take()
    li.press("sit", "1")
    li.press("call_next", "1")
    with pytest.raises(Refused):
        li.press("call_next", "1")
    board.wait_for(5)
    board.ask("catch_up", {"since": 0})
    wait_until(lambda: value(scraped(server), "hall_push_seconds_count") >= 5, "the pushes")
    waiting = "hall_waiting_tickets"
    wait_until(lambda: value(scraped(server), waiting, service="id-card") == 2, "the lines to be redrawn")
    yield server, scraped(server)


def test_presses_are_counted_by_what_came_of_them(after: tuple[RunningHall, Told]) -> None:
    _, told = after
    assert value(told, "hall_presses_total", action="issue", outcome="done") == 3
    assert value(told, "hall_presses_total", action="call_next", outcome="done") == 1
    assert value(told, "hall_presses_total", action="call_next", outcome="refused") == 1
    assert value(told, "hall_press_seconds_count") >= 5


def test_waits_and_lines_are_told_by_service(after: tuple[RunningHall, Told]) -> None:
    _, told = after
    assert value(told, "hall_waited_seconds_count", service="id-card") == 1
    assert value(told, "hall_waiting_tickets", service="id-card") == 2


def test_screens_and_what_they_asked_for(after: tuple[RunningHall, Told]) -> None:
    _, told = after
    assert value(told, "hall_screens", screen="board") == 2
    assert value(told, "hall_joins_total", screen="board") == 2
    assert value(told, "hall_catch_ups_total", outcome="told") == 1


def test_commits_and_pushes_are_timed(after: tuple[RunningHall, Told]) -> None:
    _, told = after
    assert value(told, "hall_commit_changes_count") == value(told, "hall_commit_seconds_count") >= 4
    assert value(told, "hall_push_seconds_count") >= 4
    assert 0 < value(told, "hall_push_seconds_sum") < 4 * 20
    assert value(told, "hall_last_event") >= 4


def an_event(seq: int, action: str, **shown: Any) -> Any:
    facts = {"joined_at": "2026-10-12T01:00:00.000Z", "service": "id-card", "calls": 1}
    return SimpleNamespace(seq=seq, action=action, at="2026-10-12T01:07:00.000Z", shown=facts | shown)


def counted(hall: str, metric: Any, what: str, **labels: str) -> float:
    labels |= {"hall": hall}
    samples = [each for family in metric.collect() for each in family.samples if each.labels == labels]
    return sum(each.value for each in samples if each.name.endswith(what))


def test_a_wait_counts_once_and_ends_with_the_first_call() -> None:
    delays = metrics.Delays("waits")
    first = [an_event(1, "issue"), an_event(2, "call"), an_event(3, "serve")]
    delays.committed([*first, an_event(4, "call", calls=2)])
    service = {"service": "id-card"}
    assert counted("waits", metrics.WAITED, "_count", **service) == 1
    assert counted("waits", metrics.WAITED, "_sum", **service) == 7 * 60


def test_commits_are_timed_until_they_are_told_each_once() -> None:
    delays = metrics.Delays("pushes")
    for seq in (1, 2, 3):
        delays.committed([an_event(seq, "issue")])
    told = []
    for seq in (2, 2, 3):
        delays.sent([an_event(seq, "issue")])
        told.append(counted("pushes", metrics.PUSH_SECONDS, "_count"))
    assert told == [2, 2, 3]


def test_a_group_counts_its_changes() -> None:
    group = [1, 2]
    with metrics.Commits("groups").watched(group):
        group.append(3)  # came while the hall was another process's
    assert counted("groups", metrics.COMMIT_CHANGES, "_sum") == 3


def test_no_label_can_take_any_value(after: tuple[RunningHall, Told]) -> None:
    _, told = after
    labels = {key for name, pairs in told if name.startswith("hall_") for key, _ in pairs}
    assert labels <= OWN | BOUNDED


def test_every_metric_is_documented() -> None:
    rows = DOCUMENT.read_text("utf-8")
    names = {each._name for each in vars(metrics).values() if hasattr(each, "_labelnames")}
    assert {name for name in names if f"`{name}" not in rows} == set()


UNITS = re.compile(r"_(milliseconds|minutes|hours|days|ms|kb|percent)(_|$)")
"""Not Prometheus's base units: seconds, bytes, ratios."""


def test_names_are_as_prometheus_wants_them(server: RunningHall) -> None:
    """What `promtool check metrics` complains of, and what its parser does."""
    text = requests.get(f"{server.url}/metrics", timeout=20).text
    told = [each for each in text_string_to_metric_families(text) if not each.name.endswith("_created")]
    ours = [each for each in told if each.name.startswith("hall_")]
    assert sorted(each.name for each in ours) == sorted(OURS)
    for family in ours:
        assert family.documentation and not UNITS.search(family.name), family.name
        assert family.name.endswith("_seconds") or "seconds" not in family.name
        if family.type == "counter":
            assert {each.name for each in family.samples} == {f"{family.name}_total"}
        else:
            assert not family.name.endswith(("_total", "_count", "_sum", "_bucket")), family.name


OURS = {each._name for each in vars(metrics).values() if hasattr(each, "_labelnames")}


def test_whatever_strangers_send_no_series_is_added_for_it(server: RunningHall) -> None:
    """The addresses that don't exist are one action; kinds of screens and services are the hall's own."""
    stranger = server.somebody()

    def nonsense(n: int) -> None:
        for path in (f"/x{n}", f"/api/v1/windows/w{n}/call_next", f"/api/v1/tickets/k{n}/print", f"/t/{n}"):
            stranger.send(path, {"service": f"s{n}", "reason": f"r{n}"})
        stranger.send("/api/v1/tickets", {"service": f"s{n}"}, {"Idempotency-Key": f"n{n}"})
        stranger.session.request(f"M{n}", f"{server.url}/", timeout=20)
        with suppress(Refused, AssertionError):
            server.screen(stranger, screen=f"screen{n}", area=f"a{n}")

    nonsense(0)
    before = series(server)
    for n in range(1, 5):
        nonsense(n)
    assert series(server) == before


def series(server: RunningHall) -> set[object]:
    return {key for key in scraped(server) if key[0].startswith("hall_")}


def test_strangers_are_told_nothing(server: RunningHall) -> None:
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
        answer = requests.get(f"{server.url}/metrics", headers={header: "127.0.0.1"}, timeout=20)
        assert answer.status_code == 404 and "hall_presses" not in answer.text


def test_the_halls_file_names_who_else_may_ask(tmp_path: Path) -> None:
    """Behind a proxy of one's own the asker is whom the proxy speaks for."""
    file = tmp_path / "hall.toml"
    server = '\n[server]\ntrusted_proxies = 1\nmetrics_from = ["198.51.100.0/24"]\n'
    file.write_text(SMALL.read_text("utf-8") + server, "utf-8")
    with running_hall(tmp_path / "data", file) as hall:
        statuses = [
            requests.get(f"{hall.url}/metrics", headers={"X-Forwarded-For": asker}, timeout=20).status_code
            for asker in ("198.51.100.7", "203.0.113.7", "127.0.0.1")
        ]
    assert statuses == [200, 404, 404]


def test_a_proxy_that_the_hall_was_not_told_of_asks_for_nobody(tmp_path: Path) -> None:
    """Even from a network that may ask."""
    file = tmp_path / "hall.toml"
    server = '\n[server]\nmetrics_from = ["127.0.0.0/8"]\n'
    file.write_text(SMALL.read_text("utf-8") + server, "utf-8")
    with running_hall(tmp_path / "data", file) as hall:
        statuses = [
            requests.get(f"{hall.url}/metrics", headers=headers, timeout=20).status_code
            for headers in ({}, {"X-Forwarded-For": "203.0.113.7"})
        ]
    assert statuses == [200, 404]
