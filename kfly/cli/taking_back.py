"""Which change is meant to be taken back, and what stands in the way, in words."""

from collections.abc import Container, Iterable, Sequence
from typing import TYPE_CHECKING

from kfly.cli.session import Desk
from kfly.cli.telling import names_of
from kfly.errors import KflyError
from kfly.locale import _, language
from kfly.plan.changes import Group, Key, Row, in_effect, in_force_after, is_the_making, net, taken_back
from kfly.registry import taking_back as of_records
from kfly.reports.changes.names import Names
from kfly.reports.changes.words import LISTS
from kfly.reports.log import summary
from kfly.store.log import reading as log
from kfly.store.log import undo as undoing
from kfly.store.log import undo_rows as restoring
from kfly.store.log.groups import user
from kfly.store.log.undo import MOST, Drifted, Work
from kfly.store.log.undo_rows import Dangling, Taken

if TYPE_CHECKING:
    from kfly.store.revision.undo import Before

MOST_IN_VAIN = 100  # changes of a group that may have come to nothing


def chosen(desk: Desk, number: int | None) -> Group:
    """The group of this number, or the user's last one in effect.

    Raises:
        KflyError: there is none, or it cannot be taken back.
    """
    groups = log.groups(desk.db)
    if number is None:
        own = in_effect(groups, user())
        group = next((one for one in own if _did_something(desk, one)), None)
        if group is None:
            raise KflyError(
                _(
                    "There is nothing of {user}'s to take back; “kfly log” lists all changes,"
                    " “kfly undo GROUP” takes any one back.",
                    user=user(),
                )
            )
    else:
        group = next((group for group in groups if group.id == number), None)
        if group is None:
            raise no_such_change(number)
    _must_be_one_that_can_be(group, groups)
    return group


def no_such_change(number: int | str) -> KflyError:
    """Said of a number that no change has."""
    return KflyError(_("There is no change #{number}; “kfly log” lists them.", number=number))


def _did_something(desk: Desk, group: Group) -> bool:
    """Whether anything is left of a group to be taken back; a large one is not looked through."""
    return group.last - group.first > MOST_IN_VAIN or bool(net(log.changes(desk.db, group.first, group.last)))


def _must_be_one_that_can_be(group: Group, groups: Sequence[Group]) -> None:
    by = taken_back(groups).get(group.id)
    if by is not None:
        raise KflyError(
            _(
                "#{number} was taken back already, by #{by}; “kfly undo {by}” brings it back.",
                number=group.id,
                by=by,
            )
        )
    if is_the_making(group):
        raise KflyError(_("#{number} made the database itself; it cannot be taken back.", number=group.id))
    if group.reshaped:
        raise KflyError(
            _(
                "#{number} ({summary}) changed the tables themselves, which cannot be taken back;"
                " “kfly load” brings a corrected plan in.",
                number=group.id,
                summary=summary(group),
            )
        )


def must_be_possible(desk: Desk, group: Group) -> Work:
    """What taking a group back comes to.

    Raises:
        KflyError: later changes touched the same cells, or something changed them past the log.
    """
    groups = log.groups(desk.db)
    work, blocking, gone = undoing.work_of(desk.db, group, in_force_after(group, groups))
    if gone:
        raise KflyError(
            _(
                "#{number} cannot be taken back: the table {table} is gone.",
                number=group.id,
                table=gone[0],
            )
        )
    later = [other for other in groups if other.id in blocking and _did_something(desk, other)]
    if later:
        _refuse_for(later, group)
    found = undoing.drifted(desk.db, work)
    if found:
        raise KflyError(
            _(
                "#{number} cannot be taken back: {what}.",
                number=group.id,
                what=_("; ").join(_drifted(one, names_of(desk)) for one in found),
            )
        )
    return work


def take_back(desk: Desk, group: Group) -> None:
    """Take a group back.

    Raises:
        KflyError: it cannot be done; nothing of it may stay.
    """
    work = must_be_possible(desk, group)
    was = _plan_before(desk, work)
    try:
        dangling = restoring.apply(desk.db, work)
    except Taken as taken:
        raise KflyError(
            _("#{number} cannot be taken back: {what}.", number=group.id, what=_taken(desk, taken))
        ) from None
    for kind in desk.registry.kinds:
        desk.registry.titles.forget(kind)
    if dangling:
        own = {(touched.table, touched.key) for touched in work.rows}
        what = dict.fromkeys(_dangling(desk, one, own) for one in dangling)
        raise KflyError(_("#{number} cannot be taken back: {what}.", number=group.id, what=_listed(what)))
    if was is not None:
        _must_leave_a_plan(desk, was, group)
    titles = desk.registry.titles
    faults = of_records.faults(desk.registry, work)
    wrong = [f"{titles.of(kind.name).get(record, record)}: {fault}" for kind, record, fault in faults]
    if log.groups(desk.db)[-1].undoes != group.id:
        raise KflyError(
            _("#{number} changed nothing in the end; there is nothing to take back.", number=group.id)
        )
    if wrong:
        raise KflyError(_("#{number} cannot be taken back: {what}.", number=group.id, what=_listed(wrong)))


def _plan_before(desk: Desk, work: Work) -> "Before | None":
    """The plan as it was, where it is touched at all; else what reads plans is not even imported."""
    if not work.is_of_the_plan:
        return None
    from kfly.store.revision import undo as plan_taken_back

    return plan_taken_back.before(desk.db)


def _must_leave_a_plan(desk: Desk, was: "Before", group: Group) -> None:
    from kfly.store.revision import undo as plan_taken_back

    try:
        plan_taken_back.must_be_sound(desk.db, was, group)
    except KflyError as error:
        heading = _("#{number} cannot be taken back; what it brought in is needed:", number=group.id)
        raise KflyError(heading, *error.lines) from None


def _refuse_for(later: Sequence[Group], group: Group) -> None:
    listed = _listed(f"#{other.id} ({summary(other)})" for other in reversed(later))
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


def _listed(words: Iterable[str]) -> str:
    """The first of many."""
    named = list(words)
    more = [_("and {n} more", n=len(named) - MOST)] if len(named) > MOST else []
    return _("; ").join([*named[:MOST], *more])


def _drifted(found: Drifted, names: Names) -> str:
    if found.column is not None:
        return _("the column {table}.{column} is gone", table=found.table, column=found.column)
    title = names.called(found.table, found.key, found.row or {})
    return _("{title} was changed past the log since", title=title)


def _taken(desk: Desk, taken: Taken) -> str:
    there = of_records.occupant(desk.registry, taken)
    if there is not None:
        kind, record = there
        title = desk.registry.titles.of(kind.name).get(record, "")
        return _("{title} (#{id}) has taken its place since", title=title, id=record)
    names = names_of(desk)
    title = names.called(taken.table, taken.row.get("id", ""), taken.row)
    if taken.table == "sign_offs" and taken.is_a_matter_of_place:
        return _("{title} was signed off anew since", title=title)
    if taken.by is not None:
        return _by(taken.table, taken.by, names)
    if taken.lacks is not None:
        return _("{title} lacks {field}, which it must have now", title=title, field=_lacking(desk, taken))
    return _("{title} has values that are no longer allowed", title=title)


def _lacking(desk: Desk, taken: Taken) -> str:
    """What is called so in the table of a record."""
    kind, column = desk.registry.kinds.get(taken.table), str(taken.lacks)
    field = kind.field(column) if kind else None
    return field.label.in_(language()) if field else column


def _by(table: str, row: Row, names: Names) -> str:
    """What has the place of a row of the plan."""
    if members := LISTS.get(table):
        owner = names.thing(members.of, [row[column] for column in members.owner])
        return _("{title} has “{member}” in its place now", title=owner, member=row[members.member])
    return _("{title} has taken its place since", title=names.called(table, "", row))


def _dangling(desk: Desk, found: Dangling, own: Container[tuple[str, Key]]) -> str:
    """A reference into nowhere: of a record that comes back, or of another to what would go."""
    names, row = names_of(desk), restoring.row_of(desk.db, found)
    title = names.called(found.table, row.get("id", ""), row)
    if found.table in desk.registry.kinds:
        title = f"{title} (#{row['id']})"
        if (found.table, row["id"]) in own:
            noun = names.noun(found.to)
            return _("{title} refers to a {noun} that is no longer there", title=title, noun=noun)
    return _("{title} refers to what it added", title=title)
