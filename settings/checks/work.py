"""Who does what where: services, windows and staff that must fit each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from queueing.house import House, Window
from settings.findings import KeyPath, Slip, did_you_mean, spelled


def served_by(window: Window, house: House) -> tuple[str, ...]:
    """The services of a window: those it names, then all of the departments it names."""
    whole = (each.id for each in house.services if each.department in window.departments)
    return tuple(dict.fromkeys((*window.serves, *whole)))


def unknown(path: KeyPath, what: str, word: str, known: Collection[str]) -> Iterator[Slip]:
    """A slip if the word names nothing."""
    if word not in known:
        remedy = did_you_mean(word, known, f"Add the {what}, or correct it.")
        yield Slip(path, f"unknown {what} '{word}'.", remedy)


def services_of_known_departments(house: House) -> Iterator[Slip]:
    known = {each.id for each in house.departments}
    for at, service in enumerate(house.services):
        yield from unknown(("services", at, "department"), "department", service.department, known)


def departments_offer_something(house: House) -> Iterator[Slip]:
    offering = {each.department for each in house.services}
    for at, department in enumerate(house.departments):
        if department.id not in offering:
            problem = f"'{department.id}' has no service."
            yield Slip(("departments", at, "id"), problem, "Add a service to it, or take it out.")


def windows_serve_known_things(house: House) -> Iterator[Slip]:
    services = {each.id for each in house.services}
    departments = {each.id for each in house.departments}
    for at, window in enumerate(house.windows):
        for n, word in enumerate(window.departments):
            yield from unknown(("windows", at, "departments", n), "department", word, departments)
        for n, word in enumerate(window.serves):
            yield from unknown(("windows", at, "serves", n), "service", word, services)
        for n, help_ in enumerate(window.helps):
            yield from unknown(("windows", at, "helps", n, "service"), "service", help_.service, services)


def windows_stand_somewhere(house: House) -> Iterator[Slip]:
    areas, hours = {each.id for each in house.areas}, {each.id for each in house.hours}
    for at, window in enumerate(house.windows):
        yield from unknown(("windows", at, "area"), "area", window.area, areas)
        yield from unknown(("windows", at, "hours"), "hours", window.hours, hours)


def windows_have_work(house: House) -> Iterator[Slip]:
    for at, window in enumerate(house.windows):
        if not (window.departments or window.serves or window.helps):
            problem = f"window '{window.id}' serves nothing."
            yield Slip(("windows", at, "id"), problem, "Add departments or serves.")


def help_is_for_others(house: House) -> Iterator[Slip]:
    """A window that serves a service can't also take it reluctantly, nor with two reluctances."""
    for at, window in enumerate(house.windows):
        taken = set(served_by(window, house))
        for n, help_ in enumerate(window.helps):
            if help_.service in taken:
                problem = f"window '{window.id}' takes '{help_.service}' already."
                yield Slip(("windows", at, "helps", n, "service"), problem, "Take one of the two out.")
            taken.add(help_.service)


def services_are_served(house: House) -> Iterator[Slip]:
    served = {service for window in house.windows for service in served_by(window, house)}
    for at, service in enumerate(house.services):
        if service.id not in served:
            problem = f"no window serves '{service.id}' (helping isn't enough)."
            yield Slip(("services", at, "id"), problem, "Add it to the serves of a window, or take it out.")


def staff_sit_at_known_windows(house: House) -> Iterator[Slip]:
    known = {each.id for each in house.windows}
    for at, person in enumerate(house.staff):
        for n, word in enumerate(person.windows):
            yield from unknown(("staff", at, "windows", n), "window", word, known)


def somebody_administers(house: House) -> Iterator[Slip]:
    if house.staff and all(each.role != "administrator" for each in house.staff):
        yield Slip(("staff",), "nobody is an administrator.", 'Give one person role = "administrator".')


def nothing_named_twice(house: House) -> Iterator[Slip]:
    for at, window in enumerate(house.windows):
        yield from _twice(("windows", at, "departments"), window.departments)
        yield from _twice(("windows", at, "serves"), window.serves)
    for at, person in enumerate(house.staff):
        yield from _twice(("staff", at, "windows"), person.windows)
    yield from _twice(("hall", "languages"), house.hall.languages)


def _twice(path: KeyPath, words: tuple[str, ...]) -> Iterator[Slip]:
    for at, word in enumerate(words):
        if word in words[:at]:
            yield Slip((*path, at), f"'{word}' stands twice in {spelled(path)}.", "Take one out.")


ALL = (
    services_of_known_departments,
    departments_offer_something,
    windows_serve_known_things,
    windows_stand_somewhere,
    windows_have_work,
    help_is_for_others,
    services_are_served,
    staff_sit_at_known_windows,
    somebody_administers,
    nothing_named_twice,
)
