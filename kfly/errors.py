"""The one family of errors: what a person is told, and the exit code that the shell gets."""

import errno
from collections.abc import Iterable

from kfly.locale import N_, _

REFUSED = 1
WRONG_USAGE = 2
IN_DOUBT = 74  # what sysexits.h calls EX_IOERR


class KflyError(Exception):
    """A refusal: nothing was changed.

    Each line says what is wrong, where, and what to do; the command line prints them on stderr.
    """

    exit_code = REFUSED

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines

    def __str__(self) -> str:
        return "\n".join(self.lines)


class WrongUsageError(KflyError):
    """The command line itself is wrong: an unknown option, a date that is none."""

    exit_code = WRONG_USAGE


class InDoubtError(KflyError):
    """The disk refused at the very end: whether the change is kept, nobody can know yet."""

    exit_code = IN_DOUBT


class ReaderGoneError(Exception):
    """Nobody reads what is printed any more: ``kfly tasks | head -3``."""


_REASONS = {
    errno.ENOENT: N_("there is no such file"),
    errno.EACCES: N_("permission denied"),
    errno.EEXIST: N_("something else has that name"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("part of the path is not a folder"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EROFS: N_("the file system is read-only"),
    errno.ELOOP: N_("it leads back to itself"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}


def explain_os_error(error: OSError) -> str:
    """Say why the system refused, in the language in use where we know the words."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else str(error.strerror or error)


def find_nearest(word: str, known: Iterable[str]) -> str | None:
    """Find the known word that ``word`` was probably meant to be, if any is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return near[0] if near else None


def find_nearest_key(word: str, known: Iterable[str]) -> str | None:
    """Find the key of a file that ``word`` is a misspelling of, if it is one.

    Stricter than :func:`find_nearest`: keys are few and short, and a wrong hint leads away from the manual.
    """
    from difflib import get_close_matches

    typed = word.casefold().replace("-", "_")
    same = [key for key in known if key[:1] == typed[:1]]  # a slip is rarely that of the first letter
    near = get_close_matches(typed, same, n=1, cutoff=0.75)
    return near[0] if near else None


def is_utf8(text: str) -> bool:
    """Tell whether a text has an encoding: bytes of the command line that have none arrive as surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
