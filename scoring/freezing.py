"""Facts and results as they are frozen: one spelling of each, so that a hash tells whether it is the same."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any

from queueing.records import Json
from scoring.facts import Fact, Withdrawal

DEFAULTS: Mapping[str, Any] = {field.name: field.default for field in fields(Fact)}
LEFT_OUT = frozenset({"note", "evidence", "withdrawn"})
"""Free words and photos stay with the fact itself, where they can be purged; a score doesn't rest on them."""

NUMBERS = ("times", "value", "points")


def canonical(value: Any) -> str:
    """One spelling of a JSON value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def number(value: Decimal) -> str:
    """A decimal without the noughts that say nothing: 1 and 1.0 are one number."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def plain_fact(fact: Fact) -> Json:
    """What is frozen of a fact; a member that has its usual value isn't named."""
    told = {
        name: value
        for name, value in vars(fact).items()
        if name not in LEFT_OUT and (name in ("id", "day", "kind") or value != DEFAULTS[name])
    }
    for name in NUMBERS:
        if told.get(name) is not None:
            told[name] = number(told[name])
    if fact.withdrawn is not None:
        told["withdrawn"] = {"at": fact.withdrawn.at, "by": fact.withdrawn.by}
    return told


def fact_of(told: Json) -> Fact:
    """The fact that `plain_fact` told of."""
    given = dict(told)
    for name in NUMBERS:
        if given.get(name) is not None:
            given[name] = Decimal(given[name])
    if "withdrawn" in given:
        given["withdrawn"] = Withdrawal(**given["withdrawn"], reason="")
    return Fact(**given)


def frozen_facts(facts: Iterable[Fact]) -> str:
    """All of a subject's facts in the order of their ids, so that how they were read doesn't matter."""
    return canonical([plain_fact(each) for each in sorted(facts, key=lambda fact: (fact.id, fact.day))])


def facts_in(frozen: str) -> list[Fact]:
    return [fact_of(each) for each in json.loads(frozen)]


def frozen_record(record: Any) -> str:
    """A frozen dataclass, such as a scheme, whole."""
    return canonical(asdict(record))


def agrees(frozen: Any, now: Any) -> bool:
    """Whether all that was frozen is still so; what a later program tells besides is no change."""
    if isinstance(frozen, dict) and isinstance(now, dict):
        return all(name in now and agrees(value, now[name]) for name, value in frozen.items())
    if isinstance(frozen, list) and isinstance(now, list):
        return len(frozen) == len(now) and all(map(agrees, frozen, now))
    return bool(frozen == now)


def packed(text: str) -> str:
    """The same as text that takes little room in any database."""
    return base64.b64encode(zlib.compress(text.encode())).decode()


def unpacked(kept: str) -> str:
    return zlib.decompress(base64.b64decode(kept)).decode()
