"""A folder of halls: its `city.toml`, read and checked, and the hall files beside it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from math import isfinite
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from queueing.city import CITY, City, house_of_city
from queueing.house import House
from settings.checks import city as places
from settings.checks import figures, names, outside
from settings.findings import Finding, HallFileError, Slip, did_you_mean, spelled
from settings.lines import Lines
from settings.reading import tables_of, text_of, with_environment
from settings.shape import slip_of
from settings.traditional import with_traditional

FILE = "city.toml"
OF_ITS_HOUSE = (*names.ALL, *outside.ALL, *figures.ALL, *places.ALL)
FIGURES = {"long_wait_minutes": 1.0, "minutes_per_km": 0.0, "forecast_processes": 1.0}
MOST = {"long_wait_minutes": 1440.0, "minutes_per_km": 60.0, "forecast_processes": 64.0}


@cache
def _adapter() -> TypeAdapter[City]:
    return TypeAdapter(City)


def load_city(path: Path) -> City:
    """The city of the file; raises HallFileError with every finding."""
    text = text_of(path)
    try:
        data = json.dumps(with_environment(tables_of(text, path)), default=str)
        city = _adapter().validate_json(data, strict=True)
    except ValidationError as error:
        slips = [slip_of(dict(each), City) for each in error.errors(include_url=False)]
        raise _refused(path, text, slips) from error
    if slips := list(contradictions(city)):
        raise _refused(path, text, slips)
    return with_traditional(city)


def contradictions(city: City) -> Iterator[Slip]:
    """What is right key by key and wrong together; a city without a hall's sections lacks none."""
    house = house_of_city(city)
    for check in OF_ITS_HOUSE:
        for slip in check(house):
            section, *rest = slip.path
            if section not in ("classes", "fallback"):
                yield replace(slip, path=("city" if section == "hall" else section, *rest))
    for key, least in FIGURES.items():
        if not (isfinite(value := getattr(city.city, key)) and least <= value <= MOST[key]):
            yield Slip(("city", key), f"{value:g} makes no sense.", f"Use {least:g} to {MOST[key]:g}.")


def _refused(path: Path, text: str, slips: list[Slip]) -> HallFileError:
    lines = Lines(text)
    return HallFileError(
        Finding(str(path), lines.line_of(slip.path), spelled(slip.path), slip.problem, slip.remedy)
        for slip in slips
    )


def hall_files(folder: Path) -> list[Path]:
    """The halls' files in the order of their names."""
    return sorted(each for each in folder.glob("*.toml") if each.name != FILE)


def city_of(file: Path) -> City | None:
    """The city that a hall's file belongs to: whose file lies beside it."""
    beside = file.parent / FILE
    return load_city(beside) if beside.is_file() else None


def in_city(house: House, city: City) -> House:
    """The hall as its city serves it: how and where is said once, in the city's file.

    Of the hall's own [server] its names and its port count.
    """
    own, data = house.server, str(Path(city.server.data) / house.hall.id)
    server = replace(
        city.server, data=data, port=own.port, host_names=own.host_names, public_url=own.public_url
    )
    return replace(house, server=server)


def house_of_its_city(city: City) -> House:
    """The city's own office, with its own data beside the halls'."""
    house = house_of_city(city)
    return replace(house, server=replace(city.server, data=str(Path(city.server.data) / CITY)))


def own_port(file: Path) -> int | None:
    """The port that the hall's file names; none: it has no port of its own."""
    port = _own(file, "server", "port")
    return port if isinstance(port, int) else None


def shared_ids(files: Sequence[Path]) -> dict[str, list[Path]]:
    """Ids that more than one of the files gives its hall, with those files; what can't be read has none."""
    found: dict[str, list[Path]] = {}
    for file in files:
        if isinstance(own := _own(file, "hall", "id"), str):
            found.setdefault(own, []).append(file)
    return {own: those for own, those in found.items() if len(those) > 1}


def between_files(folder: Path, city: City) -> Iterator[Finding]:
    """What is wrong with the halls together, where each file by itself is right."""
    files = hall_files(folder)
    for own, (first, *others) in shared_ids(files).items():
        told = f"The id '{own}' is the one of {first.name}, too: two halls would keep one hall's data."
        yield from (Finding(str(each), 1, "hall.id", told, "Give each hall its own.") for each in others)
    halls = [str(_own(file, "hall", "id") or file.stem) for file in files]
    lines = Lines(text_of(folder / FILE))
    for n, person in enumerate(city.staff):
        line, key = lines.line_of(("staff", n, "halls")), spelled(("staff", n, "halls"))
        for hall in sorted(set(person.halls).difference(halls)):
            near = did_you_mean(hall, halls)
            yield Finding(str(folder / FILE), line, key, f"No hall has the id '{hall}'.", near)


def _own(file: Path, section: str, key: str) -> object:
    """What a hall's file says there, however wrong the rest of it is."""
    try:
        said = tomllib.loads(file.read_text("utf-8-sig")).get(section, {})
    except (OSError, ValueError):
        return None
    return said.get(key) if isinstance(said, dict) else None
