"""How far a case is, asked of the hall's own case system (docs/cases.md). Nothing of it is kept."""

from __future__ import annotations

import hashlib
import hmac
import re
from datetime import date
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from pydantic import BaseModel, Field, ValidationError

from queueing.guide_records import Cases
from queueing.progress import CasesNotAsked, CasesSilent, UnknownCase
from web.context import Built
from web.outside import NoAnswer, Reply, Wish, sent
from web.sessions import real_now

NUMBER = re.compile(r"[A-Za-z0-9-]{4,40}")
LEAST_SECRET = 16
CaseState = Literal["received", "accepted", "supplement", "deciding", "finished", "returned", "refused"]


class Place(BaseModel):
    """Where it lies, in two languages."""

    zh: str = Field(max_length=80)
    en: str = Field(max_length=80)


class CaseAnswer(BaseModel):
    """What is understood of an answer; the rest is left alone."""

    state: CaseState
    since: date | None = None
    due: date | None = None
    place: Place | None = None


def asked(built: Built, case: str) -> CaseAnswer:
    """What the case system says of the case, or why it says nothing."""
    rules, number = built.house.cases, "".join(case.split())
    if not rules.url:
        raise CasesNotAsked
    if not NUMBER.fullmatch(number):
        raise UnknownCase(case=number[:40])
    try:
        return _read(sent(_question(built.data, rules, number), built.in_thread), number)
    except (NoAnswer, ValidationError, OSError):
        raise CasesSilent from None


def _question(data: Path, rules: Cases, number: str) -> Wish:
    at = str(int(real_now().timestamp()))
    signature = signed(secret_of(data, rules.secret_file), f"{at}\n{number}".encode())
    headers = {"Accept": "application/json", "X-Hall-Time": at, "X-Hall-Signature": f"sha256={signature}"}
    return Wish("GET", f"{rules.url.rstrip('/')}/{quote(number)}", b"", headers, rules.timeout_seconds)


def _read(reply: Reply, number: str) -> CaseAnswer:
    if reply.status == 404:
        raise UnknownCase(case=number)
    if reply.status != 200:
        raise NoAnswer(str(reply.status))
    return CaseAnswer.model_validate_json(reply.body)


def secret_of(data: Path, file: str) -> bytes:
    """The shared secret; one that is too short signs nothing."""
    secret = (data / file).read_bytes().strip()
    if len(secret) < LEAST_SECRET:
        raise NoAnswer("the secret is too short")
    return secret


def signed(secret: bytes, said: bytes) -> str:
    return hmac.new(secret, said, hashlib.sha256).hexdigest()
