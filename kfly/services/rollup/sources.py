"""Where the counties' figures lie: files, folders, documents, or a manifest that says who should be there."""

import os
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from pathlib import Path
from stat import S_ISDIR
from typing import NamedTuple

from kfly.errors import KflyError, explain_os_error
from kfly.locale import _
from kfly.plan.counties import Group
from kfly.store.file.journal import SUFFIXES as SIDE_SUFFIXES
from kfly.store.kept_rollups import is_kept

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
    its = _look_at(path)
    if its is not None and S_ISDIR(its.st_mode):
        return _find_in_folder(path)
    if path.suffix.lower() in MANIFESTS:
        from kfly.plan.files.counties import read_counties  # what reads YAML is loaded for it alone

        return [Source(name, file, group) for name, file, group in read_counties(path)]
    return [Source(path.stem, path)]


def _find_in_folder(folder: Path) -> Iterable[Source]:
    """Find what lies in a folder: by its manifest if it has one, else each database and document."""
    if _look_at(folder / MANIFEST) is not None:
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
    """Tell whether a file of a folder is a county's; that of ``--keep`` may lie there, and is none."""
    if file.name.startswith(".") or file.name.endswith(SIDE_SUFFIXES):
        return False
    suffix = file.suffix.lower()
    return suffix == DOCUMENT or (suffix in DATABASES and not is_kept(file))


def _look_at(path: Path) -> os.stat_result | None:
    """Return what is known of a file; None also where its folder is closed to us: reading it will say so."""
    try:
        return path.stat()
    except OSError:
        return None


def _with_suffixes_where_alike(sources: list[Source]) -> Iterator[Source]:
    """Yield them, those of one name (``甲县.db``, ``甲县.json``) called by the whole name of the file."""
    named = Counter(source.name for source in sources)
    for source in sources:
        yield source if named[source.name] == 1 else source._replace(name=source.path.name)


def _must_differ(sources: Iterable[Source]) -> None:
    """Check that no county is named twice: it would be added twice.

    Raises:
        KflyError: one is.
    """
    names: dict[str, Path] = {}
    files: dict[Hashable, str] = {}
    for source in sources:
        if source.name in names:
            told = {"name": source.name, "one": names[source.name], "other": source.path}
            raise KflyError(
                _("Two counties are called {name}: {one} and {other}. Name them apart in a manifest.", **told)
            )
        names[source.name] = source.path
        file = _identify(source.path)
        if file in files:
            told = {"path": source.path, "one": files[file], "other": source.name}
            raise KflyError(_("{path} is given for two counties: {one} and {other}.", **told))
        files[file] = source.name


def _identify(path: Path) -> Hashable:
    """Return what a file is known by, whatever link leads to it; one that cannot be looked at by its path."""
    its = _look_at(path)
    return (its.st_dev, its.st_ino) if its and its.st_ino else os.path.realpath(path)
