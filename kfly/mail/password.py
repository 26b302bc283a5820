"""The password of the mail server: from a variable, or from a file that nobody else can read."""

import os
import stat
from pathlib import Path

from kfly.errors import KflyError, explain_os_error
from kfly.locale import _

VARIABLE = "KFLY_SMTP_PASSWORD"
_OTHERS = 0o077
_LONGEST = 4096  # bytes; what is longer is another file


def read_variable() -> str | None:
    """Read the password from the variable, if it is set.

    Raises:
        KflyError: it cannot be used.
    """
    text = os.environ.get(VARIABLE, "")
    return _usable(text, VARIABLE) if text else None


def read_file(path: Path) -> str:
    """Read the password from a file, without the line break at its end.

    Raises:
        KflyError: the file cannot be read, can be read by others, or holds no password.
    """
    try:
        # Do not wait for the other end of a pipe; and check the same file that is read.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            must_be_private(os.fstat(handle), path)
            content = file.read(_LONGEST + 1)
    except OSError as error:
        raise KflyError(_("{path} cannot be read: {why}.", path=path, why=explain_os_error(error))) from None
    if len(content) > _LONGEST:
        raise KflyError(_("{path} holds more than a password.", path=path))
    text = content.decode("utf-8", errors="replace")
    return _usable(text.removesuffix("\n").removesuffix("\r"), str(path))


def must_be_private(status: os.stat_result, path: Path) -> None:
    """Check that a file is an ordinary one that only its owner can open, and that this is oneself or root.

    Raises:
        KflyError: it is not.
    """
    if not stat.S_ISREG(status.st_mode):
        raise KflyError(_("{path} is no ordinary file; a password is read from nothing else.", path=path))
    if status.st_mode & _OTHERS:
        raise KflyError(
            _("{path} holds a password, and others may open it; run “chmod 600 {path}”.", path=path)
        )
    if status.st_uid not in (0, os.geteuid()):
        raise KflyError(_("{path} belongs to another user; the password must be your own.", path=path))


def _usable(password: str, place: str) -> str:
    """Check that a login can carry the password, and return it: smtplib sends ASCII only."""
    if not password:
        raise KflyError(_("{place}: there is no password in it.", place=place))
    if not (password.isascii() and password.isprintable()):
        raise KflyError(
            _("{place}: a password must be one line of ASCII letters, digits and signs.", place=place)
        )
    return password
