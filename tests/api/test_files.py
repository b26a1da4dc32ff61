"""Scripts and styles are kept by browsers for good, and a page of yesterday's release goes on today."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from flask import Flask, url_for

from tests.running import ROOT, RunningHall
from web import files

STATIC = ROOT / "static"
STYLE = re.compile(r'href="(/static/@[0-9a-f]+/shared/hall\.css)"')
ABSOLUTE = re.compile(r"""["'`(]/static/""")
ELSEWHERE = {"phone/worker.js"}
"""Sent from beside the ticket's page, not from the folder of files."""


def fetched(hall: RunningHall, path: str, **headers: str) -> requests.Response:
    return requests.get(f"{hall.url}{path}", headers=headers, timeout=10)


def style_of(hall: RunningHall) -> str:
    """The address under which a page asks for the house's style."""
    found = STYLE.search(fetched(hall, "/login").text)
    assert found
    return found[1]


def test_a_file_of_this_release_is_kept_for_good(server: RunningHall) -> None:
    answer = fetched(server, style_of(server))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content == (STATIC / "shared" / "hall.css").read_bytes()
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/static/shared/hall.css", "/static/@0123456789abcdef/shared/hall.css"])
def test_a_page_of_another_release_gets_its_files_for_this_once(server: RunningHall, path: str) -> None:
    answer = fetched(server, path)
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.content == (STATIC / "shared" / "hall.css").read_bytes()
    assert fetched(server, path, **{"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_font_is_kept_for_a_day_whatever_release_asks(server: RunningHall) -> None:
    font = next((STATIC / "vendor").rglob("*.woff2")).relative_to(STATIC).as_posix()
    release = style_of(server).split("/")[2]
    ways = [f"/static/{at}{font}" for at in ("", "@x/", f"{release}/")]
    kept = [fetched(server, way).headers["Cache-Control"] for way in ways]
    assert kept == [files.FONTS_KEPT, files.FONTS_KEPT, files.FOR_GOOD]


def test_no_address_leads_out_of_the_folder(server: RunningHall) -> None:
    release = style_of(server).split("/")[2]
    for way in (f"{release}/../app.py", f"{release}/%2e%2e/app.py", "@x/@y/shared/hall.css"):
        request = requests.Request("GET", server.url).prepare()
        request.url = f"{server.url}/static/{way}"
        assert requests.Session().send(request, timeout=10).status_code == 404


def test_no_script_or_style_names_an_address_of_its_own() -> None:
    """They find one another by where they lie, so that all come from the same release."""
    named = [
        f"{file.relative_to(STATIC)}: {line.strip()}"
        for file in sorted([*STATIC.rglob("*.js"), *STATIC.rglob("*.css")])
        if "vendor" not in file.parts and str(file.relative_to(STATIC)) not in ELSEWHERE
        for line in file.read_text("utf-8").splitlines()
        if ABSOLUTE.search(line)
    ]
    assert named == []


@pytest.fixture
def own_files(tmp_path: Path) -> Path:
    shutil.copytree(STATIC / "shared", tmp_path / "static" / "shared")
    files.released.cache_clear()
    return tmp_path


def app_of(folder: Path) -> Flask:
    app = Flask("hall", root_path=str(folder))
    files.install(app)
    return app


def address(app: Flask) -> str:
    with app.test_request_context():
        return url_for("static", filename="shared/hall.css")


def test_files_alone_are_named_by_their_release(own_files: Path) -> None:
    app = app_of(own_files)
    app.add_url_rule("/login", "login")
    with app.test_request_context():
        assert url_for("login") == "/login"


def kept(app: Flask) -> str:
    """What a browser is told of how long it may keep the style."""
    with app.test_client() as browser, browser.get(address(app)) as answer:
        return answer.headers["Cache-Control"]


def test_another_content_is_another_release(own_files: Path) -> None:
    before = address(app_of(own_files))
    files.released.cache_clear()
    assert address(app_of(own_files)) == before
    (own_files / "static" / "shared" / "line.js").write_text("// changed")
    files.released.cache_clear()
    after = address(app_of(own_files))
    assert after != before
    (own_files / "static" / "shared" / "line.js").rename(own_files / "static" / "shared" / "line2.js")
    files.released.cache_clear()
    assert address(app_of(own_files)) not in (before, after)


def of_the_same_time(style: Path) -> None:
    told = style.stat()
    style.write_text("body { color: red }")
    os.utime(style, ns=(told.st_atime_ns, told.st_mtime_ns))


def of_the_same_size(style: Path) -> None:
    told = style.stat()
    style.write_bytes(b" " * told.st_size)
    os.utime(style, ns=(told.st_atime_ns, told.st_mtime_ns + 1))


@pytest.mark.parametrize("change", [of_the_same_time, of_the_same_size])
def test_a_file_copied_over_a_running_hall_is_not_kept_under_the_old_name(
    own_files: Path, change: Callable[[Path], None]
) -> None:
    app = app_of(own_files)
    assert kept(app) == "public, max-age=31536000, immutable"
    change(own_files / "static" / "shared" / "hall.css")
    assert kept(app) == "no-cache"
