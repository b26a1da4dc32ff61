"""Lists to take home: whole, in the reader's language, with nothing else on them."""

from __future__ import annotations

import pytest
from flask import Flask

from printing import listing
from queueing.house import Service
from queueing.printer_rules import Printer
from queueing.records import Press
from queueing.text import Text
from web.context import Built

PAPER = Printer("door", Text("", ""), "network")


def page_of(built: Built, app: Flask, language: str) -> str:
    with app.test_request_context():
        return listing.to_bring(service_of(built), language, PAPER)[0]


def service_of(built: Built) -> Service:
    return next(each for each in built.house.services if each.id == "id-card")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh_Hans",
            ("所需材料清单", "居民身份证办理", "户口簿", "旧身份证（换领时）", "不收费"),
        ),
        ("zh_Hant", ("居民身份證", "戶口簿", "費用")),
        ("en", ("What to bring", "Household register", "Old ID card (for a renewal)", "Free", "Fee")),
    ],
)
def test_the_list_is_whole_in_the_reader_s_language(
    built: Built,
    app: Flask,
    language: str,
    words: tuple[str, ...],
) -> None:
    page = page_of(built, app, language)
    assert [word for word in words if word not in page] == []
    assert "slip-number" not in page.partition("</style>")[2]


def test_what_is_missing_is_said_in_the_visitor_s_language_and_nothing_else(
    built: Built,
    app: Flask,
) -> None:
    issued = built.hall.issue(service="id-card", language="en", by=Press("device:kiosk", "kiosk", "list-1"))
    ticket = built.store.look(lambda desk: desk.ticket(issued["ticket"]["ticket"]))
    with app.test_request_context():
        page, pictures = listing.missing(ticket, service_of(built), "1", [1, 7], "近期<照片>", PAPER)
    words = ("What is still missing", "A001", "Old ID card (for a renewal)", "近期&lt;照片&gt;", "Window 1")
    assert [word for word in words if word not in page] == []
    assert "Household register" not in page
    assert pictures["/services/id-card/qr.svg"] == {"code": f"{built.public_url}/services/id-card"}
