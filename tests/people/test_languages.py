"""Languages: chosen in the address, remembered on the device, else the device's, else the hall's first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Blueprint, Flask

import tools.words
import web.words
from queueing.house import Text
from tests.people.conftest import Doors
from web.context import EXTENSION
from web.sentences import sentence
from web.spoken import said_in, spoken
from web.words import _, said_here

HEAD = 'msgid ""\nmsgstr ""\n"Language: zh_Hans\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'


def test_the_halls_first_language_is_the_default(doors: Doors) -> None:
    page = doors.browser().get("/login").text
    assert '<html lang="zh-Hans">' in page and "登录" in page


@pytest.mark.parametrize(("wanted", "word"), [("zh_Hans", "登录"), ("zh_Hant", "登錄"), ("en", "Sign in")])
def test_a_language_in_the_address_stays_chosen(doors: Doors, wanted: str, word: str) -> None:
    browser = doors.browser()
    answer = browser.get(f"/login?lang={wanted}")
    assert word in answer.text
    assert "Max-Age=31536000" in answer.headers["Set-Cookie"]
    again = browser.get("/login")
    assert word in again.text and f'<html lang="{wanted.replace("_", "-")}">' in again.text


def test_an_unknown_language_changes_nothing(doors: Doors) -> None:
    answer = doors.browser().get("/login?lang=tlh")
    assert "Set-Cookie" not in answer.headers and "登录" in answer.text


def test_a_language_that_the_hall_does_not_offer_is_unknown(doors: Doors) -> None:
    built = doors.app.extensions[EXTENSION]
    built.house = replace(built.house, hall=replace(built.house.hall, languages=("en", "zh_Hans")))
    assert '<html lang="en">' in doors.browser().get("/login?lang=zh_Hant").text


def test_refusals_are_told_in_the_readers_language(doors: Doors) -> None:
    browser = doors.browser()
    assert browser.sign_in("li", "wrong-wrong").get_json()["detail"] == "姓名或密码不正确。请核对后重试。"
    browser.get("/login?lang=en")
    assert browser.sign_in("li", "wrong-wrong").get_json()["detail"].startswith("The name or the password")


def test_a_refusal_names_people_and_services_not_their_ids(doors: Doors) -> None:
    with doors.app.test_request_context("/?lang=en"):
        taken = sentence("window_taken", {"clerk": "li", "window": "1"})
        assert taken == "Li Min is sitting at window 1. Take over only if you have agreed on it."
        assert '"Pension claim"' in sentence("service_closed", {"service": "pension"})
        assert sentence("cannot", {"state": "held"}) == "That isn't possible: the ticket is on hold."
    with doors.app.test_request_context("/"):
        assert sentence("cannot", {"state": "held"}) == "无法这样操作：此号已挂起。"
        assert sentence("never_heard_of", {}) == "系统出了问题。请重试，或通知管理员。"


def test_a_text_is_said_in_the_readers_language(doors: Doors) -> None:
    text = Text(zh="医保局", en="Insurance")
    assert spoken(text) == {"zh_Hans": "医保局", "zh_Hant": "醫保局", "en": "Insurance"}
    assert said_in("en", spoken(text)) == "Insurance"
    assert said_in("zh_Hans", "A001") == "A001"
    assert said_in("en", None) == ""
    with doors.app.test_request_context("/?lang=zh_Hant"):
        assert said_here(text) == "醫保局"


def test_outside_a_request_the_halls_first_language_is_spoken(doors: Doors) -> None:
    with doors.app.app_context():
        assert _("Sign in") == "登录"


def test_a_room_reads_its_own_words_before_the_shared_ones(
    doors: Doors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = {"shared": ("Back", "返回"), "doors": ("Door", "门"), "kiosk": ("Back", "回上一页")}
    folder = tmp_path / "words" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    for name, (msgid, msgstr) in words.items():
        (folder / f"{name}.po").write_text(f'{HEAD}\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n', "utf-8")
    monkeypatch.setattr(tools.words, "CATALOGUES", tmp_path / "words")
    monkeypatch.setattr(web.words, "CATALOGUES", tmp_path / "words")
    tools.words.compile_all()

    app = Flask("rooms")
    app.extensions[EXTENSION] = doors.app.extensions[EXTENSION]
    web.words.install(app)
    room = Blueprint("kiosk", __name__)
    room.add_url_rule("/kiosk", "kiosk", lambda: f"{_('Back')} {_('Door')} {_('Nowhere')}")
    app.register_blueprint(room)
    app.add_url_rule("/other", "other", lambda: f"{_('Back')} {_('Door')}")
    browser = app.test_client()
    assert browser.get("/kiosk").text == "回上一页 门 Nowhere"
    assert browser.get("/other").text == "返回 门"
