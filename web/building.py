"""Everything that a running hall consists of, put together once at the start."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from queueing import persons
from queueing.clock import Clock
from queueing.hall import ITSELF, Hall
from queueing.house import House
from queueing.store import Store
from scoring.following_up import FollowUp
from scoring.province import in_force
from scoring.ratings import Ratings
from scoring.rounds import Rounds
from scoring.scores import Scores
from settings import holidays_of, worked_weekends_of
from settings.provinces import load_province
from settings.reading import ROOT
from settings.schemes import load_scheme
from web.addresses import public_url
from web.context import Built
from web.schemes import Book
from web.secret import secret_of


def built_of(
    house: House,
    clock: Clock,
    store: Store,
    engine: str,
    in_thread: Callable[..., Any],
    folder: Path,
    port: int,
) -> Built:
    """The hall, its ratings and scores, and what the web needs to know of the place."""
    hall = Hall(house, store, clock, holidays_of(house), worked_weekends_of(house))
    scores = Scores(hall, load_scheme(ROOT / house.scoring.scheme))
    province = in_force(load_province(ROOT / house.remedy.province), house.remedy)
    built = Built(
        house, hall.clock, store, hall, Ratings(hall, province), scores, folder, secret_of(folder), engine,
        port, public_url(house, port), in_thread,
    )  # fmt: skip
    built.following = FollowUp(hall, province)
    assert built.schemes.window  # read now: a file that is wrong stops the start
    built.nightly += [partial(forget_identities, hall), partial(look_at_releases, built)]
    return built


def look_at_releases(built: Built, day: str) -> None:
    """Released months whose facts have changed since are named to supervisors in the morning."""
    rounds = Rounds(built.hall, Book(built.schemes))
    rounds.note_tonight(built.in_thread(lambda: built.store.look(rounds.found_tonight)))


def forget_identities(hall: Hall, day: str) -> None:
    """What is kept of documents goes by its rule, every night."""
    hall.change(ITSELF, persons.purge)
