"""What the database shows to other programs, and the questions that it answers by SQL alone."""

import sqlite3
from collections.abc import Iterator, Mapping

from kfly.locale import _
from kfly.plan.kinds import Kind, is_personal
from kfly.plan.published import BY_CHOICE, BY_MONTH, BY_STAGE, Published, PublishedView, Question
from kfly.store.plan.kind_views import find_views
from kfly.store.published_tasks import ask_unsigned
from kfly.store.schema.tables import quote
from kfly.store.schema.views import list_columns

_DAY = "coalesce(nullif(:day, ''), date('now', 'localtime'))"


def read_published(db: sqlite3.Connection, kinds: Mapping[str, Kind], language: str) -> Published:
    """Read what there is to show.

    Args:
        db: the database.
        kinds: the kinds in force by their names.
        language: that of the plan.
    """
    rows = db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name")
    views = tuple(
        PublishedView(
            kind=kinds[kind],
            name=name,
            columns=list_columns(kinds[kind], kinds, language),
            is_whole=not any(is_personal(field, kinds) for field in kinds[kind].fields),
        )
        for kind, name in find_views(db).items()
        if kind in kinds
    )
    names = tuple(name for (name,) in rows)
    questions = list(_list_questions(views, language))
    if "task_events" in names:  # not before schema 13
        questions.append(ask_unsigned(_DAY, language))
    return Published(views, tuple(questions), names)


def _list_questions(views: tuple[PublishedView, ...], language: str) -> Iterator[Question]:
    for view in views:
        yield from _ask_by_stage(view, language)
        yield from _ask_by_month(view)
        yield from _ask_by_choice(view)


def _ask_by_stage(view: PublishedView, language: str) -> Iterator[Question]:
    """Ask how many records have come to each stage, by town: the furthest of its dates decides."""
    stages = [(stage, column) for stage in view.kind.stages if (column := view.column_of(stage.date))]
    if not stages:
        return
    furthest = " ".join(
        f"WHEN {quote(column)} <= {_DAY} THEN {number}"
        for number, (_stage, column) in reversed(list(enumerate(stages)))
    )
    town = view.column_of(view.kind.town.name) if view.kind.town else None
    counts = [
        f"sum(stage IS {number}) AS {quote(stage.label.in_(language))}"
        for number, (stage, _column) in enumerate(stages)
    ]
    without = _("in none of these stages")
    counts.append(f"sum(stage IS NULL) AS {quote(without)}")
    listed = [*_group(town), *counts, _count()]
    inner = f"SELECT {', '.join([*_group(town), f'CASE {furthest} END AS stage'])} FROM {quote(view.name)}"
    order = " GROUP BY 1 ORDER BY 1" if town else ""
    yield Question(BY_STAGE, view, view.kind.town, f"SELECT {', '.join(listed)} FROM ({inner}){order}")


def _ask_by_month(view: PublishedView) -> Iterator[Question]:
    """Ask how many records began to count in each month, by town."""
    town = view.column_of(view.kind.town.name) if view.kind.town else None
    begun = view.column_of(view.kind.counts_on)
    if town and begun and (field := view.kind.field(view.kind.counts_on or "")):
        month = _("month")
        sql = (
            f"SELECT substr({quote(begun)}, 1, 7) AS {quote(month)}, {quote(town)}, {_count()}"
            f" FROM {quote(view.name)} WHERE {quote(begun)} IS NOT NULL GROUP BY 1, 2 ORDER BY 1 DESC, 2"
        )
        yield Question(BY_MONTH, view, field, sql)


def _ask_by_choice(view: PublishedView) -> Iterator[Question]:
    """Ask how much the records of each choice amount to, where each record has one, and an amount."""
    required = [(column, field) for column, field in view.columns.items() if field.required]
    choice = next(((column, field) for column, field in required if field.type == "choice"), None)
    amount = next(((column, field) for column, field in required if field.unit), None)
    if choice and amount:
        total = f"round(sum({quote(amount[0])}), {amount[1].decimals}) AS {quote(amount[0])}"
        sql = (
            f"SELECT {quote(choice[0])}, {_count()}, {total} FROM {quote(view.name)}"
            " GROUP BY 1 ORDER BY 3 DESC"
        )
        yield Question(BY_CHOICE, view, choice[1], sql)


def _group(town: str | None) -> list[str]:
    return [quote(town)] if town else []


def _count() -> str:
    number = _("number of records")
    return f"count(*) AS {quote(number)}"
