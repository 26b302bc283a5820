"""One ``add-…`` command: its options, checks and prompts come from the kind's declaration."""

import sys
from typing import Any

import typer
from typer.core import TyperOption

from kfly.cli.ceilings import watching
from kfly.cli.command import KflyCommand
from kfly.cli.session import Session
from kfly.console.screen import complain, say, show_json
from kfly.errors import KflyError, WrongUsageError
from kfly.locale import _, language
from kfly.plan.kinds import NOTE, Field, Kind
from kfly.registry.registry import Registry
from kfly.registry.values import BadValueError

AS_JSON = "_as_json"  # no field can be called so


class AddCommand(KflyCommand):
    """Records one of a kind."""

    def __init__(self, kind: Kind) -> None:
        as_json = TyperOption(
            param_decls=[AS_JSON, "--json"], is_flag=True, help=_("Print the record as one JSON document.")
        )
        super().__init__(
            kind.command,
            params=[*(_option(field) for field in (*kind.fields, NOTE)), as_json],
            help=_("Record one: {kind}.", kind=kind.label.in_(language())),
        )
        self.kind = kind

    def invoke(self, ctx: Any) -> None:
        """Ask on a terminal for what is missing, check, record, and show what was recorded."""
        as_json = ctx.params[AS_JSON]
        texts = {n: text for n, text in ctx.params.items() if n != AS_JSON and text is not None}
        session = Session.of(ctx)
        if sys.stdin.isatty() and sys.stderr.isatty():
            with session.reading() as desk:
                faults = desk.registry.read(self.kind, texts)[1]
                if faults:  # said before anything is asked, so that no answer is lost
                    raise KflyError(*(str(fault) for fault in faults))
                texts |= _asked(desk.registry, self.kind, texts)
        self._must_have_all(ctx, texts)
        exceeded: list[str] = []
        with session.writing() as desk:
            registry = desk.registry
            kind = registry.kind(self.kind.name)
            with watching(desk, kind, exceeded):
                number = registry.add(kind, texts)
            record, title = registry.show(kind, number), registry.titles.of(kind.name)[number]
        if as_json:
            show_json(record, done=True)
        else:
            say(_("Recorded {title} as #{id}.", title=title, id=number))
        complain(exceeded)

    def _must_have_all(self, ctx: Any, texts: dict[str, str]) -> None:
        missing = _missing(self.kind, texts)
        if missing:
            name = _(", ").join(map(_switch, missing))
            raise WrongUsageError(
                _("{name} is missing; see “{command} --help”.", name=name, command=ctx.command_path)
            )


def _switch(field: Field) -> str:
    return "--" + field.name.replace("_", "-")


def _option(field: Field) -> TyperOption:
    meaning = _question(field)
    help_text = _("{label}: {message}", label=meaning, message=field.help.in_(language()))
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
    """The label, with the unit or the choices in brackets."""
    label = field.label.in_(language())
    words = " | ".join(field.choices or field.only) or field.unit
    return f"{label} ({words})" if words else label


def _missing(kind: Kind, texts: dict[str, str]) -> list[Field]:
    """The required fields that the command line leaves empty."""
    return [field for field in kind.fields if field.required and not texts.get(field.name, "").strip()]


def _asked(registry: Registry, kind: Kind, texts: dict[str, str]) -> dict[str, str]:
    """The required values that the command line does not give, asked for until they fit."""
    answers: dict[str, str] = {}
    for field in _missing(kind, texts):
        while field.name not in answers:
            answer = str(typer.prompt(_question(field), err=True))
            try:
                if registry.values.read(field, answer) is not None:
                    answers[field.name] = answer
            except BadValueError as error:
                complain([str(error)])
    return answers
