"""The city's office: who sees which halls, what is said of them, and what needs somebody stands on top."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.city.cities import RunningCity, admitted, halls_told
from tests.running import Person, Refused, wait_until

TECHNICAL = {"no_backup", "forecast_missing", "no_voice", "room", "unclean_stop"}


def colleague(city: RunningCity, name: str) -> Person:
    issued = city.administrator().post(f"/api/v1/staff/{name}/one_time_password")
    return admitted(city.at(), name, issued["one_time_password"])


def test_nobody_looks_in_without_signing_in(city: RunningCity) -> None:
    with pytest.raises(Refused, match="not_signed_in"):
        city.at().get("/api/v1/city")
    of_a_hall = city.administrator("dongcheng")
    with pytest.raises(Refused, match="not_signed_in"):
        city.at("city", of_a_hall).get("/api/v1/city")


def test_an_evaluator_sees_the_own_halls_and_no_machines(city: RunningCity) -> None:
    seen = halls_told(colleague(city, "review"))
    assert sorted(seen) == ["dongcheng", "xinqu"]
    codes = {each["code"] for hall in seen.values() for each in hall["troubles"]}
    assert not codes & TECHNICAL
    assert TECHNICAL & {
        t["code"] for hall in halls_told(city.administrator()).values() for t in hall["troubles"]
    }


def test_a_city_that_has_just_begun_isnt_blamed_for_its_first_backup(city: RunningCity) -> None:
    halls = halls_told(city.administrator()).values()
    assert "no_backup" not in {each["code"] for hall in halls for each in hall["troubles"]}


def test_the_halls_of_the_citys_people_are_called_by_their_names(city: RunningCity) -> None:
    boss = city.administrator()
    page = boss.session.get(f"{boss.url}/office?lang=en", timeout=20).text
    row = page[page.index("Zheng Jie") :].partition("</tr>")[0]
    assert "Dongcheng District Service Centre, New District Service Centre" in row and "dongcheng" not in row


def test_an_evaluator_opens_no_hall(city: RunningCity) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        colleague(city, "review").post("/api/v1/city/halls/mistaken/open")


def test_people_wait_and_nobody_serves_stands_above_a_quiet_hall(city: RunningCity) -> None:
    boss = city.administrator()
    city.at("xinqu").take()
    wait_until(lambda: halls_told(boss)["xinqu"]["waiting"] == 1, "the ticket in the city's office")
    halls = boss.get("/api/v1/city")["halls"]
    order = [hall["hall"] for hall in halls]
    assert {"damaged", "mistaken", "takenport"} == set(order[:3])
    assert order.index("xinqu") < order.index("heyan")
    xinqu = halls_told(boss)["xinqu"]
    assert (xinqu["open"], xinqu["planned"], xinqu["state"]) == (0, 2, "open")
    assert "No window is open. People waiting: 1." in [each["said"] for each in xinqu["troubles"]]
    assert halls_told(boss)["heyan"]["waiting"] == 0


def test_who_sees_to_machines_reads_why_a_hall_is_shut(city: RunningCity) -> None:
    why = halls_told(colleague(city, "citywatch"))["mistaken"]["troubles"][0]
    assert why["said"] == "This hall couldn't be opened: there is a mistake in its file."
    assert why["facts"]["what"] == "file" and "walk_in.rate" in why["facts"]["why"]


def test_why_a_hall_is_shut_is_said_in_the_readers_language_and_the_operators_detail_apart(
    city: RunningCity,
) -> None:
    boss = city.administrator()
    said = {"damaged": "它的数据无法使用", "mistaken": "它的配置文件有错", "takenport": "它的端口无法使用"}
    halls = {hall["hall"]: hall for hall in boss.get("/api/v1/city", lang="zh_Hans")["halls"]}
    page = boss.session.get(f"{boss.url}/office?lang=zh_Hans", timeout=20).text
    for hall, reason in said.items():
        shut = halls[hall]["troubles"][0]
        assert shut["said"] == f"该大厅未能打开：{reason}。"
        rest = page[page.index(f'id="h-{hall}"') :]
        assert f'{reason}。 <small class="city-why">供运维人员： <span lang="en">' in rest


def test_a_mended_hall_opens_while_the_others_go_on(city: RunningCity) -> None:
    boss, file = city.administrator(), city.folder / "mistaken.toml"
    assert boss.post("/api/v1/city/halls/mistaken/open") == {"hall": "mistaken", "opened": False}
    mended = file.read_text("utf-8").replace('rate = "fast"', "rate = 1.0")
    file.write_text(mended, "utf-8")
    with ThreadPoolExecutor(2) as two:
        pressing = [boss, city.at("city", boss)]
        both = two.map(lambda who: who.post("/api/v1/city/halls/mistaken/open"), pressing)
    assert list(both) == 2 * [{"hall": "mistaken", "opened": True}]
    port = re.search(r"port = (\d+)", mended)
    assert port
    hall = Person(f"http://127.0.0.1:{port[1]}")
    assert hall.get("/api/v1/hall")["id"] == "mistaken"
    assert halls_told(boss)["mistaken"]["state"] == "open"
    hall.close()


def test_the_document_describes_the_citys_own_doors_alone(city: RunningCity) -> None:
    told = city.at().get("/api/v1/openapi.json")
    assert {"/api/v1/city", "/api/v1/halls", "/api/v1/city/halls/{hall}/open"} <= set(told["paths"])
    assert "/api/v1/tickets" not in told["paths"]
    assert told["components"]["securitySchemes"]["staff"]["name"] == "staff-city"
    of_a_hall = city.at("dongcheng").get("/api/v1/openapi.json")
    assert "/api/v1/tickets" in of_a_hall["paths"] and "/api/v1/city" not in of_a_hall["paths"]
