"""``list KIND``: the records of a kind, all or some."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice, tee
from typing import Annotated, Any, NamedTuple

import typer

from kfly.cli.answer import Answer
from kfly.cli.options import AsKnown, AsOf, KindName, read_day, read_limit, session_of, split_names
from kfly.console.pager import takes_all
from kfly.console.screen import Stream
from kfly.errors import WrongUsageError
from kfly.locale import N_, _
from kfly.plan.derived import COUNTED, derived_fields
from kfly.plan.kinds import Field, Kind, Record
from kfly.progress.counting import Counting
from kfly.registry.conditions import Comparison, read_conditions
from kfly.registry.derived import show_with_derived
from kfly.registry.kinds import find_field
from kfly.registry.registry import Registry
from kfly.registry.search import SortOrder, add_up, find_first, find_records, sort_records
from kfly.reports import list_ as report
from kfly.services.counting import count_records
from kfly.services.session import Desk, Session


def list_(
    ctx: typer.Context,
    kind: KindName,
    where: Annotated[
        list[str] | None,
        typer.Option(
            "--where",
            metavar=N_("'FIELD>=VALUE'"),
            help=N_(
                "Only records of which this holds: = != >= <= > <, also of stage and outcome; “field=” for"
                " an empty one. In quotes. Repeatable: all must hold."
            ),
        ),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--columns", metavar=N_("FIELD,…"), help=N_("Only these fields, in this order.")),
    ] = None,
    sort: Annotated[
        str | None,
        typer.Option(
            "--sort",
            metavar=N_("[-]FIELD"),
            help=N_("Sort by this field; with - before it, the largest first."),
        ),
    ] = None,
    total: Annotated[
        list[str] | None,
        typer.Option(
            "--sum",
            metavar=N_("FIELD,…"),
            help=N_("Add up these numbers of all that is found, below the table; not in --json."),
        ),
    ] = None,
    limit: Annotated[
        str | None, typer.Option("--limit", metavar=N_("NUMBER"), help=N_("Show so many at most."))
    ] = None,
    as_of: AsOf = None,
    as_known: AsKnown = None,
) -> Answer:
    """The records of a kind, all or some."""
    session = session_of(ctx, as_known)
    day = read_day(as_of, known=session.known)
    order = _Order(session, kind, where or [], split_names(columns), sort, split_names(total), day)
    most = read_limit(limit)
    return Answer(lambda: Stream(order.documents(most)), lambda: order.render(most))


class _Order(NamedTuple):
    """Which records are to be listed, as typed, and on which day."""

    session: Session
    kind: str
    where: Sequence[str]
    columns: Sequence[str]
    sort: str | None
    added: Sequence[str]
    day: date

    def documents(self, most: int | None) -> Iterator[dict[str, Any]]:
        """Yield the records as JSON has them, read as they are asked for."""
        with self.session.reading() as desk:
            registry, kind = desk.registry, desk.registry.kind(self.kind)
            columns = _find_columns(kind, self.columns)
            self._numbers(kind)  # a wrong one is refused here too
            found: Iterable[Record] = find_records(registry, kind, self._conditions(registry, kind), self.day)
            if self.sort is not None:
                found = _sort(registry, kind, found, self.sort, self.day)
            yield from report.document(kind, columns, self._follow(desk, kind, islice(found, most)))

    def render(self, most: int | None) -> None:
        """Print the records as a table; what is not shown is only counted, where nothing else is asked."""
        with self.session.reading() as desk:
            listing = self._list(desk, most)
            if takes_all():  # nobody waits for the database while a pager's reader reads
                report.render(listing)
                return
            listing = listing._replace(rows=list(listing.rows))
        report.render(listing)

    def _list(self, desk: Desk, most: int | None) -> report.Listing:
        registry, kind = desk.registry, desk.registry.kind(self.kind)
        columns, numbers = _find_columns(kind, self.columns), self._numbers(kind)
        listing = report.Listing(kind, desk.plan, (), columns)
        conditions = self._conditions(registry, kind)
        if most is None and self.sort is None and not numbers:
            found = find_records(registry, kind, conditions, self.day)
            return listing._replace(rows=self._follow(desk, kind, found))
        whole = most if self.sort is None and not numbers else None
        first, number = find_first(registry, kind, conditions, self.day, whole)
        if self.sort is not None:
            first = _sort(registry, kind, first, self.sort, self.day)
        return listing._replace(
            rows=self._follow(desk, kind, first[:most]),
            sums=[(field, add_up(first, field)) for field in numbers],
            number=number,
        )

    def _follow(self, desk: Desk, kind: Kind, found: Iterable[Record]) -> Iterator[tuple[Record, Counting]]:
        """Say of records, as they are read, what follows from each and toward what it counts."""
        rows, counted = tee(found)
        shown = (show_with_derived(desk.registry, kind, row, self.day) for row in rows)
        return zip(shown, count_records(desk, kind, counted, self.day), strict=True)

    def _numbers(self, kind: Kind) -> list[Field]:
        return [_find_number(kind, name) for name in self.added]

    def _conditions(self, registry: Registry, kind: Kind) -> list[Comparison]:
        return read_conditions(registry, kind, self.where)


def _find_columns(kind: Kind, names: Iterable[str]) -> tuple[Field, ...]:
    """Find the fields that are to be shown, each once; none where the view chooses."""
    others = (report.NUMBER, *derived_fields(kind), COUNTED)
    return tuple(dict.fromkeys(find_field(name, kind, others) for name in names))


def _find_number(kind: Kind, name: str) -> Field:
    """Find a field that can be added up.

    Raises:
        WrongUsageError: it holds no amounts.
    """
    field = find_field(name, kind, derived_fields(kind))
    if not field.is_amount:
        known = ", ".join(other.name for other in kind.fields if other.is_amount)
        raise WrongUsageError(
            _("--sum: {field} cannot be added up, only: {numbers}.", field=field.name, numbers=known)
            if known
            else _("--sum: {field} cannot be added up; there are no numbers here.", field=field.name)
        )
    return field


def _sort(registry: Registry, kind: Kind, rows: Iterable[Record], wanted: str, day: date) -> list[Record]:
    """Sort records by the field that ``--sort`` names, with ``-`` before it downwards."""
    name = wanted.strip()
    field = find_field(name.removeprefix("-"), kind, (report.NUMBER, *derived_fields(kind)))
    return sort_records(registry, kind, rows, SortOrder(field, name.startswith("-")), day)
