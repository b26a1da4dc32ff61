"""What became of each call of a run: judged by the log of announcements, told as a table and in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from tests.running import Json

AREAS = ("main", "upstairs", "east")
CLEARED_WITHIN = 60.0
SHORTEST, FAINTEST = 0.5, 200
"""Seconds and root mean square of a sound that is one."""

TOLERANCE = 0.15
"""Seconds by which a sentence may seem shorter than its sound: a browser mixes ahead of what is heard, and
says that a sound has ended when it has been mixed. The next one is mixed after it, so they don't overlap."""

Loudness = dict[tuple[str, str], tuple[float, float]]


@dataclass
class Call:
    """One press that called somebody, and what was done about it afterwards."""

    seq: int
    area: str
    window: str
    number: str
    pressed: float
    then: str = ""


@dataclass
class Told:
    """All that is known when a run is over."""

    calls: list[Call]
    lines: list[Json]
    heard: Loudness
    cleared: float


def seconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()


def faults_of(told: Told) -> dict[str, list[str]]:
    """Each finding in one line; empty lists are what everybody wants."""
    return {
        "overlaps": list(overlaps(told.lines)),
        "out_of_order": list(disorder(told.lines, told.calls)),
        "unaccounted": list(unaccounted(told.lines, told.calls)),
        "twice": list(twice(told.lines)),
        "not_heard": list(unsound(told.lines, told.heard)),
        "late": [f"{told.cleared:.1f} s"] if told.cleared >= CLEARED_WITHIN else [],
    }


def overlaps(lines: Sequence[Json]) -> Iterator[str]:
    """Two sentences of one area that sounded at once."""
    for area in AREAS:
        sounded = [line for line in lines if line["area"] == area and line["began_real"]]
        sounded.sort(key=lambda line: str(line["began_real"]))
        for one, next_one in pairwise(sounded):
            if seconds(next_one["began_real"]) < seconds(one["ended_real"]):
                yield f"{area}: {next_one['number']} began before {one['number']} had ended"


def disorder(lines: Sequence[Json], calls: Sequence[Call]) -> Iterator[str]:
    """Areas in which a call was said before an earlier one."""
    order = [call.seq for call in calls]
    for area in AREAS:
        mine = [line for line in lines if line["area"] == area and line["outcome"] == "said"]
        said = list(dict.fromkeys(line["call"] for line in mine))
        if said != sorted(said, key=order.index):
            yield f"{area}: {said}"


def is_first(line: Json) -> bool:
    """Of the call's sentences the one that is left out last."""
    return (line["language"], line["turn"]) == ("zh_Hans", 1)


def unaccounted(lines: Sequence[Json], calls: Sequence[Call]) -> Iterator[str]:
    """Calls that were neither said nor skipped for the reason that they should be."""
    for call in calls:
        mine = [line for line in lines if line["call"] == call.seq and is_first(line)]
        became = [line["reason"] or line["outcome"] for line in mine]
        if became not in (["said"], [call.then]):
            yield f"{call.number} became {became}, not said or {call.then or 'nothing else'}"


def twice(lines: Sequence[Json]) -> Iterator[str]:
    said = Counter((x["call"], x["language"], x["turn"]) for x in lines if x["outcome"] == "said")
    yield from (f"{each} was said {times} times" for each, times in said.items() if times > 1)


def unsound(lines: Sequence[Json], heard: Loudness) -> Iterator[str]:
    """Said, but not by the hall's voice, or its sound too short, silent, or longer than the saying."""
    for line in (line for line in lines if line["outcome"] == "said"):
        length, loud = heard.get((line["number"], line["language"]), (0.0, 0.0))
        took = seconds(line["ended_real"]) - seconds(line["began_real"])
        is_sound = length > SHORTEST and loud > FAINTEST and took > length - TOLERANCE
        if line["by"] != "hall" or not is_sound:
            what = f"{line['number']} {line['language']} by {line['by'] or 'nobody'}"
            yield f"{what}: sound of {length:.2f} s, rms {loud:.0f}, said in {took:.2f} s"


def table(told: Told) -> Iterator[str]:
    """What was said, area by area, in seconds since the first call; and why something wasn't."""
    zero = told.calls[0].pressed
    pressed = {call.seq: call.pressed - zero for call in told.calls}
    for area in AREAS:
        yield f"\n{area}\n{'called':>8} {'began':>8} {'ended':>8}  number  window  what"
        mine = [line for line in told.lines if line["area"] == area]
        sounded = [line for line in mine if line["began_real"]]
        for line in sorted(sounded, key=lambda line: str(line["began_real"])):
            times = [seconds(line[name]) - zero for name in ("began_real", "ended_real")]
            what = f"{line['language']} {line['turn']} {line['outcome']}{' again' * line['again']}"
            yield row(pressed[line["call"]], [f"{time:.2f}" for time in times], line, what)
        for line in mine:
            if line["outcome"] == "skipped" and is_first(line):
                yield row(pressed[line["call"]], ["-", "-"], line, f"skipped: {line['reason']}")
        dropped = Counter((x["language"], x["turn"]) for x in mine if x["reason"] == "backlog")
        left = [f"{language} {turn} of {n} calls" for (language, turn), n in sorted(dropped.items())]
        yield f"left out while others waited: {', '.join(left) or 'nothing'}"


def row(called: float, times: Sequence[str], line: Json, what: str) -> str:
    return f"{called:8.1f} {times[0]:>8} {times[1]:>8}  {line['number']:6}  {line['window']:6}  {what}"


def summary(told: Told) -> str:
    """One line of figures; what went wrong stands last."""
    said = [line for line in told.lines if line["outcome"] == "said"]
    first = [line for line in said if is_first(line)]
    ages = [seconds(line["began_at"]) - seconds(line["called_at"]) for line in first]
    lengths, louds = zip(*told.heard.values(), strict=True)
    figures = (
        f"calls={len(told.calls)} said={len(first)} sentences={len(said)} oldest={max(ages):.1f}s"
        f" cleared={told.cleared:.1f}s sounds={len(lengths)} seconds={min(lengths):.2f}-{max(lengths):.2f}"
        f" rms={min(louds):.0f}-{max(louds):.0f}"
    )
    return " ".join([figures, *(f"{name}={len(found)}" for name, found in faults_of(told).items())])
