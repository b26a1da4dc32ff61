"""No page breaks a rule of WCAG 2.2 AA that a machine can judge, in Chinese by light and in English by dark.

`make a11y` judges every page in every language and theme.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.chromium import chromium
from tests.looks.a11y import EACH_ONCE, judged
from tests.looks.axe import violations
from tests.looks.pages import STATES, State
from tests.looks.stage import stage
from tests.looks.visiting import Tour

SPOIL = """() => {
    const picture = document.createElement("img"), pale = document.createElement("p");
    picture.src = "/static/shared/icon.svg";
    pale.append("Pale");
    pale.style.color = "#cccccc";
    document.querySelector("main").append(picture, pale);
}"""


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tour]:
    with stage(tmp_path_factory.mktemp("data")) as scene, chromium() as browser:
        yield Tour(browser, scene)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_page_breaks_no_rule(tour: Tour, state: State) -> None:
    found = [str(each) for each in judged(tour, state, EACH_ONCE)]
    assert found == []
    assert tour.faults == []


def test_the_judge_sees_what_is_wrong(tour: Tour) -> None:
    page = tour.page_of(STATES[0])
    tour.reach(page, STATES[0], "en")
    page.evaluate(SPOIL)
    assert {each.rule for each in violations(page, "spoiled")} == {"image-alt", "color-contrast"}
