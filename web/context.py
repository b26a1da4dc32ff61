"""The built things of a running hall, found from any view or socket handler."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from web.asked import SHORT, app_here
from web.together import Alone, NoBus

if TYPE_CHECKING:
    from flask_socketio import SocketIO

    from queueing.appointments import Appointments
    from queueing.clock import Clock
    from queueing.hall import Hall
    from queueing.house import House
    from queueing.people import Device
    from queueing.records import Event, Json
    from queueing.store import Store
    from scoring.following_up import FollowUp
    from scoring.ratings import Ratings
    from scoring.scores import Scores
    from scoring.versions import HallSchemes
    from web.deployment import Deployment
    from web.forecaster import ForecastProcesses
    from web.foreseeing import Foreseeing
    from web.keeper import Keeper
    from web.push import Push
    from web.together import Bus, Together

EXTENSION = "service-hall"


@dataclass
class Known:
    """What was last read of a switch; none: nothing yet. When it is turned another one takes its place."""

    open: bool | None = None


@dataclass
class Built:
    """One running hall: made once by app.py, read everywhere."""

    house: House
    clock: Clock
    store: Store
    hall: Hall
    ratings: Ratings
    scores: Scores
    data: Path
    secret: bytes
    engine: str
    port: int
    public_url: str
    in_thread: Callable[[Callable[[], Any]], Any] = field(default=lambda work: work())
    file: Path = Path("config.toml")
    nightly: list[Callable[[str], None]] = field(default_factory=list)
    """What is done once when a new business day begins (and at the start), each with that day.

    Changes are made as everywhere; what blocks goes through `in_thread`, never the other way round: a change
    asked for inside such a thread would wait on locks that belong to the event loop's thread.
    """
    after_hours: list[Callable[[str], None]] = field(default_factory=list)
    """As `nightly`, but what computes for long: after a start in the middle of a day it waits for closing."""

    troubles: list[Callable[[], str | None]] = field(default_factory=list)
    """What rooms say of themselves when they can't do their work: one word for monitors, or nothing."""

    attention: dict[str, Callable[[], str | int | None]] = field(default_factory=dict)
    """By the part of the office: what its entry in the menu (`web.office_menu`) says beside its name, such as
    how much waits there, or nothing. Asked at every page of the office, so it is quick."""

    small: list[Callable[[], list[Json]]] = field(default_factory=list)
    """What else of a room somebody at the city's office should see to, such as a printer without paper."""

    hearing: list[Callable[[Sequence[Event]], None]] = field(default_factory=list)
    """Who else is told what was committed; each returns at once."""

    starting: list[Callable[[], None]] = field(default_factory=list)
    """What the rooms begin when the hall opens."""

    wording: Callable[[str, str, str], str] = field(default=lambda language, number, window: "")
    """The sentence of a call in a language, as the room that speaks puts it."""

    together: Together = field(default_factory=Alone)
    """What was agreed on with the other processes of the hall, if there are any."""

    bus: Bus = field(default_factory=NoBus)

    cookie_ending: str = ""
    """What the names of the hall's cookies end with where several halls share a machine."""

    city: Deployment | None = None
    """All halls, where this one is the city's own office."""

    forecasts: ForecastProcesses | None = None
    """The forecast processes that several halls share; alone, a hall has its own."""

    loopback: Known = field(default_factory=Known)
    """The switch of the door at the hall's own machine, as it was last read."""

    devices: dict[str, Device] = field(default_factory=dict)
    """Paired screens by the marks of their cookies, as read by this process, where it alone can revoke them.

    When one is paired or revoked an empty one takes its place, in which nobody writes who looked before.
    """

    following: FollowUp = field(init=False)
    foreseeing: Foreseeing = field(init=False)
    identity_key: bytes = field(init=False, repr=False)
    sockets: SocketIO = field(init=False)
    push: Push = field(init=False)
    keeper: Keeper = field(init=False)

    def __post_init__(self) -> None:
        from web.secret import OF_IDENTITIES, secret_of  # which knows what a built hall is

        self.identity_key = secret_of(self.data, OF_IDENTITIES)

    @cached_property
    def appointments(self) -> Appointments:
        """What is done with appointments, with the slots worked out so far."""
        from queueing.appointments import Appointments

        return Appointments(self.hall)

    @cached_property
    def schemes(self) -> HallSchemes:
        """All versions of the schemes that windows and clerks are assessed by."""
        from settings.reading import ROOT
        from settings.schemes import schemes_of

        return schemes_of(ROOT / self.house.scoring.scheme, ROOT / self.house.scoring.clerk_scheme)


def here() -> Built:
    """The hall that the present request came to."""
    short = SHORT.get()
    if short is None:
        return cast(Built, app_here().extensions[EXTENSION])
    built: Built = short.built
    return built


def the_hall() -> Hall:
    """Where every change goes."""
    return here().hall


def now() -> datetime:
    """The hall's time, simulated or not."""
    return here().clock.now()
