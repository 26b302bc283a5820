"""No hand breaks the file: signals at any moment, calls to the disk that fail, what kill -9 leaves behind."""

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import NamedTuple

import pytest

from tests.support.processes import environment
from tests.support.tried_commands import SHEET, SMALL_PLAN, TRIED, ask, lay, names_in
from tests.support.warm import Warm

pytestmark = pytest.mark.slow

SOURCE = Path(__file__).parents[2] / "support" / "faults.c"
ENGLISH = {"LANG": "C", "KFLY_LANG": "en"}
NOISE = (b"Traceback", b"Exception ignored", b"Error:")
CALLS = ("open", "write", "fsync", "name", "truncate")
FEW = 6  # calls of each sort, of which every one is struck: files are opened and locks laid in these
SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


@pytest.fixture(scope="module")
def prepared(bundled_database: Path, warm: Warm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database, a record, some evidence and a sheet."""
    folder = tmp_path_factory.mktemp("prepared")
    shutil.copy(bundled_database, folder / "kfly.db")
    (folder / "楼宇.csv").write_text(SHEET, encoding="utf-8")
    (folder / "plan").mkdir()
    (folder / "plan" / "targets.yaml").write_text(SMALL_PLAN, encoding="utf-8")
    (folder / "证明.bin").write_bytes(b"\x07" * 100_000)
    for command in (("evidence", "11", "--add", "证明.bin"), ("add-policy", "--name", "旧办法")):
        assert warm.run(folder, *command, env=environment(**ENGLISH)).returncode == 0
    return folder


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warm]:
    """Runs commands whose calls to the disk can be made to fail."""
    if not shutil.which("gcc"):
        pytest.skip("there is no gcc to build what makes calls fail")
    library = tmp_path_factory.mktemp("faults") / "faults.so"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    with Warm(environment(LANG="C", LD_PRELOAD=str(library))) as failing:
        yield failing


class Struck(NamedTuple):
    """A run in whose midst something happened: what is told where it is judged, and whether all was done."""

    at: int  # which call of its sort
    code: int
    err: bytes
    told: tuple[str, int, int, str]
    done: bool


def strike(
    failing: Warm, name: str, tmp_path: Path, prepared: Path, trouble: Callable[[int], dict[str, str]]
) -> Iterator[Struck]:
    """Run a command until nothing strikes it any more; what is not done leaves no trace.

    Of each sort of call the first few are struck, then later ones, others in every run, to the last.

    Args:
        failing: runs it.
        name: of the command.
        tmp_path: where it runs.
        prepared: what it begins with.
        trouble: the variables that say what strikes a call, by its number.
    """
    command, folder, fired = TRIED[name], tmp_path / "here", tmp_path / "fired"
    for call in CALLS:
        at = 1
        while True:
            lay(folder, prepared)
            before = names_in(folder)
            fault = {"FAULT_CALL": call, "FAULT_AT": str(at), "FAULT_UNDER": str(folder)}
            env = environment(**ENGLISH, **fault, FAULT_FIRED=str(fired), **trouble(at))
            run = failing.run(folder, *command.args, env=env)
            if not fired.exists():
                assert run.returncode == 0, run.stderr.decode()
                break
            fired.unlink()
            told, done = (call, at, run.returncode, run.stderr.decode()), command.is_done(folder)
            yield Struck(at, run.returncode, run.stderr, told, done)
            assert ask(folder / "kfly.db", "SELECT count(*) FROM tasks") == 20
            made = names_in(folder) - before
            assert done or {one for one in made if one != "out"} == set(), told
            assert not [one for one in made if ".part" in one or one.endswith("-writing")], told
            at += 1 if at < FEW else 1 + random.randrange(at)  # of many that are alike, some
    assert command.is_done(folder)


@pytest.mark.parametrize("kept", ["wal", "delete"])
@pytest.mark.parametrize("name", TRIED)
def test_whatever_call_fails_the_exit_code_says_what_is_there(
    tmp_path: Path, prepared: Path, failing: Warm, name: str, kept: str
) -> None:
    if kept == "delete" and name in ("export", "save"):
        pytest.skip("it writes nothing to the database")
    for run in strike(failing, name, tmp_path, prepared, lambda _at: {"KFLY_JOURNAL": kept}):
        assert not any(noise in run.err for noise in NOISE), run.told
        assert run.code in (0, 1, 74), run.told
        assert run.code == 74 or run.done is (run.code == 0), run.told


@pytest.mark.parametrize("name", TRIED)
def test_a_signal_at_any_moment_leaves_no_trace(
    tmp_path: Path, prepared: Path, warm: Warm, name: str
) -> None:
    command, folder = TRIED[name], tmp_path / "here"
    env = environment(**ENGLISH, TMPDIR=str(tmp_path))
    lay(folder, prepared)
    begun, before = monotonic(), names_in(folder)
    assert warm.run(folder, *command.args, env=env).returncode == 0
    usual, finished = monotonic() - begun, names_in(folder)
    chance = random.Random(name)
    for number in SIGNALS * 3:
        lay(folder, prepared)
        run = warm.run(folder, *command.args, env=env, stop=(number, chance.uniform(0.005, usual)))
        told = (signal.Signals(number).name, run.returncode, run.stdout, run.stderr.decode())
        assert run.returncode in (0, -number), told
        assert run.stderr == b"", told
        assert run.returncode != 0 or command.is_done(folder), told
        assert names_in(folder) - {"out"} in (before, finished - {"out"}), told
        assert ask(folder / "kfly.db", "SELECT count(*) FROM tasks") == 20
        assert [path for path in tmp_path.iterdir() if path.name.startswith("kfly-work-")] == []


@pytest.mark.parametrize("name", TRIED)
def test_a_signal_in_the_midst_of_a_call_leaves_no_trace(
    tmp_path: Path, prepared: Path, failing: Warm, name: str
) -> None:
    def choose(at: int) -> signal.Signals:
        return SIGNALS[at % len(SIGNALS)]

    def send(at: int) -> dict[str, str]:
        return {"FAULT_SIGNAL": str(choose(at).value)}

    for run in strike(failing, name, tmp_path, prepared, send):
        assert (run.code, run.err) == (-choose(run.at), b""), run.told


@pytest.mark.parametrize("name", ["backup", "init", "export", "save"])
def test_what_kill_leaves_is_swept_by_the_next_run(
    tmp_path: Path, prepared: Path, warm: Warm, name: str
) -> None:
    command, folder = TRIED[name], tmp_path / "here"
    env = environment(**ENGLISH, TMPDIR=str(tmp_path))
    lay(folder, prepared)
    begun = monotonic()
    warm.run(folder, *command.args, env=env)
    usual, finished = monotonic() - begun, names_in(folder)
    lay(folder, prepared)
    chance = random.Random(name)
    for _time in range(5):
        warm.run(folder, *command.args, env=env, stop=(signal.SIGKILL, chance.uniform(0.005, usual)))
        if command.is_done(folder):
            break
    else:
        assert warm.run(folder, *command.args, env=env).returncode == 0
        assert [path for path in tmp_path.iterdir() if path.name.startswith("kfly-work-")] == []
    warm.run(folder, "backup", "other.db", env=env)
    (folder / "other.db").unlink()
    assert {one for one in names_in(folder) if not one.startswith("out/.")} == finished


@pytest.mark.parametrize("number", SIGNALS)
def test_from_its_first_line_on_a_signal_ends_it_without_a_word(
    tmp_path: Path, prepared: Path, number: int
) -> None:
    """As a process of its own, while the interpreter starts and all is loaded."""
    chance = random.Random(number)
    for _time in range(3):
        lay(tmp_path / "here", prepared)
        running = subprocess.Popen(
            [sys.executable, "-m", "kfly", *TRIED["add"].args],
            cwd=tmp_path / "here",
            env=environment(**ENGLISH),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        with suppress(subprocess.TimeoutExpired):
            running.wait(chance.uniform(0.02, 0.4))
        running.send_signal(number)
        _out, err = running.communicate(timeout=60)
        assert b"/kfly/" not in err, err.decode()  # before its first line the interpreter speaks
        assert number == signal.SIGINT or err == b""
        assert running.returncode in (0, 1, -number)
        assert names_in(tmp_path / "here") == names_in(prepared)
