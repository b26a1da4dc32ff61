"""What the clients were told, held against what the hall holds: lost, doubled, holes."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from queueing.records import Event
from storage.db import SqliteDb, open_database
from storage.events import GENESIS, canonical, event_of

Json = dict[str, Any]
ACTION = {
    "issue": {"issue"},
    "call_next": {"call"},
    "serve": {"serve"},
    "finish": {"finish"},
    "finish_and_next": {"finish", "call"},
    "mark_no_show": {"no_show", "mark_no_show"},
    "undo": {"undo"},
    "rate": {"rate"},
}
LOGGED = ("seq", "at", "action", "press", "actor", "ticket", "window", "before", "after", "shown")
REASONS = {"undo", "reinstate", "transfer", "postpone"}
"""What must stand in the log between two calls of one ticket."""


def hash_of(event: Event, before: str) -> str:
    """What the event's hash has to be, worked out anew from what it says."""
    logged = (*LOGGED, "source") if event.source else LOGGED
    body = canonical({name: getattr(event, name) for name in logged})
    return sha256(f"{before}{body}".encode()).hexdigest()


@dataclass
class Verdict:
    """Each finding in one line; empty lists are what everybody wants."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    holes: list[str] = field(default_factory=list)


@dataclass
class Told:
    """Everything that the clients of one hall were told, and what they are still waiting for."""

    changes: dict[str, Json] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    heard: dict[int, Json] = field(default_factory=dict)
    open: dict[str, Json] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)
    """Keys whose answer was that nobody knows: either is right."""

    repeated: int = 0
    contradicted: list[str] = field(default_factory=list)

    def take(self, said: Json) -> None:
        """One report of a client process."""
        for fact in said["told"]:
            self._hear(fact) if fact["what"] == "heard" else self._learn(fact)

    def _hear(self, event: Json) -> None:
        first = self.heard.setdefault(event["seq"], event)
        if first != event:
            self.contradicted.append(f"event {event['seq']} was told in two ways")

    def _learn(self, fact: Json) -> None:
        self.repeated += bool(fact.get("again"))
        if fact["status"] >= 300:
            self.refused[fact["answer"]["code"]] += 1
            if fact["answer"]["code"] == "not_known_whether_kept":
                self.unsure.add(fact["key"])
            return
        if fact["key"] in self.changes and self.changes[fact["key"]]["answer"] != fact["answer"]:
            self.contradicted.append(f"{fact['key']} was answered in two ways")
        self.changes[fact["key"]] = fact


class Records:
    """What one hall holds, read from a copy of its files that nobody else has opened."""

    def __init__(self, file: Path) -> None:
        with closing(SqliteDb(open_database(file))) as db:
            self.events = [event_of(row) for row in db.all("SELECT * FROM events ORDER BY seq")]
            self.answers = {
                row["key"]: json.loads(row["answer"])
                for row in db.all("SELECT key, answer FROM answers WHERE key LIKE 'torture-%'")
            }
            self.doubled_keys = db.all("SELECT key FROM answers GROUP BY key HAVING count(*) > 1")
            self.tickets = {row["key"]: row for row in db.all("SELECT * FROM tickets")}
            self.ratings = Counter(row["ticket"] for row in db.all("SELECT ticket FROM ratings"))
            self.head = db.one("SELECT seq, head FROM halls")
        self.by_seq = {event.seq: event for event in self.events}
        self.presses: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            self.presses[event.press].append(event)


def judge(told: Told, records: Records) -> Verdict:
    """Everything at once."""
    verdict = Verdict(list(told.contradicted))
    for key, fact in told.changes.items():
        verdict.lost += [f"{fact['what']} {key}: {why}" for why in missing(fact, records)]
    verdict.lost += unheard(told, records)
    verdict.doubled += [*twice(records), *unclaimed(told, records)]
    verdict.holes += holes(records)
    return verdict


def missing(fact: Json, records: Records) -> Iterator[str]:
    """An answer that was given out, looked for under its key, in the log, and in what followed from it."""
    kept = records.answers.get(fact["key"])
    if kept is None:
        yield "its key is gone"
        return
    if any(fact["answer"].get(name) != value for name, value in kept.items()):
        yield "another answer is kept"
    event = records.by_seq.get(kept["seq"])
    if event is None or event.action not in ACTION[fact["what"]]:
        yield f"event {kept['seq']} isn't it"
    elif fact["what"] == "issue":
        ticket = records.tickets.get(fact["answer"]["ticket"]["ticket"])
        if ticket is None or ticket["number"] != fact["answer"]["ticket"]["number"]:
            yield "its ticket is gone"
    elif fact["what"] == "rate":
        if not records.ratings[fact["body"]["ticket"]]:
            yield "its rating is gone"
    elif f"/windows/{event.window}/" not in fact["path"]:
        yield "it is at another window"


def unheard(told: Told, records: Records) -> Iterator[str]:
    """What a board was told must be in the log."""
    for seq, heard in told.heard.items():
        event = records.by_seq.get(seq)
        if event is None or event.at != heard["at"] or heard["action"] not in (event.action, "other"):
            yield f"the board heard of event {seq}, the log holds {event}"


def twice(records: Records) -> Iterator[str]:
    """Calls without a reason, numbers, ratings and keys that are there twice."""
    yield from (f"{row['key']} has two answers" for row in records.doubled_keys)
    called: set[str] = set()
    for event in records.events:
        if event.action == "call":
            if event.ticket in called:
                yield f"ticket {event.ticket} was called twice, again by event {event.seq}"
            called.add(event.ticket or "")
        elif event.action in REASONS:
            called.discard(event.ticket or "")
    numbers = Counter((row["day"], row["number"]) for row in records.tickets.values())
    issued = Counter(event.ticket for event in records.events if event.action == "issue")
    rated = Counter(event.ticket for event in records.events if event.action == "rate")
    for counted in (numbers, issued, rated, records.ratings):
        yield from (f"{what} is there {n} times" for what, n in counted.items() if n > 1)


def unclaimed(told: Told, records: Records) -> Iterator[str]:
    """Each press in the log is the answer of exactly one key, and of one that somebody sent."""
    sent = told.changes.keys() | told.open.keys() | told.unsure
    yield from (f"nobody sent {key}" for key in records.answers.keys() - sent)
    ends = Counter(records.by_seq[answer["seq"]].press for answer in records.answers.values())
    yield from (f"press {press} answers {n} keys" for press, n in ends.items() if n > 1)
    for press, events in records.presses.items():
        if press not in ends and events[0].ticket is not None and events[0].actor != "hall":
            yield f"press {press} ({events[0].action}) answers no key"


def holes(records: Records) -> Iterator[str]:
    """The numbers of the events, the chain of their hashes, and each ticket as its last event left it."""
    head, last = GENESIS, {}
    for expected, event in enumerate(records.events, 1):
        if event.seq != expected:
            yield f"event {expected} is missing, {event.seq} follows"
            return
        if event.prev_hash != head or hash_of(event, head) != event.hash:
            yield f"the chain breaks at event {event.seq}"
        head, last[event.ticket] = event.hash, event
    if records.head != {"seq": len(records.events), "head": head}:
        yield f"the hall's own row says {records.head}, the log ends with {len(records.events)} {head}"
    yield from states(records, last)


def states(records: Records, last: dict[str | None, Event]) -> Iterator[str]:
    for key, ticket in records.tickets.items():
        event = last.get(key)
        if event is None or event.shown.get("state") != ticket["state"]:
            yield f"ticket {ticket['number']} is {ticket['state']}, its last event says {event}"
