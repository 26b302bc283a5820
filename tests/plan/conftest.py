from collections.abc import Iterator
from pathlib import Path

import pytest
from other_city import OtherCity

from kfly.locale import language, speak


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    speak("en")
    yield
    speak(before)


@pytest.fixture
def city(tmp_path: Path) -> OtherCity:
    return OtherCity(tmp_path)
