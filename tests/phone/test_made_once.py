"""A number's page is the same whether it was made for it alone or once for all that are alike."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
import requests
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import escape

from phone.made_once import BLANK, Alike, MadeOnce, Own
from tests.running import RunningHall

ALIKE = Alike("en", False, "20 October 2026", "", False, True)
ALONE = "alone=1"
"""A page with a further word in its address is made for itself; only its links to languages have the word."""


Page = tuple[str, object, str]
"""The text before what the script is told, that, and the text after it."""


def page(hall: RunningHall, link: str, language: str, alone: bool = False) -> Page:
    address = f"{hall.url}{link}?lang={language}" + (f"&{ALONE}" if alone else "")
    answer = requests.get(address, timeout=30)
    assert answer.status_code == 200
    return parted(answer.text.replace(f"{ALONE}&amp;", ""))


def parted(text: str) -> Page:
    before, data, after = re.split(r'(?<=id="page-data">)(.*?)(?=</script>)', text, maxsplit=1)
    return before, json.loads(data), after


@pytest.mark.parametrize("language", ["zh_Hans", "zh_Hant", "en"])
def test_a_page_made_once_is_the_page_made_for_the_ticket_alone(server: RunningHall, language: str) -> None:
    person = server.somebody()
    taken = [person.take(service) for service in ("id-card", "id-card", "pension", "job-seeker")]
    taken.append(person.take("id-card", ticket_class="priority", ground=0))
    for each in (*taken, *taken):
        assert page(server, each["link"], language) == page(server, each["link"], language, alone=True)


def test_a_page_knows_when_its_visit_has_ended(server: RunningHall) -> None:
    li = server.clerk("li")
    li.press("sit", "1")
    before, after = server.somebody().take(), server.somebody().take()
    li.press("call", "1", ticket=before["ticket"]["ticket"])
    li.press("serve", "1")
    li.press("finish", "1")
    over, waiting = (page(server, each["link"], "en") for each in (before, after))
    assert over == page(server, before["link"], "en", alone=True)
    assert "How was our service?" in over[0] and "How was our service?" not in waiting[0]


def test_words_stay_words() -> None:
    """Whatever a ticket or a hall's file says is neither HTML nor a mark."""
    own = Own("A&1", "482 193", "MARK", "s1", "<b>", ("one", "<two>"), {"a": "</script>", "b": [1]})

    def draw(alike: Alike, said: Own) -> str:
        bring = "".join(f"<li>{escape(each)}</li>" for each in said.bring)
        data = htmlsafe_json_dumps({**said.data, "c": 2})
        return f"<h1>{escape(said.number)}</h1>{escape(said.service)} {bring} {said.token} {data}"

    made = MadeOnce(htmlsafe_json_dumps)
    for _ in range(2):
        assert sorted_data(made.page(ALIKE, own, draw)) == sorted_data(draw(ALIKE, own))


def sorted_data(text: str) -> tuple[str, object]:
    before, data = text.split(" {")
    assert "<" not in data
    return before, json.loads("{" + data)


def test_few_pages_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phone.made_once.MOST_KEPT", 2)
    made, drawn = MadeOnce(htmlsafe_json_dumps), []

    def draw(alike: Alike, own: Own) -> str:
        drawn.append(alike.language)
        return ""

    for language in ("a", "b", "a", "c", "a", "b"):
        made.page(replace(ALIKE, language=language), BLANK, draw)
    assert drawn == ["a", "b", "c", "b"]
