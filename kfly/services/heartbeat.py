"""The sign of life after each complete run of mailing, so that silence can be watched."""

import subprocess
from collections.abc import Iterator

from kfly.configuration.file import Heartbeat
from kfly.errors import explain_os_error
from kfly.locale import _

_SECONDS = 30  # a command that takes longer is ended


def beat(heartbeat: Heartbeat) -> Iterator[str]:
    """Touch the file and run the command; yield a line for each that failed."""
    if heartbeat.file is not None:
        try:
            heartbeat.file.touch()
        except OSError as error:
            yield _failed(str(heartbeat.file), explain_os_error(error))
    if heartbeat.command:
        why = _run(heartbeat.command)
        if why is not None:
            yield _failed(heartbeat.command[0], why)


def _run(command: tuple[str, ...]) -> str | None:
    """Run a command, without a shell and whatever it prints; say why it failed, if it did."""
    try:
        done = subprocess.run(  # noqa: S603  (the file that names it is closed to others)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _("it took more than {seconds} s", seconds=_SECONDS)
    except (OSError, ValueError) as error:
        return explain_os_error(error) if isinstance(error, OSError) else str(error)
    return _("it ended with {code}", code=done.returncode) if done.returncode else None


def _failed(what: str, why: str) -> str:
    return _("The mail is out, but mail.heartbeat failed: {what}: {why}.", what=what, why=why)
