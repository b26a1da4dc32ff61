"""Two processes whose database takes what they say and answers nothing: both say so, and both go on."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from psycopg.conninfo import conninfo_to_dict

from tests.cluster import Cluster
from tests.faults.cut_line import CutLine
from tests.many.stage import Process, Stage, news, stage
from tests.running import Json, Person, Refused, wait_until

SECONDS = 15
"""By then whoever pressed has an answer, on a machine that has other things to do, too."""

REFUSED = {"database_away", "not_known_whether_kept"}
HOLDERS = """SELECT DISTINCT pid FROM pg_locks JOIN pg_database ON oid = database
    WHERE datname = '{}' AND locktype = 'advisory' AND mode = 'ExclusiveLock'"""


@pytest.fixture
def two(behind: str, line: CutLine, tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path, behind) as opened:
        opened.open_one()
        opened.open_one()
        yield opened
        line.speaks.set()


def asked(process: Process, path: str) -> tuple[int, Json]:
    answer = requests.get(f"{process.url}{path}", timeout=SECONDS)
    return answer.status_code, answer.json()


def press(person: Person, key: str) -> str:
    """What came of it: the number's key, or why not."""
    wish = {"Idempotency-Key": key}
    answer = person.session.post(
        f"{person.url}/api/v1/tickets", json={"service": "id-card"}, headers=wish, timeout=SECONDS
    )
    told: Json = answer.json()
    if answer.ok:
        return str(told["ticket"]["ticket"])
    assert answer.status_code == 503 and told["code"] in REFUSED, told
    return ""


@pytest.mark.timeout(180)
def test_both_refuse_in_time_and_afterwards_nothing_is_lost_or_there_twice(
    two: Stage, line: CutLine, behind: str, cluster: Cluster
) -> None:
    database = str(conninfo_to_dict(behind)["dbname"])
    boards = [two.screen(each, screen="board", area="main") for each in two.processes]
    people = [two.somebody(each) for each in two.processes * 3]
    keys = [f"silent-{n}" for n in range(len(people))]
    with ThreadPoolExecutor(len(people)) as pool:
        before = list(pool.map(press, people, [f"{key}-before" for key in keys]))
        assert all(before)
        line.speaks.clear()
        during = list(pool.map(press, people, keys))
        for process in two.processes:
            assert asked(process, "/healthz") == (200, {"status": "degraded", "trouble": "database_away"})
            assert asked(process, "/readyz") == (503, {"status": "trouble", "trouble": "database_away"})
        with pytest.raises(Refused):
            people[0].get("/api/v1/services")
        assert not any(during) and all(board.client.connected for board in boards)
        line.speaks.set()
        for process in two.processes:
            wait_until(lambda at=process: asked(at, "/readyz")[0] == 200, "both to go on by themselves")
        elsewhere = [two.same_person(each, two.processes[n % 2 - 1]) for n, each in enumerate(people)]
        after = list(pool.map(press, elsewhere, keys))
        assert list(pool.map(press, people, keys)) == after, "one press, whichever process is asked again"
    kept = {key for (key,) in cluster.ask("SELECT key FROM tickets", database)}
    assert kept == {*before, *after} and len(kept) == 2 * len(keys)
    last = cluster.ask("SELECT seq FROM halls", database)[0][0]
    for board in boards:
        first = board.joined["seq"]
        assert [event["seq"] for event in news(board, last)] == list(range(first + 1, last + 1))
    wait_until(lambda: len(cluster.ask(HOLDERS.format(database))) == 1, "one to lead")
