"""Many halls in one process: which are open, which are not and why, and whose a request is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from queueing.city import City, may_see
from queueing.house import House, Text
from queueing.records import Json
from web.context import Built
from web.elsewhere import Elsewhere

AGAIN_SECONDS = 15.0
"""After which a hall is tried once more whose database was away."""

App = Callable[[dict[str, Any], Any], Iterable[bytes]]


@dataclass(frozen=True)
class Shut:
    """A hall that couldn't be opened; `why` is for the operator, citizens read that it is closed."""

    file: Path
    what: str
    """The code of the reason: file, address, port, data, database or fault."""

    why: str
    house: House | None = None

    @property
    def id(self) -> str:
        return self.house.hall.id if self.house else self.file.stem

    @property
    def name(self) -> Text:
        return self.house.hall.name if self.house else Text(self.file.stem, self.file.stem, self.file.stem)


@dataclass
class Deployment:
    """The city's file and every hall beside it; halls come in while the process runs."""

    city: City
    folder: Path
    halls: dict[str, Built] = field(default_factory=dict)
    shut: list[Shut] = field(default_factory=list)
    try_again: Callable[[str], bool] = field(default=lambda hall: False)
    """Opens a shut hall, if it can be opened now; whether it is open."""

    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    _tried: float = field(default_factory=time.monotonic)

    def word(self) -> Json:
        """What the city's other processes learn of this one."""
        return self.elsewhere.word((each.id, each.what, each.why) for each in self.shut)

    def hear(self, words: Sequence[Json]) -> list[str]:
        """The shut halls that were asked for at another process, or whose database may be back."""
        asked = set(self.elsewhere.hear(words)) | set(self._of_the_database())
        return [each.id for each in self.shut if each.id in asked]

    def _of_the_database(self) -> Iterator[str]:
        """What was shut because the database was away opens by itself when it is back."""
        if time.monotonic() - self._tried < AGAIN_SECONDS:
            return
        self._tried = time.monotonic()
        yield from (each.id for each in self.shut if each.what == "database")

    def in_part(self, hall: str) -> Json | None:
        """Of how many processes it is open in how many, and a reason, where they differ."""
        others = list(self.elsewhere.reasons(hall))
        shut, of = len(others) + (hall not in self.halls), 1 + len(self.elsewhere.words)
        return None if shut in (0, of) else {"open": of - shut, "of": of, **(others or [{"why": ""}])[0]}

    def trouble(self) -> str | None:
        """For monitors: which halls aren't open, else in which nothing can be saved."""
        if self.shut:
            return " ".join(["hall_shut", *(each.id for each in self.shut)])
        lost = [hall for hall, built in self.halls.items() if built.store.trouble]
        return " ".join(["hall_keeps_nothing", *lost]) if lost else None

    def names(self) -> dict[str, Text]:
        """What halls are called, by their ids; those that are shut, too."""
        shut = {each.id: each.name for each in self.shut}
        return shut | {hall: built.house.hall.name for hall, built in self.halls.items()}

    def unserved(self) -> str | None:
        """For monitors: that this process serves no hall. One that is closed for the night is served."""
        return None if any(not each.store.trouble for each in self.halls.values()) else "no_hall"

    def seen_by(self, staff: str | None) -> list[Built]:
        """The open halls that this person of the city looks at."""
        return [built for hall, built in self.halls.items() if may_see(self.city, staff, hall)]

    def shut_for(self, staff: str | None) -> list[Shut]:
        return [each for each in self.shut if may_see(self.city, staff, each.id)]


def names_of(house: House, has_port: bool) -> set[str]:
    """Under which host names a hall is found at the city's own port."""
    names = {name.casefold() for name in house.server.host_names}
    told = urlsplit(house.server.public_url).hostname
    return names if has_port or not told else names | {told.casefold()}


class ByHost:
    """Hands each request to the hall whose name it asks for; whoever asks for none gets the city's page."""

    def __init__(self, city: App, proxies: int = 0) -> None:
        self._city, self._proxies = city, proxies
        self._halls: dict[str, App] = {}

    def add(self, name: str, app: App) -> None:
        self._halls[name] = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return self._halls.get(self._asked(environ), self._city)(environ, start_response)

    def _asked(self, environ: dict[str, Any]) -> str:
        """The host without its port; of what proxies pass on, only one's own are believed."""
        passed_on = environ.get("HTTP_X_FORWARDED_HOST", "").split(",") if self._proxies else []
        host = passed_on[-self._proxies] if len(passed_on) >= self._proxies > 0 else ""
        asked = host.strip() or environ.get("HTTP_HOST", "")
        return bare(asked)


def bare(host: str) -> str:
    """The name without its port, as it stands in an address; of an IPv6 one what is in the brackets."""
    name = host.partition("]")[0].removeprefix("[") if host.startswith("[") else host.partition(":")[0]
    return name.rstrip(".").casefold()
