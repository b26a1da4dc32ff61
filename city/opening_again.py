"""A hall that couldn't be opened is tried once more, after its operator has mended what was wrong."""

from __future__ import annotations

from city.blueprint import blueprint
from city.glances import the_city
from city.shapes import OpenedAnswer
from queueing.city import may_see
from web.asking import who
from web.refusals import NotFound
from web.routes import Answered, Nothing, endpoint

AGAIN = "/api/v1/city/halls/<hall>/open"


@endpoint(blueprint, "POST", AGAIN, takes=Nothing, gives=OpenedAnswer, refuses=("not_found",))
def open_again(hall: str, body: Nothing) -> Answered:
    """Tries a shut hall again, in every process of the city; where it is open it stays open."""
    deployment = the_city()
    if hall not in deployment.names() or not may_see(deployment.city, who().staff, hall):
        raise NotFound
    deployment.elsewhere.ask(hall)
    return {"hall": hall, "opened": hall in deployment.halls or deployment.try_again(hall)}
