"""The rules of the house itself: who may import whom, who asks the time, how long a file may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.conftest import LONGEST, SLOW

ROOT = Path(__file__).resolve().parent.parent

DOMAIN = frozenset({"queueing", "scoring"})
ROOMS = frozenset(
    {
        "kiosk",
        "phone",
        "display",
        "window",
        "rating",
        "office",
        "api",
        "speech",
        "printing",
        "signals",
        "guides",
        "feedback",
        "reports",
        "assessment",
        "booking",
        "outlook",
        "city",
    }
)
MAY_IMPORT: dict[str, frozenset[str]] = {
    "queueing": frozenset(),
    "scoring": frozenset({"queueing"}),
    "forecast": frozenset({"queueing"}),
    "settings": DOMAIN,
    "storage": DOMAIN,
    "web": DOMAIN | {"settings"},
    **{room: DOMAIN | {"settings", "web"} for room in ROOMS},
    "upkeep": DOMAIN | {"forecast", "settings", "storage", "web"},
}
OURS = frozenset(MAY_IMPORT) | {"app", "bench", "tools", "tests"}
FOREIGN_TO_THE_DOMAIN = frozenset(
    {"flask", "flask_socketio", "socketio", "sqlite3", "sqlite_utils", "pydantic", "socket", "requests"}
)
ENGINES = frozenset({"eventlet", "gevent"})
NUMBERS = frozenset({"numpy", "numba"})

ASKS_THE_TIME = frozenset({"now", "utcnow", "today", "time", "monotonic", "time_ns", "perf_counter"})
CLOCKS = frozenset({"datetime", "date", "time"})

LONGEST_FILE = 260
LONG_FUNCTION = 15


def files_of(*packages: str) -> list[Path]:
    return sorted(file for package in packages for file in (ROOT / package).glob("**/*.py"))


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imports(file: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it, by its first name."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are spelled out, not relative"
            yield (node.module or "").partition(".")[0]


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_a_layer_imports_only_what_lies_below_it(package: str) -> None:
    allowed = MAY_IMPORT[package] | {package}
    wrong = {
        f"{named(file)} imports {name}"
        for file in files_of(package)
        for name in imports(file)
        if name in OURS and name not in allowed
    }
    assert not wrong


@pytest.mark.parametrize("package", sorted(DOMAIN))
def test_the_domain_knows_no_web_and_no_database(package: str) -> None:
    foreign = {(named(file), name) for file in files_of(package) for name in imports(file)}
    assert not {each for each in foreign if each[1] in FOREIGN_TO_THE_DOMAIN}


def test_one_file_chooses_an_engine() -> None:
    chooses = ROOT / "web" / "engines.py"
    others = [*files_of(*MAY_IMPORT, "tools"), ROOT / "app.py"]
    named_in = {f"{named(f)} imports {n}" for f in others for n in imports(f) if n in ENGINES}
    assert named_in == {f"{named(chooses)} imports {name}" for name in ENGINES}


def test_numbers_stay_out_of_the_server() -> None:
    others = files_of(*(set(MAY_IMPORT) - {"forecast"}))
    assert not {f"{named(f)} imports {n}" for f in others for n in imports(f) if n in NUMBERS}


def asked_times(file: Path) -> Iterator[str]:
    """Calls such as datetime.now() and time.monotonic(), with their lines."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id in CLOCKS and node.func.attr in ASKS_THE_TIME:
                yield f"{named(file)}:{node.lineno} {owner.id}.{node.func.attr}()"


def test_one_file_of_the_domain_asks_the_time() -> None:
    domain = files_of(*DOMAIN, "forecast", "storage", "settings")
    assert {ask.partition(":")[0] for file in domain for ask in asked_times(file)} == {"queueing/clock.py"}


@pytest.mark.parametrize("package", sorted(MAY_IMPORT))
def test_every_package_says_what_lives_there(package: str) -> None:
    assert ast.get_docstring(tree(ROOT / package / "__init__.py")), f"{package} says nothing about itself"


def test_every_file_says_what_it_is_about_and_is_short() -> None:
    ours = [*files_of(*MAY_IMPORT, "tools", "bench"), ROOT / "app.py"]
    assert not [named(file) for file in ours if not ast.get_docstring(tree(file))]
    assert not [named(file) for file in ours if len(file.read_text("utf-8").splitlines()) > LONGEST_FILE]


def lengths(package: str) -> list[int]:
    """How many lines each function has, from its name to its end, without its docstring."""
    return [
        (node.end_lineno or 0) - node.lineno + 1 - (2 if ast.get_docstring(node) else 0)
        for file in files_of(package)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef)
    ]


def test_functions_are_short() -> None:
    counted = [length for package in MAY_IMPORT for length in lengths(package)]
    assert median(counted) <= 7
    assert sum(length <= LONG_FUNCTION for length in counted) >= 0.9 * len(counted)


def test_what_begins_first_is_there() -> None:
    """A file that was renamed would run last, and everybody would wait for it."""
    there = {f"{file.parent.name}/{file.stem}" for file in (ROOT / "tests").glob("*/test_*.py")}
    assert set(LONGEST) <= there
    assert set(SLOW) <= {name.partition("/")[0] for name in there}
