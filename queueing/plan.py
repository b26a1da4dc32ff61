"""Who serves what: the house read once into maps that every press can use."""

from __future__ import annotations

from functools import cached_property

from queueing.errors import UnknownClass, UnknownService, UnknownWindow
from queueing.house import House, Service, StaffMember, TicketClass, Window


class Plan:
    """Look-ups over one house; raises the hall's own errors for names it doesn't know."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._services = {service.id: service for service in house.services}
        self._windows = {window.id: window for window in house.windows}
        self._staff = {person.id: person for person in house.staff}

    def service(self, service: str) -> Service:
        try:
            return self._services[service]
        except KeyError:
            raise UnknownService(service=service) from None

    def window(self, window: str) -> Window:
        try:
            return self._windows[window]
        except KeyError:
            raise UnknownWindow(window=window) from None

    def ticket_class(self, name: str) -> TicketClass:
        try:
            return self.house.classes[name]
        except KeyError:
            raise UnknownClass(ticket_class=name) from None

    def person(self, clerk: str) -> StaffMember | None:
        return self._staff.get(clerk)

    @cached_property
    def reluctances(self) -> dict[str, dict[str, float]]:
        """Per window: every service that it takes and its reluctance in minutes (0 for its own)."""
        return {window.id: self._taken_by(window) for window in self.house.windows}

    def _taken_by(self, window: Window) -> dict[str, float]:
        own = {s.id: 0.0 for s in self.house.services if s.department in window.departments}
        own |= dict.fromkeys(window.serves, 0.0)
        return {help_.service: help_.reluctance for help_ in window.helps} | own

    @cached_property
    def windows_of(self) -> dict[str, tuple[str, ...]]:
        """Per service: the windows that take it, in the house's order."""
        return {
            service.id: tuple(w for w, taken in self.reluctances.items() if service.id in taken)
            for service in self.house.services
        }

    def shared_with(self, service: str) -> tuple[str, ...]:
        """Every service that some window of this one takes too, itself included."""
        return tuple({s: None for w in self.windows_of[service] for s in self.reluctances[w]})

    def serves(self, window: str, service: str) -> bool:
        return service in self.reluctances[self.window(window).id]
