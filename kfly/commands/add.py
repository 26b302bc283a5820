"""``add-KIND``: record one; a command for each kind in force, made from its declaration."""

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import typer

from kfly.cli.answer import Answer
from kfly.cli.command import KflyCommand, json_option
from kfly.cli.completion import complete_with
from kfly.cli.options import session_of
from kfly.cli.typer_private import TyperOption
from kfly.console.screen import complain, say
from kfly.errors import KflyError, WrongUsageError
from kfly.locale import _
from kfly.plan.kinds import ADD, NOTE, Field, Kind
from kfly.registry import kinds as registry_kinds
from kfly.registry.kinds import read_standing_kinds
from kfly.registry.registry import Registry
from kfly.registry.values import BadValueError
from kfly.services.ceilings import watching_ceilings
from kfly.services.suggestions import Named, Suggestions
from kfly.store.plan import kinds as kind_rows


def name_kinds(ctx: Any) -> list[str]:
    """Name the kinds: the database's, or the package's own where there is none."""
    try:
        with session_of(ctx).reading() as desk:
            return kind_rows.read_names(desk.db)
    except KflyError:
        return [kind.name for kind in _kinds(ctx)]


def list_commands(ctx: Any) -> Iterator[tuple[str, str]]:
    """List each ``add-…`` command with what it records."""
    for kind in _kinds(ctx):
        yield kind.command, kind.label.spoken


def find_command(ctx: Any, name: str) -> KflyCommand | None:
    """Make the command of this name, if a kind has it."""
    kind = next((kind for kind in _kinds(ctx) if kind.command == name), None)
    return AddCommand(kind) if kind else None


def refuse_left_out(ctx: Any, name: str) -> None:
    """Refuse the command of a kind that the plan leaves out, in the words that all others have for it.

    Raises:
        KflyError: it is one.
    """
    session = session_of(ctx)
    if session.path.exists():
        with session.reading() as desk:
            registry_kinds.refuse_left_out(name.removeprefix(ADD), desk.plan.left_out)


def _kinds(ctx: Any) -> Iterable[Kind]:
    session = session_of(ctx)
    if not session.path.exists():
        return read_standing_kinds()
    try:
        with session.reading() as desk:
            return kind_rows.read_kinds(desk.db)
    except KflyError:
        return read_standing_kinds()


class AddCommand(KflyCommand):
    """The command that records one of a kind."""

    def __init__(self, kind: Kind) -> None:
        as_json = json_option(_("Print the record as one JSON document."))
        super().__init__(
            kind.command,
            params=[*(_option(field) for field in (*kind.fields, NOTE)), as_json],
            help=_("Record one: {kind}.", kind=kind.label.spoken),
        )
        self.kind = kind
        for param in self.params[: len(kind.fields)]:
            complete_with(param, partial(_values, kind.name, str(param.name)))

    def ask(self, ctx: Any) -> Answer:
        """Ask on a terminal for what is missing, check, record, and show what was recorded."""
        texts = {name: text for name, text in ctx.params.items() if text is not None}
        session = session_of(ctx)
        if sys.stdin.isatty() and sys.stderr.isatty():
            with session.reading() as desk:
                faults = desk.registry.read(self.kind, texts)[1]
                if faults:  # said before anything is asked, so that no answer is lost
                    raise KflyError(*(str(fault) for fault in faults))
                texts |= _ask_for_missing(desk.registry, self.kind, texts)
        self._must_have_all(ctx, texts)
        exceeded: list[str] = []
        with session.writing() as desk:
            registry = desk.registry
            kind = registry.kind(self.kind.name)
            with watching_ceilings(desk, kind, exceeded):
                number = registry.add(kind, texts)
            record, title = registry.show(kind, number), registry.title(kind, number)
        told = _("Recorded {title} as #{id}.", title=title, id=number)
        return Answer(lambda: record, partial(say, told), done=True, remarks=exceeded)

    def _must_have_all(self, ctx: Any, texts: dict[str, str]) -> None:
        missing = _missing(self.kind, texts)
        if missing:
            name = _(", ").join(map(_switch, missing))
            raise WrongUsageError(
                _("{name} is missing; see “{command} --help”.", name=name, command=ctx.command_path)
            )


def _values(kind: str, field: str, offered: Suggestions, _ctx: Any) -> Iterable[Named]:
    return offered.values(kind, field)


def _switch(field: Field) -> str:
    return "--" + field.name.replace("_", "-")


def _option(field: Field) -> TyperOption:
    meaning = _question(field)
    help_text = _("{label}: {message}", label=meaning, message=field.help.spoken)
    help_text = help_text if field.help.zh else meaning
    return TyperOption(
        param_decls=[field.name, _switch(field)],
        metavar=_metavar(field),
        help=f"{help_text} {_('[required]')}" if field.required else help_text,
    )


def _metavar(field: Field) -> str:
    return {"date": _("DATE"), "year": _("YEAR"), "number": _("NUMBER"), "integer": _("NUMBER")}.get(
        field.type, _("TEXT")
    )


def _question(field: Field) -> str:
    """Write the label, with the unit or the choices in brackets."""
    label = field.label.spoken
    words = " | ".join(field.choices or field.only) or field.unit
    return _("{label} ({unit})", label=label, unit=words) if words else label


def _missing(kind: Kind, texts: dict[str, str]) -> list[Field]:
    """Return the required fields that the command line leaves empty."""
    return [field for field in kind.fields if field.required and not texts.get(field.name, "").strip()]


def _ask_for_missing(registry: Registry, kind: Kind, texts: dict[str, str]) -> dict[str, str]:
    """Ask for the required values that the command line does not give, until they fit."""
    answers: dict[str, str] = {}
    for field in _missing(kind, texts):
        while field.name not in answers:
            answer = str(typer.prompt(_question(field), prompt_suffix=_(": "), err=True))
            try:
                if registry.values.read(field, answer) is not None:
                    answers[field.name] = answer
            except BadValueError as error:
                complain([str(error)])
    return answers
