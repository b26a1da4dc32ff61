"""An assessment as a table in a terminal, in Chinese or English as the machine's own language says."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from unicodedata import east_asian_width

from queueing.records import Json
from settings.traditional import traditional

WORDS = {
    "score": ("得分", "Score"),
    "none": ("没有得分：缺少数据", "no score: a figure is missing"),
    "part": ("部分", "Part"),
    "item": ("项目", "Item"),
    "times": ("次数", "Times"),
    "each": ("每次", "Each"),
    "asked": ("应计", "Asked"),
    "cut": ("限额减去", "Cut"),
    "points": ("计分", "Points"),
    "of": ("满分", "Of"),
    "bonus": ("加分", "Bonus"),
    "malus": ("扣分（另计）", "Malus"),
    "adjustment": ("公众评价", "The public's verdict"),
    "grade": ("等次", "Grade"),
    "passes": ("合格", "Passes"),
    "fails": ("不合格", "Doesn't pass"),
    "barred": ("不得参评", "No award"),
    "mean": ("月均分", "Mean of the months"),
    "missing": ("未计入的月份", "Months that don't count"),
    "not_counted": ("本办法不计的事项", "Not counted by this scheme"),
    "nothing": ("没有计分的事项。", "Nothing counted."),
    "window": ("窗口", "window"),
    "clerk": ("人员", "clerk"),
    "version": ("第{}版", "version {}"),
}


def language(environment: Mapping[str, str] = os.environ) -> str:
    """zh_Hans, zh_Hant or en, by the machine's own setting."""
    told = next((environment[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(key)), "")
    if not told.lower().startswith("zh"):
        return "en"
    return "zh_Hant" if any(place in told for place in ("TW", "HK", "MO", "Hant")) else "zh_Hans"


NOTE = 7
"""The column of a line's note."""


FACTS_SHOWN = 3


class Table:
    """Writes one assessment in one language."""

    def __init__(self, tongue: str) -> None:
        self._tongue = tongue

    def word(self, key: str) -> str:
        zh, en = WORDS[key]
        return en if self._tongue == "en" else traditional(zh) if self._tongue == "zh_Hant" else zh

    def said(self, name: Json) -> str:
        return str(name[self._tongue])

    def of(self, title: str, told: Json) -> str:
        """Title, score, parts, lines, what is on top, bars."""
        blocks = [self._head(title, told), self._parts(told["parts"]), self._lines(told["lines"])]
        return "\n\n".join(block for block in [*blocks, self._end(told)] if block)

    def _head(self, title: str, told: Json) -> str:
        score = self.word("none") if told["score"] is None else shown(told["score"])
        return f"{title}\n{self.word('score')}: {score}"

    def _parts(self, parts: Sequence[Json]) -> str:
        rows = [["", self.word("part"), self.word("points"), self.word("of"), self.word("cut")]]
        rows += [
            [
                part["code"],
                self.said(part["name"]),
                shown(part["score"]),
                shown(part["maximum"]),
                off(part["cut"]),
            ]
            for part in parts
        ]
        return columns(rows) if parts else ""

    def _lines(self, lines: Sequence[Json]) -> str:
        if not lines:
            return self.word("nothing")
        head = ["", self.word("item"), *map(self.word, ("times", "each", "asked", "cut", "points")), ""]
        return columns([head, *map(self._row, lines)])

    def _row(self, line: Json) -> list[str]:
        figures = [shown(line["times"]), signed(line["points_each"]), signed(line["asked"]), off(line["cut"])]
        told = [self.said(line["note"])] if line["note"] else []
        note = " ".join([*told, evidence(line["facts"])]).strip()
        return [line["code"], self.said(line["name"]), *figures, signed(line["points"]), note]

    def _end(self, told: Json) -> str:
        lines = [f"{self.word('mean')}: {shown(told['mean'])}"] if told.get("mean") is not None else []
        lines += [
            f"{self.word(key)}: {signed(told[key])}"
            for key in ("bonus", "malus", "adjustment")
            if told.get(key)
        ]
        lines += self._left_out(told)
        if told["grade"]:
            lines += [f"{self.word('grade')}: {told['grade']}"]
        if told["passes"] is not None:
            lines += [self.word("passes" if told["passes"] else "fails")]
        bars = [(self.said(bar["name"]), ", ".join(bar["periods"])) for bar in told["barred"]]
        return "\n".join(lines + [f"{self.word('barred')} ({when}): {why}" for why, when in bars])

    def _left_out(self, told: Json) -> list[str]:
        """Months of a year without facts, and facts of kinds that the scheme doesn't know."""
        months, kinds = told.get("missing"), told.get("not_counted")
        lines = [f"{self.word('missing')}: {', '.join(months)}"] if months else []
        each = [f"{one['item']} {evidence(one['facts'])}" for one in kinds or ()]
        return lines + ([f"{self.word('not_counted')}: {', '.join(each)}"] if each else [])


def evidence(facts: Sequence[str]) -> str:
    """The first facts by their ids; the JSON has all of them."""
    more = f" … +{len(facts) - FACTS_SHOWN}" if len(facts) > FACTS_SHOWN else ""
    return f"[{', '.join(facts[:FACTS_SHOWN])}{more}]" if facts else ""


def shown(value: float | None) -> str:
    return "–" if value is None else f"{round(value, 4):g}"


def signed(value: float | None) -> str:
    return "–" if value is None else f"{round(value, 4):+g}" if value else "0"


def off(value: float) -> str:
    return shown(value) if value else ""


def width(text: str) -> int:
    """Chinese characters take two places in a terminal."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def columns(rows: Sequence[Sequence[str]]) -> str:
    widest = [max(width(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(_padded(row, widest).rstrip() for row in rows)


def _padded(row: Sequence[str], widest: Sequence[int]) -> str:
    """Names to the left, figures to the right."""
    cells = []
    for at, text in enumerate(row):
        gap = " " * (widest[at] - width(text))
        cells.append(text + gap if at < 2 or at == NOTE else gap + text)
    return "  ".join(cells)
