"""Figures that make no sense: too small, too large, or not a figure at all."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from queueing.house import House
from settings.checks import bookings, signals
from settings.findings import KeyPath, Slip

Figure = tuple[KeyPath, float, float]
"""Where, how much, and the least that makes sense."""

LEAST_OF_SERVICE = {"minutes": 0.1, "limit_days": 0, "daily_limit": 0, "promised_wait_minutes": 0}
LEAST: dict[tuple[str, str], float] = {
    ("server", "port"): 0,
    ("server", "trusted_proxies"): 0,
    ("server", "database_looks"): 1,
    ("limits", "undo_seconds"): 0,
    ("limits", "reinstate_places"): 0,
    ("limits", "reinstatements"): 0,
    ("limits", "reinstate_minutes"): 0,
    ("limits", "calls_before_no_show"): 1,
    ("limits", "issue_early_minutes"): 0,
    ("limits", "idempotency_hours"): 0,
    **{
        ("doors", key): 1
        for key in ("presses", "looks", "of_ticket", "of_strangers", "sign_ins", "sockets", "lookups")
    },
    ("doors", "sockets_of_strangers"): 1,
    ("doors", "connections_per_address"): 1,
    ("doors", "request_seconds"): 1,
    ("phone", "postpone_minutes"): 1,
    ("phone", "postpones"): 0,
    **{("closing", key): 0 for key in ("grace_minutes", "slack_minutes", "ahead_minutes")},
    ("waits", "plays"): 5,
    ("waits", "learn_days"): 0,
    ("waits", "ready_minutes"): 0,
    ("rating", "pad_seconds"): 1,
    ("rating", "answer_seconds"): 0,
    ("rating", "phone_days"): 0,
    ("rating", "clerk_batch"): 1,
    ("rating", "fewest"): 1,
    ("scoring", "appeal_days"): 1,
    ("fallback", "numbers"): 1,
    ("slip", "materials"): 0,
    ("slip", "again_seconds"): 0,
    ("slip", "late_minutes"): 0,
    ("slip", "look_seconds"): 0.1,
    ("voice", "repeats"): 1,
    ("voice", "drop_repeats_over"): 0,
    ("voice", "drop_languages_over"): 0,
    ("voice", "hurry_seconds"): 0,
    ("voice", "backlog_seconds"): 1,
    ("voice", "rate"): 80,
    ("voice", "pitch"): 0,
    ("rating", "flag_at_once_seconds"): 0,
    ("rating", "flag_run_of_best"): 0,
    ("rating", "flag_same_timing"): 0,
    ("rating", "flag_short_service_seconds"): 0,
    ("identity", "open_per_service"): 1,
    ("identity", "open_in_hall"): 1,
    ("identity", "no_shows"): 0,
    ("identity", "no_show_days"): 1,
    ("identity", "blocked_days"): 0,
    ("identity", "keep_days"): 1,
    ("cases", "timeout_seconds"): 0.1,
    ("cases", "per_minute"): 1,
    ("complaints", "pass_on_hours"): 0.1,
    ("complaints", "solve_hours"): 0.1,
    ("complaints", "solve_major_hours"): 0.1,
    ("complaints", "ask_days"): 0.1,
    ("complaints", "warn_share"): 0,
    ("complaints", "per_ticket"): 1,
    ("complaints", "per_hour"): 0,
    ("complaints", "contact_days"): 0,
    ("complaints", "keep_days"): 1,
    ("callbacks", "per_week"): 0,
    ("callbacks", "keep_days"): 1,
    ("bookings", "slot_minutes"): 5,
    ("bookings", "days_ahead"): 0,
    ("bookings", "lead_minutes"): 0,
    ("bookings", "early_minutes"): 0,
    ("bookings", "grace_minutes"): 0,
    ("bookings", "late_minutes"): 0,
    ("bookings", "moves"): 0,
    ("bookings", "open_per_person"): 1,
    ("bookings", "open_per_address"): 1,
    ("bookings", "missed"): 0,
    ("bookings", "missed_days"): 1,
    ("bookings", "blocked_days"): 0,
    ("bookings", "keep_days"): 1,
    ("bookings", "per_minute"): 1,
    ("backup", "every_hours"): 0.1,
    ("backup", "keep_hourly"): 1,
    ("backup", "keep_daily"): 0,
    ("backup", "keep_monthly"): 0,
    ("remedy", "contact_days"): 0,
    ("remedy", "put_right_days"): 0,
    ("remedy", "warn_days"): 0,
    ("remedy", "link_days"): 1,
    ("remedy", "contact_keep_days"): 1,
    ("keep", "comment_days"): 0,
    ("keep", "device_days"): 0,
    ("keep", "aside_days"): 1,
    ("keep", "announcement_days"): 1,
    ("keep", "evidence_days"): 1,
    ("keep", "fact_note_days"): 1,
    ("reports", "keep_days"): 1,
    **{
        ("reports", key): 0
        for key in ("pile_visits", "pile_seconds", "quiet_minutes", "together_visits", "together_seconds")
    },
    ("reports", "short_seconds"): 0,
    ("reports", "long_minutes"): 0,
    ("reports", "behind_sign_minutes"): 0,
    ("reports", "many_times"): 0,
    ("reports", "jump_times"): 0,
    ("reports", "jump_least"): 0,
    ("duty", "late_minutes"): 0,
    ("duty", "unattended_minutes"): 0,
    ("duty", "promised_wait_minutes"): 0,
}
MOST = 100_000
"""Of anything: as days or hours more leave the calendar, and nothing of a hall is counted so high."""

LAST_PORT = 65535
MOST_RESERVED = 200
"""A larger block would fill a kiosk's memory with the codes of its numbers."""


def figures_of(house: House) -> Iterator[Figure]:
    """Every number of the house but the bands."""
    for (section, key), least in LEAST.items():
        yield (section, key), getattr(getattr(house, section), key), least
    for at, service in enumerate(house.services):
        for key, least in LEAST_OF_SERVICE.items():
            yield ("services", at, key), getattr(service, key), least
        yield ("services", at, "guide", "legal_days"), service.guide.legal_days, 0
        for n, each in enumerate(service.guide.materials):
            yield ("services", at, "guide", "materials", n, "copies"), each.copies, 0
    for at, pause in enumerate(house.pauses):
        yield ("pauses", at, "minutes"), pause.minutes, 0
    for at, area in enumerate(house.areas):
        yield ("areas", at, "walk_minutes"), area.walk_minutes, 0
        yield ("areas", at, "get_ready"), area.get_ready, 0
    for at, window in enumerate(house.windows):
        for n, help_ in enumerate(window.helps):
            yield ("windows", at, "helps", n, "reluctance"), help_.reluctance, 0
    for at, loudness in enumerate(house.voice.volume):
        yield ("voice", "volume", at, "percent"), loudness.percent, 0
    for at, rule in enumerate(house.rules):
        yield ("rules", at, "at_least_minutes"), rule.at_least_minutes, 0
    yield from signals.figures(house)
    yield from bookings.figures(house)
    yield from _of_classes(house)


def _of_classes(house: House) -> Iterator[Figure]:
    """A class may start behind the others, but no class may lose its turn by waiting."""
    for name, ticket_class in house.classes.items():
        yield ("classes", name, "head_start"), ticket_class.head_start, float("-inf")
        yield ("classes", name, "rate"), ticket_class.rate, 0
        yield ("classes", name, "age"), ticket_class.age, 0
        yield ("classes", name, "walk_minutes"), ticket_class.walk_minutes, 0


def figures_make_sense(house: House) -> Iterator[Slip]:
    for path, value, least in figures_of(house):
        if not isfinite(value):
            yield Slip(path, f"{value} isn't a figure.", "Write a plain number.")
        elif value < least:
            yield Slip(path, f"{value:g} is less than makes sense.", f"Use {least:g} or more.")
        elif value > MOST:
            yield Slip(path, f"{value:g} is more than makes sense.", f"Use {MOST:,} or less.")


def the_port_exists(house: House) -> Iterator[Slip]:
    if house.server.port > LAST_PORT:
        problem = f"there is no port {house.server.port}."
        yield Slip(("server", "port"), problem, f"The last one is {LAST_PORT}.")


def bands_hold_numbers(house: House) -> Iterator[Slip]:
    for at, service in enumerate(house.services):
        first, last = service.band
        if not 0 <= first <= last:
            problem = f"no number lies in {first} to {last}."
            yield Slip(("services", at, "band"), problem, "Write the first and the last one, like [1, 999].")


def blocks_are_small(house: House) -> Iterator[Slip]:
    if house.fallback.numbers > MOST_RESERVED:
        problem = f"a kiosk can't keep {house.fallback.numbers} numbers."
        yield Slip(
            ("fallback", "numbers"), problem, f"Use {MOST_RESERVED} or fewer; it reserves more by itself."
        )


def identities_are_kept_for_as_long_as_they_are_counted(house: House) -> Iterator[Slip]:
    rules = house.identity
    if rules.keep_days < rules.needed_days:
        problem = f"{rules.keep_days} days are too few to count no-shows and to end a block."
        remedy = f"Use no_show_days + blocked_days = {rules.needed_days} or more, or no_shows = 0."
        yield Slip(("identity", "keep_days"), problem, remedy)


ALL = (
    figures_make_sense,
    the_port_exists,
    bands_hold_numbers,
    blocks_are_small,
    identities_are_kept_for_as_long_as_they_are_counted,
)
