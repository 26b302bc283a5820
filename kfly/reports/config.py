"""``config``: each value in force, and where it comes from."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_table
from kfly.locale import N_, _

if TYPE_CHECKING:
    from kfly.mail.trial import Trial

_SOURCES = {
    "file": N_("the configuration file"),
    "default": N_("default"),
    "plan": N_("the plan"),
}
# Names of what has no key in the file.
_NAMES = {
    "database": N_("database"),
    "language": N_("language"),
    "journal": N_("journal mode"),
    "password": N_("password of the mail server"),
}
# How a file may look: what is typed, and what it is for.
_EXAMPLE = (
    ("mail:", ""),
    ("  to: [zhang@example.cn, 李四 <li@example.cn>]", N_("who gets every report")),
    ("  from: 督查室 <ducha@example.cn>", N_("from whom it comes")),
    ("  smtp: smtp://ducha%40example.cn@mail.example.cn:587", N_("the mail server; %40 stands for @")),
    ("  password_file: /etc/kfly/smtp-password", N_("its password, in a file that others cannot read")),
    ("  reply_to: ducha@example.cn", N_("who gets the answers")),
    ("  patience: 5 min", N_("how long a run may take")),
    ("  heartbeat: /var/lib/kfly/mailed", N_("a file that is touched after each complete run")),
)


class Setting(NamedTuple):
    """A value in force.

    Attributes:
        name: its key in the file, or a word for what has none.
        value: what it is; None where nothing is set, and for a secret whether it is set.
        source: ``file``, ``default``, ``plan``, or the name of a variable or an option; None for nothing.
    """

    name: str
    value: str | bool | list[str] | None
    source: str | None


def document(
    path: Path, exists: bool, settings: Iterable[Setting], faults: Iterable[str], trial: "Trial | None"
) -> dict[str, Any]:
    """Return the settings, what is wrong with them, and what came of a trial, as one JSON document."""
    tried = {"test": _tried(trial)} if trial else {}
    return {
        "file": {"path": str(path), "exists": exists},
        "settings": {its.name: {"value": its.value, "from": its.source} for its in settings},
        "faults": list(faults),
        **tried,
    }


def render(path: Path, exists: bool, settings: Iterable[Setting], trial: "Trial | None") -> None:
    """Print the settings; of a secret, only that it is set. Then what came of a trial, if it went well."""
    show(_("Configuration: {path}", path=path), "")
    columns = (Column(_("Setting")), Column(_("In force"), 16), Column(_("From"), 8))
    rows = [(_(_NAMES.get(s.name, s.name)), _written(s.value), _source(s.source)) for s in settings]
    show(make_table(columns, rows))
    if trial and trial.error is None:
        show("", text(_tell(trial), "green"))
    if not exists:
        show("", _("There is no such file; it may look like this:"), "")
        for typed, meaning in _EXAMPLE:
            show(text(f"{typed}  # {_(meaning)}" if meaning else typed, "dim"))


def _tried(trial: "Trial") -> dict[str, Any]:
    return {
        "server": trial.place,
        "works": trial.error is None,
        "encryption": trial.encryption,
        "user": trial.user,
        "error": trial.error,
    }


def _tell(trial: "Trial") -> str:
    secured = (
        _("encrypted ({how})", how=trial.encryption)
        if trial.encryption
        else _("not encrypted, as configured")
    )
    logged_in = _("logged in as {user}", user=trial.user) if trial.user else _("without a login")
    return _(
        "The mail server {place} is ready: connected, {secured}, {logged_in}. Nothing was sent.",
        place=trial.place,
        secured=secured,
        logged_in=logged_in,
    )


def _written(value: str | bool | list[str] | None) -> str:
    if isinstance(value, bool):
        return _("set") if value else "—"
    return "\n".join(value or []) if isinstance(value, list) and value else str(value or "—")


def _source(source: str | None) -> str:
    return _(_SOURCES.get(source, source)) if source else ""
