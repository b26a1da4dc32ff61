"""All halls at a glance: looked at once for everybody who asks, a few seconds apart."""

from __future__ import annotations

import logging
import threading
import time
from typing import cast

from flask import current_app
from flask.blueprints import BlueprintSetupState

from city.blueprint import blueprint
from city.figures import machine, month, standing
from city.troubles import OF_PEOPLE, need, trouble, troubles_of
from queueing.city import IN_HALLS, City
from queueing.errors import HallError
from queueing.records import Json
from queueing.views import spoken
from web.context import EXTENSION, Built, here
from web.deployment import Deployment, Shut

LOG = logging.getLogger(__name__)

GLANCES = "glances"
FRESH_SECONDS, SLOW_SECONDS = 3.0, 60.0
NO_FIGURES: Json = dict.fromkeys(
    ("waiting", "longest", "low", "high", "open", "paused", "planned", "served", "rated", "positive")
)
NO_MONTH: Json = dict.fromkeys(("month_rated", "month_positive", "score", "lowest_score"))


class Glances:
    """The last look at each hall."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._one_at_a_time = threading.Lock()
        self._seen: dict[str, tuple[float, Json]] = {}
        self._slow: dict[str, tuple[float, Json, list[Json]]] = {}

    def of(self, built: Built) -> Json:
        """The hall as it stood a few seconds ago at most."""
        with self._one_at_a_time:
            at, seen = self._seen.get(built.house.hall.id, (float("-inf"), {}))
            if time.monotonic() - at > FRESH_SECONDS:
                seen = self._looked(built)
                self._seen[built.house.hall.id] = time.monotonic(), seen
        return seen

    def _looked(self, built: Built) -> Json:
        about = about_hall(built)
        try:
            seen = standing(built)
            slow, found = self._looked_slowly(built)
        except (HallError, OSError) as error:
            LOG.warning("The hall %s can't be looked at: %s", built.house.hall.id, error)
            lost = [trouble("not_read", "bad")]
            return about | NO_FIGURES | NO_MONTH | {"at": None, "state": "unknown", "troubles": lost}
        found = troubles_of(seen, found, built.store.trouble, self._city.city.long_wait_minutes)
        state = "open" if seen["planned"] or seen["open"] else "closed"
        return about | seen | slow | {"state": state, "troubles": found}

    def _looked_slowly(self, built: Built) -> tuple[Json, list[Json]]:
        at, figures, found = self._slow.get(built.house.hall.id, (float("-inf"), {}, []))
        if time.monotonic() - at > SLOW_SECONDS:
            figures, found = month(built), machine(built)
            self._slow[built.house.hall.id] = time.monotonic(), figures, found
        return figures, found


def about_hall(built: Built) -> Json:
    info = built.house.hall
    district = spoken(info.district) if info.district else None
    return {"hall": info.id, "name": spoken(info.name), "district": district, "url": built.public_url}


def about_shut(shut: Shut) -> Json:
    """A hall that couldn't be opened: its reason is for those who see to machines."""
    about = {"hall": shut.id, "name": spoken(shut.name), "district": None, "url": None, "at": None}
    why = [trouble("shut", "bad", what=shut.what, why=shut.why)]
    return about | NO_FIGURES | NO_MONTH | {"state": "shut", "troubles": why}


def in_part(deployment: Deployment, hall: str) -> list[Json]:
    """That it is open in some of the city's processes, and not in all."""
    facts = deployment.in_part(hall)
    return [trouble("in_part", "bad", **facts)] if facts else []


def halls_for(staff: str | None) -> list[Json]:
    """Every hall that this person looks at, those first that need somebody."""
    deployment, glances = the_city(), cast(Glances, current_app.extensions[GLANCES])
    halls = [glances.of(built) for built in deployment.seen_by(staff)]
    halls += [about_shut(each) for each in deployment.shut_for(staff)]
    halls = [hall | {"troubles": [*in_part(deployment, hall["hall"]), *hall["troubles"]]} for hall in halls]
    if sees_machines(deployment.city, staff):
        return sorted(halls, key=need)
    return sorted((hall | {"troubles": plain(hall["troubles"])} for hall in halls), key=need)


def plain(troubles: list[Json]) -> list[Json]:
    """Without what only the operator can do something about; that a hall is shut, everybody learns."""
    return [each | {"facts": each["facts"] if each["code"] in OF_PEOPLE else {}}
            for each in troubles if each["code"] in OF_PEOPLE | {"shut", "not_read", "not_kept"}]  # fmt: skip


def sees_machines(city: City, staff: str | None) -> bool:
    """Supervisors and administrators do; evaluators look at people's waits and what they said."""
    return any(each.id == staff and IN_HALLS[each.role] != "inspector" for each in city.staff)


def the_city() -> Deployment:
    """The city whose office the present request came to."""
    city = here().city
    assert city is not None, "the city's room is opened in the city's own app alone"
    return city


@blueprint.record_once
def prepare(state: BlueprintSetupState) -> None:
    built: Built = state.app.extensions[EXTENSION]
    assert built.city is not None
    state.app.extensions[GLANCES] = Glances(built.city.city)
