import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_runner import Cli, leave_outside, process
from smtp_servers import Mailroom


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each test in an empty folder, with no language, width or database from outside."""
    leave_outside(monkeypatch, tmp_path)


@pytest.fixture
def empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """The command line in an empty folder."""
    return Cli(tmp_path, capsys)


@pytest.fixture(scope="session")
def _bundled_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundled")
    made = process(folder, "init")
    assert made.returncode == 0, made.stderr.decode()
    return folder / "kfly.db"


@pytest.fixture
def kfly(empty: Cli, _bundled_database: Path) -> Cli:
    """The command line beside a database of the bundled plan, without records."""
    shutil.copy(_bundled_database, empty.db)
    return empty


@pytest.fixture(scope="session")
def _demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    made = process(folder, "--lang", "en", "demo")
    path = made.stderr.decode().partition("KFLY_DB=")[2].partition(";")[0]
    return Path(path)


@pytest.fixture
def filled(empty: Cli, _demo_database: Path) -> Cli:
    """The command line beside the demo's database: some thousand invented records."""
    shutil.copy(_demo_database, empty.db)
    return empty


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailroom]:
    """A mail server, and kfly knows where."""
    with Mailroom() as room:
        monkeypatch.setenv("KFLY_SMTP_URL", room.url)
        yield room
