"""The one error family: what a person is told, and the exit code the shell gets."""

from collections.abc import Iterable

REFUSED = 1
WRONG_USAGE = 2


class KflyError(Exception):
    """A refusal: nothing was changed.

    Each line says what is wrong, where, and what to do; the front door prints them on stderr.
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


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that ``word`` was probably meant to be, if any is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return near[0] if near else None
