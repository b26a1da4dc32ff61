"""What the hall takes from outside its file: time zones, public holidays, the scheme, its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from queueing.house import House
from settings.days import known_countries
from settings.findings import Slip, did_you_mean

ADDRESS = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
DATABASE = re.compile(r"postgres(ql)?://\S+")
QUEUE = re.compile(
    r"rediss?://([^\s/?#]*@)?(\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]]+)(:(?P<port>[0-9]{1,5}))?(/[0-9]*)?|unix://\S*/\S+"
)
QUEUES = 'it like "redis://10.0.0.5:6379/0"'
MOST_PORTS = 65535


def the_time_zone_exists(house: House) -> Iterator[Slip]:
    name = house.hall.timezone
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Slip(("hall", "timezone"), f"unknown time zone '{name}'.", nearest_zone(name))


def nearest_zone(name: str) -> str:
    """Compared by the city alone: Beijing has no zone of its own, and the one most like it is Brunei's."""
    cities = {zone.rpartition("/")[2]: zone for zone in available_timezones()}
    near = get_close_matches(name.rpartition("/")[2], cities, n=1, cutoff=0.75)
    return f"Did you mean '{cities[near[0]]}'?" if near else 'All of China uses "Asia/Shanghai".'


def the_hall_speaks(house: House) -> Iterator[Slip]:
    if not house.hall.languages:
        yield Slip(("hall", "languages"), "is empty.", 'Name at least one, such as ["zh_Hans"].')


def everybody_may_walk_in(house: House) -> Iterator[Slip]:
    if "walk_in" not in house.classes:
        remedy = did_you_mean("walk_in", house.classes, "Add [classes.walk_in].")
        yield Slip(("classes",), "the class walk_in is missing.", remedy)


def the_holidays_are_known(house: House) -> Iterator[Slip]:
    country = house.calendar.public_holidays
    if country and country not in known_countries():
        problem = f"no public holidays are known for '{country}'."
        yield Slip(("calendar", "public_holidays"), problem, 'Use a country code such as "CN", or "".')


def the_address_is_one(house: House) -> Iterator[Slip]:
    url = house.server.public_url
    if url and not ADDRESS.fullmatch(url):
        problem = f"'{url}' isn't an address that a phone can open."
        yield Slip(("server", "public_url"), problem, 'Write it like "https://hall.example.org", or "".')


def the_database_is_one(house: House) -> Iterator[Slip]:
    database = house.server.database
    if database and not DATABASE.fullmatch(database):
        problem = "isn't a PostgreSQL's address."  # which may hold a password: it isn't said again
        yield Slip(("server", "database"), problem, 'Write it like "postgresql://hall@10.0.0.6/hall", or "".')


def the_monitors_networks_are_some(house: House) -> Iterator[Slip]:
    for network in house.server.metrics_from:
        try:
            ip_network(network)
        except ValueError:
            remedy = 'Write it like "10.0.0.0/8", or "10.0.0.7" for one machine.'
            yield Slip(("server", "metrics_from"), f"'{network}' isn't a network.", remedy)


def the_queue_is_one(house: House) -> Iterator[Slip]:
    queue = house.server.queue
    address = QUEUE.fullmatch(queue)
    if queue and not (address and 0 < int(address["port"] or 1) <= MOST_PORTS):
        problem = "isn't a Redis's address."  # nor is this one, for the same reason
        yield Slip(("server", "queue"), problem, f"Write {QUEUES}, or \"\".")
    elif queue and not house.server.database:
        problem = "a queue is for several processes, and a data folder is one process's alone."
        yield Slip(("server", "queue"), problem, "Name a PostgreSQL in server.database, or take it out.")


def scheme_is_there(house: House, root: Path) -> Iterator[Slip]:
    """Not in `ALL`, since only this check looks at the disk."""
    for key in ("scheme", "clerk_scheme"):
        scheme = getattr(house.scoring, key)
        if not (root / scheme).is_file():
            there = sorted(str(each.relative_to(root)) for each in root.glob("schemes/*.toml"))
            remedy = did_you_mean(scheme, there, "Name a file under schemes/.")
            yield Slip(("scoring", key), f"there is no file '{scheme}'.", remedy)


def province_is_there(house: House, root: Path) -> Iterator[Slip]:
    """Looks at the disk, as the one before."""
    province = house.remedy.province
    if not (root / province).is_file():
        there = sorted(str(each.relative_to(root)) for each in root.glob("schemes/provinces/*.toml"))
        remedy = did_you_mean(province, there, "Name a file under schemes/provinces/.")
        yield Slip(("remedy", "province"), f"there is no file '{province}'.", remedy)


ALL = (
    the_time_zone_exists,
    the_hall_speaks,
    everybody_may_walk_in,
    the_holidays_are_known,
    the_database_is_one,
    the_queue_is_one,
    the_monitors_networks_are_some,
    the_address_is_one,
)
