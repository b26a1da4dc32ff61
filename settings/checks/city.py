"""What many halls ask of a file: where the hall stands, by which names it is found, what it calls alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite

from queueing.house import House
from settings.findings import Slip

HOST_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.IGNORECASE | re.ASCII)
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
ENDS = {"latitude": 90.0, "longitude": 180.0}


def places_are_on_earth(house: House) -> Iterator[Slip]:
    for key, end in ENDS.items():
        degrees = getattr(house.hall, key)
        if degrees is not None and not (isfinite(degrees) and -end <= degrees <= end):
            remedy = f"Use degrees from {-end:g} to {end:g}, such as 28.19."
            yield Slip(("hall", key), f"there is no {key} {degrees}.", remedy)


def a_place_has_two_figures(house: House) -> Iterator[Slip]:
    known = [key for key in ENDS if getattr(house.hall, key) is not None]
    if len(known) == 1:
        other = next(key for key in ENDS if key not in known)
        yield Slip(("hall", known[0]), f"stands without {other}.", "Give both, or neither.")


def host_names_are_names(house: House) -> Iterator[Slip]:
    for at, name in enumerate(house.server.host_names):
        if len(name) > 253 or not HOST_NAME.fullmatch(name):
            remedy = 'Write it like "hall.example.org", without http:// and port.'
            yield Slip(("server", "host_names", at), f"'{name}' isn't a host name.", remedy)


def codes_are_words(house: House) -> Iterator[Slip]:
    for at, service in enumerate(house.services):
        if service.city_code and not CODE.fullmatch(service.city_code):
            problem = f"'{service.city_code}' can't be a code."
            yield Slip(("services", at, "city_code"), problem, "Use letters, digits, . - and _, 64 at most.")


ALL = (places_are_on_earth, a_place_has_two_figures, host_names_are_names, codes_are_words)
