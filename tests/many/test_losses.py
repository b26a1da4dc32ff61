"""A process dies among presses, Redis is gone for a while: nothing is lost, every screen is right."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
import redis
import requests

from tests.cluster import Cluster
from tests.many.stage import Process, Stage, news, stage
from tests.running import Json, Person, Refused, wait_until

RIGHT_WITHIN = 20.0
"""Seconds: a busy machine is given ten times what `python -m bench.two_processes` measures."""


@pytest.fixture
def mortal(cluster: Cluster, tmp_path: Path) -> Iterator[tuple[Stage, str]]:
    """A stage whose processes may die, and the name of its database."""
    address = cluster.new_database()
    with stage(tmp_path, address) as opened:
        yield opened, address.partition("@/")[2].partition("?")[0]


class Presses:
    """Somebody takes numbers one after the other at a process, until it is dead; each press with its key."""

    def __init__(self, person: Person, name: str) -> None:
        self.person, self.name = person, name
        self.answers: dict[str, Json] = {}
        self.unanswered: list[str] = []

    def until_it_dies(self) -> None:
        for n in range(10_000):
            key = f"{self.name}-{n}"
            try:
                self.answers[key] = self.person.post("/api/v1/tickets", {"service": "id-card"}, key)
            except requests.RequestException:
                self.unanswered.append(key)
                return

    def again_at(self, person: Person) -> dict[str, Json]:
        """All presses once more, those without an answer too."""
        keys = [*self.answers, *self.unanswered]
        return {key: person.post("/api/v1/tickets", {"service": "id-card"}, key) for key in keys}


def numbers(answers: dict[str, Json]) -> set[str]:
    return {answer["ticket"]["ticket"] for answer in answers.values()}


def test_a_process_killed_among_presses_loses_none_and_doubles_none(
    mortal: tuple[Stage, str], cluster: Cluster
) -> None:
    two, database = mortal
    dying, living = two.open_one(), two.open_one()
    board = two.screen(living, screen="board", area="main")
    pressing = [Presses(two.somebody(dying), f"person{n}") for n in range(4)]
    with ThreadPoolExecutor(len(pressing)) as pool:
        running = [pool.submit(each.until_it_dies) for each in pressing]
        wait_until(lambda: sum(len(each.answers) for each in pressing) > 40, "presses under way")
        dying.kill()
        for each in running:
            each.result(timeout=30)
    again = {}
    for each in pressing:
        repeated = each.again_at(two.same_person(each.person, living))
        assert {key: repeated[key] for key in each.answers} == each.answers
        again |= repeated
    kept = cluster.ask("SELECT key FROM tickets", database)
    assert {key for (key,) in kept} == numbers(again) and len(kept) == len(again)
    last = cluster.ask("SELECT seq FROM halls", database)[0][0]
    seqs = [event["seq"] for event in news(board, last)]
    assert seqs == list(range(board.joined["seq"] + 1, last + 1))


def test_a_dead_process_is_followed_in_its_lead(mortal: tuple[Stage, str], cluster: Cluster) -> None:
    two, database = mortal
    first, second = two.open_one(), two.open_one()
    holder = "SELECT DISTINCT pid FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ExclusiveLock'"
    wait_until(lambda: len(cluster.ask(holder, database)) == 1, "one process to lead")
    before = cluster.ask(holder, database)[0][0]
    first.kill()
    wait_until(lambda: cluster.ask(holder, database) not in ([], [(before,)]), "the other to lead")
    assert requests.get(f"{second.url}/healthz", timeout=10).status_code == 200


def served(two: Stage) -> tuple[Process, Process, Person]:
    here, there = two.open_one(), two.open_one()
    chief = two.administrator(here)
    clerk = two.clerk("li", chief, here)
    clerk.press("sit", "1")
    wait_until(lambda: two.redis.listeners() == 2, "both to listen")
    return here, there, clerk


def test_without_redis_changes_go_on_and_with_it_every_screen_is_right(mortal: tuple[Stage, str]) -> None:
    two, _ = mortal
    here, there, clerk = served(two)
    boards = [two.screen(process, screen="board", area="main") for process in (here, there)]
    two.redis.stop()
    for _ in range(3):
        clerk.take()
    called = clerk.press("call_next", "1")["seq"]
    assert [event["seq"] for event in boards[1].wait_for(called)][-1] == called, "by the beat alone"
    two.redis.start()
    wait_until(lambda: two.redis.listeners() == 2, "both to be back", RIGHT_WITHIN)
    clerk.press("serve", "1")
    last = clerk.press("finish", "1", outcome="done")["seq"]
    for board in boards:
        seqs = [event["seq"] for event in news(board, last)]
        assert seqs == list(range(board.joined["seq"] + 1, last + 1))


def test_a_redis_that_hangs_holds_up_no_press(mortal: tuple[Stage, str]) -> None:
    """Stopped in the middle, as a machine whose disk is stuck: it takes connections and says nothing."""
    two, _ = mortal
    _, there, clerk = served(two)
    board = two.screen(there, screen="board", area="main")
    with two.redis.hanging():
        for _ in range(5):
            clerk.take()
        last = clerk.press("call_next", "1")["seq"]
        assert board.wait_for(last)[-1]["seq"] == last


def test_nobody_else_can_say_anything_to_the_hall(mortal: tuple[Stage, str]) -> None:
    """What isn't signed with the hall's key is nothing: no forged call aloud, no forged wait."""
    two, _ = mortal
    here, _, clerk = served(two)
    board = two.screen(here, screen="board", area="main")
    state = {"area": "main", "sound": "heard", "machine": "nobody", "now": None}
    said = {"hall": "small", "from": "x", "what": "announcing", "data": {"areas": [state]}}
    two.redis.say("hall:small", b"0" * 32, said)
    last = clerk.take()["seq"]
    board.wait_for(last)
    Event().wait(0.2)
    areas = board.told.get("announcing", [])
    assert not any(each["machine"] == "nobody" for told in areas for each in told["areas"])


def test_who_listens_in_redis_reads_nothing(mortal: tuple[Stage, str]) -> None:
    """Events travel there with numbers, windows and who serves; all of it is closed."""
    two, _ = mortal
    _, there, clerk = served(two)
    board = two.screen(there, screen="board", area="main")
    with redis.Redis.from_url(two.redis.url) as client, client.pubsub() as line:
        line.subscribe("hall:small")
        taken, called = clerk.take(), clerk.press("call_next", "1")
        board.wait_for(called["seq"])
        heard = list(iter(lambda: line.get_message(timeout=1), None))
    said = b"".join(each["data"] for each in heard if each["type"] == "message")
    assert len(said) > 1000, "the events travel"
    words = (taken["ticket"]["ticket"], taken["ticket"]["number"], "call", "reached", "li")
    assert not [word for word in words if len(word) > 2 and word.encode() in said]


def test_a_key_of_another_body_is_refused_at_the_other_process(mortal: tuple[Stage, str]) -> None:
    two, _ = mortal
    here, there = two.open_one(), two.open_one()
    two.somebody(here).post("/api/v1/tickets", {"service": "id-card"}, "one key")
    with pytest.raises(Refused) as refused:
        two.somebody(there).post("/api/v1/tickets", {"service": "pension"}, "one key")
    assert refused.value.code == "key_reused"
