"""Who serves what: the house read once into maps that every press can use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from queueing.errors import UnknownClass, UnknownService, UnknownWindow
from queueing.help_rules import ClassFigure, Effect, Helping, NoNumbers
from queueing.house import House, Service, StaffMember, TicketClass, Window
from queueing.opened import Opened
from queueing.records import WindowState
from queueing.rule_grammar import effects_of
from queueing.walking import Walks

MOST_KEPT = 256
"""Plans of different rules kept ready; a hall has as many as combinations of rules that occurred."""


class Plan:
    """Look-ups over one house; raises the hall's own errors for names it doesn't know.

    A plan with effects is the house as the rules that are on have changed it.
    """

    def __init__(self, house: House, effects: Sequence[Effect] = (), walks: Walks | None = None) -> None:
        self.house, self.effects = house, tuple(effects)
        self._services = {service.id: service for service in house.services}
        self._windows = {window.id: window for window in house.windows}
        self._staff = {person.id: person for person in house.staff}
        self.walks = walks or Walks(house)
        self._ready: dict[tuple[str, ...], Plan] = {}
        self._least: dict[str, Mapping[str, float]] = {}
        self._opened: Opened | None = None

    def in_force(self, lines: tuple[str, ...]) -> Plan:
        """The plan while rules of these effects are on."""
        if not lines:
            return self
        if lines not in self._ready:
            if len(self._ready) >= MOST_KEPT:
                self._ready.clear()
            effects = [each for line in lines for each in effects_of(line)]
            self._ready[lines] = Plan(self.house, effects, self.walks)
        return self._ready[lines]

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

    @cached_property
    def classes(self) -> Mapping[str, TicketClass]:
        """Every class with the figures that hold now."""
        classes = dict(self.house.classes)
        for each in self.effects:
            if isinstance(each, ClassFigure) and each.ticket_class in classes:
                classes[each.ticket_class] = with_figure(classes[each.ticket_class], each)
        return classes

    def ticket_class(self, name: str) -> TicketClass:
        try:
            return self.classes[name]
        except KeyError:
            raise UnknownClass(ticket_class=name) from None

    def person(self, clerk: str) -> StaffMember | None:
        return self._staff.get(clerk)

    @cached_property
    def stopped(self) -> frozenset[str]:
        """Services to which a rule gives no numbers now."""
        return frozenset(each.service for each in self.effects if isinstance(each, NoNumbers))

    @cached_property
    def reluctances(self) -> dict[str, dict[str, float]]:
        """Per window: every service that it takes and its reluctance in minutes (0 for its own)."""
        return {window.id: self._taken_by(window) for window in self.house.windows}

    def _taken_by(self, window: Window) -> dict[str, float]:
        own = {s.id: 0.0 for s in self.house.services if s.department in window.departments}
        own |= dict.fromkeys(window.serves, 0.0)
        taken = {help_.service: help_.reluctance for help_ in window.helps} | own
        for each in self.effects:
            if isinstance(each, Helping) and window.id in each.windows and each.service in self._services:
                taken[each.service] = min(each.reluctance, taken.get(each.service, each.reluctance))
        return taken

    @cached_property
    def windows_of(self) -> dict[str, tuple[str, ...]]:
        """Per service: the windows that take it, in the house's order."""
        return {
            service.id: tuple(w for w, taken in self.reluctances.items() if service.id in taken)
            for service in self.house.services
        }

    @cached_property
    def takers_of(self) -> dict[str, frozenset[str]]:
        """The same windows as sets."""
        return {service: frozenset(windows) for service, windows in self.windows_of.items()}

    def opened(self, windows: Mapping[str, WindowState]) -> Opened:
        """Who takes what among those that are open; kept for as long as it is asked of the same ones."""
        known = self._opened
        if known is None or known.windows is not windows:
            self._opened = known = Opened(self.windows_of, self.takers_of, windows)
        return known

    def least_reluctance(self, service: str) -> Mapping[str, float]:
        """Every service that the service's windows take, with the least reluctance of any of them."""
        if service not in self._least:
            least: dict[str, float] = {}
            for taken in (self.reluctances[w] for w in self.windows_of[service]):
                for other, reluctance in taken.items():
                    least[other] = min(reluctance, least.get(other, reluctance))
            self._least[service] = least
        return self._least[service]

    @cached_property
    def alike(self) -> dict[str, str]:
        """For each service the first that the same windows take as readily: newcomers of both wait alike."""
        firsts: dict[tuple[tuple[str, float], ...], str] = {}
        return {
            service: firsts.setdefault(tuple((w, self.reluctances[w][service]) for w in windows), service)
            for service, windows in self.windows_of.items()
        }

    def shared_with(self, service: str) -> tuple[str, ...]:
        """Every service that some window of this one takes too, itself included."""
        return tuple(self.least_reluctance(service))

    def serves(self, window: str, service: str) -> bool:
        return service in self.reluctances[self.window(window).id]


def with_figure(rule: TicketClass, changed: ClassFigure) -> TicketClass:
    """The class with another figure in the turn rule."""
    if changed.figure == "head_start":
        return replace(rule, head_start=changed.value)
    return replace(rule, rate=changed.value)
