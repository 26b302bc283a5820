"""Work that the tests of durability give to real processes: each is warm before it begins.

Starting an interpreter takes longer than most commands do. So a process is started once, and runs what it is
told through the same ``main`` as the program; a lock of SQLite's belongs to a process, not to a command.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from time import monotonic, sleep

from kfly.cli import main


def add(writer: str, times: str) -> None:
    """Record so many policies, one command each."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        codes = {main(["add-policy", "--name", f"{writer}-{number}"]) for number in range(int(times))}
    sys.exit(max(codes))


def read(seen: str, stop: str) -> None:
    """Put the status into a file, again and again until another appears; the last time after that."""
    os.dup2(os.open(seen, os.O_WRONLY | os.O_CREAT), 1)
    going = True
    while going:
        going = not Path(stop).exists()
        if code := main(["status", "--json", "--as-of", "2022-11-30"]):
            sys.exit(code)


def be_killed(sheet: str) -> None:
    """Import a sheet in a child, for each line of stdin: killed after so many seconds, or let be for ``-``.

    Answers each with how long it took, and the child's exit code.
    """
    few = Path("少.csv")
    few.write_text("".join(Path(sheet).read_text(encoding="utf-8").splitlines(keepends=True)[:9]), "utf-8")
    main(["import", "building", str(few), "--dry-run"])  # all is loaded before the first child begins
    sys.stdout.flush()
    for line in sys.stdin:
        begun = monotonic()
        if not (child := os.fork()):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os._exit(main(["import", "building", sheet]))
        if line.strip() != "-":
            sleep(float(line))
            os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        sys.stdout.write(f"{monotonic() - begun} {os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    works: dict[str, Callable[..., None]] = {"add": add, "read": read, "be_killed": be_killed}
    works[sys.argv[1]](*sys.argv[2:])
