"""The office's view of sound in a real browser: a call to listen to, and an upload told clip by clip."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.chromium import chromium
from tests.office.pages import Pages, pages_of
from tests.running import RunningHall, running_hall
from tests.speech.recordings import tone, wav, zipped


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    with running_hall(tmp_path_factory.mktemp("sound") / "data") as opened:
        yield opened


@pytest.fixture
def pages(browser: Browser, hall: RunningHall) -> Iterator[Pages]:
    with pages_of(browser, hall) as opened:
        yield opened


def test_a_call_is_heard_and_written(pages: Pages, hall: RunningHall) -> None:
    page = pages.open("/office/sound?lang=en", person=hall.clerk("chen"))
    main = page.locator('[data-area="main"]')
    main.get_by_label("Number").fill("a012")
    main.get_by_label("Window").select_option("2")
    with page.expect_response("**/voice/call.wav*") as heard:
        main.get_by_role("button", name="Listen: Mandarin").click()
    assert heard.value.status in (200, 206) and heard.value.headers["content-type"] == "audio/wav"
    expect(main.locator(".caption")).to_have_text("请 A 零幺二 号 到 2 号窗口")
    expect(page.locator("[type=file]")).to_have_count(0)


def test_an_upload_is_told_clip_by_clip(pages: Pages, hall: RunningHall, tmp_path: Path) -> None:
    page = pages.open("/office/sound?lang=zh_Hans", person=hall.administrator())
    card = page.locator('[data-language="zh_Hans"]')
    files = {
        "Letter-a.wav": wav(tone(0.3)),
        "pack.zip": zipped({"digit-1.wav": wav(tone(0.3)), "digit-2.wav": b"x"}),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    card.locator("[type=file]").set_input_files([tmp_path / name for name in files])
    card.get_by_role("button", name="上传").click()
    told = card.locator("[data-told] li")
    expect(told).to_have_text(["已收下 1 段录音。", "已收下 1 段录音。", "digit-2.wav: 不是 WAV 文件"])
    expect(card.locator('[data-clip="letter-A"]')).to_have_attribute("data-there", "true")
    expect(card.locator('[data-clip="digit-2"]')).to_have_attribute("data-there", "false")
    expect(card.locator("progress")).to_have_attribute("value", "2")
    card.get_by_role("button", name="撤除录音").click()
    page.get_by_role("dialog").get_by_role("button", name="撤除", exact=True).click()
    expect(card.locator("progress")).to_have_attribute("value", "0")
