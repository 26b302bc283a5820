"""The commands that ``check`` names, as they are typed on the database that was looked at."""

from collections.abc import Iterator, Sequence
from itertools import chain, count, groupby
from pathlib import Path
from typing import Any

from kfly.cli.group import spelled
from kfly.cli.session import Session
from kfly.registry.checkup.findings import ASIDE, DATABASE, FILES, KFLY, THEN
from kfly.store.file import side_files

DATABASE_OPTION = "--db"


def as_typed(ctx: Any, command: Sequence[str]) -> str:
    """A finding's command as it is typed; what is left to fill in stays so.

    Args:
        ctx: the context of the command that found it.
        command: its words.
    """
    root = ctx.find_root()
    path = Session.of(ctx).path
    named = (DATABASE_OPTION, str(path)) if root.get_parameter_source("db").name == "COMMANDLINE" else ()
    parts = (list(words) for is_then, words in groupby(command, THEN.__eq__) if not is_then)
    return f" {THEN} ".join(spelled([*_words(part, path, named)]) for part in parts)


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
    """What lies beside the database now, under the name of the file itself if that one is a link."""
    for file in side_files.paths(path):
        if file.exists():
            yield file if path.is_symlink() else path.with_name(file.name)


def _aside(path: Path) -> str:
    """A folder that can be made beside the database."""
    names = chain([path.stem], (f"{path.stem}-{n}" for n in count(2)))
    return next(str(f) for name in names if not (f := path.with_name(f"{name}.damaged")).exists())
