"""Opens all halls of a folder in one process, and the city's own office before them.

Each hall has an address of its own: a port that its file names, a host name at the city's port, or both.
What keeps one hall from opening is told to the operator and in the city's office; the others open.
"""

from __future__ import annotations

import argparse
import logging
import socket as sockets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from queueing.city import CITY
from queueing.clock import Clock
from queueing.errors import HallError
from queueing.house import House
from settings import HallFileError
from settings.city import FILE, between_files, hall_files, load_city, own_port, shared_ids
from settings.summary import summary_of_city
from upkeep.opened_with import is_known, remember
from upkeep.opening import Opened, open_hall
from web.deployment import ByHost, Deployment, Shut, names_of
from web.engines import Engine
from web.forecaster import ForecastProcesses
from web.limits import of_one_address
from web.logs import write_as
from web.starting import CannotStart, clock_of, house_of, listening, port_of
from web.version import version

LOG = logging.getLogger(__name__)

Listening = sockets.socket


class StaysShut(Exception):
    """What keeps a hall from opening: its code, and the operator's sentences."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(why)
        self.what = what


@contextmanager
def for_lack_of(what: str) -> Iterator[None]:
    """Names what a hall couldn't be opened for."""
    try:
        yield
    except (CannotStart, HallError, OSError) as reason:
        raise StaysShut(what, str(reason)) from reason


class OpenCity:
    """The city's office and its halls, opened one after the other."""

    def __init__(self, options: argparse.Namespace, engine: Engine) -> None:
        self._options, self._engine = options, engine
        self._clocks: dict[str, Clock] = {}
        self._first = None if options.port is None else port_of(options.port)
        self._one_at_a_time = threading.Lock()
        self._file = options.hall / FILE
        house = house_of(self._file)
        write_as(house.server.log, house.hall.id)
        self._socket = listening(house.server.host, house.server.port if self._first is None else self._first)
        self.port = self._socket.getsockname()[1]
        self.deployment = Deployment(load_city(self._file), options.hall)
        self._forecasts = ForecastProcesses(self.deployment.city.city.forecast_processes)
        self.office = self._open(house, self._file, self.port, city=self.deployment)
        self.office.built.troubles.append(self.deployment.trouble)
        self._door = ByHost(self.office.app, house.server.trusted_proxies)
        self._names = names_of(house, has_port=False)
        self.opened: list[Opened] = [self.office]
        self.deployment.try_again = self.try_again

    def open_halls(self) -> None:
        """Every hall that can be opened; the others say why not.

        Where two files say one id, the data are the hall's whose file they were opened with before.
        """
        files = hall_files(self._options.hall)
        doubted = {file: own for own, those in shared_ids(files).items() for file in those}
        data = Path(self._options.data or self.deployment.city.server.data)
        strange = {file for file, own in doubted.items() if not is_known(data / own, file)}
        for file in sorted(files, key=lambda file: file in strange):
            with self._one_at_a_time:
                self.open_file(file)

    def open_file(self, file: Path) -> None:
        """The hall of that file, or why it stays shut."""
        house: House | None = None
        try:
            with for_lack_of("file"):
                house = house_of(file)
            self._open_at_its_address(file, house)
        except StaysShut as reason:
            self._leave_shut(file, house, reason.what, str(reason))
        except Exception as reason:
            LOG.exception("The hall of %s couldn't be opened", file)
            self._leave_shut(file, house, "fault", f"{reason!r}. See the server's log.")

    def try_again(self, hall: str) -> bool:
        """A shut hall once more, as its file is now; whoever asks meanwhile waits for what comes of it."""
        with self._one_at_a_time:
            tried = [each for each in self.deployment.shut if each.id == hall]
            for each in tried:
                self.open_file(each.file)
                self.deployment.shut.remove(each)
        return not {each.file for each in tried} & {each.file for each in self.deployment.shut}

    def _leave_shut(self, file: Path, house: House | None, what: str, why: str) -> None:
        """Known by its file's name where its id is another hall's."""
        taken = house is not None and house.hall.id in self.deployment.halls
        self.deployment.shut.append(Shut(file, what, why, None if taken else house))

    def _open_at_its_address(self, file: Path, house: House) -> None:
        with for_lack_of("address"):
            names = self._names_for(house, has_port=(port := own_port(file)) is not None)
        with for_lack_of("port"):
            socket = listening(house.server.host, self._moved(file, port)) if port is not None else None
        try:
            at = socket.getsockname()[1] if socket else self.port
            with for_lack_of("database" if house.server.database else "data"):
                opened = self._open(house, file, at)
        except BaseException:
            if socket:
                socket.close()
            raise
        self._let_in(opened, names, socket)
        remember(opened.built.data, file)

    def _moved(self, file: Path, port: int) -> int:
        """Its own port, or by its place among the files: whatever is wrong with another one, it keeps it."""
        if not self._first:
            return port if self._first is None else 0
        return self._first + 1 + hall_files(self._options.hall).index(file)

    def _names_for(self, house: House, has_port: bool) -> set[str]:
        """The host names that are this hall's alone; CannotStart where two would answer to one."""
        if house.hall.id == CITY or house.hall.id in self.deployment.halls:
            raise CannotStart(f"Its id '{house.hall.id}' is taken: give the hall one of its own.")
        names = names_of(house, has_port)
        if taken := sorted(names & self._names):
            raise CannotStart(f"The host name {taken[0]} belongs to another: each hall needs its own.")
        if not names and not has_port:
            raise CannotStart("It has no address of its own: give it server.port or server.host_names.")
        return names

    def _let_in(self, opened: Opened, names: set[str], socket: Listening | None) -> None:
        for name in names:
            self._door.add(name, opened.app)
        self._names |= names
        self.deployment.halls[opened.built.house.hall.id] = opened.built
        self.opened.append(opened)
        if socket:
            self._listen(socket, opened.app, opened.built.house)

    def _listen(self, socket: Listening, app: Any, house: House) -> None:
        self._engine.request_seconds = house.doors.request_seconds
        self._engine.of_one_address = of_one_address(house)
        self._engine.open(socket, app)

    def listen(self) -> None:
        """The city's own address opens last: who comes in finds the halls."""
        self._listen(self._socket, self._door, self.office.built.house)

    def _open(self, house: House, file: Path, port: int, **more: Any) -> Opened:
        clock = self._clock(house)
        folder = folder_in(self._options.data, house, clock)
        fresh = self._options.data is None and clock.simulated
        more |= {"cookie_ending": f"-{house.hall.id}", "forecasts": self._forecasts}
        return open_hall(self._engine, house, clock, folder, port, file, fresh, **more)

    def _clock(self, house: House) -> Clock:
        """Halls of one zone share a clock, so that a simulated day is the same day in all of them."""
        zone = house.hall.timezone
        if zone not in self._clocks:
            self._clocks[zone] = clock_of(self._options.clock, self._options.speed, house)
        return self._clocks[zone]


def folder_in(data: Path | None, house: House, clock: Clock) -> Path:
    """Each hall's data in a folder of their own name; a simulated day leaves the real ones alone."""
    if data is not None:
        return data / house.hall.id
    return Path(house.server.data) / "simulated" if clock.simulated else Path(house.server.data)


def serve_city(options: argparse.Namespace, engine: Engine) -> OpenCity:
    """Opens the city's office and the halls, and listens."""
    city = OpenCity(options, engine)
    city.open_halls()
    city.listen()
    return city


def in_short(file: Path) -> str:
    """What the city's file says."""
    return summary_of_city(load_city(file), len(hall_files(file.parent)))


def must_fit(file: Path) -> None:
    """Raises CannotStart with what is wrong between the files of a city."""
    if findings := list(between_files(file.parent, load_city(file))):
        raise CannotStart(str(HallFileError(findings)))


def said_of(city: OpenCity) -> str:
    """What the person who started them reads: every hall with its address, or why it is shut."""
    office = city.office.built
    name, halls, shut = office.house.hall.name, city.deployment.halls, city.deployment.shut
    counts = f"{len(halls)} halls open, {len(shut)} shut"
    lines = [f"{name.zh} ({name.en}): {counts}. Service hall {version()}.", ""]
    for opened in city.opened:
        lines += _lines(opened, city.office)
    lines += [f"SHUT {each.file}: {each.why}" for each in shut]
    lines += [f"{hall}: no hall has this id, but staff of {FILE} name it." for hall in unknown_halls(city)]
    lines += ["", f"The city's page: {office.public_url}/   its office: {office.public_url}/office"]
    return "\n".join([*lines, "Press Ctrl+C to close the halls."])


def unknown_halls(city: OpenCity) -> list[str]:
    """Names of halls that somebody of the city is limited to, and that aren't there."""
    there = {*city.deployment.halls, *(each.id for each in city.deployment.shut)}
    return sorted({hall for each in city.deployment.city.staff for hall in each.halls} - there)


def _near(opened: Opened, office: Opened) -> str:
    """Its address for whoever sits at the machine; a hall without a port of its own has none but its name."""
    alone = opened is office or opened.built.port != office.built.port
    return f"   on this machine: http://localhost:{opened.built.port}/" if alone else "   by this name alone"


def _lines(opened: Opened, office: Opened) -> list[str]:
    built = opened.built
    lines = [f"{built.house.hall.id}: {built.public_url}/{_near(opened, office)}"]
    lines += [f"    data: {opened.kept}"]
    lines += [opened.said.strip()] if opened.said else []
    if opened.password:
        administrator = next(each.id for each in built.house.staff if each.role == "administrator")
        lines += [f"    first start: sign in as {administrator}, one-time password: {opened.password}"]
    return lines
