"""The commands that hand sheets out: template and export."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kfly.cli.options import KindName, one_of
from kfly.cli.session import Session
from kfly.console.screen import say, stdout_bytes
from kfly.errors import KflyError, WrongUsageError
from kfly.locale import N_, _

if TYPE_CHECKING:
    from kfly.plan.kinds import Kind
    from kfly.registry.registry import Registry

STDOUT = "-"

Output = Annotated[
    str, typer.Option("--output", "-o", metavar=N_("FILE"), help=N_("The file to write; “-” for stdout."))
]


def template(
    ctx: typer.Context,
    kind: KindName,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar=N_("F.xlsx"), help=N_("The workbook to write."))
    ],
) -> None:
    """Write a sheet to be filled in: headings, drop-downs, input checks, instructions."""
    if output.suffix.lower() != ".xlsx":
        raise WrongUsageError(_("--output: “{value}” is not an .xlsx file.", value=output))
    from kfly.registry.sheets.outfile import replacing
    from kfly.registry.sheets.template import write

    session = Session.of(ctx)
    _must_not_be(session.path, output)
    with session.reading() as desk:
        declared = desk.registry.kind(kind)
        with replacing(output) as stream:
            write(desk.registry, declared, stream)
    say(_("Wrote {path}.", path=output))


def export(
    ctx: typer.Context,
    output: Output,
    kinds: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("[KIND…]"), help=N_("The kinds of record; all that have any, otherwise.")),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="xlsx|csv|json|jsonl",
            help=N_("The format; FILE's own otherwise, json for “-”."),
        ),
    ] = None,
    redact: Annotated[bool, typer.Option("--redact", help=N_("Mask what is marked personal."))] = False,
) -> None:
    """Write the registry out; what was written can be imported again."""
    from kfly.console.progress_bar import watched
    from kfly.registry.sheets.export import export as write
    from kfly.registry.sheets.outfile import replacing

    chosen = _format(output, form)
    session = Session.of(ctx)
    _must_not_be(session.path, Path(output))
    with session.reading() as desk:
        registry = desk.registry
        declared = _kinds(registry, kinds or [])
        with stdout_bytes() if output == STDOUT else replacing(Path(output)) as stream:
            count = write(
                registry,
                declared,
                stream,
                chosen,
                redact=redact,
                watch=lambda rows, total: watched(rows, total, output),
            )
    if output != STDOUT:
        say(_("Wrote {path}: {n} records.", path=output, n=count))


def _must_not_be(database: Path, output: Path) -> None:
    """Keep a slip of the fingers from writing over the database.

    Raises:
        KflyError: it would.
    """
    if output.resolve() == database.resolve():
        raise KflyError(_("--output: {path} is the database itself.", path=output))


def _format(output: str, form: str | None) -> str:
    """The format that is asked for, or that the file's name says.

    Raises:
        WrongUsageError: neither says one.
    """
    from kfly.registry.sheets.export import FORMATS

    if form is not None or output == STDOUT:
        return one_of(form, FORMATS, "--format") or "json"
    suffix = Path(output).suffix.lower().removeprefix(".")
    if suffix not in FORMATS:
        listed = ", ".join(f".{known}" for known in FORMATS)
        raise WrongUsageError(_("--output: “{value}” is none of {suffixes}.", value=output, suffixes=listed))
    return suffix


def _kinds(registry: "Registry", asked: list[str]) -> "list[Kind]":
    """The kinds that are asked for, or all of which there is something; each after those it refers to."""
    from kfly.registry.sheets.export import with_records
    from kfly.registry.sheets.sources import in_order

    named = {registry.kind(word).name for word in asked}
    ordered = in_order(registry.kinds.values())
    return [kind for kind in ordered if kind.name in named] if asked else with_records(registry, ordered)
