"""The file itself: its pages, and references to rows that are not there."""

from collections.abc import Iterator, Sequence

from kfly.locale import _, language
from kfly.registry.checkup.findings import DATABASE, ERROR, RESTORE, TO_FILL_IN, Finding
from kfly.registry.checkup.naming import Naming
from kfly.registry.registry import Registry
from kfly.store.soundness import Damage, Lost

REBUILD = ("sqlite3", DATABASE, "REINDEX")


def of_damages(damages: Sequence[Damage]) -> Iterator[Finding]:
    """What SQLite has found; the command is none of kfly's own."""
    for damage in damages:
        command = REBUILD if damage.of_index else RESTORE
        message = _("the file is damaged: {what}", what=damage.message)
        yield Finding(ERROR, "damaged", damage.table, None, "", message, command)


def unreadable_plan() -> Finding:
    """The plan's own tables hold what no plan can."""
    message = _("the plan's own tables cannot be read; nothing else was looked at")
    return Finding(ERROR, "damaged", None, None, "", message, RESTORE)


def of_references(registry: Registry, lost: Iterator[Lost]) -> Iterator[Finding]:
    """The rows that refer to ones that are not there.

    A record's town is not among them: it is held against the plan's towns with all its other values.
    """
    for one in lost:
        kind = registry.kinds.get(one.table)
        if kind is None:
            message = _(
                "{column} “{value}” is not in {parent}",
                column=one.column,
                value=_listed(one.value),
                parent=one.parent,
            )
            yield Finding(ERROR, "lost_reference", one.table, one.row, "", message, RESTORE)
        elif one.parent in registry.kinds:
            field = kind.field(one.column)
            label = field.label.in_(language()) if field else one.column
            parent = registry.kinds[one.parent].label.in_(language())
            message = _("{label}: {kind} #{id} is not there", label=label, kind=parent, id=one.value)
            naming = Naming(registry, kind)
            put = TO_FILL_IN if field and field.required else ""
            command = naming.setting(one.row, f"{one.column}={put}")
            yield naming.finding(ERROR, "lost_reference", one.row, message, *command)


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
