"""Webhooks and LED strips: addresses that can be reached, windows that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from queueing.house import House
from settings.checks.names import ID
from settings.checks.places import is_address, is_host
from settings.checks.work import unknown
from settings.findings import KeyPath, Slip

ADDRESS = re.compile(r"https?://[^\s?#]+(\?[^\s#]*)?")
CONTACT = re.compile(
    r"mailto:[^@\s]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+|https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(/\S*)?"
)
FILE = re.compile(r"[A-Za-z0-9_-]+\.jsonl")
PLACE = re.compile(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?")
LAST_PORT = 65535


def figures(house: House) -> Iterator[tuple[KeyPath, float, float]]:
    """Every number of them, with the least that makes sense."""
    yield ("signals", "ahead"), house.signals.ahead, 0
    for at, hook in enumerate(house.signals.hooks):
        yield ("signals", "hooks", at, "timeout_seconds"), hook.timeout_seconds, 0.1
        yield ("signals", "hooks", at, "give_up_minutes"), hook.give_up_minutes, 0.1
    for at, controller in enumerate(house.led):
        yield ("led", at, "characters"), controller.characters, 1


def hooks_have_a_name_and_an_address(house: House) -> Iterator[Slip]:
    """Ids name a file in the data folder as well, and some disks take A for a."""
    names = [hook.id.lower() for hook in house.signals.hooks]
    for at, hook in enumerate(house.signals.hooks):
        path: KeyPath = ("signals", "hooks", at)
        if not ID.fullmatch(hook.id) or hook.id.lower() in names[:at]:
            yield Slip(
                (*path, "id"), f"'{hook.id}' can't be a hook's id.", "Give each its own, A-Z, a-z, 0-9."
            )
        if hook.is_file and FILE.fullmatch(hook.file):
            continue
        if not ADDRESS.fullmatch(hook.url) or not is_address(hook.url):
            remedy = 'Write it like "http://10.0.0.9:8080/hall".'
            yield Slip((*path, "url"), f"'{hook.url}' isn't an address to send to.", remedy)


def push_names_who_answers_for_it(house: House) -> Iterator[Slip]:
    """Push services refuse what nobody signs for."""
    rules = house.signals
    if rules.push and not CONTACT.fullmatch(rules.push_contact):
        yield Slip(
            ("signals", "push_contact"), f"'{rules.push_contact}' can't be written to.",
            'Phones are told with push = true only if it is like "mailto:hall@example.org".',
        )  # fmt: skip
    for at, service in enumerate(rules.push_services):
        if not PLACE.fullmatch(service):
            yield Slip(
                ("signals", "push_services", at), f"'{service}' isn't a host.",
                'Write it like "fcm.googleapis.com" or "*.push.apple.com".',
            )  # fmt: skip


def strips_hang_above_windows(house: House) -> Iterator[Slip]:
    known = {window.id for window in house.windows}
    for at, controller in enumerate(house.led):
        for n, word in enumerate(controller.windows):
            yield from unknown(("led", at, "windows", n), "window", word, known)
        if not is_host(controller.host):
            yield Slip(("led", at, "host"), f"{controller.host!r} isn't a host.", 'Write "10.0.0.31".')
        if not 0 < controller.port <= LAST_PORT:
            yield Slip(("led", at, "port"), f"there is no port {controller.port}.", "Use 1 to 65535.")


ALL = (hooks_have_a_name_and_an_address, push_names_who_answers_for_it, strips_hang_above_windows)
