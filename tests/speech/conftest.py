"""The small hall with its voices, asked from its own machine, and a look at how the voice pronounces."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from speech.engine import place
from tests.people.conftest import built_of
from tests.scene import Scene
from web.opening import open_web

PHONEMES = """
import ctypes, sys
library, data, voice = sys.argv[1:]
lib = ctypes.CDLL(library)
lib.espeak_Initialize(2, 0, data.encode(), 0x8000)
assert lib.espeak_SetVoiceByName(voice.encode()) == 0
lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
left = ctypes.c_char_p(sys.stdin.buffer.read())
while left.value:
    print(lib.espeak_TextToPhonemes(ctypes.byref(left), 1, 2).decode())
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("voices")
    scene = Scene(folder)
    yield open_web(built_of(scene, folder))
    scene.close()


@pytest.fixture(scope="module")
def browser(app: Flask) -> FlaskClient:
    """On the hall's own machine: an announcer and a kiosk."""
    return app.test_client()


@pytest.fixture(scope="session")
def phonemes() -> Callable[[str, str], list[str]]:
    """What the voice makes of a text, in the International Phonetic Alphabet, word by word."""

    def pronounced(voice: str, text: str) -> list[str]:
        where = place()
        command = [sys.executable, "-c", PHONEMES, where.library, where.data, voice]
        done = subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=20)
        return done.stdout.decode().split()

    return pronounced


def folder_of(app: Flask) -> Path:
    """The hall's data folder."""
    return Path(app.extensions["service-hall"].data)
