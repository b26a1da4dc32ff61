"""Answers already given, so that a press twice is one change."""

from __future__ import annotations

import json
from dataclasses import replace

from queueing.clock import Instant
from queueing.errors import KeyReused
from queueing.records import Json, Press
from storage.db import Adding, Db

VOID = "void"
"""The route of a key that was given up before its request came: should it still come, it is refused."""


ANSWERS = Adding("answers", ("hall", "key", "actor", "route", "body", "answer", "at"))
LOOK = "SELECT route, body, answer FROM answers WHERE hall = :hall AND actor = :actor AND key = :key"


class AnswerDesk:
    """Remembers the answer to each Idempotency-Key of each actor."""

    db: Db
    hall: str

    def answer_to(self, press: Press) -> Json | None:
        """The first answer to this key; raises KeyReused when it belonged to another request."""
        mark = press.actor, press.key
        found = self.db.apart(mark, LOOK, hall=self.hall, actor=press.actor, key=press.key)
        if not found:
            return None
        route, body, answer = found[0]
        if (route, body) != (press.route, press.body):
            raise KeyReused()
        first: Json = json.loads(answer)
        return first

    def settle(self, press: Press, key: str, at: Instant) -> Json | None:
        """The answer that this actor got under another key; without one the key is void from now on."""
        row = self.db.one(
            "SELECT answer FROM answers WHERE hall = :hall AND actor = :actor AND key = :key",
            hall=self.hall, actor=press.actor, key=key,
        )  # fmt: skip
        if row is None:
            self.keep_answer(replace(press, key=key, route=VOID, body=""), {}, at)
            return None
        answer: Json = json.loads(row["answer"])
        return answer

    def keep_answer(self, press: Press, answer: Json, at: Instant) -> None:
        row = self.hall, press.key, press.actor, press.route, press.body, json.dumps(answer), at
        self.db.later(ANSWERS, row, mark=(press.actor, press.key))
