import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from harbour_city import HARBOUR

from kfly.cli.database import bundled, create
from kfly.locale import language, speak
from kfly.registry.registry import Registry
from kfly.store import plan_rows
from kfly.store.database import writing


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = language()
    speak("en")
    yield
    speak(before)


@pytest.fixture(scope="session")
def bundled_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bundled") / "kfly.db"
    create(path, bundled() / "targets.yaml", [bundled() / "tasks_2022.yaml"])
    return path


@pytest.fixture(scope="session")
def harbour_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("harbour")
    (folder / "targets.yaml").write_text(HARBOUR, encoding="utf-8")
    create(folder / "kfly.db", folder / "targets.yaml", [])
    return folder / "kfly.db"


@pytest.fixture
def database(tmp_path: Path, bundled_database: Path) -> Path:
    return Path(shutil.copy(bundled_database, tmp_path / "kfly.db"))


@pytest.fixture
def registry(database: Path) -> Iterator[Registry]:
    with writing(database) as db:
        yield Registry(db, plan_rows.read(db))


@pytest.fixture
def harbour(tmp_path: Path, harbour_database: Path) -> Iterator[Registry]:
    with writing(Path(shutil.copy(harbour_database, tmp_path / "harbour.db"))) as db:
        yield Registry(db, plan_rows.read(db))
