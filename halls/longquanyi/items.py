"""Reads items.txt: departments and their services, one service for each way of an item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O, which look like 1 and 0."""

# letter: 名称, English, share of the item's minutes and days, paper that goes with it
WAYS = {
    "a": ("首次申领", "first issue", 1.0, "申请表/Application form"),
    "h": ("换领", "renewal", 0.7, "原证件/The present card or certificate"),
    "l": ("补办", "replacement", 0.6, "遗失说明/Statement of the loss"),
    "n": ("新办", "new", 1.0, "申请表/Application form"),
    "c": ("变更", "change", 0.7, "变更证明材料/Evidence of the change"),
    "r": ("延续", "extension", 0.7, "原证件/The present card or certificate"),
    "x": ("注销", "cancellation", 0.5, "原证件/The present card or certificate"),
    "s": ("设立", "formation", 1.0, "设立登记申请书/Application for registration"),
    "j": ("参保登记", "enrolment", 1.0, "参保登记表/Enrolment form"),
    "d": ("申领", "claim", 1.0, "本人银行卡/Your own bank card"),
    "z": ("转移", "transfer", 0.8, "参保凭证/Proof of insurance"),
}
USUAL = {
    "p": ("本人有效身份证件原件/Your own ID, the original",),
    "b": ("营业执照副本/Business licence (duplicate)", "经办人身份证件/ID of the person who comes"),
}
FOUNDERS = ("法定代表人或经营者身份证件/ID of the legal representative or owner",)


@dataclass
class Service:
    """One line of the items file in one of its ways."""

    id: str
    item: str
    item_en: str
    zh: str
    en: str
    prefix: str
    minutes: int
    days: int
    fee: str
    materials: list[str]
    common: bool


@dataclass
class Department:
    """A department with its services; without windows of its own it is a guest of its host's."""

    id: str
    zh: str
    en: str
    letters: str
    area: str
    count: int
    host: str
    services: list[Service] = field(default_factory=list)
    guests: list[str] = field(default_factory=list)


def read_departments(text: str) -> list[Department]:
    departments: list[Department] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        fields = [part.strip() for part in line.removeprefix("@").split("|")]
        if line.startswith("@"):
            departments.append(department_of(fields))
        elif not line.startswith("#"):
            departments[-1].services += list(services_of(departments[-1], fields))
    for each in departments:
        for guest in departments:
            each.guests += [guest.id] * (guest.host == each.id)
    return departments


def department_of(fields: list[str]) -> Department:
    id_, zh, en, letters, area, windows = fields
    host = windows.removeprefix("+") if windows.startswith("+") else ""
    return Department(id_, zh, en, letters, area, 0 if host else int(windows), host)


def services_of(department: Department, fields: list[str]) -> Iterator[Service]:
    zh, en, whose, minutes, days, fee, materials = fields + [""] * (7 - len(fields))
    who, ways = whose.split(":")
    for n, way in enumerate(ways.replace("*", "")):
        name, english, share, paper = WAYS.get(way, ("", "", 1.0, ""))
        yield Service(
            id=slug(f"{department.id} {en} {english}"),
            item=zh,
            item_en=en,
            zh=f"{zh}（{name}）" if name else zh,
            en=f"{en}: {english}" if english else en,
            prefix=department.letters + LETTERS[len(department.services) + n],
            minutes=min(25, max(3, round(int(minutes) * share))),
            days=ceil(int(days or 0) * share),
            fee=fee if way not in "cx" else "",
            materials=[*(FOUNDERS if way == "s" else USUAL[who]), *split(paper), *own_papers(materials, way)],
            common=f"{way}*" in ways,
        )


def own_papers(materials: str, way: str) -> list[str]:
    """The item's own papers; who gives something up or lost it needs none of them."""
    return [] if way in ("x", "l") else split(materials)


def split(papers: str) -> list[str]:
    return [each.strip() for each in papers.split(";") if each.strip()]


def slug(name: str) -> str:
    kept = "".join(letter if letter.isalnum() else " " for letter in name.lower().replace("é", "e"))
    return "-".join(kept.replace(" s ", "s ").split())
