"""``config``: what is configured, and where each value comes from."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from kfly.cli.answer import Answer
from kfly.cli.group import DATABASE_VARIABLE
from kfly.cli.options import database_is_named, session_of
from kfly.configuration import in_force
from kfly.configuration.file import Configuration, read
from kfly.configuration.in_force import DEFAULT, FILE
from kfly.errors import REFUSED, KflyError
from kfly.locale import LANGUAGES, N_, deciding_variable, language
from kfly.reports import config as report
from kfly.reports.config import Setting
from kfly.store.file import journal

if TYPE_CHECKING:
    from kfly.mail.trial import Trial  # it loads what sends

Value = TypeVar("Value")


def config(
    ctx: typer.Context,
    test: Annotated[
        bool,
        typer.Option("--test", help=N_("Connect to the mail server, encrypt, log in, and send nothing.")),
    ] = False,
) -> Answer:
    """Where the configuration file is, and each value in force with where it comes from."""
    configuration = read()
    shown = _Shown(configuration, session_of(ctx).plan_reply_to())
    settings = [_database(ctx), _language(ctx), *shown.settings()]
    trial = shown.try_server() if test else None
    return Answer(
        partial(report.document, configuration.path, configuration.exists, settings, shown.faults, trial),
        partial(report.render, configuration.path, configuration.exists, settings, trial),
        REFUSED if shown.faults else 0,
        remarks=shown.faults,
    )


def _database(ctx: typer.Context) -> Setting:
    path = session_of(ctx).path.absolute()
    if database_is_named(ctx):
        return Setting("database", str(path), "--db")
    return Setting("database", str(path), DATABASE_VARIABLE if os.environ.get(DATABASE_VARIABLE) else DEFAULT)


def _language(ctx: typer.Context) -> Setting:
    if ctx.find_root().params.get("lang") in LANGUAGES:
        return Setting("language", language(), "--lang")
    plan = "plan" if session_of(ctx).plan_language() else DEFAULT
    return Setting("language", language(), deciding_variable() or plan)


class _Shown:
    """The settings of the configuration; what is wrong with them is collected."""

    def __init__(self, configuration: Configuration, reply_to: str | None) -> None:
        self.configuration = configuration
        self.reply_to = reply_to  # as the plan has it
        self.faults = list(configuration.faults)

    def settings(self) -> Iterator[Setting]:
        asked = self._sound(journal.read_asked)
        yield Setting("journal", asked, journal.VARIABLE if asked else None)
        to = [str(box) for box in self.configuration.to]
        yield Setting("mail.to", to or None, FILE if to else None)
        server = self._sound(lambda: in_force.find_server(self.configuration))
        sender = in_force.find_sender(self.configuration, server.value if server else None)
        yield Setting("mail.from", str(sender.value), sender.source)
        yield Setting("mail.smtp", server.value.url if server else None, server.source if server else None)
        secret = self._sound(lambda: in_force.find_password(self.configuration, server))
        yield Setting("password", secret is not None, secret.source if secret else None)
        reply = self._sound(lambda: in_force.find_reply_to(self.configuration, self.reply_to))
        yield Setting("mail.reply_to", str(reply.value) if reply else None, reply.source if reply else None)
        patience = in_force.find_patience(self.configuration)
        yield Setting("mail.patience", f"{patience.value:g} s", patience.source)
        found = self.configuration.heartbeat
        yield Setting("mail.heartbeat", str(found) if found else None, FILE if found else None)

    def try_server(self) -> "Trial | None":
        """Try the mail server, if it is configured as it should be; why it takes no mail is a fault."""
        from kfly.mail.trial import try_server

        server = None if self.faults else self._sound(lambda: in_force.require_server(self.configuration))
        trial = try_server(server) if server else None
        if trial and trial.error:
            self.faults.append(trial.error)
        return trial

    def _sound(self, asked: Callable[[], Value | None]) -> Value | None:
        """Return what is in force; a fault is noted instead of refused."""
        try:
            return asked()
        except KflyError as error:
            self.faults += error.lines
            return None
