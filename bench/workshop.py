"""What is measured with: installs of this build and of an older one in fresh environments; databases."""

import shutil
import subprocess
import tarfile
import venv
from collections.abc import Callable
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from measuring import Command, run
from mixed import change_many, find_size, lengthen_log, scale

ROOT = Path(__file__).parent.parent
OLD = "12ac04b"  # the build that some budgets are measured against
COUNTIES = {f"county{size}": size for size in range(2_000, 10_001, 2_000)}  # of a province
SIZES = {"few": 1_000, "office": 1_200, "ten": 10_000, "million": 1_000_000, **COUNTIES}

LISTED = "listed"  # a registry with 10,000 records of one kind
GROWN = "grown"  # few records, and a log of a million changes
CHANGED = "changed"  # the records of an office, of which a thousand were changed after LAST_KNOWN
LAST_KNOWN = "#3"  # its last change before: what the demo makes, and what is copied, are three


class Build(NamedTuple):
    """One build of kfly, in an environment of its own, and the folder of its databases."""

    folder: Path

    @property
    def binaries(self) -> Path:
        """Where its programs lie."""
        return self.folder / "venv" / "bin"

    @property
    def python(self) -> str:
        """The interpreter."""
        return str(self.binaries / "python")

    def kfly(self, database: str, *words: str) -> Command:
        """A command of kfly's."""
        return [str(self.binaries / "kfly"), "--db", self.file(f"{database}.db"), *words]

    def file(self, name: str) -> str:
        """Where a file lies."""
        return str(self.folder / name)

    def start_anew(self, *names: str) -> None:
        """Empty the databases that imports go to."""
        for name in names or ("work", "work2"):
            shutil.copy(self.file("empty.db"), self.file(f"{name}.db"))


def install_ours(folder: Path) -> Build:
    """Install what is checked out here."""
    return _install(folder / "ours", ROOT)


def install_old(folder: Path, commit: str = OLD) -> Build:
    """Install an older build, out of the history."""
    packed = subprocess.run(
        ["git", "-C", str(ROOT), "archive", commit], check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(folder / "source", filter="data")
    return _install(folder / "old", folder / "source")


def add_extras(build: Build, *extras: str) -> None:
    """Install what these extras of ours bring."""
    run([[str(build.binaries / "pip"), "install", "--quiet", f"{ROOT}[{','.join(extras)}]"]])


def _install(folder: Path, source: Path) -> Build:
    venv.create(folder / "venv", with_pip=True)
    build = Build(folder)
    run([[str(build.binaries / "pip"), "install", "--quiet", str(source)]])
    return build


def fill(build: Build, *names: str) -> None:
    """Make databases of these sizes, of records mixed as in the demo."""
    if not names:
        return
    run([[str(build.binaries / "kfly"), "demo"]], {"TMPDIR": str(build.folder)}, may_fail=True)
    demo = next(build.folder.glob("kfly-demo-*/kfly.db"))
    for name in names:
        database = build.folder / f"{name}.db"
        shutil.copy(demo, database)
        if name == CHANGED:
            _aside(scale, database, SIZES["office"])
            _aside(change_many, database, 1_000)
        elif name == LISTED:
            _aside(scale, database, find_size(database, SIZES["ten"]))
        elif name == GROWN:
            _aside(lengthen_log, database, SIZES["million"])
        else:
            _aside(scale, database, SIZES[name])
        run([build.kfly(name, "progress", "1", "begun")])  # what a command keeps up to date is up to date


def _aside(make: Callable[[Path, int], None], database: Path, size: int) -> None:
    """Make a database in a process of its own: what this one ever used would count as used by all it starts.

    Linux counts a new process's memory from the largest that the one which started it has ever had.
    """
    process = get_context("spawn").Process(target=make, args=(database, size))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"failed: {make.__name__} of {database.name}")
