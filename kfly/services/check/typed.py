"""The commands that ``check`` names, as they are typed on the database that was looked at."""

from collections.abc import Iterator, Sequence
from itertools import chain, count, groupby
from pathlib import Path

from kfly.services.check.findings import ASIDE, DATABASE, FILES, KFLY, THEN
from kfly.services.command_line import spell_command
from kfly.store.file import journal

DATABASE_OPTION = "--db"


def type_out(command: Sequence[str], path: Path, *, named: bool) -> str:
    """Write a finding's command as it is typed; what is left to fill in stays so.

    Args:
        command: its words.
        path: the database that was looked at.
        named: the database was named with ``--db``, and has to be again.
    """
    option = (DATABASE_OPTION, str(path)) if named else ()
    parts = (list(words) for is_then, words in groupby(command, THEN.__eq__) if not is_then)
    return f" {THEN} ".join(spell_command(_words(part, path, option)) for part in parts)


def _words(command: list[str], path: Path, named: tuple[str, ...]) -> Iterator[str]:
    for place, word in enumerate(command):
        if word == KFLY and not place:
            yield from (KFLY, *(() if DATABASE_OPTION in command else named))
        elif word == FILES:
            yield from map(str, (path, *_beside(path)))
        elif word == ASIDE:
            yield _aside(path)
        else:
            yield str(path) if word == DATABASE else word


def _beside(path: Path) -> Iterator[Path]:
    """Yield what lies beside the database now, under the name of the file itself if that one is a link."""
    for file in journal.list_side_files(path):
        if file.exists():
            yield file if path.is_symlink() else path.with_name(file.name)


def _aside(path: Path) -> str:
    """Find the name of a folder that can be made beside the database."""
    names = chain([path.stem], (f"{path.stem}-{n}" for n in count(2)))
    return next(str(f) for name in names if not (f := path.with_name(f"{name}.damaged")).exists())
