"""One running city for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.city.cities import RunningCity, running_city


@pytest.fixture(scope="package")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCity]:
    with running_city(tmp_path_factory.mktemp("city")) as running:
        yield running
