"""Asks the twin, which plays in a process of its own: one question at a time, each with a limit of time.

The question is handed to that process directly and lies in no file; the process ends with the hall, also when
that one is killed. The server itself never plays: a press waits for nothing here.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from secrets import token_hex

from outlook.past import drawn
from queueing.records import Json
from web.apart import run_apart
from web.context import Built

PATIENCE = 90.0
"""Seconds for one answer."""
REMEMBERED = 20


class Fault(Exception):
    """Why there is no answer: a code that the page has a sentence for, and what to put into it."""

    def __init__(self, code: str, **fields: str) -> None:
        super().__init__(code)
        self.code, self.fields = code, fields


class Twin:
    """The twin of one running hall, and what it has suggested lately."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self._is_busy = False
        self.suggested: dict[str, Json] = {}
        """By key; forgotten when newer ones have come."""

    @property
    def is_missing(self) -> bool:
        """Whether this installation can't play at all."""
        return not (find_spec("numpy") and find_spec("numba"))

    def ask(self, question: Json) -> Json:
        """The answer; Fault if there is none. Nobody else is answered meanwhile."""
        if self.is_missing:
            raise Fault("twin_missing")
        if self._is_busy:
            raise Fault("twin_busy")
        self._is_busy = True
        try:
            return self._answer(question)
        finally:
            self._is_busy = False

    def _answer(self, question: Json) -> Json:
        told: bytes = self._built.in_thread(lambda: written(drawn(self._built, question)))
        said = run_apart("forecast.twin_process", patience=PATIENCE, told=told)
        if said is None:
            raise Fault("twin_ended")
        answer: Json = json.loads(said)
        if "fault" in answer:
            raise Fault(answer["fault"]["code"], **answer["fault"]["fields"])
        return answer

    def remember(self, suggestion: Json) -> Json:
        """Gives it a key under which it can be taken up."""
        known = suggestion | {"key": token_hex(8)}
        self.suggested[known["key"]] = known
        while len(self.suggested) > REMEMBERED:
            self.suggested.pop(next(iter(self.suggested)))
        return known


def written(question: Json) -> bytes:
    """The question as it is sent."""
    return json.dumps(question, separators=(",", ":")).encode()
