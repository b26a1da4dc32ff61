"""What a board shows besides its calls, as its script wants it: in one language, with what the hall knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from display.facts import Facts, area_named, say, windows_of
from display.timetable import timetable
from queueing.boards import Composition, Media, Said, Slide
from queueing.clock import business_day, instant
from queueing.hours import FAR
from queueing.house import Area, House, Text
from scoring.published import published
from web.boards import composed_here, without_missing
from web.context import Built, here
from web.honours import flags_on_show
from web.media import TYPES, files_there

MOST_TIMETABLES = 3


def shown_here(area: Area | None, language: str) -> Facts:
    """For the board that asks: its composition with everything in it spelled out."""
    composition, media, number = composed_here(area.id if area else None)
    there = {each.id: each for each in media if each.id in files_there(media)}
    composition = without_missing(composition, set(there))
    return spelled_out(here(), composition, there, area, language) | {"composed": number}


def spelled_out(
    built: Built, composition: Composition, media: dict[str, Media], area: Area | None, language: str
) -> Facts:
    house = built.house
    notices = [say(notice, language) for notice in house.hall.notices]
    return composition.plain() | {
        "hall_notices": notices,
        "notices": said(composition.notices, language),
        "promises": said(composition.promises, language),
        "playlist": [slide_facts(slide, media[slide.media]) for slide in composition.playlist],
        "red_flags": flags_now(built, area, language),
        "published": published_now(built),
        "open": stretches(built, area),
        "timetables": timetables(house, area, language),
    }


def said(lines: tuple[Said, ...], language: str) -> list[str]:
    return [say(Text(line.zh, line.en or line.zh), language) for line in lines]


def slide_facts(slide: Slide, media: Media) -> Facts:
    return {
        "src": f"/media/{media.id}",
        "kind": media.kind,
        "type": TYPES[media.suffix],
        "seconds": slide.seconds,
    }


def flags_now(built: Built, area: Area | None, language: str) -> Facts:
    """The red-flag windows that a supervisor published last; of an area's board those of the area."""
    found = built.store.look(flags_on_show)
    if found is None:
        return {"period": None, "day": None, "windows": []}
    ours = {window.id for window in windows_of(built.house, area)}
    windows = [
        {"window": each["subject"], "name": each["name"][language]}
        for each in found["windows"]
        if each["subject"] in ours
    ]
    return found | {"windows": windows}


def published_now(built: Built) -> Facts | None:
    """The last month's ratings of the hall, where so many rated that it tells nobody's."""
    told: dict[str, Any] = built.in_thread(lambda: built.store.look(lambda desk: published(built.hall, desk)))
    return told if told["told"] else None


def stretches(built: Built, area: Area | None) -> list[tuple[str, str]]:
    """When any window of the board is open in the days to come, overlapping stretches joined."""
    zone = ZoneInfo(built.house.hall.timezone)
    today = business_day(built.hall.now(), built.house.hall.timezone)
    found = {
        (instant(opens.replace(tzinfo=zone)), instant(closes.replace(tzinfo=zone)))
        for window in windows_of(built.house, area)
        for ahead in range(FAR)
        for opens, closes in built.hall.hours.stretches(window, today + timedelta(days=ahead))
    }
    return joined(sorted(found))


def joined(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    whole: list[tuple[str, str]] = []
    for opens, closes in found:
        if whole and opens <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(closes, whole[-1][1]))
        else:
            whole.append((opens, closes))
    return whole


def timetables(house: House, area: Area | None, language: str) -> list[list[dict[str, str]]]:
    """The opening hours that most windows keep first, each once."""
    windows = windows_of(house, area)
    kept = {each.id: each for each in house.hours}
    counted: dict[str, int] = {}
    for window in windows:
        counted[window.hours] = counted.get(window.hours, 0) + 1
    most = sorted(counted, key=lambda name: -counted[name])[:MOST_TIMETABLES]
    first = {name: next(w.id for w in windows if w.hours == name) for name in most}
    found = [timetable(kept[name], first[name], language) for name in most]
    return [rows for place, rows in enumerate(found) if rows not in found[:place]]


def of_area(area: str | None) -> Area | None:
    return area_named(here().house, area) if area else None
