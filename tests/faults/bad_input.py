"""Asks a running hall everything its own document offers, rightly and wrongly, as everybody who may ask.

    python -m tests.faults.bad_input --minutes 5 [--seed 7]

No answer may be a mistake of ours, none may keep us waiting, every one is as the document says, and a refusal
changes nothing but the audit trail's notes. What the document gains is tried without being named here.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.faults.asking import Asker, Kept, Known, askers, hall_with_a_log
from tests.running import Json, Person, RunningHall, fresh_key

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
]  # fmt: skip
HANGS = 20.0
"""Seconds after which an answer counts as none; an honest one takes a few hundredths."""

MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
NOT_AS_ADMIN = frozenset({"/api/v1/session/end", "/api/v1/session/password"})
"""Nobody could let the only administrator in again; others try them."""

BEFORE_THE_HALL = frozenset({414, 431})
"""Lines and headers without end are refused by the server, before the hall hears of them."""

UNSENDABLE = (requests.exceptions.InvalidHeader, requests.exceptions.InvalidURL, UnicodeError)
"""What no client of ours can put on the wire."""


@dataclass
class Tried:
    """What was asked, what came back, and every finding once."""

    asked: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    granted: set[str] = field(default_factory=set)
    findings: dict[tuple[str, str, str], str] = field(default_factory=dict)

    @property
    def operations(self) -> set[str]:
        return {operation for _, operation in self.pairs}

    def find(self, asker: str, operation: str, kind: str, what: str) -> None:
        self.findings.setdefault((operation, kind, asker), what)

    def hear(self, log: Path) -> None:
        """Mistakes of ours that the server wrote down."""
        for at in re.finditer(r"Traceback.*?(?=\n\S[^\n]*\n(?=Traceback)|\Z)", log.read_text("utf-8"), re.S):
            self.find("", "", "log", at[0][-3000:])

    def __str__(self) -> str:
        statuses = " ".join(f"{status}:{n}" for status, n in sorted(self.statuses.items()))
        told = "\n".join(f"{key}\n{what}" for key, what in self.findings.items())
        return (
            f"{told}\nasked={self.asked} operations={len(self.operations)} "
            f"asker-operation pairs={len(self.pairs)} findings={len(self.findings)}\nstatuses {statuses}\n"
            f"never granted: {', '.join(sorted(self.operations - self.granted)) or 'none'}"
        ).strip()


class BadInput:
    """One hall, its askers, and what is known of it."""

    def __init__(self, hall: RunningHall, data: Path, start: int) -> None:
        self.hall, self.kept, self.tried = hall, Kept(data), Tried()
        self.random = random.Random(start)
        self.known = Known(self.random)
        self.askers = askers(hall)
        self.document = hall.somebody().get("/api/v1/openapi.json")
        self.schema = schemathesis.openapi.from_dict(self.document)
        self.operations = [found.ok() for found in self.schema.get_all_operations()]
        self.start = start
        self.shut: set[tuple[str, str]] = set()

    def rounds(self, examples: int, until: float, everything_once: bool = False) -> None:
        """Rounds over everybody and everything, each with other input, until the time is over.

        `everything_once`: every operation is asked by somebody even when the machine is slow.
        """
        for number in range(10_000):
            for at, (asker, operation) in enumerate(self._everything()):
                late = time.monotonic() > until
                if late and (not everything_once or number or at >= len(self.operations)):
                    return
                for mode in MODES:
                    self._try(asker, operation, mode, examples, self.start + number)

    @property
    def documented(self) -> set[str]:
        return {label_of(operation) for operation in self.operations}

    def _everything(self) -> Iterator[tuple[Asker, Any]]:
        """Every operation by who may most likely do it, then by the others, one after the other."""
        self.random.shuffle(self.operations)
        for operation in self.operations:
            yield self.askers[self._likely(operation)], operation
        for turn in range(1, len(self.askers)):
            for operation in self.operations:
                asker = self.askers[(self._likely(operation) + turn) % len(self.askers)]
                if asker.name != "admin" or operation.path not in NOT_AS_ADMIN:
                    yield asker, operation

    def _likely(self, operation: Any) -> int:
        """A holder where nothing is needed, a clerk at windows, the pad where only screens are let in."""
        needed = {
            name
            for each in self.document["paths"][operation.path][operation.method]["security"]
            for name in each
        }
        window = operation.path.startswith("/api/v1/windows/")
        own = operation.path in NOT_AS_ADMIN or operation.path.endswith("/mine")
        staff = "li" if window or own else "admin"
        name = staff if "staff" in needed or own else "pad" if needed else "holder"
        return next(at for at, asker in enumerate(self.askers) if asker.name == name)

    def _try(self, asker: Asker, operation: Any, mode: GenerationMode, examples: int, number: int) -> None:
        if not asker.renew():
            return
        self._set_the_stage()
        self.shut.discard((asker.name, label_of(operation)))

        @seed(number)
        @settings(
            max_examples=examples, database=None, deadline=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case: Case) -> None:
            self.ask(asker, case)

        with suppress(Unsatisfiable):  # nothing can be wrong with a look that takes nothing
            ask()

    def _set_the_stage(self) -> None:
        """Somebody comes, and li takes them some way, so that there is something to spoil."""
        if self.random.random() < 0.5:
            people = {each.name: each.person for each in self.askers}
            self._said(people["kiosk"], "/api/v1/tickets", {"service": "id-card"})
            window = "/api/v1/windows/1"
            for press in ("sit", "open", "call_next", "serve", "finish")[
                : self.random.choice((0, 3, 4, 5, 5))
            ]:
                self._said(people["li"], f"{window}/{press}", {})

    def _said(self, person: Person, path: str, body: Json) -> None:
        self.known.learn(person.send(path, body, {"Idempotency-Key": fresh_key()}).json())

    def ask(self, asker: Asker, case: Case) -> None:
        """Sends one case, with real names in some places, and looks at what came of it.

        At a door that was found shut nothing more is sent: what stands behind it is asked by others.
        """
        if (asker.name, label_of(case.operation)) in self.shut:
            return
        self._with_real_names(case, 0.9 if case.meta.generation.mode is GenerationMode.POSITIVE else 0.5)
        label = label_of(case.operation)
        seq, mark = self.kept.seq(), self.kept.mark()
        try:
            answer = case.call(base_url=self.hall.url, session=asker.person.session, timeout=HANGS)
        except UNSENDABLE:
            return
        except requests.exceptions.RequestException as trouble:
            self.tried.find(asker.name, label, "no answer", f"{trouble!r}\n{case.as_curl_command()}")
            return
        self.tried.asked += 1
        self.tried.statuses[answer.status_code] += 1
        self.tried.pairs.add((asker.name, label))
        if answer.status_code in (401, 403):
            self.shut.add((asker.name, label))
        if answer.status_code not in BEFORE_THE_HALL:
            self._check(asker, label, case, answer)
        if answer.status_code >= 400:
            self._unchanged(asker, label, case, seq, mark)
        else:
            self.tried.granted.add(label)
        if answer.status_code < 400 and answer.headers.get("content-type", [""])[0] == "application/json":
            self.known.learn(answer.json())

    def _check(self, asker: Asker, label: str, case: Case, answer: Any) -> None:
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as found:
            for each in found.exceptions:
                kind = each.title if isinstance(each, Failure) else type(each).__name__
                self.tried.find(
                    asker.name, label, kind, f"{each}\n{case.as_curl_command()}\n{answer.text[:600]}"
                )
        except Failure as found_one:
            told = f"{found_one}\n{case.as_curl_command()}\n{answer.text[:600]}"
            self.tried.find(asker.name, label, found_one.title, told)

    def _unchanged(self, asker: Asker, label: str, case: Case, seq: int, mark: str) -> None:
        """A refusal leaves notes at most, which have no ticket and window; every other table is as before."""
        logged = self.kept.actions_after(seq)
        moved = [each for each in logged if each[1:] != (None, None)]
        if moved:
            self.tried.find(asker.name, label, "moved", f"{moved}\n{case.as_curl_command()}")
        elif mark != self.kept.mark():
            self.tried.find(asker.name, label, "changed", f"{logged}\n{case.as_curl_command()}")

    def _with_real_names(self, case: Case, often: float) -> None:
        for place in (case.path_parameters, case.body, case.query):
            if isinstance(place, dict):
                for name in list(place):
                    self._maybe_real(place, name, often)
        if case.method != "GET" and self.random.random() < 0.8:
            case.headers["Idempotency-Key"] = fresh_key()

    def _maybe_real(self, place: Json, name: str, often: float) -> None:
        real = self.known.one(name)
        if real is not None and self.random.random() < often:
            place[name] = real

    def close(self) -> None:
        self.kept.close()


def label_of(operation: Any) -> str:
    return f"{operation.method.upper()} {operation.path}"


def main() -> int:
    options = argparse.ArgumentParser(description="Bad input for a hall, for some minutes.")
    options.add_argument("--minutes", type=float, default=5.0)
    options.add_argument("--seed", type=int, default=time.time_ns() % 2**31)
    options.add_argument("--examples", type=int, default=8)
    given = options.parse_args()
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder, hall_with_a_log(Path(folder)) as (hall, log):
        tried = BadInput(hall, Path(folder) / "data", given.seed)
        tried.rounds(given.examples, time.monotonic() + 60.0 * given.minutes)
        sys.stdout.write(f"seed={given.seed}\n{tried.tried}\n")
        tried.close()
        tried.tried.hear(log)
    return 1 if tried.tried.findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
