"""Drafts of yearly tables: by which names they go, and documents in the place of plan files."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.files.loading import load_targets
from kfly.plan.files.marked_yaml import PlanFile, WrittenFile
from kfly.registry.kinds import STANDING
from kfly.services.command_line import spell_command
from kfly.services.extras import must_have
from kfly.services.init import TARGETS, bundled
from kfly.services.session import Session

if TYPE_CHECKING:
    from kfly.drafting.drafting import Draft
    from kfly.drafting.names import Names

MOST_LISTED = 50  # doubts in a refusal
EXPORTED = b'"original_due"'  # a key that "export tasks" writes, and no plan file has
LOOKED_AT = 4096  # bytes


def find_names(session: Session) -> "Names":
    """Find the names that a draft goes by: the database's, else ``targets.yaml`` here, else the bundled plan.

    Raises:
        KflyError: the file has faults.
    """
    from kfly.drafting.names import names_of

    if session.path.is_file():
        with session.reading() as desk:
            return names_of(desk.plan)
    here = Path(TARGETS)
    return _read_names(here if here.exists() else bundled() / TARGETS)


def _read_names(targets: Path) -> "Names":
    from kfly.drafting.names import names_of

    return names_of(load_targets(targets, STANDING).plan)


def make_draft(path: Path, names: "Names", year: int | None = None) -> "Draft":
    """Draft a yearly table out of a document.

    Raises:
        KflyError: it cannot be read, or what reads it is not installed.
    """
    from kfly.drafting.documents.reading import needs_xml

    if needs_xml(path):
        must_have("report", "lxml.html")
    from kfly.drafting.drafting import draft_file

    return draft_file(path, names, year)


def draft_tables(files: Sequence[Path], targets: Path) -> list[PlanFile]:
    """Put drafts in the place of the documents among some files; they go by the names of ``targets``.

    Raises:
        KflyError: something in a document is not clear, or a file is what ``export tasks`` writes as JSON.
    """
    _must_be_no_export(files)
    names = _read_names(targets) if any(map(_is_document, files)) else None
    return [file if names is None or not _is_document(file) else _draft_clear(file, names) for file in files]


def draft_tables_beside(files: Sequence[Path], session: Session) -> list[PlanFile]:
    """Put drafts in the place of documents; they go by a plan among the files, else by the database.

    Raises:
        KflyError: something in a document is not clear, or a file is what ``export tasks`` writes as JSON.
    """
    _must_be_no_export(files)
    if not any(map(_is_document, files)):
        return list(files)
    names = next(filter(None, map(_names_within, files)), None) or find_names(session)
    return [_draft_clear(file, names) if _is_document(file) else file for file in files]


def _must_be_no_export(files: Sequence[Path]) -> None:
    """Refuse the JSON of tasks as they stand, in which all but a few keys are no plan file's, in one line."""
    for file in files:
        if file.suffix.lower() in (".json", ".jsonl") and file.is_file():
            with file.open("rb") as stream:
                if EXPORTED not in stream.read(LOOKED_AT):
                    continue
            raise KflyError(
                _(
                    "{file} says where tasks stand, as “kfly export tasks” writes it for programs; load the"
                    " plan file, or export a workbook (.xlsx) and load that.",
                    file=file.name,
                )
            )


def _names_within(file: Path) -> "Names | None":
    """Read the names of a plan file that names organisations; None of any other."""
    from kfly.plan.files.marked_yaml import read_yaml

    if _is_document(file):
        return None
    data = read_yaml(file).data
    return _read_names(file) if isinstance(data, dict) and "organisations" in data else None


def _is_document(file: Path) -> bool:
    """Tell whether a file is to be drafted; one of an unheard-of suffix is read as a plan file."""
    from kfly.drafting.documents.reading import SUFFIXES

    return file.suffix.lower() in SUFFIXES


def _draft_clear(file: Path, names: "Names") -> WrittenFile:
    """Draft a document in which everything is clear.

    Raises:
        KflyError: something is not; each doubt is a line.
    """
    from kfly.drafting.doubts import list_doubts
    from kfly.drafting.writing import write_yaml

    draft = make_draft(file, names)
    doubts = list_doubts(draft)
    if not doubts:
        return WrittenFile(file.name, write_yaml(draft))
    lines = [f"{file.name}: {doubt}" for doubt in doubts[:MOST_LISTED]]
    command = spell_command(["draft", str(file), "-o", f"tasks_{draft.year}.yaml"])
    told = _(
        "{file}: nothing was loaded; to be settled: {n}. “kfly {command}” writes a file in which"
        " each stands at its place.",
        file=file.name,
        n=len(doubts),
        command=command,
    )
    raise KflyError(*lines, told)
