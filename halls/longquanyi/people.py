"""Draws the invented staff and seats them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from longquanyi.windows import Window

SEED = 20261012
CLERKS = 286
OTHERS = (
    ("导办员/Guide", "guide", 9),
    ("效能监察员/Inspector", "inspector", 3),
    ("系统管理员/System administrator", "administrator", 2),
)
Words = dict[str, list[str]]


@dataclass(frozen=True)
class Person:
    """Somebody who works here; name, post and promise are "中文/English"."""

    id: str
    name: str
    post: str
    role: str
    promise: str = ""
    windows: tuple[str, ...] = ()


class People:
    """Draws names that nobody else in the hall has."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._random = Random(SEED)
        self._taken: set[str] = set()

    def hire(self, post: str, role: str, promise: str = "", windows: tuple[str, ...] = ()) -> Person:
        id_, name = self._draw()
        return Person(id_, name, post, role, promise, windows)

    def _draw(self) -> tuple[str, str]:
        """The id and the name of a new person."""
        surname, *given = self._one("surnames"), self._one("given"), self._one("given")
        zh = "".join(each[0] for each in (surname, *given))
        if zh in self._taken or given[0] == given[1]:
            return self._draw()
        self._taken.add(zh)
        name = "".join(each[1:] for each in given)
        return self._id(surname[1:] + name), f"{zh}/{surname[1:]} {name.title()}"

    def _one(self, kind: str) -> str:
        return self._words[kind][int(self._random.random() * len(self._words[kind]))]

    def _id(self, name: str) -> str:
        base = name.lower().replace("ü", "v")
        free = next(each for each in (base, *(f"{base}{n}" for n in range(2, 99))) if each not in self._taken)
        self._taken.add(free)
        return free


def read_words(text: str) -> Words:
    """The lists of people.txt; promises are whole lines, the others single words."""
    words: Words = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.endswith("="):
            words[line.removesuffix("=").strip()] = kind = []
        elif not line.startswith("#"):
            kind += [line] if "/" in line else line.split()
    return words


def staff_of(windows: list[Window], areas: dict[str, str], words: Words) -> Iterator[Person]:
    """A clerk for every window, then substitutes from the first window on; then everybody else."""
    people, promises = People(words), words["promises"]
    for n in range(CLERKS):
        seats = seats_at(windows, n % len(windows))
        yield people.hire(post_of(windows, n), "clerk", promises[n % len(promises)], seats)
    for area in areas.values():
        zh, en = area.split("/")
        yield people.hire(f"{zh}值班主任/Supervisor, {en}", "supervisor")
    for post, role, count in OTHERS:
        yield from (people.hire(post, role) for _ in range(count))


def post_of(windows: list[Window], n: int) -> str:
    """The first clerk of a department is its chief representative; who comes second to a window stands in."""
    if n >= len(windows):
        return "窗口工作人员（B岗）/Window clerk (substitute)"
    first = n == 0 or windows[n].department is not windows[n - 1].department
    return "首席代表/Chief representative" if first else "窗口工作人员（A岗）/Window clerk"


def seats_at(windows: list[Window], at: int) -> tuple[str, ...]:
    """Their own window, and the next one if it belongs to the same department."""
    near = windows[at : at + 2]
    return tuple(each.id for each in near if each.department is windows[at].department)
