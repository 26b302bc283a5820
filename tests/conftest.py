import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from kfly.locale import language, speak
from kfly.services.init import bundled, create
from tests.support.processes import environment, process
from tests.support.runner import Cli, leave_outside
from tests.support.shelf import Shelf
from tests.support.smtp_servers import Mailroom
from tests.support.warm import Warm

# Compiled tests are kept for the next run, whatever the machine asks for: each worker would compile them all.
sys.dont_write_bytecode = False

# Databases wait for the disk at each command: where memory serves as one, and nobody asks for
# another place, the folders of the tests are there.
MEMORY, ROOM = Path("/dev/shm"), 1 << 30


def pytest_configure(config: pytest.Config) -> None:
    """Choose where the tests' folders are."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and not config.option.basetemp:
        found = os.statvfs(MEMORY)
        if found.f_bavail * found.f_frsize > ROOM and not found.f_flag & os.ST_NOEXEC:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_collection_finish() -> None:
    """Thousands of tests stay in memory to the end: no collecting of garbage has to look at them again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _messages_in_english() -> Iterator[None]:
    """Messages in English, unless a command chooses its own language."""
    before = language()
    speak("en")
    yield
    speak(before)


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """No language, width, configuration or database from outside; a test that has a folder begins in it."""
    leave_outside(monkeypatch)
    if "tmp_path" in request.fixturenames:
        folder: Path = request.getfixturevalue("tmp_path")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "home"))
        monkeypatch.chdir(folder)


@pytest.fixture(scope="session")
def bundled_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the bundled plan, to be copied."""
    path = tmp_path_factory.mktemp("bundled") / "kfly.db"
    create(path, bundled() / "targets.yaml", [bundled() / "tasks_2022.yaml"], command=("init",))
    return path


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's database, to be copied."""
    folder = tmp_path_factory.mktemp("demo")
    made = process(folder, "--lang", "en", "demo")
    path = made.stderr.decode().partition("KFLY_DB=")[2].partition(";")[0]
    return Path(path)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Folders that tests begin with, each made by the first that asks."""
    return Shelf(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """Runs commands as processes that need no start."""
    with Warm(environment(LANG="C")) as warm:
        yield warm


@pytest.fixture
def measured_aside(cov: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What forked processes do is measured as well: for few tests, since saving it takes long."""
    if cov is None:
        return
    cov.get_data()  # puts away what was measured so far: each forked process saves its own alone
    leave = os._exit

    def save_and_leave(status: int) -> NoReturn:
        try:
            cov.save()
        finally:
            leave(status)

    monkeypatch.setattr(os, "_exit", save_and_leave)


@pytest.fixture
def language_of_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bundled plan's language, said by the machine where it says none: no command has to look for it."""
    monkeypatch.setenv("KFLY_LANG", os.environ.get("KFLY_LANG", "zh"))


@pytest.fixture
def empty(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Cli:
    """The command line in an empty folder."""
    return Cli(tmp_path, capsysbinary)


@pytest.fixture
def open_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that others may use, as they may not look into pytest's own; it is the one we are in."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o777)
        monkeypatch.chdir(folder)
        yield folder


@pytest.fixture
def kfly(empty: Cli, bundled_database: Path, language_of_the_plan: None) -> Cli:
    """The command line beside a database of the bundled plan, without records."""
    shutil.copy(bundled_database, empty.db)
    return empty


@pytest.fixture
def filled(empty: Cli, demo_database: Path, language_of_the_plan: None) -> Cli:
    """The command line beside the demo's database: some thousand invented records."""
    shutil.copy(demo_database, empty.db)
    return empty


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailroom]:
    """A mail server, and kfly knows where."""
    with Mailroom() as room:
        monkeypatch.setenv("KFLY_SMTP_URL", room.url)
        yield room
