"""Corrections of the past, read out of the log: values changed since, records taken out or recorded late."""

from collections.abc import Iterator
from itertools import chain

from kfly.plan.changes import Change
from kfly.plan.kinds import Field, Kind, Record, Value
from kfly.plan.known import Known
from kfly.progress.corrections import (
    CORRECTIONS,
    Correction,
    CountedFields,
    find_corrections,
    find_counted_fields,
)
from kfly.progress.tasks import metrics_of
from kfly.registry.titles import Titles
from kfly.registry.values import show_value
from kfly.services.session import Desk
from kfly.store.log import reading as log

MOST = 1000  # corrections that are told; beyond, they are only counted


def read_corrections(desk: Desk, kinds: tuple[Kind, ...], known: Known) -> tuple[tuple[Correction, ...], int]:
    """Read what was changed since a moment of what counted by then already, and count it.

    Of very many only the first are told, changed values before records that were taken out or came late.
    """
    touched = log.find_changed_tables(desk.db, known.change)
    metrics = list(metrics_of(desk.plan, desk.plan.targets, desk.plan.tasks))
    kept: dict[str, list[Correction]] = {what: [] for what in CORRECTIONS}
    counted = 0
    for kind in kinds:
        fields = find_counted_fields(kind, metrics)
        if fields is not None and kind.name in touched:
            for correction in _find_of_kind(desk, kind, fields, known):
                counted += 1
                if len(kept[correction.what]) < MOST:
                    kept[correction.what].append(correction)
    return tuple(_complete(desk, kinds, list(chain(*kept.values()))[:MOST])), counted


def _find_of_kind(desk: Desk, kind: Kind, fields: CountedFields, known: Known) -> Iterator[Correction]:
    """Find the corrections of records of a kind, each with the change of the log that did it."""
    mixed: dict[int | str, list[Correction]] = {}
    for change, alone in log.read_net_changes(
        desk.db, known.change, kind.name, (*fields.days, *fields.others)
    ):
        for correction in find_corrections(kind, fields, change, known.day):
            named = correction._replace(group=change.group, title=_name(kind, change))
            if alone:
                yield named
            else:
                mixed.setdefault(change.key, []).append(named)
    if mixed:
        yield from _find_groups(desk, kind, known, mixed)


def _name(kind: Kind, change: Change) -> str:
    values: Record = {**(change.after or change.before or {}), "id": int(change.key)}
    return kind.name_of(values)


def _find_groups(
    desk: Desk, kind: Kind, known: Known, mixed: dict[int | str, list[Correction]]
) -> Iterator[Correction]:
    """Find which change made each correction last, where records were changed several times."""
    made: dict[tuple[int, str | None], int] = {}
    for change in log.read_changes_of_rows(desk.db, known.change, kind.name, mixed):
        made |= {(int(change.key), name): change.group for name in change.columns}
        if change.before is None or change.after is None:
            made[int(change.key), None] = change.group
    for its in mixed.values():
        for correction in its:
            place = correction.id, correction.field.name if correction.field else None
            yield correction._replace(group=made.get(place, correction.group))


def _complete(desk: Desk, kinds: tuple[Kind, ...], corrections: list[Correction]) -> Iterator[Correction]:
    """Yield the corrections with their days, and with names in the place of ids."""
    days = log.read_days(desk.db, {correction.group for correction in corrections})
    titles = Titles(desk.db, {kind.name: kind for kind in kinds}, desk.plan.organisations)
    for correction in corrections:
        yield correction._replace(
            title=titles.title(correction.kind.name, correction.id) or correction.title,
            made_at=days.get(correction.group, ""),
            before=_show(correction.field, correction.before, titles),
            after=_show(correction.field, correction.after, titles),
        )


def _show(field: Field | None, value: Value, titles: Titles) -> Value:
    """Return a value as people read it: another record by its name."""
    return value if field is None else show_value(field, value, titles)
