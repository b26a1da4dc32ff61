"""Pictures and videos for boards: taken in pieces, known by their content, bounded, never run."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.running import Json, Person, Refused, RunningHall, fresh_key, running_hall, wait_until

SECRET_PLACE = b"somewhere in the north"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media") / "data"


@pytest.fixture(scope="module")
def hall(data: Path) -> Iterator[RunningHall]:
    with running_hall(data) as opened:
        yield opened


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 300), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    image = Image.new(mode, size, (200, 30, 30) if mode == "RGB" else (200, 30, 30, 0))
    exif = image.getexif()
    exif[0x010E] = SECRET_PLACE.decode()
    image.save(out, kind, exif=exif)
    return out.getvalue()


def box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


MP4 = box(b"ftyp", b"isom\0\0\2\0isom") + box(b"moov", b"m" * 100) + box(b"mdat", b"d" * 5000)


def piece(person: Person, name: str, at: int, content: bytes) -> Json:
    headers = {"Idempotency-Key": fresh_key(), "Content-Type": "application/octet-stream"}
    response = person.session.post(
        f"{person.url}/api/v1/media/{name}/pieces",
        params={"at": at}, data=content, headers=headers, timeout=30,
    )  # fmt: skip
    if response.status_code >= 400:
        raise Refused(response)
    said: Json = response.json()
    return said


def sent(person: Person, content: bytes, step: int = 4 * 1024 * 1024) -> str:
    name: str = person.post("/api/v1/media", {"bytes": len(content)})["media"]
    for at in range(0, len(content), step):
        said = piece(person, name, at, content[at : at + step])
    assert said == {"got": len(content), "done": True}
    return name


def listed(person: Person, name: str) -> Json:
    found: Json = next(m for m in person.get("/api/v1/boards")["media"] if m["media"] == name)
    return found


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_painted_anew_without_its_notes(hall: RunningHall, kind: str) -> None:
    office = hall.administrator()
    name = sent(office, picture(kind))
    answer = hall.somebody().session.get(f"{hall.url}/media/{name}", timeout=20)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert SECRET_PLACE not in answer.content
    assert Image.open(io.BytesIO(answer.content)).size == (400, 300)
    assert listed(office, name)["kind"] == "picture"


def test_a_large_picture_is_made_a_board_s_size(hall: RunningHall) -> None:
    found = listed(hall.administrator(), sent(hall.administrator(), picture("JPEG", (5000, 2500))))
    assert (found["width"], found["height"]) == (3840, 1920)


def test_what_is_transparent_is_white(hall: RunningHall) -> None:
    name = sent(hall.administrator(), picture("PNG", mode="RGBA"))
    content = hall.somebody().session.get(f"{hall.url}/media/{name}", timeout=20).content
    assert Image.open(io.BytesIO(content)).getpixel((9, 9)) == (255, 255, 255)


def test_a_video_comes_in_pieces_and_is_read_in_stretches(hall: RunningHall) -> None:
    name = sent(hall.administrator(), MP4, step=2000)
    address = f"{hall.url}/media/{name}"
    part = hall.somebody().session.get(address, headers={"Range": "bytes=100-199"}, timeout=20)
    assert (part.status_code, part.headers["Content-Type"]) == (206, "video/mp4")
    assert part.content == MP4[100:200]
    assert part.headers["Content-Range"] == f"bytes 100-199/{len(MP4)}"


def test_a_piece_that_is_sent_twice_is_one(hall: RunningHall) -> None:
    office = hall.administrator()
    name = office.post("/api/v1/media", {"bytes": len(MP4)})["media"]
    for at in (0, 0, 3000, 0, 3000):
        said = piece(office, name, at, MP4[at : at + 3000])
    assert piece(office, name, 6000, MP4[6000:]) == {"got": len(MP4), "done": True} or said["done"]
    assert hall.somebody().session.get(f"{hall.url}/media/{name}", timeout=20).content == MP4


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a" + b"\0" * 50,
        picture("JPEG")[:300],
        MP4[:-100],
        box(b"ftyp", b"isom") + box(b"mdat", b"d"),
        b"MZ" + b"\0" * 200,
    ],
    ids=["svg", "html", "gif", "half a picture", "half a video", "no film", "program"],
)
def test_what_is_neither_is_refused_and_not_kept(hall: RunningHall, data: Path, content: bytes) -> None:
    office = hall.administrator()
    with pytest.raises(Refused) as refused:
        sent(office, content)
    assert refused.value.code == "media_refused"
    assert not [file for file in (data / "media").iterdir() if file.suffix not in (".jpg", ".mp4")]


def test_sizes_are_bounded(hall: RunningHall) -> None:
    office = hall.administrator()
    with pytest.raises(Refused) as refused:
        office.post("/api/v1/media", {"bytes": 301 * 1024**2})
    assert refused.value.code == "media_refused"
    name = office.post("/api/v1/media", {"bytes": 10})["media"]
    with pytest.raises(Refused) as refused:
        piece(office, name, 0, b"x" * 11)
    assert refused.value.code == "media_refused"
    with pytest.raises(Refused) as refused:
        piece(office, name, 0, b"x" * (4 * 1024**2 + 1))
    assert refused.value.response.status_code == 413


@pytest.mark.parametrize("name", ["..%2f..%2fhall.db", "hall.db", "0123456789abcdef", "%00"])
def test_nothing_but_media_is_served(hall: RunningHall, name: str) -> None:
    answer = hall.administrator().session.get(f"{hall.url}/media/{name}", timeout=20)
    assert answer.status_code == 404


def test_what_a_board_shows_stays_until_it_is_taken_out(hall: RunningHall, data: Path) -> None:
    office = hall.administrator()
    name = sent(office, MP4)
    office.post("/api/v1/boards/hall", {"composition": {"layout": "media", "playlist": [{"media": name}]}})
    with pytest.raises(Refused) as refused:
        office.post(f"/api/v1/media/{name}/remove")
    assert refused.value.code == "media_in_use"
    assert hall.somebody().get("/boards/shown")["playlist"][0]["type"] == "video/mp4"
    (data / "media" / f"{name}.mp4").unlink()
    assert hall.somebody().get("/boards/shown")["playlist"] == []
    office.post("/api/v1/boards/hall", {"composition": None})
    office.post(f"/api/v1/media/{name}/remove")
    wait_until(lambda: name not in str(office.get("/api/v1/boards")["media"]))


def test_only_so_many_may_be_under_way(hall: RunningHall) -> None:
    """The last one: what it leaves is swept after an hour."""
    with pytest.raises(Refused) as refused:
        for _one in range(10):
            hall.administrator().post("/api/v1/media", {"bytes": 10})
    assert refused.value.code == "too_much_media"
