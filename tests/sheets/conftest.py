import shutil
import sys
from pathlib import Path

import pytest

sys.path.append(
    str(Path(__file__).parents[1] / "cli")
)  # where the command line's own tests keep their runner

from cli_runner import OUTER, Cli


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each test in an empty folder, with no language, width or database from outside."""
    for name in OUTER:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def kfly(tmp_path: Path, bundled_database: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """The command line beside a database of the bundled plan, without records."""
    shutil.copy(bundled_database, tmp_path / "kfly.db")
    return Cli(tmp_path, capsys)
