"""A log of any size is printed as it is read: in little memory, and its beginning at once."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from kfly.console.screen import Stream, show_json
from tests.support.processes import environment
from tests.support.runner import Cli
from tests.support.shelf import Shelf

ROWS = 60_000
PEAK = """
import resource, sys
from kfly.cli import main
code = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture
def long_log(kfly: Cli, shelf: Shelf) -> Cli:
    """A log with one group of very many changes."""

    def prepare() -> None:
        with closing(sqlite3.connect(kfly.db)) as db:
            db.executemany("INSERT INTO policy (name) VALUES (?)", ((f"办法{n}" * 9,) for n in range(ROWS)))
            db.commit()

    shelf.lay("a long log", kfly.folder, prepare)
    return kfly


@pytest.mark.parametrize(
    "document", [[], [{}], [{"a": [], "b": "楼\n\u202e\udce4"}, [1, [2]], None, ["x"] * 9]]
)
def test_a_stream_is_printed_as_a_list_is(
    capfdbinary: pytest.CaptureFixture[bytes], document: list[object]
) -> None:
    show_json([document, {"in": document}])
    whole = capfdbinary.readouterr().out
    show_json(Stream([Stream(document), {"in": Stream(document)}]))
    assert capfdbinary.readouterr().out == whole


@pytest.mark.slow
def test_the_log_as_json_takes_little_memory(long_log: Cli) -> None:
    def peak(*args: str) -> int:
        with (long_log.folder / "out").open("wb") as out:
            run = subprocess.run(
                [sys.executable, "-c", PEAK, *args],
                cwd=long_log.folder,
                env=environment(LANG="C"),
                stdout=out,
                stderr=subprocess.PIPE,
                check=True,
            )
        return int(run.stderr)

    little = peak("log", "--json", "--user", "nobody")
    assert peak("log", "--json") - little < 30_000  # KiB; the document itself is larger
    printed = (long_log.folder / "out").read_text(encoding="utf-8")
    assert len(printed.encode()) > 10_000_000
    groups = json.loads(printed)
    assert sum(len(group["changes"]) for group in groups[:-1]) == ROWS
    assert printed == json.dumps(groups, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.slow
def test_who_reads_the_beginning_does_not_wait_for_the_end(long_log: Cli) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "kfly", "log", "--json"],
        cwd=long_log.folder,
        env=environment(LANG="C"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == b"[\n"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
