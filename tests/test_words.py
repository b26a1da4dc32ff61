"""Guards the words: every sentence stands in the catalogues, in every language, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from jinja2 import Environment

import queueing.people
import scoring.errors
import scoring.remedy_errors
import web.refusals
from queueing.errors import HallError
from tools.words import FOR_ALL, HOUSE, TRANSLATED, catalogue, derived, missing, names
from web.sentences import SENTENCES

IN_EVERY_LANGUAGE_AT_ONCE = {"static/display/sentences.js"}
"""Scripts that are catalogues themselves: the loudspeaker says one call in one language after the other."""

TEMPLATES = sorted((HOUSE / "templates").glob("**/*.html"))
SCRIPTS = [
    file
    for file in sorted((HOUSE / "static").glob("**/*.js"))
    if "vendor" not in file.parts and str(file.relative_to(HOUSE)) not in IN_EVERY_LANGUAGE_AT_ONCE
]
CATALOGUES = [(language, name) for language in TRANSLATED for name in names("zh_Hans")]

THE_SAME_EVERYWHERE = {"QR", "FTP", "km"}
"""What a template may say without a catalogue."""

SPARE_SENTENCES = {"The hall did not answer. Please look whether it was done before you press again."}
"""What a script may say by itself: for a page that gave it no words."""

SPOKEN = {"aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription"}
CHINESE = re.compile(r"[㐀-鿿豈-﫿]")
WORDS = re.compile(r"[㐀-鿿]|[A-Za-z]{2,}")
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
SOURCE = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)|(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)""",
    re.DOTALL,
)
FOR_BUILDERS = re.compile(r"(?:console\.\w+|Error)\(\s*$")
SENTENCE = re.compile(r"[A-Z][a-z']+(?: [\w'’,;:-]+){2,}[.?!…]?")


def of(file: Path) -> str:
    return str(file.relative_to(HOUSE))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_in_a_catalogue(language: str) -> None:
    assert [str(each) for each in missing(language)] == []


@pytest.mark.parametrize(("language", "name"), CATALOGUES)
def test_every_entry_is_translated_and_keeps_its_places(language: str, name: str) -> None:
    for message in catalogue(language, name):
        if not message.id:
            continue
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        asked = message.id if isinstance(message.id, tuple) else (message.id,)
        assert all(said) and not message.fuzzy, f"{name}.po: {asked[0]!r} isn't translated"
        for each in said:
            assert set(PLACES.findall(each)) <= set(PLACES.findall(asked[-1])), f"{name}.po: {each}"


@pytest.mark.parametrize("name", names("zh_Hans"))
def test_traditional_chinese_is_what_the_simplified_gives(name: str) -> None:
    simplified, traditional = (
        (HOUSE / "translations" / language / "LC_MESSAGES" / f"{name}.po").read_text("utf-8")
        for language in TRANSLATED
    )
    assert traditional == derived(simplified), "run: python tools/words.py"
    assert names("zh_Hant") == names("zh_Hans")


READ = (queueing.people, scoring.errors, scoring.remedy_errors, web.refusals)


def every_refusal() -> list[type[HallError]]:
    """All kinds that exist once the files of READ have been read."""
    found, ahead = [], [HallError]
    while ahead:
        ahead += (kind := ahead.pop()).__subclasses__()
        found.append(kind)
    return found


def test_every_refusal_has_a_sentence_that_its_details_fill() -> None:
    for kind in every_refusal():
        assert kind.code in SENTENCES, f"{kind.__name__}: no sentence for {kind.code!r}"
        given = {name for _, name, _, _ in Formatter().parse(kind.sentence) if name}
        asked = set(re.findall(r"%\((\w+)\)s", SENTENCES[kind.code]._args[0]))
        assert asked <= given, f"{kind.__name__} doesn't know {asked - given}"


def test_shared_words_are_read_by_every_room() -> None:
    assert set(FOR_ALL) <= set(names("zh_Hans"))


class Page(HTMLParser):
    """Collects what a page says by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.on_a_key = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += [value for name, value in attrs if value and name in SPOKEN]
        self.on_a_key = tag in ("kbd", "code")

    def handle_endtag(self, tag: str) -> None:
        self.on_a_key = False

    def handle_data(self, data: str) -> None:
        """What is printed on a key, or typed as a command, is the same in every language."""
        if not self.on_a_key:
            self.said.append(data)


def outside_gettext(source: str) -> Iterator[tuple[str, str]]:
    """The template's own text with its tags, and each Chinese literal within Jinja's.

    Neither what is translated nor the class of the page's body is text.
    """
    aside = False
    for _line, kind, value in Environment().lex(source):
        if kind == "name" and value in ("trans", "endtrans", "body_class", "endblock"):
            aside = value in ("trans", "body_class")
        elif kind == "data" and not aside:
            yield "page", value
        elif kind == "string" and CHINESE.search(value):
            yield "literal", value
        elif kind in ("variable_begin", "block_begin"):
            yield "page", " "


def said_outside_catalogues(source: str) -> list[str]:
    parts = list(outside_gettext(source))
    page = Page()
    page.feed("".join(value for kind, value in parts if kind == "page"))
    page.close()
    said = [*page.said, *(value for kind, value in parts if kind == "literal")]
    words = (" ".join(each.split()) for each in said)
    return [each for each in words if WORDS.search(each) and each not in THE_SAME_EVERYWHERE]


@pytest.mark.parametrize("file", TEMPLATES, ids=of)
def test_a_template_says_nothing_outside_the_catalogues(file: Path) -> None:
    assert said_outside_catalogues(file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<p>Hello there</p>", ["Hello there"]),
        ("<p>你好</p>", ["你好"]),
        ("<p>{{ _('Hello') }} · {{ name }}</p>", []),
        ("{% trans %}Hello there{% endtrans %}<b>QR</b>", []),
        ('<a title="Go on" href="/kiosk" class="go on">{# words #}</a>', ["Go on"]),
        ('<img alt="{{ _(\'A clock\') }}"><i aria-label="关闭"></i>', ["关闭"]),
        ("{{ '你好' }}", ["'你好'"]),
        ("{% block body_class %}door{% endblock %}<kbd>Enter</kbd>", []),
        ("<p {% if a %}hidden{% endif %}>&nbsp;–</p>", []),
    ],
)
def test_the_guard_of_templates_sees_what_it_should(source: str, said: list[str]) -> None:
    assert said_outside_catalogues(source) == said


def spoken_by_script(source: str) -> list[str]:
    """Chinese words (one character alone is how a digit is read) and English sentences."""
    found = [match for match in SOURCE.finditer(source) if match["text"]]
    texts = [m["text"][1:-1] for m in found if not FOR_BUILDERS.search(source[: m.start()])]
    told = [t for t in texts if len(CHINESE.findall(t)) > 1 or SENTENCE.fullmatch(t.replace(". ", "; "))]
    return [each for each in told if each not in SPARE_SENTENCES] + said_at_once(source)


def said_at_once(source: str) -> list[str]:
    """Literals put straight before people's eyes."""
    shown = r"(?:(?:textContent|innerText|innerHTML|title|placeholder)\s*=\s*|(?:alert|confirm|prompt)\()"
    found: list[Any] = re.findall(shown + r"""["'`]([^"'`]*[A-Za-z]{2,}[^"'`]*)["'`]""", source)
    return [each for each in found if not each.startswith("${")]


@pytest.mark.parametrize("file", SCRIPTS, ids=of)
def test_a_script_says_nothing_by_itself(file: Path) -> None:
    assert spoken_by_script(file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('say("start"); // 你好, Hello there you', []),
        ('node.append("请稍候");', ["请稍候"]),
        ('show("Please try once more.");', ["Please try once more."]),
        ('node.textContent = "Ready";', ["Ready"]),
        ('console.info("The screen may go dark"); throw new Error("No such thing here");', []),
        ('node.className = "card raised large"; node.textContent = "";', []),
    ],
)
def test_the_guard_of_scripts_sees_what_it_should(source: str, said: list[str]) -> None:
    assert spoken_by_script(source) == said
