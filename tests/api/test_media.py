"""Pictures and videos for boards: taken in pieces, known by their content, bounded, never run."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from queueing.boards import MediaRefused
from tests.running import Json, Person, Refused, RunningHall, fresh_key, running_hall, wait_until
from web.ebml import is_webm

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


@pytest.mark.parametrize("name", ["..%2f..%2fhall.db", "hall.db", "0123456789abcdef"])
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


def large_picture(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG", compress_level=1)
    return out.getvalue()


def most_memory(hall: RunningHall) -> int:
    """The most that the hall's own process ever had, in MB."""
    status = Path(f"/proc/{hall.process.pid}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) // 1024


def test_a_large_picture_takes_no_memory_of_the_hall_s(hall: RunningHall) -> None:
    before = most_memory(hall)
    sent(hall.administrator(), large_picture(8000, 6000))
    assert most_memory(hall) < before + 40


def test_a_picture_of_too_many_dots_is_refused_and_says_what_to_do(hall: RunningHall) -> None:
    with pytest.raises(Refused) as refused:
        sent(hall.administrator(), large_picture(9999, 6000))
    assert refused.value.code == "picture_too_large"
    assert "3840" in refused.value.response.json()["detail"]


def at_once(person: Person, name: str, content: bytes) -> list[Json]:
    """The whole file four times at the same moment; what each was told."""
    with ThreadPoolExecutor(4) as people:
        asked = [people.submit(piece, person, name, 0, content) for _ in range(4)]
    return [each.result() if not each.exception() else {"code": each.exception()} for each in asked]


def test_the_last_piece_may_come_several_times_at_once(hall: RunningHall) -> None:
    office, content = hall.administrator(), picture(size=(1200, 900))
    name = office.post("/api/v1/media", {"bytes": len(content)})["media"]
    assert at_once(office, name, content) == [{"got": len(content), "done": True}] * 4
    assert listed(office, name)["kind"] == "picture"


def test_whoever_asks_again_hears_the_same_refusal(hall: RunningHall) -> None:
    office = hall.administrator()
    name = office.post("/api/v1/media", {"bytes": 9})["media"]
    codes = [getattr(each["code"], "code", None) for each in at_once(office, name, b"<svg/> no")]
    assert codes == ["media_refused"] * 4


def test_the_same_press_begins_one_file(hall: RunningHall) -> None:
    office, key = hall.administrator(), fresh_key()
    first, again = (office.post("/api/v1/media", {"bytes": 9}, key=key) for _ in range(2))
    assert first == again
    with pytest.raises(Refused) as refused:
        office.post("/api/v1/media", {"bytes": 10}, key=key)
    assert refused.value.code == "key_reused"


def unfinished(data: Path) -> list[Path]:
    return list((data / "media").glob("*.part"))


def test_whoever_begins_too_many_gives_up_their_own_oldest(hall: RunningHall, data: Path) -> None:
    office, chen = hall.administrator(), hall.clerk("chen")
    theirs = chen.post("/api/v1/media", {"bytes": 9})["media"]
    names = [office.post("/api/v1/media", {"bytes": 9})["media"] for _ in range(12)]
    assert len(unfinished(data)) == 5
    assert piece(chen, theirs, 0, b"x")["got"] == piece(office, names[-1], 0, b"x")["got"] == 1
    with pytest.raises(Refused) as refused:
        piece(office, names[0], 0, b"x")
    assert refused.value.code == "unknown_media"
    for name in (theirs, *names[-4:]):
        office.post(f"/api/v1/media/{name}/remove")
    assert unfinished(data) == []


def test_only_unfinished_files_are_swept(hall: RunningHall, data: Path) -> None:
    """What the database doesn't know may be newer than a backup that was put back."""
    office, newer = hall.administrator(), data / "media" / "0123456789abcdef.mp4"
    newer.write_bytes(MP4)
    name = office.post("/api/v1/media", {"bytes": 9})["media"]
    for file in (newer, *unfinished(data)):
        os.utime(file, (1, 1))
    office.post(f"/api/v1/media/{office.post('/api/v1/media', {'bytes': 9})['media']}/remove")
    assert newer.read_bytes() == MP4
    assert not [file for file in unfinished(data) if file.name.startswith(name)]
    newer.unlink()


EBML = bytes.fromhex("1a45dfa3")


def ebml(name: str, content: bytes) -> bytes:
    return bytes.fromhex(name) + (0x4000 | len(content)).to_bytes(2, "big") + content


def film(kind: bytes = b"webm", tracks: str = "1654ae6b") -> bytes:
    head = ebml("1a45dfa3", ebml("4286", b"\1") + ebml("4282", kind))
    return head + ebml("18538067", ebml("1549a966", b"i" * 20) + ebml(tracks, b"t" * 30))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (film(), True),
        (film(b"webm\0\0"), True),
        (film(b"matroska"), False),
        (film(tracks="1043a770"), None),
        (film()[:-1], None),
        (EBML + b"webm<html><script>alert(1)</script>" + b"x" * 100, None),
        (EBML, None),
        (b"<html>webm", False),
    ],
    ids=["webm", "padded", "matroska", "no tracks", "half", "only the word", "only the start", "html"],
)
def test_webm_is_known_by_its_structure(content: bytes, said: bool | None) -> None:
    """None: refused as broken."""
    if said is not None:
        assert is_webm(io.BytesIO(content), len(content)) is said
        return
    with pytest.raises(MediaRefused):
        is_webm(io.BytesIO(content), len(content))
