"""A command line in one text: as the log keeps it, and as ``check`` names what mends something."""

import shlex
from collections.abc import Iterable

_SPECIAL = frozenset(" \t\r\n\"'\\`$&|;<>()[]{}*?!#~")  # to a shell


def spell_command(words: Iterable[str]) -> str:
    """Write a command as it could be typed again; bytes that are not UTF-8 are spelled out."""
    # Not shlex.join: it puts quotes around every word that is not English.
    quoted = (shlex.quote(word) if not word or _SPECIAL.intersection(word) else word for word in words)
    return " ".join(quoted).encode(errors="backslashreplace").decode()
