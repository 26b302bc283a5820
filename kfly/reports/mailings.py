"""``mailings``: what was sent to whom, when, about which tasks, and what failed; and a run's own outcome."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rich.text import Text

from kfly.console.screen import show, text
from kfly.console.tables import Column, make_table
from kfly.locale import _
from kfly.plan.mailings import Mailing, split_told
from kfly.plan.model import Plan
from kfly.plan.organisations import name_organisations


def document(mailings: Sequence[Mailing], plan: Plan) -> list[dict[str, Any]]:
    """Return the JSON that other programs rely on."""
    return [mailing_document(mailing, name_organisations(plan)) for mailing in mailings]


def mailing_document(mailing: Mailing, names: dict[str, str]) -> dict[str, Any]:
    """Return the JSON of one mail."""
    tasks, targets = split_told(mailing.tasks)
    return {
        "as_of": mailing.as_of,
        "recipient": mailing.recipient,
        "organisation": names.get(mailing.organisation, mailing.organisation)
        if mailing.organisation
        else None,
        "scope": names.get(mailing.scope, mailing.scope) if mailing.scope else None,
        "subject": mailing.subject,
        "tasks": [{"task": task, "class": found} for task, found in tasks],
        "targets": [{"target": target, "class": found} for target, found in targets],
        "message_id": mailing.message_id,
        "tried_at": mailing.tried_at,
        "tries": mailing.tries,
        "sent": mailing.is_sent,
        "error": mailing.error,
        "answer": mailing.answer,
        "without_workbook": mailing.without_workbook,
    }


def render(mailings: Sequence[Mailing], plan: Plan) -> None:
    """Print the mails, the latest first."""
    if not mailings:
        show(_("No mail was sent yet."))
        return
    names, called = name_organisations(plan), {target.key: target.name.spoken for target in plan.targets}
    columns = [
        Column(_("Tried at")),
        Column(_("Recipient"), narrowest=16),
        Column(_("Subject"), narrowest=16),
        Column(_("Tasks"), narrowest=10),
        Column(_("Outcome"), narrowest=12),
    ]
    show(make_table(columns, [_cells(mailing, names, called) for mailing in reversed(mailings)], spaced=True))


def parse_tried_at(mailing: Mailing) -> datetime:
    """Return when a mail was tried, as the time where the program runs."""
    return datetime.fromisoformat(mailing.tried_at).astimezone()


def _cells(mailing: Mailing, names: dict[str, str], called: dict[str, str]) -> list[Any]:
    whose = mailing.organisation or mailing.scope
    told = names.get(whose, whose) if whose else _("all tasks")
    tasks, targets = split_told(mailing.tasks)
    numbers = " ".join(task.partition("/")[2] for task, _class in tasks)
    return [
        parse_tried_at(mailing).strftime("%Y-%m-%d %H:%M"),
        f"{mailing.recipient}\n{told}",
        mailing.subject,
        "\n".join(filter(None, [numbers, *(called.get(key, key) for key, _class in targets)])) or "—",
        _outcome(mailing),
    ]


def _outcome(mailing: Mailing) -> Text:
    """Write what became of a mail, with the server's own last word."""
    if not mailing.is_sent:
        return text(_("failed: {why}", why=mailing.error), "red")
    told = text(_("sent without the workbook") if mailing.without_workbook else _("sent"), "green")
    return told if mailing.answer is None else told.append_text(text(f"\n{mailing.answer}", "dim"))
