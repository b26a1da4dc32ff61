"""The page for everybody: what can be done where, how long it takes there, and what isn't known said so."""

from __future__ import annotations

from tests.city.cities import RunningCity
from tests.running import Json, wait_until


def offers(city: RunningCity, need: str) -> list[Json]:
    told: list[Json] = city.at().get("/api/v1/halls", need=need)["offers"]
    return told


def test_one_need_gathers_what_halls_call_alike(city: RunningCity) -> None:
    needs = {each["need"]: each["halls"] for each in city.at().get("/api/v1/halls")["needs"]}
    assert {"dongcheng", "heyan", "xinqu"} <= set(needs["ID-CARD"])
    assert {"dongcheng", "heyan", "xinqu"} <= set(needs["医保参保登记"])
    assert needs["个体工商户登记"] == ["dongcheng"]


def test_the_quickest_hall_comes_first_and_an_unknown_wait_is_no_wait(city: RunningCity) -> None:
    clerk = city.administrator("dongcheng")
    clerk.press("sit", "2", take_over=True)
    wait_until(lambda: offers(city, "PENSION")[0]["low"] is not None, "the line with a window")
    found = offers(city, "PENSION")
    assert [each["hall"] for each in found if each["low"] is not None] == [found[0]["hall"]] == ["dongcheng"]
    page = city.at().session.get(f"{city.url()}/", params={"need": "PENSION", "lang": "en"}).text
    assert page.index("Dongcheng District") < page.index("Heyan Street") < page.index("not known yet")
    assert "data-quickest" not in page, "one known wait is the shortest of nothing"
    clerk.press("leave", "2")


def test_of_two_known_waits_the_shortest_is_marked(city: RunningCity) -> None:
    for hall in ("dongcheng", "xinqu"):
        city.administrator(hall).press("sit", "2", take_over=True)
    waits = lambda: [each["low"] for each in offers(city, "医保参保登记")]  # noqa: E731
    city.at("dongcheng").take("medical"), city.at("dongcheng").take("medical")
    wait_until(lambda: waits()[1] is not None and waits()[0] < waits()[1], "two lines, one of them longer")
    page = city.at().session.get(f"{city.url()}/", params={"need": "医保参保登记", "lang": "en"}).text
    first = page[page.index("data-hall=") :].partition("</li>")[0]
    assert page.count("data-quickest") == 1 and "Shortest wait" in first and "xinqu" in first
    for hall in ("dongcheng", "xinqu"):
        city.administrator(hall).press("leave", "2")


def test_a_hall_that_couldnt_be_opened_is_closed_for_citizens(city: RunningCity) -> None:
    shut = next(each for each in offers(city, "ID-CARD") if each["hall"] == "takenport")
    assert (shut["state"], shut["url"], shut["low"]) == ("shut", None, None)
    assert "in use" not in str(offers(city, "ID-CARD"))
    page = city.at().session.get(f"{city.url()}/", params={"need": "ID-CARD", "lang": "en"}).text
    assert "in use" not in page and "When it opens isn&#39;t known" in page


def test_nothing_offers_what_nobody_knows(city: RunningCity) -> None:
    assert city.at().get("/api/v1/halls", need="nonsense") | {"now": ""} == {
        "now": "",
        "needs": [],
        "offers": [],
    }
    page = city.at().session.get(f"{city.url()}/", params={"need": "nonsense", "lang": "en"})
    assert page.status_code == 200 and "No open hall offers this" in page.text


def test_needs_are_found_by_the_first_letters_of_their_pinyin(city: RunningCity) -> None:
    page = city.at().session.get(f"{city.url()}/", params={"q": "ybcb", "lang": "en"}).text
    assert "Health insurance enrolment" in page and "1 found" in page
