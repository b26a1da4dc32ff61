"""The catalogue, a service's guide, and who sits at which window today."""

from __future__ import annotations

from flask import Response, abort, render_template, request

from guides import shelf
from guides.blueprint import blueprint
from guides.waits import wait_words
from queueing.house import Service
from web.context import here
from web.honours import lists_on_show
from web.lookups import at_windows_today, departments_at
from web.qr import qr_picture
from web.words import long_period


@blueprint.get("/services")
def services() -> str:
    """Search, what is often asked for, and the departments; or one department's services."""
    house, typed = here().house, request.args.get("q", "").strip()
    department = shelf.department_of(house, request.args.get("department", ""))
    listed = shelf.of_department(house, department.id) if department else shelf.found(house, typed)
    return render_template(
        "guides/services.html",
        house=house,
        typed=typed[: shelf.LONGEST],
        department=department,
        listed=listed,
        bookable=house.bookings.is_on,
        lines=shelf.lines_by_service(here().push.lines.now()),
        wait_words=wait_words,
        names={each.id: each.name for each in house.departments},
    )


@blueprint.get("/services/<service>")
def service(service: str) -> str:
    """Everything about one service, told once."""
    house, wanted = here().house, _service(service)
    areas, windows = shelf.where(house, wanted)
    return render_template(
        "guides/service.html",
        service=wanted,
        guide=wanted.guide,
        bookable=wanted.id in here().appointments.free.services,
        department=shelf.department_of(house, wanted.department),
        areas=areas,
        windows=windows,
        phone=shelf.phone_for(house, wanted),
        line=shelf.lines_by_service(here().push.lines.now()).get(wanted.id),
        wait_words=wait_words,
    )


@blueprint.get("/services/<service>/qr.svg")
def service_code(service: str) -> Response:
    """The guide's public address as a picture."""
    return qr_picture(f"{here().public_url}/services/{_service(service).id}")


@blueprint.get("/services/qr.svg")
def services_code() -> Response:
    """The catalogue's public address as a picture."""
    return qr_picture(f"{here().public_url}/services")


@blueprint.get("/people")
def people() -> str:
    """Who sits at which window now, and what their department promises."""
    house = here().house
    return render_template(
        "guides/people.html",
        house=house,
        honours=here().store.look(lists_on_show)["lists"],
        long_period=long_period,
        windows=at_windows_today(),
        departments_at=departments_at,
        names={each.id: each.name for each in house.departments},
        promising=[each for each in house.departments if each.promises],
    )


def _service(wanted: str) -> Service:
    found = next((each for each in here().house.services if each.id == wanted), None)
    return found or abort(404)
