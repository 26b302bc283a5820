"""Where the counties' figures lie: files, folders, documents, or a manifest that says who should be there."""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from kfly.errors import KflyError, explain_os_error
from kfly.locale import _
from kfly.plan.counties import Group
from kfly.store.file.journal import SUFFIXES as SIDE_SUFFIXES

MANIFEST = "counties.yaml"
DOCUMENT = ".json"
DATABASES = (".db", ".sqlite", ".sqlite3", ".kfly")
MANIFESTS = (".yaml", ".yml")


class Source(NamedTuple):
    """One county: what it is called, and where its figures lie."""

    name: str
    path: Path
    group: Group = ()


def find_sources(named: Sequence[Path]) -> list[Source]:
    """Find the counties that files, folders and manifests name; without any, those of the manifest here.

    A file that is not there is a source all the same: it will be said to be missing.

    Raises:
        KflyError: there is no manifest here, a manifest has faults, a folder holds nothing, or two counties
            are one file or have one name.
    """
    if not named and not Path(MANIFEST).exists():
        raise KflyError(
            _(
                "Name the counties' databases, their folder or a manifest; there is no {manifest} here.",
                manifest=MANIFEST,
            )
        )
    found = [source for path in named or [Path(MANIFEST)] for source in _find_in(path)]
    _must_differ(found)
    return found


def _find_in(path: Path) -> Iterable[Source]:
    if path.is_dir():
        return _find_in_folder(path)
    if path.suffix.lower() in MANIFESTS:
        from kfly.plan.files.counties import read_counties  # what reads YAML is loaded for it alone

        return [Source(name, file, group) for name, file, group in read_counties(path)]
    return [Source(path.stem, path)]


def _find_in_folder(folder: Path) -> Iterable[Source]:
    """Find what lies in a folder: by its manifest if it has one, else each database and document."""
    if (folder / MANIFEST).exists():
        return _find_in(folder / MANIFEST)
    try:
        files = sorted(folder.iterdir())
    except OSError as error:
        raise KflyError(
            _("{path} cannot be read: {why}.", path=folder, why=explain_os_error(error))
        ) from None
    found = [Source(file.stem, file) for file in files if _is_source(file)]
    if not found:
        raise KflyError(_("{path} holds no database and no document of a county.", path=folder))
    return _with_suffixes_where_alike(found)


def _is_source(file: Path) -> bool:
    suffixed = file.suffix.lower() in (*DATABASES, DOCUMENT)
    return suffixed and not file.name.startswith(".") and not file.name.endswith(SIDE_SUFFIXES)


def _with_suffixes_where_alike(sources: list[Source]) -> Iterator[Source]:
    """Yield them, those of one name (``甲县.db``, ``甲县.json``) called by the whole name of the file."""
    for _name, alike in groupby(sources, key=attrgetter("name")):
        its = list(alike)
        yield from its if len(its) == 1 else [each._replace(name=each.path.name) for each in its]


def _must_differ(sources: Iterable[Source]) -> None:
    """Check that no county is named twice: it would be added twice.

    Raises:
        KflyError: one is.
    """
    names: dict[str, Path] = {}
    files: dict[str, str] = {}
    for source in sources:
        if source.name in names:
            told = {"name": source.name, "one": names[source.name], "other": source.path}
            raise KflyError(_("Two counties are called {name}: {one} and {other}.", **told))
        names[source.name] = source.path
        real = os.path.realpath(source.path)
        if real in files:
            told = {"path": source.path, "one": files[real], "other": source.name}
            raise KflyError(_("{path} is given for two counties: {one} and {other}.", **told))
        files[real] = source.name
