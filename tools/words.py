"""The catalogues of words: what is missing, Traditional Chinese from Simplified, and their compiled form.

    python -m tools.words            derive and compile
    python -m tools.words check      name every sentence that a page says and no catalogue holds
    python -m tools.words update     put what is missing into translations/zh_Hans, to be translated
    python -m tools.words derive     write translations/zh_Hant from translations/zh_Hans
    python -m tools.words compile    write the .mo files that the hall reads

A sentence of a room stands in the room's own catalogue or in one that every room reads.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import normalize, read_po

HOUSE = Path(__file__).parent.parent
sys.path.insert(0, str(HOUSE))

from settings.traditional import traditional  # noqa: E402 - also found when this file is run by its path

CATALOGUES = HOUSE / "translations"
FOR_ALL = ("shared", "doors")
ROOMS = (
    *(
        "kiosk",
        "phone",
        "guides",
        "booking",
        "display",
        "window",
        "rating",
        "office",
        "speech",
        "printing",
        "signals",
    ),
    "feedback",
    "reports",
    "outlook",
    "assessment",
    "city",
)
CODE = (*ROOMS, "api", "web")
TRANSLATED = ("zh_Hans", "zh_Hant")

Keyword = tuple[int | tuple[int, str], ...] | None
KEYWORDS: dict[str, Keyword] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


@dataclass(frozen=True)
class Sentence:
    """One use of a sentence: whose it is, where it stands, what it says."""

    room: str
    where: str
    msgid: str
    context: str | None = None
    plural: str | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.msgid!r} is in neither {self.room}.po nor shared.po"


def sentences() -> list[Sentence]:
    """Every sentence that a template or a Python file of the rooms hands to gettext."""
    return [sentence for file in sources() for sentence in _in_file(file)]


def sources() -> Iterator[Path]:
    """Every file that may speak to people."""
    yield from sorted((HOUSE / "templates").glob("*/**/*.html"))
    for package in CODE:
        yield from sorted((HOUSE / package).glob("**/*.py"))


def room_of(file: Path) -> str:
    """Whose catalogue a file's sentences belong to."""
    parts = file.relative_to(HOUSE).parts
    room = parts[1] if parts[0] == "templates" else parts[0]
    return room if room in ROOMS else "shared"


def _in_file(file: Path) -> Iterator[Sentence]:
    method = "jinja2.ext:babel_extract" if file.suffix == ".html" else "python"
    with file.open("rb") as opened:
        found = list(extract(method, opened, KEYWORDS, options={"encoding": "utf-8", "silent": "false"}))
    for line, message, _comments, context in found:
        msgid, plural = (message, None) if isinstance(message, str) else (message[0], message[1])
        yield Sentence(room_of(file), f"{file.relative_to(HOUSE)}:{line}", msgid, context, plural)


def catalogue(language: str, name: str) -> Catalog:
    """One catalogue as it stands on the disk; an absent one is empty."""
    file = _po(language, name)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as opened:
        return read_po(opened, locale=language, domain=name, abort_invalid=True)


def names(language: str) -> list[str]:
    """The catalogues that a language has."""
    return sorted(file.stem for file in (CATALOGUES / language / "LC_MESSAGES").glob("*.po"))


def _po(language: str, name: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / f"{name}.po"


def missing(language: str) -> list[Sentence]:
    """Sentences that a reader of this language would see in English."""
    known = {name: catalogue(language, name) for name in (*ROOMS, *FOR_ALL)}
    return [each for each in sentences() if not _is_known(each, (known[n] for n in (each.room, *FOR_ALL)))]


def _is_known(sentence: Sentence, where: Iterable[Catalog]) -> bool:
    return any(_is_translated(each.get(sentence.msgid, sentence.context)) for each in where)


def _is_translated(message: Any) -> bool:
    if message is None or message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def update() -> None:
    """Add what is missing at the end of its room's catalogue, with nothing said yet."""
    lacking = {(each.room, each.context, each.msgid): each for each in missing("zh_Hans")}
    for (room, context, msgid), sentence in lacking.items():
        if catalogue("zh_Hans", room).get(msgid, context) is None:
            with _po("zh_Hans", room).open("a", encoding="utf-8") as out:
                out.write(_entry(sentence))


def _entry(sentence: Sentence) -> str:
    """A sentence as a .po file writes it."""
    lines = ["", f"#: {sentence.where}"]
    if sentence.context:
        lines.append(f"msgctxt {normalize(sentence.context)}")
    lines.append(f"msgid {normalize(sentence.msgid)}")
    if sentence.plural:
        lines.append(f"msgid_plural {normalize(sentence.plural)}")
    lines.append('msgstr[0] ""' if sentence.plural else 'msgstr ""')
    return "\n".join(lines) + "\n"


def derived(simplified: str) -> str:
    """A whole catalogue file in Traditional characters; its msgids hold none that would change."""
    return traditional(simplified).replace("zh_Hans", "zh_Hant")


def derive() -> None:
    """Write every Traditional catalogue anew."""
    for name in names("zh_Hans"):
        target = _po("zh_Hant", name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(derived(_po("zh_Hans", name).read_text("utf-8")), "utf-8")


def compile_all() -> None:
    """Write the .mo beside every .po."""
    for language in TRANSLATED:
        for name in names(language):
            with _po(language, name).with_suffix(".mo").open("wb") as out:
                write_mo(out, catalogue(language, name))


def check() -> int:
    """Print what is missing; 1 when anything is."""
    lacking = [f"{language}: {each}" for language in TRANSLATED for each in missing(language)]
    print(*lacking, sep="\n") if lacking else print("Every sentence is in a catalogue.")
    return 1 if lacking else 0


def main(arguments: list[str]) -> int:
    for wish in arguments or ["derive", "compile"]:
        if wish not in WISHES:
            print(__doc__)
            return 2
        if WISHES[wish]():
            return 1
    return 0


WISHES = {"check": check, "update": update, "derive": derive, "compile": compile_all}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
