"""``metadata``: the JSON that tells Datasette what the tables mean, and who may see them.

One file for both lines of Datasette: 0.65 reads it as its metadata; 1.0 reads titles from it as metadata, and
what is open, sorted, asked and hidden from the same file as its configuration.
"""

from collections.abc import Iterator
from typing import Any

from kfly.locale import N_, _
from kfly.plan.kinds import Field
from kfly.plan.model import Plan
from kfly.plan.published import BY_CHOICE, BY_MONTH, BY_STAGE, UNSIGNED, Published, PublishedView, Question

OFFICE = {"id": "root"}  # whom ``datasette --root`` signs in: nobody else sees what is personal
MOST_FACETS = 4

# The plan's tables that tell of no person; all that is neither here nor a kind's view is closed.
_OPEN_TABLES = {
    "measures": N_("Measures"),
    "targets": N_("Targets"),
    "deliverables": N_("Deliverables"),
}
_TITLES = {
    BY_STAGE: N_("{kind}: by stage and town"),
    BY_MONTH: N_("{kind}: by town and month"),
    BY_CHOICE: N_("{kind}: count and sum by {field}"),
    UNSIGNED: N_("Tasks past their due date that are not signed off"),
}
_ABOUT = {
    BY_STAGE: N_("The furthest of a record's dates until the day decides; an empty day means today."),
    BY_MONTH: N_("The month is that of “{field}”."),
    BY_CHOICE: N_("All records, whatever their dates."),
    UNSIGNED: N_(
        "By the due date in force on the day; without what is suspended, cancelled or carried on by then."
        " Some may have reached their figures, and only wait for the sign-off: “kfly tasks” says which."
        " An empty day means today."
    ),
}


def document(plan: Plan, published: Published, database: str) -> dict[str, Any]:
    """Return the JSON.

    Args:
        plan: the plan.
        published: what the database shows.
        database: what Datasette calls it: the file's name without its suffix.
    """
    name = plan.name.spoken
    return {
        "title": name,
        "description": _("Written by “kfly metadata”; write it anew after “kfly load”."),
        "allow_sql": OFFICE,
        "databases": {
            database: {
                "title": name,
                "description": _(
                    "The views show the records in words. Personal fields, the log and the mails are closed;"
                    " so is SQL of one's own."
                ),
                "allow_sql": OFFICE,
                "tables": dict(_list_tables(published)),
                "queries": {question.name: _describe_question(question) for question in published.questions},
            }
        },
    }


def _list_tables(published: Published) -> Iterator[tuple[str, dict[str, Any]]]:
    views = {view.name: view for view in published.views}
    kinds = {view.kind.name: view for view in published.views}
    for name in published.tables:
        if name in views:
            yield name, _describe_view(views[name])
        elif name in _OPEN_TABLES:
            yield name, {"title": _(_OPEN_TABLES[name])}
        elif name in kinds and kinds[name].is_whole:
            yield name, _describe_table(kinds[name])
        else:
            yield name, {"hidden": True, "allow": OFFICE}


def _describe_view(view: PublishedView) -> dict[str, Any]:
    described: dict[str, Any] = {
        "title": view.kind.label.spoken,
        "columns": {
            column: told for column, field in view.columns.items() if (told := _tell_more(column, field))
        },
        "facets": _choose_facets(view),
    }
    begun = view.column_of(view.kind.counts_on)
    return described | ({"sort_desc": begun} if begun else {})


def _describe_table(view: PublishedView) -> dict[str, Any]:
    """Describe the table of a kind that has nothing personal: its columns are called in code."""
    labels = {field.name: _head(field) for field in view.columns.values()}
    return {"title": f"{view.kind.label.spoken} ({view.kind.name})", "columns": labels, "hidden": True}


def _tell_more(column: str, field: Field) -> str:
    """Tell what a column's name, which is in the plan's language, does not: another label, or the unit.

    Help texts say how a field is filled in, which nobody does here, and Datasette lists them above the rows.
    """
    told = _head(field)
    if told != column:
        return told
    return _("in {unit}", unit=field.unit) if field.unit else ""


def _head(field: Field) -> str:
    label = field.label.spoken
    return _("{label} ({unit})", label=label, unit=field.unit) if field.unit else label


def _choose_facets(view: PublishedView) -> list[str]:
    """Choose by what records are counted beside the table: towns, what must be chosen, other choices."""
    fields = [(column, field) for column, field in view.columns.items() if field.type in ("town", "choice")]
    fields.sort(key=lambda found: (found[1].type != "town", not found[1].required))
    return [column for column, _field in fields[:MOST_FACETS]]


def _describe_question(question: Question) -> dict[str, Any]:
    told = {
        "kind": question.view.kind.label.spoken if question.view else "",
        "field": question.by.label.spoken if question.by else "",
    }
    return {
        "title": _(_TITLES[question.about], **told),
        "description": _(_ABOUT[question.about], **told),
        "sql": question.sql,
        "hide_sql": True,
    }
