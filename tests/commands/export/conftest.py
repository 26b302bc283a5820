import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from hashlib import sha256
from pathlib import Path

import pytest

from kfly.services.init import create
from tests.support.desk import Desk
from tests.support.exchange_city import CITY
from tests.support.invented_records import Twins
from tests.support.shelf import Shelf


def made(folder: Path, plan: str) -> Path:
    """A database of this plan."""
    (folder / "targets.yaml").write_text(plan, encoding="utf-8")
    create(folder / "kfly.db", folder / "targets.yaml", [])
    return folder / "kfly.db"


@pytest.fixture(scope="session")
def city_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the city with kinds of its own, to be copied."""
    return made(tmp_path_factory.mktemp("city"), CITY)


@pytest.fixture
def city_with(
    tmp_path: Path, shelf: Shelf, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[[str], Desk]:
    """Makes the command line beside a database of the city with one more kind."""

    def make(kind: str) -> Desk:
        shelf.lay(sha256(kind.encode()).hexdigest(), tmp_path, lambda: made(tmp_path, CITY + kind))
        return Desk(tmp_path, capsysbinary)

    return make


@pytest.fixture(scope="session")
def bundled(bundled_database: Path) -> Iterator[Twins]:
    """Two registries of the bundled plan."""
    with closing(Twins(bundled_database)) as twins:
        yield twins


@pytest.fixture(scope="session")
def harbour(city_database: Path) -> Iterator[Twins]:
    """Two registries of the city with kinds of its own."""
    with closing(Twins(city_database)) as twins:
        yield twins


@pytest.fixture
def harbour_with(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Twins]]:
    """Makes two registries of the city with one more kind."""
    with ExitStack() as stack:
        yield lambda kind: stack.enter_context(
            closing(Twins(made(tmp_path_factory.mktemp("city"), CITY + kind)))
        )


@pytest.fixture
def kfly(tmp_path: Path, bundled_database: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Desk:
    """The command line beside a database of the bundled plan, without records."""
    desk = Desk(tmp_path, capsysbinary)
    shutil.copy(bundled_database, desk.db)
    return desk


@pytest.fixture
def city(tmp_path: Path, city_database: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Desk:
    """The command line beside a database of the city, without records."""
    desk = Desk(tmp_path, capsysbinary)
    shutil.copy(city_database, desk.db)
    return desk
