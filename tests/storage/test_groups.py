"""Changes that share a transaction leave what they would leave one after the other, whoever is refused."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bench.changing import Gathered
from queueing.errors import NobodyWaiting
from queueing.issuing import issue
from storage.events import GENESIS, digest_of
from tests.scene import Scene
from tests.storage.test_standing import must_agree

services = st.sampled_from(["id-card", "household", "pension"])
steps = st.one_of(
    st.tuples(st.just("take"), services, st.integers(0, 9)),
    st.tuples(st.just("take_with_broken_text"), services, st.integers(10, 12)),
    st.tuples(st.just("take_and_refuse"), services, st.booleans()),
    st.tuples(st.just("take_and_look"), services, st.booleans()),
    st.tuples(st.just("leave"), st.integers(0, 9), st.none()),
    st.tuples(st.just("give_twice"), services, st.booleans()),
)
groups = st.lists(st.lists(steps, min_size=1, max_size=6), min_size=1, max_size=5)


class Player:
    """A hall that is asked for changes, each by one of the steps above."""

    def __init__(self, folder: Path) -> None:
        self.scene = Scene(folder)
        self.scene.sit("1", "li")
        self.answers: list[object] = []

    def play(self, step):
        name, *more = step
        return getattr(self, name)(*more)

    def one_by_one(self, group):
        for step in group:
            try:
                self.answers.append(told(self.play(step)))
            except Exception as error:  # noqa: BLE001 - what was refused, and how, is compared
                self.answers.append(type(error).__name__)

    def together(self, group):
        store, gathered = self.scene.store, Gathered()
        usual, store._commits = store._commits, gathered
        for step in group:
            self.play(step)
        store._commits = usual
        store._run_group(gathered.jobs)
        self.answers += [type(job.error).__name__ if job.error else told(job.answer) for job in gathered.jobs]

    def take(self, service, key, origin=""):
        by = self.scene.by(role="kiosk", key=f"take-{key}")
        return self.scene.hall.issue(service=service, origin=origin, by=by)

    def take_with_broken_text(self, service, key):
        return self.take(service, key, "\ud800")

    def take_and_refuse(self, service, looks):
        def work(change):
            issue(change, self.scene.hall.counter, service, "walk_in", "zh_Hans", "")
            if looks:
                change.desk.events_after(0, 5)
            raise NobodyWaiting(window="1")

        return self.scene.hall.change(self.scene.by(), work)

    def take_and_look(self, service, keeps):
        def work(change):
            ticket = issue(change, self.scene.hall.counter, service, "walk_in", "zh_Hans", "")
            assert change.desk.ticket(ticket.key) == ticket
            assert change.desk.history(ticket.key)[0].seq == ticket.seq
            if keeps:
                change.move(ticket, "abandon")
            return {"seq": change.desk.seq()}

        return self.scene.hall.change(self.scene.by(), work)

    def leave(self, nth, _):
        def work(change):
            waiting = change.desk.in_states(("waiting",))
            change.move(waiting[nth % len(waiting)], "abandon") if waiting else None
            return {"waited": len(waiting)}

        return self.scene.hall.change(self.scene.by(), work)

    def give_twice(self, service, looks):
        """A number that is out: the database takes no second ticket with it."""

        def work(change):
            ticket = issue(change, self.scene.hall.counter, service, "walk_in", "zh_Hans", "")
            change.desk.add_ticket(ticket)
            change.desk.in_states(("waiting",)) if looks else None
            return {}

        return self.scene.hall.change(self.scene.by(), work)

    def kept(self):
        """Everything in the database but for names by chance, and what hangs on them."""
        return self.scene.store.look(kept_rows)


def chain_is_whole(desk):
    """Every event follows from the one before, the last is the hall's, and each ticket names its own."""
    rows = desk.db.all("SELECT * FROM events WHERE hall = :hall ORDER BY seq", hall=desk.hall)
    before = [GENESIS, *(row["hash"] for row in rows)]
    asked = "SELECT t.key, e.ticket FROM tickets t LEFT JOIN events e ON e.hall = t.hall AND e.seq = t.seq"
    own = desk.db.rows(f"{asked} WHERE t.hall = :hall", hall=desk.hall)
    return (
        [row["prev_hash"] for row in rows] == before[:-1]
        and [digest_of(row) for row in rows] == before[1:]
        and desk.end_in_row()["head"] == before[-1]
        and all(key == named for key, named in own)
    )


def told(answer):
    return {name: value for name, value in answer.items() if name != "ticket"}


def kept_rows(desk):
    ask = {
        "tickets": """SELECT number, service, state, tie, seq, joined_at, coalesce(told_low, -1),
            coalesce(told_high, -1) FROM tickets WHERE hall = :hall""",
        "events": "SELECT seq, action, actor, before, after, at FROM events WHERE hall = :hall",
        "numbers": "SELECT day, prefix, last FROM numbers WHERE hall = :hall",
        "answers": "SELECT key, actor, route, at FROM answers WHERE hall = :hall",
        "end": "SELECT seq, last_at FROM halls WHERE hall = :hall",
    }
    return {name: sorted(desk.db.rows(sql, hall=desk.hall)) for name, sql in ask.items()}


@settings(max_examples=25, deadline=None)
@given(asked=groups)
def test_a_group_leaves_what_its_changes_leave_one_by_one(asked, tmp_path_factory):
    folder = tmp_path_factory.mktemp("halls")
    apart, shared = Player(folder / "apart"), Player(folder / "shared")
    for group in asked:
        apart.one_by_one(group)
        shared.together(group)
    assert shared.answers == apart.answers
    assert shared.kept() == apart.kept()
    for player in (apart, shared):
        must_agree(player.scene)
        assert player.scene.store.look(chain_is_whole)
        player.scene.close()
