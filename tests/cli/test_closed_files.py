"""A file that is closed to us: the command that would read it says so, and Typer does not speak first."""

from pathlib import Path

import pytest

import kfly
from tests.support.read_only import closed_to_us
from tests.support.runner import Cli

READING = ("draft F.csv", "rollup F.db", "load F.yaml", "import building F.csv", "evidence 1 --add F.csv")
PACKAGE = Path(kfly.__file__).parent


def is_open_to_all(folder: Path) -> bool:
    """Whether everybody may look into a folder: not where a clone lies in somebody's own."""
    return all(part.stat().st_mode & 0o005 == 0o005 for part in (folder, *folder.parents))


@pytest.mark.parametrize("line", READING)
def test_it_is_named_with_the_reason(
    empty: Cli, bundled_database: Path, open_folder: Path, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if line.startswith("load") and not is_open_to_all(PACKAGE):
        pytest.skip("beside the file, load reads the package's own kinds, which are closed to others here")
    monkeypatch.setenv("KFLY_LANG", "en")
    database = open_folder / "kfly.db"
    database.write_bytes(bundled_database.read_bytes())
    database.chmod(0o666)
    file = next(word for word in line.split() if word.startswith("F."))
    (open_folder / file).write_text("not read by anybody")
    command = ("--db", str(database), *line.split())
    empty(*command)  # what the command imports may be closed to others, too
    with closed_to_us(open_folder / file):
        run = empty(*command)
    assert run.code == 1
    assert "cannot be read: permission denied" in run.err + run.out
