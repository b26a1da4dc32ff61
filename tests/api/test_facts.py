"""Facts over the API: entered with a photo, listed, imported, taken back; what a photo leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from tests.running import Json, Person, Refused, RunningHall, answer, fresh_key, running_hall

PLACE, CAMERA = 0x8825, 0x0110
"""EXIF: where it was taken, and with what."""
FACT = {"day": "2026-10-12", "item": "2.3", "clerk": "wang", "points": -2, "note": "政策执行有误"}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    with running_hall(tmp_path_factory.mktemp("facts")) as opened:
        yield opened


@pytest.fixture(scope="module")
def chen(hall: RunningHall) -> Person:
    return hall.clerk("chen")


def photo(kind: str = "JPEG", size: tuple[int, int] = (2000, 1500)) -> bytes:
    """As a phone takes it: with the place in it."""
    image, exif = Image.new("RGB", size, "olive"), Image.Exif()
    exif[CAMERA] = "Spy Camera 3"
    exif.get_ifd(PLACE)[2] = (27.0, 33.0, 12.0)
    made = BytesIO()
    image.save(made, kind, exif=exif)
    return made.getvalue()


def send(person: Person, path: str, content: bytes, key: str | None = None) -> Json:
    headers = {"Idempotency-Key": key or fresh_key(), "Content-Type": "application/octet-stream"}
    return answer(person.session.post(f"{person.url}/api/v1{path}", data=content, headers=headers))


def enter(person: Person, **more: object) -> str:
    return str(person.post("/api/v1/facts", FACT | more)["fact"]["id"])


def refused(code: str, ask, *args: object, **more: object) -> None:
    with pytest.raises(Refused) as why:
        ask(*args, **more)
    assert why.value.code == code, why.value.problem


def test_a_fact_with_a_photo_that_tells_no_place(hall: RunningHall, chen: Person) -> None:
    fact, key, taken = enter(chen), fresh_key(), photo()
    assert b"Spy Camera" in taken
    first = send(chen, f"/facts/{fact}/evidence", taken, key)["evidence"]
    assert send(chen, f"/facts/{fact}/evidence", taken, key)["evidence"] == first, "pressed twice, one photo"
    (told,) = [each for each in chen.get("/api/v1/facts")["facts"] if each["id"] == fact]
    assert told["evidence"] == [first["id"]] and told["note"] == FACT["note"] and told["points"] == "-2"
    shown = chen.session.get(f"{chen.url}/api/v1/facts/{fact}/evidence/{first['id']}")
    assert (
        shown.headers["Content-Type"] == "image/jpeg"
        and shown.headers["Cache-Control"] == "private, no-store"
    )
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert b"Spy Camera" not in shown.content and b"Exif" not in shown.content
    assert max(Image.open(BytesIO(shown.content)).size) == 1600


def test_photos_are_for_the_office_and_for_whom_they_are_about(hall: RunningHall, chen: Person) -> None:
    fact = enter(chen)
    name = send(chen, f"/facts/{fact}/evidence", photo("PNG"))["evidence"]["id"]
    path = f"/api/v1/facts/{fact}/evidence/{name}"
    status = {who: hall.clerk(who).session.get(chen.url + path).status_code for who in ("wang", "li")}
    assert status == {"wang": 200, "li": 404}
    assert hall.administrator().session.get(chen.url + path).status_code == 200
    assert hall.somebody().session.get(chen.url + path).status_code == 401
    refused("not_allowed", hall.clerk("wang").get, f"/api/v1/facts/{fact}")


@pytest.mark.parametrize(
    "content",
    [b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"\xff\xd8\xffnot really", b"", b"GIF89a"],
)
def test_what_is_no_photo_isnt_kept(chen: Person, content: bytes) -> None:
    fact = enter(chen)
    refused("photo_refused", send, chen, f"/facts/{fact}/evidence", content)
    assert chen.get(f"/api/v1/facts/{fact}")["fact"]["evidence"] == []


def test_a_body_beyond_the_limit_isnt_read(chen: Person) -> None:
    refused("too_large", send, chen, f"/facts/{enter(chen)}/evidence", bytes(12 * 1024**2 + 1))
    refused("too_large", send, chen, "/facts/import", bytes(2 * 1024**2 + 1))


def test_four_eyes_over_the_wire(hall: RunningHall, chen: Person) -> None:
    fact, admin = enter(chen), hall.administrator()
    refused("four_eyes", chen.post, f"/api/v1/facts/{fact}/withdraw", {"reason": "mine"})
    refused("bad_request", admin.post, f"/api/v1/facts/{fact}/withdraw", {"reason": "  "})
    refused("not_allowed", admin.post, "/api/v1/facts", FACT)
    admin.post(f"/api/v1/facts/{fact}/withdraw", {"reason": "写错了人"})
    told = chen.get(f"/api/v1/facts/{fact}")["fact"]["withdrawn"]
    assert (told["by"], told["reason"]) == ("admin", "写错了人")
    refused("unknown_fact", admin.post, "/api/v1/facts/abc/withdraw", {"reason": "?"})


def test_the_refusal_says_what_to_do(chen: Person) -> None:
    with pytest.raises(Refused) as why:
        chen.post("/api/v1/facts", FACT | {"points": -9})
    assert why.value.problem["detail"] == "第 2.3 项的分值为 -3 到 -1 分。"
    refused("bad_request", chen.post, "/api/v1/facts", FACT | {"times": "NaN"})
    refused("bad_request", chen.post, "/api/v1/facts", FACT | {"kind": "bribe"})


def test_lists_from_excel_in_two_steps(chen: Person) -> None:
    content = "日期,项目,次数,说明,人员\r\n2026/10/9,1.2,1,未佩戴工作牌,王强\r\n".encode("gbk")
    looked = send(chen, "/facts/import", content)
    assert (looked["new"], looked["kept"], looked["facts"][0]["clerk"]) == (1, 0, "wang")
    assert send(chen, "/facts/import?keep=true", content)["kept"] == 1
    assert send(chen, "/facts/import?keep=true", content)["known"] == 1
    wrong = send(chen, "/facts/import?keep=true", b"date,item\n2026-10-09,7.7\n")
    assert wrong["wrong"] == [{"line": 2, "code": "concerns_nobody", "detail": "请选择所涉及的窗口或人员。"}]
    signs = "date,clerk,in_1,out_1,in_2,out_2\n2026-10-09,li,08:45,12:00,,\n"
    kinds = [each["kind"] for each in send(chen, "/attendance/import", signs.encode())["facts"]]
    assert kinds == ["absent", "late"]
    assert send(chen, "/facts/import", signs.encode())["new"] == 2, "known by its headings"
    refused("not_a_list", send, chen, "/facts/import", b"\x89PNG")


def test_facts_of_the_queue_are_listed_and_the_look_is_noted(hall: RunningHall, chen: Person) -> None:
    li = hall.clerk("li")
    li.press("sit", "1")
    hall.somebody().take("id-card")
    for press in ("call_next", "serve"):
        li.press(press, "1")
    li.press("finish", "1", outcome="done")
    told = chen.get("/api/v1/facts", origin="queue", window="1", period="2026-10")["facts"]
    assert [each["id"] for each in told] == ["finished:1:2026-10-12:li"]
    refused("bad_request", chen.get, "/api/v1/facts", origin="queue", period="2026")
    notes = chen.get("/api/v1/log")
    assert "facts" in str([each for each in notes["entries"] if each["action"] == "looked"])


def test_a_photo_that_breaks_off_is_refused_and_the_others_stay(chen: Person) -> None:
    fact = enter(chen)
    send(chen, f"/facts/{fact}/evidence", photo("WEBP"))
    refused("photo_refused", send, chen, f"/facts/{fact}/evidence", b"\x89PNG\r\n\x1a\nbroken")
    assert len(chen.get(f"/api/v1/facts/{fact}")["fact"]["evidence"]) == 1


def test_whom_a_list_stands_for_is_known_to_the_hall(chen: Person) -> None:
    content = b"date,kind\n2026-10-09,praise\n"
    refused("unknown_window", send, chen, "/facts/import?window=77", content)
    refused("unknown_staff", send, chen, "/facts/import?clerk=nobody", content)
    assert send(chen, "/facts/import?window=3", content)["new"] == 1


def test_what_is_no_text_and_an_empty_list_are_refused_with_a_sentence(chen: Person) -> None:
    refused("text_not_plain", chen.post, "/api/v1/facts", FACT | {"note": "a\x07b"})
    with pytest.raises(Refused) as why:
        send(chen, "/facts/import", b"date,item\n\n\n")
    assert why.value.problem["detail"] == "表头下没有任何内容，请选择正确的文件。"
