"""``import``: bring in sheets of records."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kfly.cli.options import AsJson, session_of
from kfly.console.progress_bar import watch_progress
from kfly.console.screen import complain, show_json
from kfly.errors import REFUSED, KflyError, WrongUsageError, explain_os_error
from kfly.locale import N_, _
from kfly.plan.signs import BLANKS
from kfly.registry.sheets.faults import MOST_LISTED, SheetRefusedError
from kfly.registry.sheets.grid import column_letter
from kfly.registry.sheets.intake import Intake
from kfly.registry.sheets.outfile import number_names
from kfly.registry.sheets.sources import looks_like_file
from kfly.registry.sheets.wide import SAID_BY
from kfly.reports import import_ as report
from kfly.reports.records import tell_changes
from kfly.services.import_ import ImportOrder, bring_in
from kfly.services.outputs import must_not_be_the_database


def import_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("[KIND] FILE…"),
            help=N_(
                "The kind of record, and the sheets: .xlsx .xls .ods .csv .tsv, or .json and .jsonl as"
                " “export” writes them. Without a kind, each sheet of a file is called by its own."
            ),
        ),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar=N_("NAME"), help=N_("The sheet of a workbook to read."))
    ] = None,
    given: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar=N_("FIELD=VALUE"),
            help=N_("Fill a column that the sheet does not have. Repeatable."),
        ),
    ] = None,
    update: Annotated[
        bool,
        typer.Option(
            "--update", help=N_("Change records that are there already; a blank cell changes nothing.")
        ),
    ] = False,
    ignore_unknown: Annotated[
        bool, typer.Option("--ignore-unknown", help=N_("Pass over columns whose heading is no field."))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Say what would happen, and keep nothing of it."))
    ] = False,
    faults: Annotated[
        str | None,
        typer.Option(
            "--faults",
            metavar=N_("F.xlsx"),
            help=N_("Write a faulty sheet back, its bad cells marked and explained; several, into a folder."),
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help=N_("--faults: replace a file that is there already."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring in sheets: each file whole, or nothing of it with every fault listed."""
    kind, files = _kind_and_files(words or [])
    order = ImportOrder(
        kind=kind,
        sheet=sheet,
        given=_given(given or [], kind),
        update=update,
        ignore_unknown=ignore_unknown,
        exceeded=[],
        watched=watch_progress,
    )
    session = session_of(ctx)
    copies = _copies(session.path, files, faults)
    done: list[report.ImportTally] = []
    errors: list[dict[str, object]] = []
    error_count = 0
    refused: list[Path] = []
    names, several = _names(files), len(files) > 1
    for file, outcome, refusal in bring_in(session, names, order, dry_run=dry_run):
        if refusal is not None:
            errors += [fault.document() for fault in refusal.faults]
            error_count += refusal.count
            refused.append(file)
            complain(() if as_json else _explain(names[file], refusal, several=several))
            if file in copies:
                quiet = as_json or several
                _mark(file, sheet, refusal, copies[file], session.path, force=force, quiet=quiet)
        elif outcome is not None:
            done.append(report.ImportTally(outcome.added, len(outcome.updated), outcome.unchanged))
            remarks = _remarks(outcome)
            if as_json:
                complain(report.tell_unread(names[file], remarks))
            else:
                if several:
                    report.render_of_several(names[file], done[-1], remarks, update=update)
                    continue
                lines = [line for change in outcome.updated for line in tell_changes(*change)]
                lines += report.tell_remarks(names[file], remarks)
                report.render(names[file], done[-1], lines, update=update, dry_run=dry_run)
    if as_json:
        show_json(report.document(done, errors[:MOST_LISTED], error_count), done=bool(done))
    elif several:
        report.render_total(done, len(refused), update=update, dry_run=dry_run)
        marked = any(copies[file].exists() for file in refused if file in copies)
        complain(report.advise(len(refused), faults if marked else None))
    complain(dict.fromkeys(order.exceeded))
    if errors:
        raise typer.Exit(REFUSED)


def _kind_and_files(words: Sequence[str]) -> tuple[str | None, list[Path]]:
    """Return the kind, if the first word is one, and the files, each once.

    Raises:
        WrongUsageError: no file is named.
    """
    kind, files = (None, words) if not words or looks_like_file(words[0]) else (words[0], words[1:])
    if not files:
        raise WrongUsageError(_("No file is named; see “kfly import --help”."))
    return kind, list(dict.fromkeys(Path(word) for word in files))


def _given(words: list[str], kind: str | None) -> list[str]:
    """Check the words of ``--set``, and return them.

    Raises:
        WrongUsageError: there is no kind whose fields they could name, or one gives no value.
    """
    if words and kind is None:
        raise WrongUsageError(_("--set needs the kind of record before the files."))
    for word in words:
        if not word.partition("=")[2].strip(BLANKS) and "=" in word:
            raise WrongUsageError(_("--set: “{word}” gives no value.", word=word))
    return words


def _names(files: Sequence[Path]) -> dict[Path, str]:
    """Return what each file is called: its name, or its whole path where another has the same name."""
    names = [path.name for path in files]
    return {path: path.name if path.name and names.count(path.name) == 1 else str(path) for path in files}


def _copies(database: Path, files: Sequence[Path], faults: str | None) -> dict[Path, Path]:
    """Choose where the marked copy of each file goes.

    Raises:
        WrongUsageError: there are several files and one workbook, or it is the file itself.
        KflyError: it is the database.
    """
    if faults is None:
        return {}
    target = Path(faults)
    is_folder = target.is_dir() or not target.suffix or faults.endswith("/")
    if not is_folder and len(files) > 1:
        raise WrongUsageError(_("--faults: for several files, name a folder."))
    if not is_folder and target.suffix.lower() != ".xlsx":
        raise WrongUsageError(_("--faults: “{value}” is neither an .xlsx file nor a folder.", value=faults))
    sources = {path.resolve() for path in files}
    copies: dict[Path, Path] = {}
    for path in files:
        own = _("{name} (faults)", name=path.stem) + ".xlsx"
        places = (target / name for name in number_names(own)) if is_folder else [target]
        copy = next(place for place in places if place not in copies.values())
        if copy.resolve() in sources:
            raise WrongUsageError(_("--faults: {path} is a file that is read; choose another.", path=copy))
        must_not_be_the_database(database, copy, "--faults")
        copies[path] = copy
    return copies


def _explain(file: str, refusal: SheetRefusedError, *, several: bool) -> Sequence[str]:
    """Name all that is wrong in a file; of several files a line each, with the first faulty cell."""
    cells = [fault.cell for fault in refusal.faults if fault.cell]
    if not several or len(refusal.lines) == 1:
        return refusal.lines
    return [report.sum_up_faults(file, refusal.count, cells[0])] if cells else refusal.lines[-1:]


def _remarks(outcome: Intake) -> report.ImportRemarks:
    """Say what was found beside the records, the sheet named where the format has any."""

    def place(sheet: str | None, where: str) -> str:
        return f"{sheet}!{where}" if sheet else where

    return report.ImportRemarks(
        [place(sheet, str(row)) for sheet, row in outcome.passed_over],
        [place(sheet, str(row)) for sheet, row in outcome.hidden_rows],
        [place(sheet, column_letter(column)) for sheet, column in outcome.hidden_columns],
        list(outcome.hidden_sheets),
        list(outcome.other_sheets),
        [
            report.TableRemark(**{**table._asdict(), "said_by": [_(SAID_BY[by]) for by in table.said_by]})
            for table in outcome.wide_tables
        ],
        list(outcome.technical),
    )


def _mark(
    file: Path,
    sheet: str | None,
    refusal: SheetRefusedError,
    copy: Path,
    database: Path,
    *,
    force: bool,
    quiet: bool,
) -> None:
    """Write the marked copy of a faulty file, and say so; nothing is written of an unreadable one.

    Args:
        file: the file.
        sheet: the only sheet of it that was read, if one was asked for.
        refusal: what is wrong in it.
        copy: the workbook to write.
        database: decides who may open it.
        force: replace one that is there.
        quiet: say only that none could be written.
    """
    from kfly.registry.sheets import marked_copy  # writes a workbook, which few imports need

    if all(fault.row is None and fault.field is None for fault in refusal.faults):
        return
    try:
        copy.parent.mkdir(exist_ok=True)
        marked_copy.write(file, sheet, refusal.faults, copy, private_as=database, force=force)
    except OSError as error:
        complain([_("{path} cannot be written: {why}.", path=copy, why=explain_os_error(error))])
    except KflyError as error:  # the other files are brought in all the same
        complain(error.lines)
    else:
        complain(() if quiet else [_("The faulty cells are marked in {path}.", path=copy)])
