"""What a database shows to other programs: the views of its kinds, and questions that SQL can answer."""

from collections.abc import Mapping
from typing import NamedTuple

from kfly.plan.kinds import Field, Kind

BY_STAGE, BY_MONTH, BY_CHOICE, UNSIGNED = "by-stage", "by-month", "by-choice", "unsigned"


class PublishedView(NamedTuple):
    """The view of a kind.

    Attributes:
        kind: the kind.
        name: what the view is called.
        columns: the fields by what their columns are called, behind the ``id``; none is personal.
        is_whole: whether the kind has no other fields, so that its own table may be shown too.
    """

    kind: Kind
    name: str
    columns: Mapping[str, Field]
    is_whole: bool

    def column_of(self, field: str | None) -> str | None:
        """Return what the column of a field is called; None where there is none."""
        return next((column for column, its in self.columns.items() if its.name == field), None)


class Question(NamedTuple):
    """A query that an office asks for again and again, which SQL alone can answer.

    Attributes:
        about: one of the words above.
        view: that of which it is asked; None where it is asked of the tasks.
        by: the field by whose values the records are counted, if any.
        sql: the query; ``:day`` in it is a day, or empty for today.
    """

    about: str
    view: PublishedView | None
    by: Field | None
    sql: str

    @property
    def name(self) -> str:
        """What it is called in addresses; no table is called so, as there is a hyphen."""
        return f"{self.view.kind.name}-{self.about}" if self.view else f"tasks-{self.about}"


class Published(NamedTuple):
    """All of it, and the names of all tables and views of the file."""

    views: tuple[PublishedView, ...]
    questions: tuple[Question, ...]
    tables: tuple[str, ...]
