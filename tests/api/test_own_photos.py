"""A clerk sees the photos of an inspector, and none that came with a citizen's complaint."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.api.test_assessments import Hall, sent, told
from tests.scoring.months import fact
from web.context import Built


@pytest.fixture
def hall(app: Flask, built: Built) -> Hall:
    return Hall(app, built)


@pytest.mark.parametrize(("origin", "status"), [("inspector", 200), ("complaint", 404)])
def test_whose_photos_a_clerk_sees(hall: Hall, origin: str, status: int) -> None:
    entry = fact("1.1", origin=origin)
    hall.enter(entry)
    name = told(sent(hall.chen, f"/api/v1/facts/{entry.id}/evidence"), 201)["evidence"]["id"]
    assert hall.li.get(f"/api/v1/facts/{entry.id}/evidence/{name}").status_code == status
    assert hall.chen.get(f"/api/v1/facts/{entry.id}/evidence/{name}").status_code == 200
