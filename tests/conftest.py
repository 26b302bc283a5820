from collections.abc import Iterator
from pathlib import Path

import pytest

from kfly.locale import language, speak
from kfly.services.init import bundled, create


@pytest.fixture(autouse=True)
def _messages_in_english() -> Iterator[None]:
    """Messages in English, unless a command chooses its own language."""
    before = language()
    speak("en")
    yield
    speak(before)


@pytest.fixture(scope="session")
def bundled_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the bundled plan, to be copied."""
    path = tmp_path_factory.mktemp("bundled") / "kfly.db"
    create(path, bundled() / "targets.yaml", [bundled() / "tasks_2022.yaml"])
    return path
