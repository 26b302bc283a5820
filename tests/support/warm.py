"""Runs commands as processes that need no start: forked from one that has every module loaded.

Each is a process of its own, with its folder, its environment, its limits and its pipes, and ends as the
program does. It does not show how an interpreter starts; where that matters, ``process`` starts one.
"""

import json
import os
import pkgutil
import resource
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import sleep
from typing import Any, NoReturn, Self

import kfly
from kfly.__main__ import run

STREAMS = (("stdin", "r"), ("stdout", "w"), ("stderr", "w"))


class Warm:
    """A process that waits, to be forked for each command; for a ``with`` statement."""

    def __init__(self, env: dict[str, str]) -> None:
        self.socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())],
                env=env | {"PYTHONPATH": os.pathsep.join(sys.path)},
                pass_fds=[theirs.fileno()],
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.socket.close()
        self.process.wait(60)

    def run(
        self,
        folder: Path,
        *args: str | bytes,
        env: dict[str, str],
        limit: int = resource.RLIM_INFINITY,
        stop: tuple[int, float] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a command, its output in pipes.

        Args:
            folder: where it runs.
            args: the command.
            env: all its variables.
            limit: no file may grow beyond it.
            stop: a signal that it is sent, and after how many seconds.
        """
        words = [os.fsdecode(arg) for arg in args]
        asked = {"args": words, "folder": str(folder), "env": env, "limit": limit, "stop": stop}
        out, their_out = os.pipe()
        err, their_err = os.pipe()
        with Path(os.devnull).open("rb") as nothing:
            socket.send_fds(
                self.socket, [json.dumps(asked).encode()], [nothing.fileno(), their_out, their_err]
            )
        for end in (their_out, their_err):
            os.close(end)
        printed = _read_all(Connection(out, writable=False), Connection(err, writable=False))
        return subprocess.CompletedProcess(words, int(self.socket.recv(16)), *printed)


def _read_all(*ends: Connection) -> list[bytes]:
    """What comes out of each pipe until it closes."""
    parts: dict[Connection, list[bytes]] = {end: [] for end in ends}
    still = list(ends)
    while still:
        for end in wait(still):
            assert isinstance(end, Connection)
            if part := os.read(end.fileno(), 65536):
                parts[end].append(part)
            else:
                still.remove(end)
                end.close()
    return [b"".join(parts[end]) for end in ends]


def _serve(asking: socket.socket) -> None:
    """Fork for each command that is asked for; answer its exit code."""
    while True:
        message, fds, _flags, _from = socket.recv_fds(asking, 1 << 20, len(STREAMS))
        if not message:
            return
        asked = json.loads(message)
        if not (child := os.fork()):
            _become(asked, fds)
        for fd in fds:
            os.close(fd)
        if asked["stop"]:
            number, seconds = asked["stop"]
            sleep(seconds)
            os.kill(child, number)
        _pid, status = os.waitpid(child, 0)
        asking.send(str(os.waitstatus_to_exitcode(status)).encode())


def _become(asked: dict[str, Any], fds: list[int]) -> NoReturn:
    """Be the command that is asked for, as if it had been started."""
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["env"])
    for number, (fd, (name, mode)) in enumerate(zip(fds, STREAMS, strict=True)):
        os.dup2(fd, number)
        os.close(fd)
        setattr(sys, name, open(number, mode, encoding="utf-8", errors="surrogateescape"))  # noqa: SIM115, PTH123
    sys.argv[1:] = asked["args"]
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (asked["limit"], resource.RLIM_INFINITY))
    with suppress(BaseException):  # whatever it is, no second server comes of it
        run()
    os._exit(70)


if __name__ == "__main__":
    for module in pkgutil.walk_packages(kfly.__path__, "kfly."):
        if not module.name.endswith((".compile", ".__main__")):
            import_module(module.name)
    # A signal may find the child before its first line: then it ends by it, as the program would.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with socket.socket(fileno=int(sys.argv[1])) as asking:
        _serve(asking)
