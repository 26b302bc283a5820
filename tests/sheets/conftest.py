import shutil
from pathlib import Path

import pytest
from cli_runner import Cli, leave_outside


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each test in an empty folder, with no language, width or database from outside."""
    leave_outside(monkeypatch, tmp_path)


@pytest.fixture
def kfly(tmp_path: Path, bundled_database: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """The command line beside a database of the bundled plan, without records."""
    shutil.copy(bundled_database, tmp_path / "kfly.db")
    return Cli(tmp_path, capsys)
