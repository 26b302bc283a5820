"""The registry: records checked on their way in, and shown on their way out."""

import sqlite3
from collections.abc import Iterator, Mapping
from itertools import islice

from kfly.errors import KflyError, find_nearest
from kfly.locale import _
from kfly.plan.kinds import NOTE, Field, Kind, Record, Value
from kfly.plan.known_kinds import FIGURE_TARGET, FIGURE_VALUE, is_figure
from kfly.plan.model import Plan
from kfly.plan.signs import BLANKS, take_out_unseen
from kfly.registry.checks import Checks, FieldFault
from kfly.registry.figures import ONCE_A_DAY, FigureChecks, find_figures
from kfly.registry.kinds import find_kind, refuse_left_out
from kfly.registry.naming import MOST_COMPARED
from kfly.registry.titles import Titles
from kfly.registry.values import BadValueError, Values, show_value, unify_line_ends
from kfly.store import records
from kfly.store.plan.kinds import read_kinds, read_whole_kinds


class Registry:
    """The records of one open database; of a damaged one those of the kinds that are whole."""

    def __init__(self, db: sqlite3.Connection, plan: Plan, *, damaged: bool = False) -> None:
        self.db = db
        self.plan = plan
        kinds = read_whole_kinds(db)[0] if damaged else read_kinds(db)
        self.kinds = {kind.name: kind for kind in kinds}
        self.titles = Titles(db, self.kinds, plan.organisations)
        self.values = Values(plan, self.titles)
        self.figures = find_figures(plan)
        self._checks: dict[str, Checks] = {}

    def kind(self, text: str) -> Kind:
        """Find the kind that people call so.

        Raises:
            KflyError: there is none.
        """
        try:
            return find_kind(text, self.kinds.values())
        except KflyError:
            refuse_left_out(text, self.plan.left_out)
            raise

    def add(self, kind: Kind, texts: Mapping[str, str]) -> int:
        """Record one, and return its id.

        Raises:
            KflyError: a value is wrong, a required one is missing, or the record is there already.
        """
        values, faults = self.read(kind, texts)
        faults += self.checks(kind).faults(values, {fault.field.name for fault in faults})
        if faults:
            raise KflyError(*(str(fault) for fault in faults))
        self._must_be_the_first(kind, values, None)
        return self.insert(kind, values)

    def insert(self, kind: Kind, values: Mapping[str, Value]) -> int:
        """Keep values that were checked, and return the new record's id."""
        record = records.insert(self.db, kind, {name: v for name, v in values.items() if v is not None})
        self.titles.forget(kind.name)
        return record

    def change(self, kind: Kind, record: int, texts: Mapping[str, str]) -> dict[str, tuple[Value, Value]]:
        """Change some fields of a record, and return them before and after; an empty text clears one.

        Raises:
            KflyError: as for :meth:`add`.
        """
        before = self.get(kind, record)
        values, faults = self.read(kind, texts, before)
        after: Record = {**before, **values}
        faults += self._of_another_unit(kind, before, values)
        faults += self.checks(kind).faults(after, {fault.field.name for fault in faults})
        if faults:
            raise KflyError(*(str(fault) for fault in faults))
        self._must_be_the_first(kind, after, record)
        changes = {name: value for name, value in values.items() if value != before[name]}
        if changes:
            records.update(self.db, kind, record, changes)
            self.titles.forget(kind.name)
        return self.compared(kind, before, changes)

    def compared(self, kind: Kind, before: Record, changes: Record) -> dict[str, tuple[Value, Value]]:
        """Return the changed fields before and after, as people read them."""
        fields = {field.name: field for field in (*kind.fields, NOTE)}
        return {
            name: (
                show_value(fields[name], before[name], self.titles),
                show_value(fields[name], value, self.titles),
            )
            for name, value in changes.items()
        }

    def remove(self, kind: Kind, record: int, reason: str) -> str:
        """Take a record out of the registry, and return its title.

        Raises:
            KflyError: other records refer to it.
        """
        import json

        title = self.title(kind, record)
        referring = list(self._referring(kind, record))
        if referring:
            listed = _(", ").join(referring)
            raise KflyError(_("{title} cannot be removed: {others} refer to it.", title=title, others=listed))
        contents = json.dumps(self.show(kind, record), ensure_ascii=False)
        records.remove(self.db, kind, record, contents, reason)
        self.titles.forget(kind.name)
        return title

    def which(self, kind: Kind, text: str) -> int:
        """Find the record that WHICH means: an id, a name, or ``town/name``.

        Raises:
            KflyError: none is called so, or several are: they are listed.
        """
        wanted = unify_line_ends(text.strip(BLANKS))
        if not self.titles.ids(kind.name, wanted):
            wanted = take_out_unseen(wanted)  # as all but an older kfly has kept it
        # 12 may be the name of one record and the id of another; do not guess.
        found = list(
            dict.fromkeys([*self.titles.ids(kind.name, wanted), *self.titles.numbered(kind.name, wanted)])
        )
        if len(found) == 1:
            return found[0]
        label = kind.label.spoken
        if found:
            listed = _(", ").join(f"{self.title(kind, record)} (#{record})" for record in found)
            raise KflyError(
                _("{kind}: “{which}” means several: {listed}.", which=text, kind=label, listed=listed)
            )
        near = find_nearest(text, islice(self.titles.near(kind.name, wanted), MOST_COMPARED))
        raise KflyError(
            _("{kind}: none is called “{which}”; did you mean “{near}”?", kind=label, which=text, near=near)
            if near
            else _(
                "{kind}: none is called “{which}”; “kfly list {name}” lists them.",
                kind=label,
                which=text,
                name=kind.name,
            )
        )

    def read(
        self, kind: Kind, texts: Mapping[str, str], before: Mapping[str, Value] | None = None
    ) -> tuple[Record, list[FieldFault]]:
        """Read the values of some fields, and find what is wrong with the others.

        Args:
            kind: whose fields they are.
            texts: what was typed, by the names of the fields.
            before: the record that is changed, if it is there already.
        """
        values: Record = {}
        faults: list[FieldFault] = []
        by_target = is_figure(kind)
        for field in (*kind.fields, NOTE):
            if field.name in texts:
                try:
                    fitted = self.figures.fit(field, {**(before or {}), **values}) if by_target else field
                    values[field.name] = self.values.read(fitted, texts[field.name])
                except BadValueError as error:
                    faults.append(FieldFault(field, texts[field.name].strip(), str(error)))
        return values, faults

    def checks(self, kind: Kind) -> Checks:
        """Return the checks that a record of this kind must pass."""
        if kind.name not in self._checks:
            self._checks[kind.name] = FigureChecks(kind, self.figures) if is_figure(kind) else Checks(kind)
        return self._checks[kind.name]

    def get(self, kind: Kind, record: int) -> Record:
        """Return a record as the database keeps it."""
        found = records.get(self.db, kind, record)
        if found is None:
            raise KflyError(_("There is no {kind} #{record}.", kind=kind.name, record=record))
        return found

    def show(self, kind: Kind, record: int) -> Record:
        """Return a record as people and programs read it."""
        return self.shown(kind, self.get(kind, record))

    def shown(self, kind: Kind, values: Record) -> Record:
        """Return kept values as people and programs read them."""
        result: Record = {"id": values["id"]}
        for field in (*kind.fields, NOTE):
            result[field.name] = show_value(field, values[field.name], self.titles)
        return result

    def title(self, kind: Kind, record: int) -> str:
        """Return what a record is called; where it is no longer there, its kind and id."""
        return self.titles.title(kind.name, record) or kind.without_name(record)

    def _must_be_the_first(self, kind: Kind, values: Mapping[str, Value], record: int | None) -> None:
        first = self.find_same(kind, values)
        if first is not None and first != record:
            title = self.title(kind, first)
            raise KflyError(
                _(
                    "{title} is in the registry already, as #{id}; change it with “kfly set {kind} {id} …”.",
                    title=title,
                    id=first,
                    kind=kind.name,
                )
            )

    def find_same(self, kind: Kind, values: Mapping[str, Value]) -> int | None:
        """Find the id of the record that is the same as one of these values, if there is one."""
        if not (is_figure(kind) and self.figures.drops_source(values)):
            return records.find_same_key(self.db, kind, values)
        same = records.select(self.db, kind, {name: values.get(name) for name in ONCE_A_DAY})
        return next((int(record["id"] or 0) for record in same), None)

    def key_of(self, kind: Kind, values: Mapping[str, Value]) -> tuple[Value, ...]:
        """Return what tells a record from others of its kind: its natural key."""
        alone = is_figure(kind) and self.figures.drops_source(values)
        telling = ONCE_A_DAY if alone else kind.key
        return tuple([values.get(name) if name in telling else None for name in kind.key])

    def _of_another_unit(self, kind: Kind, before: Record, values: Record) -> Iterator[FieldFault]:
        """Yield a fault for a figure that is given to a target of another unit, without its value in that."""
        if is_figure(kind) and FIGURE_TARGET in values and FIGURE_VALUE not in values:
            was, now = self.figures.find(before), self.figures.find(values)
            field = kind.field(FIGURE_TARGET)
            if field and was and now and was.unit.zh != now.unit.zh:
                message = _("is in {unit}; give the value too", unit=now.unit.spoken)
                yield FieldFault(field, now.key, message)

    def _referring(self, kind: Kind, record: int) -> Iterator[str]:
        for other, _field, found in self.references_to(kind, record):
            yield f"{other.name} {self.title(other, found)} (#{found})"

    def references_to(self, kind: Kind, record: int) -> Iterator[tuple[Kind, Field, int]]:
        """Yield the other records that refer to one: kind, field and id of each."""
        for other in self.kinds.values():
            for field in other.fields:
                if field.to == kind.name:
                    for found in records.find_referring(self.db, other, field.name, record):
                        if (other, found) != (kind, record):
                            yield other, field, found
