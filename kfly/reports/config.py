"""``config``: each value in force, and where it comes from."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_table
from kfly.locale import N_, _

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


def document(path: Path, exists: bool, settings: Iterable[Setting], faults: Iterable[str]) -> dict[str, Any]:
    """Return the settings and what is wrong with them as one JSON document."""
    return {
        "file": {"path": str(path), "exists": exists},
        "settings": {its.name: {"value": its.value, "from": its.source} for its in settings},
        "faults": list(faults),
    }


def render(path: Path, exists: bool, settings: Iterable[Setting]) -> None:
    """Print the settings; of a secret, only that it is set."""
    show(_("Configuration: {path}", path=path), "")
    columns = (Column(_("Setting")), Column(_("In force"), 16), Column(_("From"), 8))
    rows = [(_(_NAMES.get(s.name, s.name)), _written(s.value), _source(s.source)) for s in settings]
    show(make_table(columns, rows))
    if not exists:
        show("", _("There is no such file; it may look like this:"), "")
        for typed, meaning in _EXAMPLE:
            show(text(f"{typed}  # {_(meaning)}" if meaning else typed, "dim"))


def _written(value: str | bool | list[str] | None) -> str:
    if isinstance(value, bool):
        return _("set") if value else "—"
    return "\n".join(value or []) if isinstance(value, list) and value else str(value or "—")


def _source(source: str | None) -> str:
    return _(_SOURCES.get(source, source)) if source else ""
