"""Undoing what one command did: finding its group of the log, what stands in the way, and doing it."""

from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING

from kfly.errors import KflyError
from kfly.locale import _
from kfly.plan.changes import (
    UNREADABLE,
    ChangeGroup,
    Key,
    LoggedRow,
    creates_database,
    find_in_force_after,
    find_undoable,
    find_undone,
    merge_changes,
)
from kfly.plan.kinds import Kind
from kfly.plan.tables import LISTS
from kfly.registry import undo as of_records
from kfly.registry.titles import Titles
from kfly.services.changes import ChangeWords, MakeWords, words_for
from kfly.services.session import Desk
from kfly.store.log import reading as log
from kfly.store.log import undo as work_of_undo
from kfly.store.log import undo_rows
from kfly.store.log.groups import current_user
from kfly.store.log.triggers import watch_anew
from kfly.store.log.undo import MOST, Obstacle, Work
from kfly.store.log.undo_rows import Dangling, RestoreRefused

if TYPE_CHECKING:
    from kfly.store.revision.undo import Before

DECISIONS = "task_events"
MOST_IN_VAIN = 100  # a group of more changes is not checked for having come to nothing


class Undo:
    """The undoing of one group, in an open database."""

    def __init__(self, desk: Desk, make: MakeWords) -> None:
        self.desk, self.make = desk, make

    @property
    def words(self) -> ChangeWords:
        """What things are called at this moment."""
        return words_for(self.desk, self.make)

    def find(self, number: int | None) -> ChangeGroup:
        """Find the group of this number, or the user's last one in effect.

        Raises:
            KflyError: there is none, or it cannot be undone.
        """
        groups = log.read_groups(self.desk.db)
        if number is None:
            own = find_undoable(groups, current_user())
            group = next((one for one in own if self._did_something(one)), None)
            if group is None:
                raise KflyError(
                    _(
                        "There is nothing of {user}'s to take back; “kfly log” lists all changes,"
                        " “kfly undo GROUP” takes any one back.",
                        user=current_user(),
                    )
                )
        else:
            group = next((group for group in groups if group.id == number), None)
            if group is None:
                raise no_such_change(number)
        self._must_be_undoable(group, groups)
        return group

    def _did_something(self, group: ChangeGroup) -> bool:
        """Tell whether anything is left of a group to be undone; a large one is not looked through."""
        if group.last - group.first > MOST_IN_VAIN:
            return True
        return bool(merge_changes(log.read_changes(self.desk.db, group.first, group.last)))

    def _must_be_undoable(self, group: ChangeGroup, groups: Sequence[ChangeGroup]) -> None:
        by = find_undone(groups).get(group.id)
        if by is not None:
            raise KflyError(
                _(
                    "#{number} was taken back already, by #{by}; “kfly undo {by}” brings it back.",
                    number=group.id,
                    by=by,
                )
            )
        if creates_database(group):
            raise KflyError(
                _("#{number} made the database itself; it cannot be taken back.", number=group.id)
            )
        if group.reshaped:
            raise KflyError(
                _(
                    "#{number} ({summary}) changed the tables themselves, which cannot be taken back;"
                    " “kfly load” brings a corrected plan in.",
                    number=group.id,
                    summary=self.words.summary(group),
                )
            )

    def must_be_possible(self, group: ChangeGroup) -> Work:
        """Work out what undoing a group takes, and check that it can be done.

        Raises:
            KflyError: later changes touched the same cells, or something changed them past the log.
        """
        db = self.desk.db
        groups = log.read_groups(db)
        work, blocking, gone = work_of_undo.find_work(db, group, find_in_force_after(group, groups))
        if gone:
            raise KflyError(
                _(
                    "#{number} cannot be taken back: the table {table} is gone.",
                    number=group.id,
                    table=gone[0],
                )
            )
        later = [other for other in groups if other.id in blocking and self._did_something(other)]
        if later:
            self._refuse_for(later, group)
        found = work_of_undo.find_obstacles(db, work)
        if found:
            raise _refusal(group, _("; ").join(_describe_obstacle(one, self.words) for one in found))
        return work

    def apply(self, group: ChangeGroup) -> None:
        """Undo a group.

        Raises:
            KflyError: it cannot be done; nothing of it may stay.
        """
        desk = self.desk
        work = self.must_be_possible(group)
        was, misplaced = self._plan_before(work), self._list_misplaced(work)
        try:
            dangling = undo_rows.apply(desk.db, work)
        except RestoreRefused as taken:
            raise _refusal(group, self._taken(taken)) from None
        if work.is_of_the_plan:
            watch_anew(desk.db)  # the views of the kinds follow their labels, and the plan's language
        for kind in desk.registry.kinds:
            desk.registry.titles.forget(kind)
        if dangling:
            own = {(touched.table, touched.key) for touched in work.rows}
            raise _refusal(group, _listed(dict.fromkeys(self._dangling(one, own) for one in dangling)))
        if was is not None:
            self._must_leave_a_plan(was, group)
        if new := [told for told in self._list_misplaced(work) if told not in misplaced]:
            raise _refusal(group, _listed(told.rstrip(".。") for told in new))
        titles = desk.registry.titles
        faults = of_records.find_faults(desk.registry, work)
        wrong = [f"{_called(titles, kind, record)}: {fault}" for kind, record, fault in faults]
        done = log.read_open_group(desk.db)
        if done.first > done.last:
            raise KflyError(
                _("#{number} changed nothing in the end; there is nothing to take back.", number=group.id)
            )
        if wrong:
            raise _refusal(group, _listed(wrong))

    def _plan_before(self, work: Work) -> "Before | None":
        """Read the plan as it is, if it is touched at all; else the reader of plans is not even imported."""
        if not work.is_of_the_plan:
            return None
        from kfly.store.revision import undo

        return undo.read_before(self.desk.db)

    def _list_misplaced(self, work: Work) -> list[str]:
        """List what was decided of tasks and fits no longer, where anything of that is touched."""
        if DECISIONS not in work.tables:
            return []
        from kfly.services.course import find_misplaced_decisions

        return [told for _task, _event, told in find_misplaced_decisions(Desk(self.desk.db))]

    def _must_leave_a_plan(self, was: "Before", group: ChangeGroup) -> None:
        from kfly.store.revision import undo

        try:
            undo.must_be_sound(self.desk.db, was, group)
        except KflyError as error:
            heading = _(
                "#{number} cannot be taken back: what is recorded rests on what it brought in. To go back all"
                " the same, load the earlier file:",
                number=group.id,
            )
            raise KflyError(heading, *error.lines) from None

    def _refuse_for(self, later: Sequence[ChangeGroup], group: ChangeGroup) -> None:
        words = self.words
        listed = _listed(
            _("#{number} ({summary})", number=other.id, summary=words.summary(other))
            for other in reversed(later)
        )
        stuck = next((other.id for other in reversed(later) if other.reshaped), None)
        raise KflyError(
            _(
                "#{number} cannot be taken back: later changes touched the same values: {others}."
                " Take those back first, the latest first.",
                number=group.id,
                others=listed,
            )
            if stuck is None
            else _(
                "#{number} cannot be taken back: later changes touched the same values: {others}."
                " #{stuck} changed the tables themselves, which cannot be taken back;"
                " “kfly load” brings a corrected plan in, “kfly set” a corrected value.",
                number=group.id,
                others=listed,
                stuck=stuck,
            )
        )

    def _taken(self, taken: RestoreRefused) -> str:
        """Say what has the place of a row, or what the row lacks."""
        there = of_records.find_occupant(self.desk.registry, taken)
        if there is not None:
            kind, record = there
            title = _called(self.desk.registry.titles, kind, record)
            return _("{title} (#{id}) has taken its place since", title=title, id=record)
        words = self.words
        title = words.called(taken.table, taken.row.get("id", ""), taken.row)
        if taken.table == "sign_offs" and taken.is_a_matter_of_place:
            return _("{title} was signed off anew since", title=title)
        if taken.by is not None:
            return _by(taken.table, taken.by, words)
        if taken.lacks is not None:
            return _("{title} lacks {field}, which it must have now", title=title, field=self._lacking(taken))
        return _("{title} has values that are no longer allowed", title=title)

    def _lacking(self, taken: RestoreRefused) -> str:
        """Say what a column is called in the table of a record."""
        kind, column = self.desk.registry.kinds.get(taken.table), str(taken.lacks)
        field = kind.field(column) if kind else None
        return field.label.spoken if field else column

    def _dangling(self, found: Dangling, own: Container[tuple[str, Key]]) -> str:
        """Say what would refer to nothing: a record that comes back, or another one, to what would go."""
        words, row = self.words, undo_rows.read_dangling_row(self.desk.db, found)
        title = words.called(found.table, row.get("id", ""), row)
        if found.table in self.desk.registry.kinds:
            title = f"{title} (#{row['id']})"
            if (found.table, row["id"]) in own:
                noun = words.noun(found.to)
                return _("{title} refers to a {noun} that is no longer there", title=title, noun=noun)
        return _("{title} refers to what it added", title=title)


def _called(titles: Titles, kind: Kind, record: int) -> str:
    return titles.title(kind.name, record) or kind.without_name(record)


def no_such_change(number: int | str) -> KflyError:
    """Make the refusal of a number that no change has."""
    return KflyError(_("There is no change #{number}; “kfly log” lists them.", number=number))


def _refusal(group: ChangeGroup, what: str) -> KflyError:
    return KflyError(_("#{number} cannot be taken back: {what}.", number=group.id, what=what))


def _listed(words: Iterable[str]) -> str:
    """Join the first of many, and say how many more there are."""
    named = list(words)
    more = [_("and {n} more", n=len(named) - MOST)] if len(named) > MOST else []
    return _("; ").join([*named[:MOST], *more])


def _describe_obstacle(found: Obstacle, words: ChangeWords) -> str:
    if found.column is not None:
        return _("the column {table}.{column} is gone", table=found.table, column=found.column)
    title = words.called(found.table, found.key, found.row or {})
    if found.row is UNREADABLE:
        return _("what the log has of {title} cannot be read", title=title)
    return _("{title} was changed past the log since", title=title)


def _by(table: str, row: LoggedRow, words: ChangeWords) -> str:
    """Say what has the place of a row of the plan."""
    if members := LISTS.get(table):
        owner = words.thing(members.of, [row[column] for column in members.owner])
        return _("{title} has “{member}” in its place now", title=owner, member=row[members.member])
    return _("{title} has taken its place since", title=words.called(table, "", row))
