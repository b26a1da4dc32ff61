"""From the words of a command line to what a hall is built of: file, clock, folder, socket, welcome."""

from __future__ import annotations

import errno
import os
import socket
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from queueing.clock import Clock, HallClock, RealClock, instant, local, minutes_between
from queueing.house import House
from settings import HallFileError, load_house, summary
from settings.city import FILE as CITY_FILE
from settings.city import city_of, house_of_its_city, in_city, load_city
from settings.reading import ROOT
from settings.schemes import schemes_of
from web.context import Built
from web.trial import is_open, trial_command
from web.version import version

WAITING_CONNECTIONS = 4096
MOST_PORTS = 65535
FIRST_HANDED_OVER = 3
"""The number of the first file that a service manager hands over."""

DAY_MINUTES = 1440.0

WITHOUT = {
    "no_voice": "No synthetic voice here: announcers use their browsers' own, or chime. See docs/voices.md.",
    "forecast_missing": "No NumPy or Numba here: waits are told by a plain estimate. See docs/operations.md.",
}
"""In words for whoever starts the hall, by the codes of troubles."""


class CannotStart(Exception):
    """Why the hall stays closed, in words for the person who starts it."""


def house_of(file: Path) -> House:
    """The hall's file and the schemes that it names, read and checked."""
    try:
        if file.name == CITY_FILE:
            return house_of_its_city(load_city(file))
        house = load_house(file)
        schemes_of(ROOT / house.scoring.scheme, ROOT / house.scoring.clerk_scheme)
        city = city_of(file)
        return in_city(house, city) if city else house
    except HallFileError as error:
        raise CannotStart("\n".join(str(finding) for finding in error.findings)) from None


def clock_of(text: str | None, speed: float, house: House) -> Clock:
    """The machine's clock, or a simulated one that starts at a time of the hall's own zone."""
    if text is None:
        if speed != 1:
            raise CannotStart("A speed needs a simulated clock: CLOCK=2026-10-12T08:25 SPEED=60.")
        return RealClock()
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        raise CannotStart(f"CLOCK is a time such as 2026-10-12T08:25, not {text!r}.") from None
    if speed <= 0:
        raise CannotStart("A simulated clock runs forwards: its speed is more than 0.")
    return HallClock(start.replace(tzinfo=start.tzinfo or ZoneInfo(house.hall.timezone)), speed)


def folder_of(data: Path | None, house: House, clock: Clock) -> Path:
    """Where the hall keeps its data; a simulated day leaves the real ones alone."""
    if data is not None:
        return data
    return Path(house.server.data) / "simulated" if clock.simulated else Path(house.server.data)


def old_folder(folder: Path) -> Path:
    """The folder, if a hall has been kept there before."""
    if not (folder / "hall.db").exists():
        raise CannotStart(
            f"There is no hall in {folder} yet. Name the folder that it is served with: --data FOLDER."
        )
    return folder


def port_of(text: str) -> int:
    """The port that the command line names."""
    if not text.isascii() or not text.isdigit() or int(text) > MOST_PORTS:
        raise CannotStart(f"PORT is a number from 1 to {MOST_PORTS}, not {text!r}.")
    return int(text)


def listening(host: str, port: int) -> socket.socket:
    """A listening socket that sends small answers at once; refused when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    given = is_handed_over()
    found = socket.socket(family, socket.SOCK_STREAM, fileno=FIRST_HANDED_OVER if given else None)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if given:
        found.set_inheritable(False)
        return found
    try:
        found.bind((host, port))
        found.listen(WAITING_CONNECTIONS)
    except OSError as error:
        found.close()
        raise CannotStart(_why_not(error, host, port)) from None
    return found


def is_handed_over() -> bool:
    """Whether the system's service manager listens for the hall and hands the socket on: sd_listen_fds(3).

    Whoever comes in while the hall is started again then waits for it, and isn't refused. Asked once.
    """
    mine = os.environ.pop("LISTEN_PID", "") == str(os.getpid())
    return mine and os.environ.pop("LISTEN_FDS", "0") != "0"


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program. Stop that one, or choose another: PORT={port + 1}."
    if error.errno == errno.EACCES:
        return f"Port {port} may be opened by the system only. Choose one above 1023: PORT=8000."
    return f"The hall can't listen at {host}:{port}: {error.strerror}. See server.host in the hall's file."


def in_use(folder: Path) -> CannotStart:
    return CannotStart(
        f"The data folder {folder} is in use by another server. "
        "Stop that one, or give this one a folder of its own: DATA=…"
    )


def ahead(built: Built, clock: Clock) -> str:
    """A clock that was wrong once leaves events of days to come, and hall time never goes back."""
    reached, told = built.hall.now(), instant(clock.now())
    if minutes_between(told, reached) < DAY_MINUTES:
        return ""
    last, now = (f"{local(at, built.house.hall.timezone):%Y-%m-%d %H:%M}" for at in (reached, told))
    return (
        f"The data reach until {last}, later than this machine's clock, {now}: "
        "hall time goes on from there. If the clock was wrong then, restore a backup from before.\n\n"
    )


def welcome(built: Built, file: Path, one_time_password: str | None, kept: str = "") -> str:
    """What the person who started the hall reads."""
    lines = [summary(built.house), "", f"Service hall {version()}. The hall is open at {built.public_url}/"]
    lines += [f"On this machine: http://localhost:{built.port}/"]
    lines += [f"Data: {kept}"] if kept else []
    lines += _troubles(built) + _time(built, file) + _password(built.house, one_time_password)
    return "\n".join([*lines, "Press Ctrl+C to close the hall."])


def _troubles(built: Built) -> list[str]:
    """What the rooms can't do on this machine, and what a hall does without it."""
    told = [trouble.split(" ", 1)[0] for ask in built.troubles if (trouble := ask())]
    return [WITHOUT[code] for code in told if code in WITHOUT]


def _time(built: Built, file: Path) -> list[str]:
    if built.clock.simulated:
        wall = local(built.hall.now(), built.house.hall.timezone)
        return [f"Simulated clock: it is {wall:%Y-%m-%d %H:%M} in the hall, at speed {built.clock.speed:g}."]
    if is_open(built.hall):
        return []
    return [f"All windows are closed now. To try the hall anyway: {trial_command(built.hall, file)}"]


def _password(house: House, one_time: str | None) -> list[str]:
    if one_time is None:
        return []
    administrator = next(each.id for each in house.staff if each.role == "administrator")
    return [f"First start: sign in as {administrator} with the one-time password: {one_time}"]
