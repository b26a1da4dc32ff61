"""What monitors and balancers ask: whether this server is ready for people, and what it has counted."""

from __future__ import annotations

import time
from ipaddress import ip_network

from flask import Flask, Response, request

from queueing.errors import HallError
from queueing.records import Json
from web import metrics
from web.asked import Asked, asked
from web.closing import GATE, Gate
from web.context import Built, here
from web.logs import log_press, name_request
from web.loopback import address_here, was_forwarded
from web.refusals import NotFound
from web.routes import as_json

NOT_NOW = 503
OURS = 500
"""From this status on it was the hall that failed, not who pressed."""


def install(app: Flask, built: Built) -> None:
    """Two addresses, and a count of all presses."""
    app.add_url_rule("/readyz", "readyz", readyz)
    app.add_url_rule("/metrics", "metrics", counted)
    app.after_request(name_request)  # what is registered last is asked first
    app.after_request(count)
    metrics.measure(built)


def readyz() -> Response:
    """Whether people should be sent here: the hall can read and keep, and the server isn't leaving."""
    said = readiness()
    return as_json(said, 200 if said["status"] == "ready" else NOT_NOW)


def readiness() -> Json:
    gate = gate_here()
    if gate and gate.is_leaving:
        return {"status": "leaving"}
    trouble = here().store.trouble or unreadable() or unserved()
    return {"status": "trouble", "trouble": trouble} if trouble else {"status": "ready"}


def gate_here() -> Gate | None:
    """What the request came through; nothing where no engine serves, as in a trial."""
    found: Gate | None = request.environ.get(GATE)
    return found


def unreadable() -> str | None:
    """The code of what keeps the hall from reading its log: there is none, or it has no tables yet."""
    try:
        here().store.look(lambda desk: desk.seq())
        return None
    except HallError as error:
        return error.code


def unserved() -> str | None:
    """At a city's own address: that none of its halls is open here."""
    city = here().city
    return city.unserved() if city else None


def counted() -> Response:
    """Everything counted in this process, of all its halls; a stranger isn't told that there is anything."""
    if not may_count():
        raise NotFound
    gate = gate_here()
    metrics.UNDER_WAY.set(gate.inside if gate else 0)
    return Response(metrics.told(), content_type=metrics.KIND)


def may_count() -> bool:
    """The machine itself and the networks that the hall's file names; nobody by a proxy that isn't ours."""
    address, server = address_here(), here().house.server
    named = address is not None and any(address in ip_network(network) for network in server.metrics_from)
    if address is None or not (named or address.is_loopback):
        return False
    return not was_forwarded() or (named and server.trusted_proxies > 0)


def count(answer: Response) -> Response:
    """By what was pressed and what came of it; the time is from the first look to the answer."""
    present = asked()
    if present.method == "POST":
        count_press(present, answer.status_code)
    return answer


def count_press(asked: Asked, status: int) -> None:
    outcome, seconds = outcome_of(status), time.perf_counter() - asked.began
    metrics.press(here().house.hall.id, asked.action, outcome, seconds)
    log_press(asked.action, outcome, status, seconds)


def outcome_of(status: int) -> str:
    return "failed" if status >= OURS else "done" if status < 400 else "refused"
